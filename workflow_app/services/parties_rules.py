"""House rules: what a kommune has decided for itself where its agreements are silent.

They are never mixed with clauses: wherever one counts, it is marked as the
kommune's own rule. Only a kommune has them, since only its kommunestyre is
reported to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.people import HouseRule, Party
from workflow_app.services.errors import ServiceError
from workflow_app.services.parties import MUNICIPAL
from workflow_app.services.people_entries import enter
from workflow_app.services.people_fields import listed
from workflow_app.services.trail import EntryActor

COUNCIL = ("council_evaluation", "council_termination", "council_lapse")
"""Days within which a matter is to be before the kommunestyre after an evaluation was approved, after
notice was given, and after the agreement lapsed. None is asked for unless the kommune says so."""
UNITS: Mapping[str, str] = MappingProxyType(
    {"report": "days", "review": "months", **dict.fromkeys(COUNCIL, "days")}
)
"""Kind → what its number counts. ``report``: days from signing to the kommunestyre. ``review``: months
from one review to the next where the agreement does not say. The others are :data:`COUNCIL`."""
KINDS = tuple(UNITS)
DEFAULTS: Mapping[str, int] = MappingProxyType({"report": 90})
LONGEST: Mapping[str, int] = MappingProxyType({"report": 3660, "review": 120, **dict.fromkeys(COUNCIL, 3660)})


def house_rules(session: Session, parties: Iterable[Party]) -> dict[str, dict[str, int]]:
    """By party key, kind → number (see :data:`UNITS`), defaults included; police units have none."""
    dated = dated_rules(session, parties)
    return {key: {kind: number for kind, (number, _) in rules.items()} for key, rules in dated.items()}


def dated_rules(session: Session, parties: Iterable[Party]) -> dict[str, dict[str, tuple[int, date | None]]]:
    """The same with the day from which each has been set; None for a default and for what is older.

    One statement.
    """
    wanted = [party for party in parties if party.side == MUNICIPAL]
    found: dict[str, dict[str, tuple[int, date | None]]] = {
        party.key: {kind: (number, None) for kind, number in DEFAULTS.items()} for party in wanted
    }
    keys = {party.id: party.key for party in wanted}
    for rule in session.scalars(select(HouseRule).where(HouseRule.party_id.in_(keys))):
        found[keys[rule.party_id]][rule.kind] = rule.number, rule.since
    return found


def set_house_rule(
    session: Session,
    party: Party,
    kind: str,
    number: int | None,
    *,
    actor: EntryActor | None = None,
    now: datetime,
) -> None:
    """Set a kommune's rule to ``number``, or take it away with None (a default then holds again).

    Raises ``ServiceError`` for a police unit, an unknown kind or a number out of bounds.
    """
    if party.side != MUNICIPAL:
        raise ServiceError(
            "house_rule_side",
            msg("${name} is a police unit; only a kommune has house rules.", name=party.name),
        )
    if kind not in KINDS:
        raise ServiceError(
            "house_rule_kind",
            msg("«${kind}» is not a house rule; choose ${choices}.", kind=kind, choices=listed(KINDS)),
        )
    if number is not None and not 1 <= number <= LONGEST[kind]:
        raise ServiceError(
            "house_rule_number",
            msg("${number} is not possible; give 1 to ${longest}.", number=number, longest=LONGEST[kind]),
        )
    rule = session.scalars(select(HouseRule).filter_by(party_id=party.id, kind=kind)).one_or_none()
    if number == (None if rule is None else rule.number):
        return
    data: dict[str, Any] = {"rule": kind}
    if number is None:
        session.delete(rule)
    elif rule is None:
        session.add(HouseRule(party_id=party.id, kind=kind, number=number, since=now.date()))
    else:
        rule.number = number
    if number is not None:
        data[UNITS[kind]] = number
    session.flush()
    entry = "house_rule_removed" if number is None else "house_rule_set"
    enter(session, party, entry, actor=actor, now=now, data=data)

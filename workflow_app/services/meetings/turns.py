"""Whose turn it is to convene and to be secretary: derived from the clause and one choice of a person.

Where the clause does not say who begins, nobody has a turn until somebody of
the parties says so, once; that choice is an entry in the trail. Each meeting
then gets its convener and secretary when it is planned, and a person may set
them otherwise, since people swap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.deadlines import clause_key
from workflow_app.domain.meetings.rotation import (
    CONVENER,
    SECRETARY,
    SIDES,
    Beginning,
    Turn,
    posts,
    rotations,
    turn_in,
    years_of_a_turn,
)
from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting, MeetingTurn
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.meetings.access import expect_coordinator
from workflow_app.services.meetings.changes import changed, expect_seen, tell
from workflow_app.services.meetings.finding import meetings_of, status_of


@dataclass(frozen=True)
class Going:
    """One clause that lets a post go round: its turn in a year, None while nobody chose who begins."""

    rule: Rule
    key: str
    turn: Turn | None

    @property
    def askable(self) -> bool:
        """Whether a choice of who begins would give turns; a clause without an interval gives none."""
        return self.turn is None and years_of_a_turn(self.rule) is not None


def going_round(
    session: Session, agreement: Agreement, rules: Iterable[Rule], year: int
) -> tuple[Going, ...]:
    """Every such clause with whose turn ``year`` is."""
    known = _beginnings(session, agreement)
    return tuple(
        Going(rule, key, turn_in(year, rule, known.get(key, ())))
        for rule in rotations(rules)
        for key in (clause_key(rule),)
    )


def begin(
    session: Session,
    agreement: Agreement,
    rules: Iterable[Rule],
    *,
    clause: str,
    side: str,
    year: int,
    who: Who,
    now: datetime,
) -> MeetingTurn:
    """Say which side's turn began with ``year``; meetings still to come follow.

    Raises ``NotAllowed``, ``FieldErrors``, and ``Conflict`` where the year is chosen for already.
    """
    holding = expect_coordinator(agreement, who)
    known = {clause_key(r): r for r in rotations(rules) if years_of_a_turn(r) is not None}
    wrong = {}
    if clause not in known:
        wrong["clause"] = msg("No clause of the agreement lets this go round.")
    if side not in SIDES:
        wrong["side"] = msg("Say who begins: the kommune or the police.")
    if abs(year - now.year) > 50:
        wrong["year"] = msg("“${value}” is not a year this agreement can have turns in.", value=year)
    if wrong:
        raise FieldErrors(wrong)
    chosen = _beginnings(session, agreement).get(clause, ())
    if any(b.year == year for b in chosen):
        raise Conflict("turn_chosen", msg("Who began with ${year} has been chosen already.", year=year))
    made = MeetingTurn(
        agreement_id=agreement.id, clause=clause, side=side, from_year=year,
        person_id=who.person_id, created_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    tell(
        session, agreement, "turn_chosen", who=who, holding=holding, now=now,
        data={"clause": clause, "side": side, "year": year},
    )  # fmt: skip
    today: date = now.date()
    for meeting in meetings_of(session, agreement):
        if meeting.on >= today and status_of(meeting) == "planned":
            settle(session, agreement, meeting, [known[clause]])
    return made


def settle(session: Session, agreement: Agreement, meeting: Meeting, rules: Iterable[Rule]) -> None:
    """Give a meeting the convener and secretary whose turn it is, where the side is one party alone."""
    for going in going_round(session, agreement, rules, meeting.on.year):
        if going.turn is None:
            continue
        party = only_party(agreement, going.turn.side)
        if party is None:
            continue
        if SECRETARY in posts(going.rule):
            meeting.secretary_party_id = party.id
        if CONVENER in posts(going.rule):
            meeting.convener_party_id = party.id
    session.flush()
    session.refresh(meeting, ["convener", "secretary"])


def give_posts(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    *,
    convener: str,
    secretary: str,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Say which party convenes a meeting and which keeps its minutes ("" for not said).

    Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors``.
    """
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    if status_of(meeting) == "cancelled":
        raise Conflict("meeting_cancelled", msg("The meeting is cancelled; plan another one instead."))
    parties = {p.party.key: p.party for p in agreement.parties}
    wrong = {
        name: msg("Choose one of the agreement's own parties.")
        for name, key in (("convener", convener), ("secretary", secretary))
        if key and key not in parties
    }
    if wrong:
        raise FieldErrors(wrong)
    meeting.convener = parties.get(convener)
    meeting.secretary = parties.get(secretary)
    changed(meeting)
    session.flush()
    tell(
        session, agreement, "meeting_posts", who=who, holding=holding, now=now,
        data={"meeting": meeting.number, "convener": convener or None, "secretary": secretary or None},
    )  # fmt: skip


def only_party(agreement: Agreement, side: str) -> Party | None:
    """The party of a side that has one alone; where several kommuner stand together, a person says which."""
    found = [p.party for p in agreement.parties if p.party.side == side]
    return found[0] if len(found) == 1 else None


def _beginnings(session: Session, agreement: Agreement) -> dict[str, list[Beginning]]:
    rows = session.execute(
        select(MeetingTurn.clause, MeetingTurn.side, MeetingTurn.from_year).where(
            MeetingTurn.agreement_id == agreement.id
        )
    )
    known: dict[str, list[Beginning]] = {}
    for clause, side, year in rows:
        known.setdefault(clause, []).append(Beginning(side, year))
    return known

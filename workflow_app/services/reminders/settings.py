"""A kommune's own ladder: when it wants to be reminded, and of what it does not.

The police of an agreement follow its first kommune, so that the two of one
agreement are reminded on the same morning. Each change is an entry in the
kommune's chain: who turned the reminders off is asked when something was forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reminding.ladder import KINDS, MOST_DAYS, Settings
from workflow_app.models.agreements import AgreementParty
from workflow_app.models.people import Party
from workflow_app.models.reminders import ReminderLook, ReminderSetting
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.parties import MUNICIPAL
from workflow_app.services.people_entries import enter
from workflow_app.services.people_fields import listed
from workflow_app.services.trail import EntryActor

ENTRY = "reminders_set"
"""The kind of the entry that tells of a kommune's new ladder."""

MOST_RUNGS, MOST_WEEKS, LONGEST_ESCALATION = 8, 26, 90


def settings_of(session: Session, parties: Iterable[Party]) -> dict[str, Settings]:
    """By party key, the settings of these parties, the usual ones where a kommune has none; one statement."""
    keys = {party.id: party.key for party in parties}
    found = dict.fromkeys(keys.values(), Settings())
    for row in session.scalars(select(ReminderSetting).where(ReminderSetting.party_id.in_(keys))):
        own = Settings(tuple(row.before), row.weeks, row.escalate_after, frozenset(row.off))
        found[keys[row.party_id]] = own
    return found


def has_own(session: Session, party: Party) -> bool:
    """Whether the kommune has chosen for itself."""
    return session.get(ReminderSetting, party.id) is not None


def checked(
    before: Collection[int], weeks: int, escalate_after: int | None, off: Collection[str]
) -> Settings:
    """Settings of what somebody chose, in any order; the day itself is added.

    Raises ``FieldErrors`` with the fields ``before``, ``weeks``, ``escalate_after`` and ``off``.
    """
    wrong: dict[str, Message] = {}
    days = tuple(sorted({*before, 0}, reverse=True))
    if days[0] > MOST_DAYS or days[-1] < 0 or len(days) > MOST_RUNGS:
        wrong["before"] = msg(
            "Give at most ${count} numbers of days, each from 1 to ${longest}.",
            count=MOST_RUNGS - 1,
            longest=MOST_DAYS,
        )
    if not 0 <= weeks <= MOST_WEEKS:
        wrong["weeks"] = msg(
            "${number} is not possible; give 0 to ${longest}.", number=weeks, longest=MOST_WEEKS
        )
    if escalate_after is not None and not 1 <= escalate_after <= LONGEST_ESCALATION:
        wrong["escalate_after"] = msg(
            "${number} is not possible; give 1 to ${longest}.",
            number=escalate_after,
            longest=LONGEST_ESCALATION,
        )
    strange = sorted(set(off) - set(KINDS))
    if strange:
        wrong["off"] = msg(
            "«${kind}» is no kind of deadline; choose ${choices}.", kind=strange[0], choices=listed(KINDS)
        )
    if wrong:
        raise FieldErrors(wrong)
    return Settings(days, weeks, escalate_after, frozenset(off))


def set_settings(
    session: Session,
    party: Party,
    chosen: Settings | None,
    *,
    actor: EntryActor | None = None,
    now: datetime,
) -> bool:
    """Let a kommune's reminders follow ``chosen``, or the usual ladder again with None; whether it changed.

    Raises ``ServiceError`` for a police unit, which follows the kommune of each agreement.
    """
    if party.side != MUNICIPAL:
        raise ServiceError(
            "reminders_side",
            msg(
                "${name} is a police unit; its reminders follow the first kommune of each agreement.",
                name=party.name,
            ),
        )
    row = session.get(ReminderSetting, party.id)
    if chosen == (None if row is None else settings_of(session, [party])[party.key]):
        return False
    if chosen is None:
        session.delete(row)
        session.flush()
    else:
        row = row or ReminderSetting(party_id=party.id)
        row.before, row.weeks = list(chosen.before), chosen.weeks
        row.escalate_after, row.off = chosen.escalate_after, sorted(chosen.off)
        session.add(row)
        session.flush()
    look_again(session, [party.id])
    enter(session, party, ENTRY, data=_told(chosen), actor=actor, now=now)
    return True


def look_again(session: Session, party_ids: Collection[int]) -> None:
    """Have the next run look at every agreement of these parties: what it counted before may be otherwise."""
    theirs = select(AgreementParty.agreement_id).where(AgreementParty.party_id.in_(party_ids))
    session.execute(
        delete(ReminderLook)
        .where(ReminderLook.agreement_id.in_(theirs))
        .execution_options(synchronize_session=False)
    )


def _told(chosen: Settings | None) -> Mapping[str, object]:
    if chosen is None:
        return {"usual": True}
    told: dict[str, object] = {
        "before": list(chosen.before),
        "weeks": chosen.weeks,
        "off": sorted(chosen.off),
    }
    if chosen.escalate_after is not None:
        told["escalate_after"] = chosen.escalate_after
    return told

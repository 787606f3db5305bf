"""What a clause asks for so many times a year, recorded as done: a walk, a guest, a visit.

Nothing is stored but the entry in the trail: the deadline function counts it in
the year of its day. What was recorded by mistake is taken back by an entry of
its own, so that both remain to be read.

A workflow definition gives no rights to this, since it moves no state: it is
done by an SLT coordinator or a politikontakt of one of the parties, in any
state an agreement can be in once it is signed.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.deadlines import YEARLY, clause_key
from workflow_app.domain.history import YearlyDone
from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule
from workflow_app.models.agreements import Agreement
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import Chronicle, bring_up_to_date, read_chronicle
from workflow_app.services.chronicle_year import YEARLY_DONE, YEARLY_UNDONE
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed
from workflow_app.services.meetings.access import coordinating


def clauses(chronicle: Chronicle) -> dict[str, Rule]:
    """The clauses that something can be recorded for, by their key, in the order of the text."""
    yearly = (r for r in chronicle.rules if r.kind in YEARLY and r.form == "yearly" and r.dated)
    return {clause_key(rule): rule for rule in sorted(yearly, key=lambda r: r.start)}


def record(
    session: Session, agreement: Agreement, *, clause: str, on: date, note: str, who: Who, now: datetime
) -> None:
    """Record that what ``clause`` (its key) asks for was done ``on`` a day; it counts in that year.

    ``agreement`` is locked. ``note`` is kept apart from what is hashed. Raises
    ``NotAllowed``, ``Conflict`` (not signed; already recorded) and ``FieldErrors``
    (no such clause; a day ahead or outside the agreement's time).
    """
    holding = expect_recorder(agreement, who)
    chronicle = read_chronicle(session, agreement, now.date())
    rule = clauses(chronicle).get(clause)
    if rule is None:
        raise FieldErrors({"clause": msg("The agreement has no such clause; choose one of those it has.")})
    _check_day(chronicle, on, now.date())
    if any((d.clause, d.on) == (clause, on) for d in chronicle.history.yearly):
        raise Conflict("already_recorded", msg("This is recorded for that day already.", day=on))
    trail.append(
        session, trail.agreement_chain(agreement.id), kind=YEARLY_DONE, now=now, actor=who.entry(holding),
        event_date=on, agreement=agreement.digest,
        data={"kind": rule.kind, "clause": clause, "year": on.year, "on": on.isoformat()},
        private={"note": note.strip() or None},
    )  # fmt: skip
    bring_up_to_date(session, agreement, now.date())


def take_back(
    session: Session, agreement: Agreement, entry: int, reason: str, *, who: Who, now: datetime
) -> YearlyDone:
    """Take back what was recorded in ``entry`` by mistake.

    Raises ``NotAllowed``, ``Conflict`` (nothing recorded there) and ``FieldErrors`` (a reason is needed).
    """
    holding = expect_recorder(agreement, who)
    chronicle = read_chronicle(session, agreement, now.date())
    found = next((d for d in chronicle.history.yearly if d.entry == entry), None)
    if found is None:
        raise Conflict(
            "not_recorded", msg("Entry ${number} records nothing that can be taken back.", number=entry)
        )
    if not reason.strip():
        raise FieldErrors({"reason": msg("Say why it is taken back.")})
    trail.append(
        session, trail.agreement_chain(agreement.id), kind=YEARLY_UNDONE, now=now, actor=who.entry(holding),
        agreement=agreement.digest,
        data={"entry": entry, "kind": found.kind, "clause": found.clause, "year": found.year},
        private={"reason": reason.strip()},
    )  # fmt: skip
    bring_up_to_date(session, agreement, now.date())
    return found


def expect_recorder(agreement: Agreement, who: Who) -> Holding:
    """The role it is recorded in. Raises ``NotAllowed``, and ``Conflict`` where nothing is signed yet."""
    holding = coordinating(agreement, who)
    if holding is None:
        raise NotAllowed(
            "not_coordinator",
            msg("This is recorded by an SLT coordinator or a politikontakt of the parties."),
        )
    if agreement.signed_on is None:
        raise Conflict(
            "not_signed", msg("The agreement is not signed yet; nothing is recorded as done under it.")
        )
    return holding


def _check_day(chronicle: Chronicle, on: date, today: date) -> None:
    """Raise ``FieldErrors`` for a day that is ahead, or on which the agreement was not in force."""
    first, last = chronicle.in_force
    if on > today:
        raise FieldErrors({"on": msg("The day ${day} is ahead; record it when it is done.", day=on)})
    if first is not None and on < first:
        raise FieldErrors(
            {"on": msg("The day ${day} is before the agreement was signed on ${first}.", day=on, first=first)}
        )
    if last is not None and on > last:
        raise FieldErrors(
            {"on": msg("The day ${day} is after the agreement ended on ${last}.", day=on, last=last)}
        )

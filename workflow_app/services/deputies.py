"""Deputies at meetings: only where the agreement's own clause lets the parties have them.

A deputy meets and signs nothing: nothing here gives a right, and the services
that decide who may do what never ask here. Appointing one is an entry in the
agreement's chain, so that both parties see who may come to their meetings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.deputies import MeetingDeputy
from workflow_app.models.people import Party, Person
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, NotAllowed, NotThere
from workflow_app.services.material import rules_of
from workflow_app.services.people_entries import CONSOLE
from workflow_app.services.people_fields import period, text
from workflow_app.services.people_roles import OFFICES, check_role, overlap, shorten_to
from workflow_app.services.people_sides import refuse_both_sides


def clause(session: Session, agreement: Agreement) -> str | None:
    """The words that let the parties appoint deputies, quoted; None where no confirmed rule says so."""
    rules = rules_of(session, agreement)
    if rules.confirmed_at is None:
        return None
    found = (r["quote"] for r in rules.rules if (r["kind"], r["form"]) == ("deputies", "allowed"))
    return next(found, None)


def deputies_for(session: Session, agreement: Agreement, day: date) -> list[MeetingDeputy]:
    """Who may stand in at a meeting on ``day``, by party and role; each with ``person`` and ``party``.

    Nobody whose account is ended, and nobody after the clause that allowed it was taken away.
    """
    if clause(session, agreement) is None:
        return []
    return list_deputies(session, today=day, agreements=[agreement.id], on=day)


def list_deputies(
    session: Session,
    *,
    today: date,
    agreements: Iterable[str] | None = None,
    party: Party | None = None,
    ended: bool = False,
    on: date | None = None,
) -> list[MeetingDeputy]:
    """Deputies of now and later, of these agreements and this party where named.

    ``ended`` adds those that are over; ``on`` takes only those of that one day.
    """
    wanted = (
        select(MeetingDeputy)
        .join(Person, and_(Person.id == MeetingDeputy.person_id, Person.active))
        .options(joinedload(MeetingDeputy.person), joinedload(MeetingDeputy.party))
    )
    if agreements is not None:
        wanted = wanted.where(MeetingDeputy.agreement_id.in_(sorted(set(agreements))))
    if party is not None:
        wanted = wanted.where(MeetingDeputy.party_id == party.id)
    if on is not None:
        wanted = wanted.where(MeetingDeputy.from_date <= on)
    if not ended:
        last = on or today
        wanted = wanted.where(
            or_(MeetingDeputy.to_date.is_(None), MeetingDeputy.to_date >= last),
            or_(MeetingDeputy.to_date.is_(None), MeetingDeputy.to_date >= MeetingDeputy.from_date),
        )
    order = (MeetingDeputy.agreement_id, MeetingDeputy.party_id, MeetingDeputy.role, MeetingDeputy.from_date)
    return list(session.scalars(wanted.order_by(*order, MeetingDeputy.id)))


def appoint(
    session: Session,
    agreement: Agreement,
    party: Party,
    person: Person,
    role: str,
    *,
    title: str | None = None,
    from_date: date,
    to_date: date | None = None,
    who: Who | None,
    now: datetime,
) -> MeetingDeputy:
    """Let ``person`` stand in for ``role`` of ``party`` at the meetings of a locked agreement.

    ``who`` None is the console. Raises ``NotAllowed`` for one who holds no office of
    the party, ``NotThere`` for a party of another agreement, ``ServiceError`` for a
    role or a period there cannot be, and ``Conflict`` where the agreement has no such
    clause, the person is ended, holds the role anyway, or is on the other side.
    """
    _may_change(who, agreement, party)
    check_role(party, role, OFFICES.get(party.side, ()))
    period(from_date, to_date)
    title = None if title is None else text(title, msg("The title"))
    if clause(session, agreement) is None:
        raise Conflict(
            "no_deputy_clause",
            msg(
                "No confirmed clause of this agreement allows deputies at its meetings; "
                "an acting holder can be named instead."
            ),
        )
    if not person.active:
        raise Conflict("person_ended", msg("«${username}» is ended already.", username=person.username))
    same = select(MeetingDeputy).filter_by(
        agreement_id=agreement.id, party_id=party.id, role=role, person_id=person.id
    )
    for other in session.scalars(same):
        if overlap(from_date, to_date, other.from_date, other.to_date):
            raise Conflict(
                "deputy_overlaps",
                msg(
                    "«${username}» is a deputy there already, from ${first} (number ${id}).",
                    username=person.username,
                    first=other.from_date,
                    id=other.id,
                ),
            )
    refuse_both_sides(session, person, party, role, from_date, to_date)
    made = MeetingDeputy(
        person=person, party=party, agreement=agreement, role=role, title=title,
        from_date=from_date, to_date=to_date, created_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    data: dict[str, Any] = {"from": from_date.isoformat()}
    if to_date is not None:
        data["to"] = to_date.isoformat()
    _enter(session, made, "deputy_appointed", data, who, now, title)
    return made


def end(
    session: Session, agreement: Agreement, deputy_id: int, *, last_day: date, who: Who | None, now: datetime
) -> MeetingDeputy:
    """Let it last until ``last_day``, that day included; only ever shortens, as ``end_role``."""
    made = find(session, deputy_id, agreement)
    _may_change(who, agreement, made.party)
    shorten_to(made.from_date, made.to_date, last_day)
    made.to_date = last_day
    session.flush()
    _enter(session, made, "deputy_ended", {"to": last_day.isoformat()}, who, now)
    return made


def find(session: Session, deputy_id: int, agreement: Agreement | None = None) -> MeetingDeputy:
    """The deputy with this number, of this agreement where one is named; else ``NotThere``."""
    made = session.get(MeetingDeputy, deputy_id)
    if made is None or (agreement is not None and made.agreement_id != agreement.id):
        raise NotThere("unknown_deputy", msg("There is no deputy with the number ${id}.", id=deputy_id))
    return made


def may_change(who: Who, party: Party) -> bool:
    """Whether a person may say who stands in for this party: those who hold one of its offices."""
    return any(h.party == party.key and h.role in OFFICES.get(party.side, ()) for h in who.holdings)


def _may_change(who: Who | None, agreement: Agreement, party: Party) -> None:
    if party.id not in {p.party_id for p in agreement.parties}:
        raise NotThere("party_of_another", msg("${party} is no party to this agreement.", party=party.name))
    if who is not None and not may_change(who, party):
        raise NotAllowed(
            "deputies_of_others",
            msg("Only those who hold an office of ${party} name its deputies.", party=party.name),
        )


def _enter(
    session: Session,
    made: MeetingDeputy,
    kind: str,
    data: dict[str, Any],
    who: Who | None,
    now: datetime,
    title: str | None = None,
) -> None:
    by: dict[str, Any] = {"by": CONSOLE} if who is None else {}
    entry = {"deputy": made.id, "person": made.person_id, "party": made.party.key, "role": made.role}
    holding = None
    if who is not None:
        offices = OFFICES.get(made.party.side, ())
        holding = next((h for h in who.holdings if h.party == made.party.key and h.role in offices), None)
    trail.append(
        session,
        trail.agreement_chain(made.agreement_id),
        kind=kind,
        now=now,
        actor=who.entry(holding) if who else None,
        data={**entry, **data, **by},
        private={"title": title},
    )

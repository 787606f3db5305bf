"""Carrying out a hand-over: every assignment in one transaction, and the two who are told.

The parties are locked, the plan is made again, and only if it is the one that
was confirmed does anything change. What the old holder approved stands; what is
open is the new holder's from the first day, since rights follow the roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import msg
from workflow_app.models.people import Party, Person, RoleAssignment
from workflow_app.services import people
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict
from workflow_app.services.handover import Move, NewPerson, Order, Plan, make_plan
from workflow_app.services.handover_checks import check
from workflow_app.services.mail.outbox import enqueue
from workflow_app.services.norway import OSLO
from workflow_app.services.people_acting import end_acting
from workflow_app.services.people_roles import ADMINISTRATOR, end_role, give_role
from workflow_app.services.trail import EntryActor

TO_THE_NEW, TO_THE_OLD = "handover", "handover_taken"
"""The kinds of mail; see ``handover_letters``."""

MORNING = time(6, 0)
"""When the mails of a hand-over that was dated ahead go, on its day, Norwegian time."""


@dataclass(frozen=True)
class Done:
    """What was done: who has the role now, whether that is a new account, and by which assignments."""

    plan: Plan
    new: Person
    added: bool
    given: tuple[RoleAssignment, ...]
    ended: tuple[RoleAssignment, ...]


def plan_of(session: Session, order: Order, *, who: Who | None, today: date, registry: Registry) -> Plan:
    """Check the order and say what it would do; writes nothing. Raises ``FieldErrors``."""
    return make_plan(session, order, check(session, order, who=who, today=today), registry)


def carry_out(
    session: Session,
    order: Order,
    *,
    seen: str | None,
    who: Who | None,
    now: datetime,
    registry: Registry,
) -> Done:
    """Do it. ``seen`` is the plan's fingerprint as it was confirmed; None at the console asks nobody.

    ``now`` has Norway's zone. Raises ``FieldErrors``, and ``Conflict``
    (``handover_moved``) where somebody has changed one of the roles meanwhile.
    """
    keys = sorted(set(order.parties))
    session.execute(select(Party.id).where(Party.key.in_(keys)).order_by(Party.id).with_for_update())
    plan = plan_of(session, order, who=who, today=now.date(), registry=registry)
    if seen is not None and seen != plan.seen:
        raise Conflict(
            "handover_moved",
            msg("Somebody has changed these roles since you looked; see what would be done now."),
        )
    new, added = _new_holder(session, order, who, now)
    given, ended = [], []
    for move in plan.moves:
        ended += _end(session, order, move, who, now)
        if not move.already:
            given.append(
                give_role(
                    session, new, move.party, order.role, title=order.title, from_date=order.first,
                    to_date=order.last, actor=_actor(who, move.party), now=now,
                )
            )  # fmt: skip
    done = Done(plan, new, added, tuple(given), tuple(ended))
    _tell(session, done, now)
    return done


def _new_holder(session: Session, order: Order, who: Who | None, now: datetime) -> tuple[Person, bool]:
    new = order.taken_by
    if isinstance(new, Person):
        return new, False
    assert isinstance(new, NewPerson)
    actor = None if who is None else EntryActor(person=who.person_id, role=ADMINISTRATOR)
    person = people.add_person(
        session, username=new.username, name=new.name, email=new.email, language=new.language,
        actor=actor, now=now,
    )  # fmt: skip
    return person, True


def _end(session: Session, order: Order, move: Move, who: Who | None, now: datetime) -> list[RoleAssignment]:
    actor, before = _actor(who, move.party), order.first - timedelta(days=1)
    for acting in move.acting:
        last = max(before, acting.from_date - timedelta(days=1))
        end_acting(session, acting.id, last_day=last, actor=actor, now=now)
    return [
        # One that would only begin later is undone: the day before its first.
        end_role(session, a.id, last_day=max(before, a.from_date - timedelta(days=1)), actor=actor, now=now)
        for a in move.ends
    ]


def _actor(who: Who | None, party: Party) -> EntryActor | None:
    if who is None:
        return None
    return EntryActor(person=who.person_id, role=ADMINISTRATOR, party=party.key)


def _tell(session: Session, done: Done, now: datetime) -> None:
    """A letter to each of the two, on the day it takes effect."""
    order = done.plan.order
    ahead = order.first > now.date()
    when = datetime.combine(order.first, MORNING, OSLO) if ahead else None
    party = done.plan.moves[0].party
    given, ended = [a.id for a in done.given], [a.id for a in done.ended]
    if given:
        enqueue(
            session, kind=TO_THE_NEW, key=f"{TO_THE_NEW}/{given[0]}", person_id=done.new.id, now=now,
            party=party, data={"given": given, "ended": ended}, not_before=when,
        )  # fmt: skip
    if ended and done.plan.old is not None:
        enqueue(
            session, kind=TO_THE_OLD, key=f"{TO_THE_OLD}/{ended[0]}/{order.first}",
            person_id=done.plan.old.id, now=now, party=party,
            data={"ended": ended, "new": done.new.id, "first": order.first.isoformat()}, not_before=when,
        )  # fmt: skip

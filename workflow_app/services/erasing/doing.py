"""Erasing a person: what would be gone, and doing it, in one transaction.

What is hashed is not touched, so every proof stays whole; what made it readable
goes. The act is itself an entry: on the installation's chain, and on the chain of
each party the person held anything for, with the opaque key in clear, and the
reason as a commitment. Doing it again finds nothing left and writes nothing.

A backup brings the names back. So the keys of erased people are kept outside the
database as well (``register``), and :func:`again` erases them once more after a
restore, whatever they hold in the older database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.deputies import MeetingDeputy
from workflow_app.models.people import ActingHolder, Party, Person
from workflow_app.services import people_roles
from workflow_app.services.erasing import checks, papers, rows, trail_values
from workflow_app.services.erasing.names import Names, names_of, reach_of
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed
from workflow_app.services.norway import local_date
from workflow_app.services.passkeys import keys, told
from workflow_app.services.people_entries import enter
from workflow_app.services.throttle import Throttle
from workflow_app.services.trail import EntryActor

LONGEST_REASON = 500


@dataclass(frozen=True)
class Plan:
    """What erasing a person would do.

    ``values`` are the clear values in the trail, ``own_words`` those of them the person
    wrote, ``beside`` rows of other tables by place. ``papers`` are those that will still
    name the person, ``shared`` whether somebody else bears the same name or address.
    ``obstacles`` must be out of the way first.
    """

    person: Person
    parties: tuple[Party, ...]
    values: int
    own_words: int
    beside: Mapping[str, int]
    papers: tuple[papers.Paper, ...]
    shared: bool
    obstacles: tuple[Message, ...]


def make_plan(session: Session, person: Person, *, now: datetime, throttle: Throttle) -> Plan:
    """Look, and change nothing."""
    names, parties = names_of(session, person), checks.parties_of(session, person)
    reach = reach_of(session, person, parties)
    found = trail_values.find(session, person.id, names, reach)
    return Plan(
        person=person,
        parties=tuple(parties),
        values=len(found),
        own_words=sum(value.own_words for value in found),
        beside=rows.sweep_all(rows.Sweep(session, person, names, reach, throttle)),
        papers=tuple(papers.naming(session, reach.agreements, names)),
        shared=bool(names.shared),
        obstacles=tuple(checks.obstacles(session, person, local_date(now))),
    )


def erase(
    session: Session,
    person: Person,
    *,
    because: str,
    actor: EntryActor | None = None,
    now: datetime,
    throttle: Throttle,
) -> bool:
    """Erase somebody who has left; False where that was done before. Committing is the caller's.

    ``actor`` None is the operator at the console. Raises ``FieldErrors`` for a reason
    that is missing, too long or names the person, and ``Conflict`` (``cannot_erase``)
    with everything that stands in the way.
    """
    if person.erased_at is not None:
        return False
    names = names_of(session, person)
    reason = " ".join(because.split())
    if not reason:
        raise FieldErrors({"because": msg("Say why the person is erased; the reason stays in the trail.")})
    if len(reason) > LONGEST_REASON:
        raise FieldErrors(
            {"because": msg("The reason is longer than ${most} characters.", most=LONGEST_REASON)}
        )
    if names.whole(reason) or names.within(reason):
        raise FieldErrors(
            {"because": msg("The reason stays in the trail and must not name the person; write it without.")}
        )
    _lock(session, person)
    wrong = checks.obstacles(session, person, local_date(now))
    if wrong:
        raise Conflict("cannot_erase", _all(wrong))
    _take_out(session, person, names, reason, actor, now, throttle)
    return True


def again(session: Session, idents: Iterable[str], *, now: datetime, throttle: Throttle) -> int:
    """Erase those of the keys who are in the database with a name; how many there were.

    For a database restored from before the erasing: what they held then is ended, for
    it was decided already that they are to be erased.
    """
    count = 0
    for ident in sorted(set(idents)):
        person = session.get(Person, ident)
        if person is None or person.erased_at is not None:
            continue
        _end_everything(session, person, now)
        _take_out(session, person, names_of(session, person), None, None, now, throttle)
        count += 1
    return count


def erased(session: Session) -> list[tuple[str, datetime]]:
    """The keys of those who were erased, and when, the first first."""
    wanted = (
        select(Person.id, Person.erased_at).where(Person.erased_at.is_not(None)).order_by(Person.erased_at)
    )
    return [(ident, at) for ident, at in session.execute(wanted) if at is not None]


def expect_own(foreign: Sequence[Party]) -> None:
    """Raise ``NotAllowed`` where the person belongs to these parties too; see ``checks.others``."""
    if foreign:
        raise NotAllowed("not_yours_alone", not_yours_alone(foreign))


def not_yours_alone(foreign: Sequence[Party]) -> Message:
    """Who is to do it instead, where no administrator has all of the person's parties."""
    return msg(
        "The person has also held a role for ${parties}; ask the operator of the installation to erase them, "
        "with «avtaleflyt person erase».",
        parties=", ".join(party.name for party in foreign),
    )


def _lock(session: Session, person: Person) -> None:
    """Let nobody give or end a role for any of the person's parties until this is over."""
    for party in checks.parties_of(session, person):
        people_roles.lock(session, party)


def _take_out(
    session: Session,
    person: Person,
    names: Names,
    reason: str | None,
    actor: EntryActor | None,
    now: datetime,
    throttle: Throttle,
) -> None:
    session.flush()
    for passkey in keys.keys_of(session, person.id):
        passkey.removed_at = now
        because = keys.Because.OPERATOR if actor is None else keys.Because.ADMINISTRATOR
        told.tell_removed(session, passkey, because=because, reason=None, actor=actor, now=now)
    session.flush()
    parties = checks.parties_of(session, person)
    reach = reach_of(session, person, parties)
    count = trail_values.remove(session, trail_values.find(session, person.id, names, reach))
    sweep = rows.Sweep(session, person, names, reach, throttle, doing=True)
    rows.sweep_all(sweep)
    rows.account(sweep, now)
    # How much went is said where everybody sees it: an erasing must not hide another.
    data: dict[str, object] = {"person": person.id, "values": count}
    if reason is None:
        data["again"] = True
    for party in (None, *parties):
        enter(
            session, party, trail_values.ERASED, data=data, private={"reason": reason}, actor=actor, now=now
        )
    # Rows were changed behind the session's back.
    session.expire_all()


def _end_everything(session: Session, person: Person, now: datetime) -> None:
    today = local_date(now)
    for held in checks.standing(session, person, today):
        last = max(today - timedelta(days=1), held.from_date - timedelta(days=1))
        if isinstance(held, ActingHolder | MeetingDeputy):
            held.to_date = last
        else:
            people_roles.end_role(session, held.id, last_day=last, now=now)
    session.flush()


def _all(wrong: Iterable[Message]) -> Message:
    said = list(wrong)
    if len(said) == 1:
        return said[0]
    return msg("${first} ${rest}", first=said[0], rest=_all(said[1:]))

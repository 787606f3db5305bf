"""The outbox as an administrator sees it: what waits, what was refused, what nobody can be sure of.

Of a mail's content nothing is shown, and of addresses none but that of whoever it
was for, to those who administer a party that person works for, of mail about that
party. The operator sees all rows, with names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from workflow_app.models.agreements import AgreementParty
from workflow_app.models.mail import BOUNCED, REFUSED, SENDING, UNCERTAIN, WAITING, Mail
from workflow_app.models.meetings import Attendance
from workflow_app.models.people import ActingHolder, Party, RoleAssignment
from workflow_app.services.actors import Who
from workflow_app.services.people_roles import administered

SHOWN = 100
"""The most rows of each list; the newest first, and the rest counted."""

NEEDS_A_PERSON = (REFUSED, BOUNCED, UNCERTAIN)
"""What is not tried again unless somebody says so."""


@dataclass(frozen=True)
class Outbox:
    """The lists of the page, each at most :data:`SHOWN` long, and how many there are of each status."""

    stopped: tuple[Mail, ...]
    waiting: tuple[Mail, ...]
    counts: dict[str, int]


def outbox_of(session: Session, who: Who, today: date) -> Outbox:
    """What ``who`` may see of the outbox: the operator all, an administrator that to her own people."""
    seen = _seen(who, today)
    counts = session.execute(
        select(Mail.status, func.count()).where(seen).group_by(Mail.status).order_by(Mail.status)
    ).all()
    return Outbox(
        stopped=_rows(session, seen, NEEDS_A_PERSON),
        waiting=_rows(session, seen, (WAITING, SENDING)),
        counts={row[0]: row[1] for row in counts},
    )


def addressee(session: Session, mail: Mail) -> tuple[str | None, str | None]:
    """Name and address of whom the mail is for: a guest of a meeting has no account, and may be taken off."""
    if mail.guest is None:
        return mail.person.name, mail.person.email
    guest = session.get(Attendance, mail.guest)
    return (guest.name, guest.email) if guest is not None else (None, None)


def minds_mail(who: Who) -> bool:
    """Whether the person looks after the mail of anybody."""
    return who.is_operator or bool(administered(who))


def stopped_for(session: Session, who: Who, today: date) -> int:
    """How many mails wait for ``who`` to decide what becomes of them; one short statement."""
    wanted = select(func.count()).where(Mail.status.in_(NEEDS_A_PERSON), _seen(who, today))
    return session.scalar(wanted) or 0


def to_decide(session: Session, who: Who, today: date, idents: Iterable[int] | None = None) -> list[int]:
    """The rows that wait for ``who`` to decide: all of them, or those of ``idents`` that do."""
    wanted = select(Mail.id).where(Mail.status.in_(NEEDS_A_PERSON), _seen(who, today)).order_by(Mail.id)
    if idents is not None:
        wanted = wanted.where(Mail.id.in_(list(idents)))
    return list(session.scalars(wanted))


def _rows(session: Session, seen: ColumnElement[bool], statuses: tuple[str, ...]) -> tuple[Mail, ...]:
    rows = session.scalars(
        select(Mail)
        .where(Mail.status.in_(statuses), seen)
        .options(joinedload(Mail.person), joinedload(Mail.agreement))
        .order_by(Mail.due_at.desc(), Mail.id.desc())
        .limit(SHOWN)
    )
    return tuple(rows.unique())


def _seen(who: Who, today: date) -> ColumnElement[bool]:
    if who.is_operator:
        return true()
    parties = select(Party.id).where(Party.key.in_(sorted(administered(who))))
    office = select(RoleAssignment.person_id).where(
        RoleAssignment.party_id.in_(parties),
        RoleAssignment.from_date <= today,
        or_(RoleAssignment.to_date.is_(None), RoleAssignment.to_date >= today),
    )
    acting = select(ActingHolder.person_id).where(
        and_(
            ActingHolder.party_id.in_(parties), ActingHolder.from_date <= today, ActingHolder.to_date >= today
        )
    )
    theirs = or_(Mail.person_id.in_(office), Mail.person_id.in_(acting))
    # Somebody who works for another party too gets mail about agreements that are not this one's.
    about = or_(
        and_(Mail.agreement_id.is_(None), or_(Mail.party_id.is_(None), Mail.party_id.in_(parties))),
        Mail.agreement_id.in_(
            select(AgreementParty.agreement_id).where(AgreementParty.party_id.in_(parties))
        ),
    )
    return and_(theirs, about)

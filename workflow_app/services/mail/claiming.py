"""Who sends which row: claims that two processes can never both hold.

A row is claimed by a compare-and-swap that is committed before a word is said
to the mail server. A process that dies with a claim leaves it behind: the mail
may have gone or not, so after a while it is shown as uncertain and sent again by
hand alone. Twice is worse than a question to an administrator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, func, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.messages import msg
from workflow_app.models.mail import DROPPED, REFUSED, SENDING, SENT, UNCERTAIN, WAITING, Mail
from workflow_app.services.mail.outcomes import NotTaken

LOST_AFTER = timedelta(minutes=15)
"""A claim that old, or from a clock that has jumped as far ahead, has lost its process."""

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 25
"""How often one recipient's server may put us off: some five days (RFC 5321, section 4.5.4.1)."""

TOO_OLD = timedelta(days=30)
"""What nobody could be told for so long is no news any more; the pages say how it stands."""

BATCH = 50
PATIENCE = 5
"""How often the database is asked to take what became of a mail; each time waits for others."""

SET_ASIDE = msg("set aside by hand")
STOPPED = msg("the sender stopped before it had an answer")


@dataclass(frozen=True)
class Claim:
    """A row that is ours to send: its id, when we took it, and how often it has been tried before."""

    id: int
    at: datetime
    attempts: int


def lose(sessions: sessionmaker[Session], now: datetime) -> int:
    """Mark what dead processes held as uncertain; returns how many."""
    gone = or_(Mail.claimed_at < now - LOST_AFTER, Mail.claimed_at > now + LOST_AFTER)
    with sessions.begin() as session:
        return _rows(
            session,
            update(Mail)
            .where(Mail.status == SENDING, gone)
            .values(status=UNCERTAIN, done_at=now, answer=str(STOPPED)),
        )


def due(session: Session, now: datetime) -> list[int]:
    """Rows that may be sent now, a batch of them: oldest first, but those that stopped a run behind others.

    One recipient over whom the server breaks off or falls silent must not keep everybody's mail.
    """
    return list(
        session.scalars(
            select(Mail.id)
            .where(Mail.status == WAITING, Mail.due_at <= now)
            .order_by(func.coalesce(Mail.claimed_at, Mail.due_at), Mail.claimed_at.is_not(None), Mail.id)
            .limit(BATCH)
        )
    )


def claim(sessions: sessionmaker[Session], ident: int, now: datetime) -> Claim | None:
    """Take one row, committed when this returns; None where another was first."""
    with sessions.begin() as session:
        taken = session.execute(
            update(Mail)
            .where(Mail.id == ident, Mail.status == WAITING, Mail.due_at <= now)
            .values(status=SENDING, claimed_at=now, attempts=Mail.attempts + 1)
            .returning(Mail.attempts)
            .execution_options(synchronize_session=False)
        ).scalar_one_or_none()
    return None if taken is None else Claim(ident, now, taken)


def sent(sessions: sessionmaker[Session], held: Claim, now: datetime) -> None:
    """The server has taken it."""
    _settle(sessions, held, status=SENT, done_at=now, code=None, answer=None)


def dropped(sessions: sessionmaker[Session], held: Claim, now: datetime, because: str) -> None:
    """It is no longer to be sent."""
    _settle(sessions, held, status=DROPPED, done_at=now, code=None, answer=because[:300])


def refused(
    sessions: sessionmaker[Session], held: Claim, now: datetime, because: str, code: int | None = None
) -> None:
    """It will not be taken, however often it is tried."""
    _settle(sessions, held, status=REFUSED, done_at=now, code=code, answer=because[:300])


def uncertain(sessions: sessionmaker[Session], held: Claim, now: datetime, because: str) -> None:
    """Nobody knows whether it was taken."""
    _settle(sessions, held, status=UNCERTAIN, done_at=now, answer=because[:300])


def let_go(sessions: sessionmaker[Session], held: Claim, because: str) -> None:
    """The server was away: the row waits on, behind the others, and this was no attempt of its own."""
    _settle(sessions, held, status=WAITING, attempts=held.attempts - 1, answer=because[:300])


def put_off(
    sessions: sessionmaker[Session], held: Claim, now: datetime, because: str, code: int | None = None
) -> bool:
    """Try again later, and later each time; False where it has been put off often enough."""
    if held.attempts >= MOST_ATTEMPTS:
        refused(sessions, held, now, because, code)
        return False
    wait = min(FIRST_WAIT * 2 ** min(held.attempts - 1, 20), LONGEST_WAIT)
    _settle(
        sessions,
        held,
        status=WAITING,
        claimed_at=None,
        due_at=now + wait,
        code=code,
        answer=because[:300],
    )
    return True


def not_taken(sessions: sessionmaker[Session], held: Claim, now: datetime, no: NotTaken) -> bool:
    """What the server's refusal means for the row; whether it will be tried again."""
    if no.for_good:
        refused(sessions, held, now, no.answer, no.code)
        return False
    return put_off(sessions, held, now, no.answer, no.code)


def send_again(session: Session, idents: Iterable[int], now: datetime) -> int:
    """Let these wait to be sent once more, as somebody has asked for by hand; returns how many."""
    return _rows(
        session,
        update(Mail)
        .where(Mail.id.in_(list(idents)), Mail.status.not_in((WAITING, SENDING, SENT)))
        .values(
            status=WAITING, attempts=0, due_at=now, made_at=now, claimed_at=None, done_at=None, code=None
        ),
    )


def set_aside(session: Session, idents: Iterable[int], now: datetime) -> int:
    """Let these rest for good, as somebody has decided by hand; returns how many."""
    return _rows(
        session,
        update(Mail)
        .where(Mail.id.in_(list(idents)), Mail.status.not_in((WAITING, SENDING, SENT, DROPPED)))
        .values(status=DROPPED, done_at=now, answer=str(SET_ASIDE)),
    )


def _settle(sessions: sessionmaker[Session], held: Claim, **values: Any) -> None:
    # One that was taken for lost meanwhile, and was not, gets its true end all the same.
    ours = (Mail.id == held.id, Mail.status.in_((SENDING, UNCERTAIN)), Mail.claimed_at == held.at)
    for left in reversed(range(PATIENCE)):
        try:
            with sessions.begin() as session:
                _rows(session, update(Mail).where(*ours).values(**values))
        except OperationalError:
            # What became of a mail must not be forgotten because somebody else held the database long.
            if not left:
                raise
        else:
            return


def _rows(session: Session, statement: Any) -> int:
    result = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return int(result.rowcount)

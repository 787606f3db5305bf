"""Emptying the outbox: claim, write the letter, send it, say how it went; one row at a time.

No transaction is open while the mail server is spoken to, and no row is sent
that another process may be sending. One bad address stops no other; a server
that is away stops the run and loses nothing. What is logged names rows, never
people.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.messages import msg
from workflow_app.models.database import make_session_factory
from workflow_app.services.mail import claiming
from workflow_app.services.mail.addresses import WrongAddress, without_addresses
from workflow_app.services.mail.claiming import Claim
from workflow_app.services.mail.composing import Envelope
from workflow_app.services.mail.outcomes import NotTaken, Trouble, Unknown
from workflow_app.services.mail.post import NO_SERVER, Post, open_post
from workflow_app.services.mail.settings import MailSettings
from workflow_app.services.mail.telling import tell
from workflow_app.services.mail.writing import Dropped, write

log = logging.getLogger(__name__)

NOT_WRITTEN = msg("the mail could not be written")

Clock = Callable[[], datetime]
"""The time, aware, in Norway's zone; asked for each mail, since a run may be long."""


@dataclass
class Drained:
    """What one run did, in numbers of mails; ``trouble`` is why it stopped early, if it did."""

    sent: int = 0
    refused: int = 0
    later: int = 0
    dropped: int = 0
    uncertain: int = 0
    trouble: str | None = None


@dataclass
class _Run:
    sessions: sessionmaker[Session]
    reading: Engine
    settings: MailSettings
    clock: Clock
    post: Post
    done: Drained = field(default_factory=Drained)


def drain(
    engine: Engine,
    settings: MailSettings,
    clock: Clock,
    *,
    stopping: Callable[[], bool] = lambda: False,
    post: Post | None = None,
) -> Drained:
    """Send what is due; returns when there is no more, when the server is away, or when ``stopping``.

    What has happened since the last run becomes mails first. ``post`` is for whoever
    has a connection already. Raises SQLAlchemy's errors; nothing else.
    """
    sessions = make_session_factory(engine)
    done = Drained()
    tell(sessions, clock())
    done.uncertain = claiming.lose(sessions, clock())
    if not settings.sends and post is None:
        done.trouble = str(NO_SERVER)
        return done
    carrier = post or open_post(settings)
    reading = engine.execution_options(avtaleflyt_read_only=True)
    run = _Run(sessions, reading, settings, clock, carrier, done)
    try:
        _all_due(run, stopping)
    finally:
        if post is None:
            carrier.close()
    if done.trouble:
        log.warning("mail waits: %s", done.trouble)
    if done.refused or done.uncertain:
        log.warning("mail: %d refused, %d uncertain; see the page Mail", done.refused, done.uncertain)
    return done


def _all_due(run: _Run, stopping: Callable[[], bool]) -> None:
    while True:
        with Session(run.reading) as session:
            idents = claiming.due(session, run.clock())
        if not idents:
            return
        for ident in idents:
            if stopping():
                return
            held = claiming.claim(run.sessions, ident, run.clock())
            if held is not None and not _one(run, held):
                return


def _one(run: _Run, held: Claim) -> bool:
    """Deal with one row that is ours; False where there is no use in going on."""
    try:
        with Session(run.reading, expire_on_commit=False) as session:
            written = write(session, held.id, run.clock(), run.settings)
    except WrongAddress as wrong:
        claiming.refused(run.sessions, held, run.clock(), str(wrong.reason))
        run.done.refused += 1
        return True
    except Exception as defect:
        # Whatever one kind of mail stumbles over, the others must go out.
        return _not_written(run, held, defect)
    if isinstance(written, Dropped):
        claiming.dropped(run.sessions, held, run.clock(), written.because)
        run.done.dropped += 1
        return True
    return _hand_over(run, held, written)


def _hand_over(run: _Run, held: Claim, envelope: Envelope) -> bool:
    sessions, done = run.sessions, run.done
    try:
        run.post.send(envelope)
    except NotTaken as no:
        if claiming.not_taken(sessions, held, run.clock(), no):
            done.later += 1
        else:
            done.refused += 1
    except Unknown as unknown:
        claiming.uncertain(sessions, held, run.clock(), str(unknown))
        done.uncertain += 1
    except Trouble as trouble:
        done.trouble = str(trouble)
        claiming.let_go(sessions, held, done.trouble)
        return False
    else:
        claiming.sent(sessions, held, run.clock())
        done.sent += 1
    return True


def _not_written(run: _Run, held: Claim, defect: Exception) -> bool:
    what = without_addresses(f"{type(defect).__name__}: {defect}", 200)
    log.error("mail %d could not be written: %s", held.id, what)
    because = f"{NOT_WRITTEN}: {type(defect).__name__}"
    if claiming.put_off(run.sessions, held, run.clock(), because):
        run.done.later += 1
    else:
        run.done.refused += 1
    return True

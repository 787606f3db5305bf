"""Sealing what waits: called every minute by the server's clock, by ``avtaleflyt tick`` and ``seal retry``.

The seal is made outside every transaction, since a timestamp server may take
its time and nobody at work shall wait for it. Two processes at once make two
seals, and the one that comes second throws its own away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import Message, msg
from workflow_app.models.seals import Seal
from workflow_app.services import blobs, trail
from workflow_app.services.documents_anchor import PrintedLog
from workflow_app.services.documents_words import Voice
from workflow_app.services.mail.voices import voice
from workflow_app.services.sealing import new_key
from workflow_app.services.sealing.certificate import Certificate, open_certificate
from workflow_app.services.sealing.errors import CannotSeal
from workflow_app.services.sealing.freezing import freeze, named
from workflow_app.services.sealing.settings import SealSettings
from workflow_app.services.transitions import lock

log = logging.getLogger(__name__)

SEALED = "sealed"
"""The kind of the entry that tells of a seal."""

AT_ONCE = 100
"""Papers in one look; the rest is for the next, a minute later."""

WITHOUT_TIME = timedelta(hours=24)
"""How long a paper waits for the timestamp server before it is sealed without, and says so."""

LONGEST_WAIT = timedelta(hours=1)
NO_TIMESTAMP = "no_timestamp"
LABEL = msg("Seal of ${name}")


@dataclass
class Done:
    """What came of a look: papers frozen and sealed, those that could not be, and why nothing can."""

    frozen: int = 0
    sealed: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    stopped: CannotSeal | None = None

    @property
    def line(self) -> str:
        """A line of numbers for the log."""
        said = f"{self.frozen} papers frozen, {self.sealed} sealed, {len(self.failed)} not"
        return f"{said}; {self.stopped.reason}" if self.stopped else said


def seal_waiting(
    sessions: sessionmaker[Session],
    settings: SealSettings,
    clock: Callable[[], datetime],
    *,
    registry: Registry,
    printed: PrintedLog | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Done:
    """Freeze and seal what is due; what goes wrong with one paper is kept with it and stops no other.

    ``clock`` gives the installation's time (aware), ``printed`` is the log whose
    checkpoint papers print. Raises SQLAlchemy's errors alone.
    """
    done = Done()
    for ident, agreement, _made in _due(sessions, clock(), frozen=False):
        if stopping():
            return done
        try:
            with sessions.begin() as session:
                done.frozen += freeze(session, ident, clock(), registry, printed)
        except Exception as defect:
            # A paper that cannot be made must not keep the others from being sealed.
            _failed(sessions, ident, agreement, "paper", clock(), done, defect)
    waiting = _due(sessions, clock(), frozen=True)
    if not waiting:
        return done
    try:
        look = _Look(sessions, _certificate(settings, clock()), settings.timestamp, clock, done)
    except CannotSeal as no:
        done.stopped = no
        return done
    for ident, agreement, made in waiting:
        if stopping():
            break
        look.at(ident, agreement, late=clock() - made > WITHOUT_TIME)
    return done


def _certificate(settings: SealSettings, now: datetime) -> Certificate:
    if settings.make and settings.key and settings.certificate and not settings.key.exists():
        try:
            new_key.make("Avtaleflyt, demonstrasjon", settings.key, settings.certificate, now)
        except OSError as error:
            # Another process may be making it at this very moment, or the folder may be closed to us.
            log.warning("%s: %s", error.filename, error.strerror)
    return open_certificate(settings, now)


@dataclass
class _Look:
    """One look: the certificate, the timestamp server, and whether that one has failed to answer."""

    sessions: sessionmaker[Session]
    held: Certificate
    url: str | None
    clock: Callable[[], datetime]
    done: Done
    silent: bool = False

    def at(self, ident: int, agreement: str, *, late: bool) -> None:
        """Seal one paper, or keep why not. ``late``: it has waited long enough for a timestamp."""
        # Loaded by the first paper that is there to be sealed: it takes half a second.
        from workflow_app.services.sealing.timestamps import NoTimestamp

        try:
            if self.url is None or not self.silent:
                try:
                    self.done.sealed += self._seal(ident, self.url)
                    return
                except NoTimestamp as no:
                    # The others of this look are not made to wait for a server that is down.
                    self.silent = True
                    if not late:
                        _failed(self.sessions, ident, agreement, "timestamp", self.clock(), self.done, no)
            if late:
                self.done.sealed += self._seal(ident, None, remark=NO_TIMESTAMP)
        except Exception as defect:
            # Whatever a paper has done to the library, it stops no other paper and is told.
            _failed(self.sessions, ident, agreement, "defect", self.clock(), self.done, defect)

    def _seal(self, ident: int, url: str | None, remark: str | None = None) -> bool:
        """Seal one paper and write it down; False where somebody did it first."""
        from workflow_app.services.sealing.pdf import seal_pdf
        from workflow_app.services.sealing.timestamps import Timestamps

        with self.sessions() as session:
            session.connection(execution_options={"avtaleflyt_read_only": True})
            row = session.get_one(Seal, ident)
            if row.source_sha256 is None or row.sealed_sha256 is not None:
                return False
            content = blobs.fetch(session, row.source_sha256)
            language = row.agreement.language
        now = self.clock()
        sealed = seal_pdf(
            content,
            self.held,
            now=now,
            label=_label(voice(language), self.held.name),
            timestamps=Timestamps(url) if url else None,
        )
        with self.sessions.begin() as session:
            return _written(session, ident, sealed, self.held, "B-T" if url else "B-B", remark, now)


def _label(speaks: Voice, name: str) -> str:
    return speaks.say(Message(LABEL.text, {"name": name}))


def _written(
    session: Session,
    ident: int,
    sealed: bytes,
    held: Certificate,
    level: str,
    remark: str | None,
    now: datetime,
) -> bool:
    row = session.get_one(Seal, ident)
    agreement = lock(session, row.agreement_id)
    # Another process may have sealed it while this one waited for the lock.
    session.refresh(row)
    if agreement is None or row.sealed_sha256 is not None:
        return False
    row.sealed_sha256, row.sealed_at = blobs.store(session, sealed), now
    row.level, row.certificate, row.remark, row.problem = level, held.fingerprint, remark, None
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=SEALED,
        now=now,
        agreement=agreement.digest,
        data={
            "document": row.document,
            **named(row),
            "sha256": row.source_sha256,
            "sealed_sha256": row.sealed_sha256,
            "size": len(sealed),
            "certificate": held.fingerprint,
            "level": level,
            **({"remark": remark} if remark else {}),
        },
    )
    return True


def _due(sessions: sessionmaker[Session], now: datetime, *, frozen: bool) -> list[tuple[int, str, datetime]]:
    """Row, agreement and age of the papers to be frozen, or to be sealed, those due longest first."""
    made = Seal.source_sha256.is_not(None) if frozen else Seal.source_sha256.is_(None)
    due = (
        select(Seal.id, Seal.agreement_id, Seal.made_at)
        .where(Seal.sealed_sha256.is_(None), Seal.due_at <= now, made)
        .order_by(Seal.due_at, Seal.id)
        .limit(AT_ONCE)
    )
    with sessions() as session:
        # A reader that only looks does not queue behind the writers.
        session.connection(execution_options={"avtaleflyt_read_only": True})
        return [(row.id, row.agreement_id, row.made_at) for row in session.execute(due)]


def _failed(
    sessions: sessionmaker[Session],
    ident: int,
    agreement: str,
    code: str,
    now: datetime,
    done: Done,
    defect: Exception,
) -> None:
    """Keep why it failed and when it is tried again: after 1, 2, 4 … minutes, and every hour at last."""
    said = (str(defect).splitlines() or [""])[0][:200]
    log.error("a paper of agreement %s: %s: %s: %s", agreement, code, type(defect).__name__, said)
    done.failed.append((agreement, code))
    with sessions.begin() as session:
        row = session.get_one(Seal, ident)
        row.attempts += 1
        row.problem = code
        row.due_at = now + min(timedelta(minutes=2 ** min(row.attempts - 1, 10)), LONGEST_WAIT)

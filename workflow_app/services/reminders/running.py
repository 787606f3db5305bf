"""The morning's run: every agreement that may have something due, each in a transaction of its own.

What one agreement runs into stops none of the others. Several processes may run at
once: the lock makes them queue for an agreement, and the rows made decide who was first.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.definitions import Registry
from workflow_app.domain.workdays import is_working_day
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.norway import OSLO
from workflow_app.services.reminders.finding import candidates
from workflow_app.services.reminders.making import remind_of
from workflow_app.services.transitions import lock

log = logging.getLogger(__name__)


@dataclass
class Counts:
    """What a run did. ``looked`` agreements were looked at, ``agreements`` had something due.

    ``reminders`` are rungs sent, ``skipped`` those passed over for a later one, ``mails``
    letters put in the outbox. ``failed`` has the ids of agreements that could not be dealt with.
    """

    looked: int = 0
    agreements: int = 0
    reminders: int = 0
    skipped: int = 0
    mails: int = 0
    failed: tuple[str, ...] = ()


def run(sessions: sessionmaker[Session], now: datetime, *, registry: Registry | None = None) -> Counts:
    """Make every reminder that is due on the day of ``now`` in Norway; nothing on a day off.

    ``sessions`` makes sessions whose transactions this function begins and ends. Safe to call
    again the same day, and from several processes at once.
    """
    now = now.astimezone(OSLO)
    counts = Counts()
    if not is_working_day(now.date()):
        return counts
    definitions = registry or workflow_definitions()
    with sessions() as session, session.begin():
        # A reader that only looks does not queue behind the writers.
        session.connection(execution_options={"avtaleflyt_read_only": True})
        waiting = candidates(session, now.date())
    for ident in waiting:
        try:
            try:
                _one(sessions, ident, now, definitions, counts)
            except IntegrityError:
                # The same rung was made by another process between our look and our row; looked
                # at again, it is there, and anything else that is wrong is wrong again.
                _one(sessions, ident, now, definitions, counts)
        except Exception:
            log.exception("reminders of agreement %s could not be made", ident)
            counts.failed += (ident,)
    return counts


def _one(
    sessions: sessionmaker[Session], ident: str, now: datetime, definitions: Registry, counts: Counts
) -> None:
    with sessions() as session, session.begin():
        agreement = lock(session, ident)
        if agreement is None or agreement.signed_on is None:
            return
        made = remind_of(session, agreement, definitions.by_digest(agreement.definition_digest), now)
    # Counted only once it is committed.
    counts.looked += 1
    counts.agreements += made.sent > 0
    counts.reminders += made.sent
    counts.skipped += made.skipped
    counts.mails += made.mails

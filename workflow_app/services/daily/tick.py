"""The night's work on agreements: automatic transitions that are due, and what yesterday made old.

Each agreement is a transaction of its own: what one of them runs into stops none of
the others, and people at work wait for one step at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement
from workflow_app.services import sessions as logins
from workflow_app.services.chronicle import bring_up_to_date
from workflow_app.services.errors import ServiceError
from workflow_app.services.ticking import candidates, tick_one
from workflow_app.services.transitions import lock


@dataclass
class Ticked:
    """What was done: (agreement id, transition), and (agreement id, sentence) for what could not be."""

    steps: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def tick_all(
    sessions: sessionmaker[Session], now: datetime, real_now: datetime, *, registry: Registry
) -> Ticked:
    """Make what is due on the day of ``now`` (aware, Norway's zone).

    ``real_now`` is the wall clock, by which sessions that are over are thrown away
    whatever day the installation lives on. Raises SQLAlchemy's errors where the
    database cannot be read at all.
    """
    done = Ticked()
    for ident in _looked_up(sessions, lambda session: candidates(session, now)):
        try:
            done.steps += [(ident, step) for step in _one(sessions, ident, now, registry)]
        except (ServiceError, SQLAlchemyError) as error:
            done.failed.append((ident, _sentence(error)))
        except KeyError:
            done.failed.append((ident, _definition_gone(sessions, ident)))
    _yesterday(sessions, now, done)
    with sessions.begin() as session:
        logins.purge(session, real_now)
    return done


def _looked_up(sessions: sessionmaker[Session], look: Callable[[Session], Iterable[str]]) -> list[str]:
    with sessions() as session:
        # A reader that only looks does not queue behind the writers.
        session.connection(execution_options={"avtaleflyt_read_only": True})
        return list(look(session))


def _one(sessions: sessionmaker[Session], ident: str, now: datetime, registry: Registry) -> list[str]:
    with sessions.begin() as session:
        # Seen a moment ago without a lock; asked again now that it is held.
        agreement = lock(session, ident)
        return [] if agreement is None else tick_one(session, agreement, now, registry=registry)


def _yesterday(sessions: sessionmaker[Session], now: datetime, done: Ticked) -> None:
    """What yesterday was the next deadline may be a missed one today."""
    behind = select(Agreement.id).where(Agreement.next_due < now.date()).order_by(Agreement.id)
    for ident in _looked_up(sessions, lambda session: session.scalars(behind)):
        try:
            with sessions.begin() as session:
                agreement = lock(session, ident)
                if agreement is not None:
                    bring_up_to_date(session, agreement, now.date())
        except (ServiceError, SQLAlchemyError) as error:
            done.failed.append((ident, _sentence(error)))


def _sentence(error: Exception) -> str:
    if isinstance(error, ServiceError):
        return str(error.message)
    if isinstance(error, IntegrityError):
        return "somebody else changed the same thing just now; nothing was done, try again"
    return f"the database: {str(getattr(error, 'orig', None) or error).splitlines()[0]}; nothing was done"


def _definition_gone(sessions: sessionmaker[Session], ident: str) -> str:
    with sessions() as session:
        agreement = session.get_one(Agreement, ident)
        return (
            f"its workflow definition {agreement.definition_id}, version {agreement.definition_version}, "
            "is gone from states/ or was edited"
        )

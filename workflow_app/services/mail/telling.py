"""From what happened to who is told: the notices of the trail become mails, one to a person.

Runs before the outbox is emptied, each agreement in a transaction of its own. A
notice is marked in the transaction that writes its mails, by a compare-and-swap,
so it is told once whoever runs. Steps that came close together are told together.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Mail, Notice
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.mail import outbox
from workflow_app.services.mail.addresses import without_addresses
from workflow_app.services.mail.audience import Story, read_story, readers
from workflow_app.services.mail.claiming import TOO_OLD
from workflow_app.services.mail.turns import Place, handed_over
from workflow_app.services.transitions import lock

log = logging.getLogger(__name__)

KIND = "step"
BATCH = 200


def tell(sessions: sessionmaker[Session], now: datetime, *, registry: Registry | None = None) -> int:
    """Make the mails of everything that has not been told; how many. ``now`` is aware.

    What cannot be told of one agreement is a line in the log and stops no other. Raises SQLAlchemy's errors.
    """
    definitions = registry or workflow_definitions()
    made = 0
    while True:
        with sessions() as session:
            session.connection(execution_options={"avtaleflyt_read_only": True})
            rows = session.execute(
                select(Notice.agreement_id, Notice.id)
                .where(Notice.told_at.is_(None))
                .order_by(Notice.id)
                .limit(BATCH)
            ).all()
        if not rows:
            return made
        for ident in dict.fromkeys(row.agreement_id for row in rows):
            made += _of_one(sessions, ident, now, definitions)


def _of_one(sessions: sessionmaker[Session], ident: str, now: datetime, definitions: Registry) -> int:
    try:
        with sessions.begin() as session:
            agreement = lock(session, ident)
            notices = _take(session, ident, now)
            if agreement is None or not notices:
                return 0
            return _mails(session, agreement, notices, now, definitions)
    except SQLAlchemyError:
        raise
    except Exception as defect:
        # Such as a definition that is gone from states/: the others must be told all the same.
        what = without_addresses(f"{type(defect).__name__}: {defect}", 200)
        log.error("nobody could be told of %s: %s", ident, what)
        with sessions.begin() as session:
            _take(session, ident, now)
        return 0


def _take(session: Session, ident: str, now: datetime) -> list[Notice]:
    """The agreement's notices that nobody has told yet, now marked as told; empty where another was first."""
    found = list(
        session.scalars(
            select(Notice).where(Notice.agreement_id == ident, Notice.told_at.is_(None)).order_by(Notice.id)
        )
    )
    marked = session.execute(
        update(Notice)
        .where(Notice.id.in_([n.id for n in found]), Notice.told_at.is_(None))
        .values(told_at=now)
        .execution_options(synchronize_session=False)
    )
    return found if cast("CursorResult[Any]", marked).rowcount == len(found) else []


def _mails(
    session: Session, agreement: Agreement, notices: Sequence[Notice], now: datetime, definitions: Registry
) -> int:
    fresh = [n.entry_id for n in notices if now - n.made_at <= TOO_OLD]
    if not fresh:
        return 0
    definition = definitions.by_digest(agreement.definition_digest)
    stories = read_story(session, fresh, definition)
    heard: dict[str, list[Story]] = {}
    for story in stories:
        for person in readers(session, agreement, definition, story, stories, now.date()):
            heard.setdefault(person, []).append(story)
    places = handed_over(session, agreement, definition, stories, now.date())
    made = 0
    for person in dict.fromkeys([*heard, *places]):
        data = {"entries": [s.id for s in heard.get(person, ())], "places": _rows(places.get(person, ()))}
        key = f"{KIND}/{agreement.id}/{max(fresh)}/{person}"
        mail: Mail | None = outbox.enqueue(
            session, kind=KIND, key=key, person_id=person, now=now, agreement=agreement, data=data
        )
        made += mail is not None
    return made


def _rows(places: Iterable[Place]) -> list[list[Any]]:
    return [[p.transition, p.party, list(p.roles), p.bound] for p in places]

"""The addresses of calendar feeds: made by a person, shown once, worthless once taken back.

A calendar program keeps its address for years and asks with it every few hours,
so unlike a program's token it has no end of its own. It opens nothing but one
feed, and there only what its person may see on the day it is asked: whoever
loses a role loses the events, and an ended person's address answers as one that
never was.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.calendars import CalendarFeed
from workflow_app.models.people import Party, Person
from workflow_app.services.errors import Conflict, NotThere
from workflow_app.services.people_entries import enter
from workflow_app.services.trail import EntryActor

MOST = 30
"""Addresses one person may have at a time; whoever needs more has lost count of them."""

# A prefix lets the scanners that look for leaked secrets find it.
_PREFIX = "avtalekalender_"
_SHAPE = re.compile(_PREFIX + r"[A-Za-z0-9_-]{43}")


def make(
    session: Session,
    person_id: str,
    *,
    agreement: Agreement | None = None,
    party: Party | None = None,
    actor: EntryActor,
    now: datetime,
) -> tuple[str, CalendarFeed]:
    """A new token in clear, to be shown once, and its row: one agreement's, one party's, or one's own.

    The caller has seen that the person may see the agreement or the party.
    Raises ``Conflict`` (``too_many_feeds``) beyond :data:`MOST`.
    """
    live = select(func.count()).where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
    if (session.scalar(live) or 0) >= MOST:
        raise Conflict(
            "too_many_feeds",
            msg("You have ${most} calendar addresses already; take back one you no longer use.", most=MOST),
        )
    clear = _PREFIX + secrets.token_urlsafe(32)
    feed = CalendarFeed(
        token_sha256=_sha256(clear),
        last_four=clear[-4:],
        person_id=person_id,
        agreement_id=agreement.id if agreement else None,
        party_id=party.id if party else None,
        created_at=now,
        revoked_at=None,
    )
    session.add(feed)
    session.flush()
    about = {"agreement": agreement.id} if agreement else {"party": party.key} if party else {}
    enter(
        session, None, "calendar_feed_made", actor=actor, now=now,
        data={"person": person_id, "feed": feed.id, **about},
    )  # fmt: skip
    return clear, feed


def find(session: Session, clear: str) -> CalendarFeed | None:
    """The live feed of an active person that this token opens; None for any other string. One statement."""
    if not _SHAPE.fullmatch(clear):
        return None
    return session.scalars(
        select(CalendarFeed)
        .join(Person, Person.id == CalendarFeed.person_id)
        .where(
            CalendarFeed.token_sha256 == _sha256(clear),
            CalendarFeed.revoked_at.is_(None),
            Person.active,
        )
        .options(joinedload(CalendarFeed.person), joinedload(CalendarFeed.party))
    ).one_or_none()


def revoke(session: Session, person_id: str, feed_id: int, *, actor: EntryActor, now: datetime) -> None:
    """Make one of the person's own addresses worthless at once.

    Raises ``NotThere`` for another's or none at all, ``Conflict`` where it is over already.
    """
    feed = session.get(CalendarFeed, feed_id)
    if feed is None or feed.person_id != person_id:
        raise NotThere("unknown_feed", msg("You have no calendar address with that number."))
    if feed.revoked_at is not None:
        raise Conflict("feed_revoked", msg("The calendar address was taken back already."))
    feed.revoked_at = now
    enter(
        session, None, "calendar_feed_revoked", actor=actor, now=now,
        data={"person": person_id, "feed": feed.id},
    )  # fmt: skip


def live(session: Session, person_id: str) -> list[CalendarFeed]:
    """The person's addresses that still work, oldest first."""
    return list(
        session.scalars(
            select(CalendarFeed)
            .where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
            .options(joinedload(CalendarFeed.agreement), joinedload(CalendarFeed.party))
            .order_by(CalendarFeed.id)
        ).unique()
    )


def _sha256(clear: str) -> str:
    return hashlib.sha256(clear.encode("ascii")).hexdigest()

"""What every change of a meeting does: it is looked at again, counted as a version, and told in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import bring_up_to_date
from workflow_app.services.errors import Conflict


def expect_seen(meeting: Meeting, seen: int | None) -> None:
    """Raise ``Conflict`` (``stale_version``) where somebody has changed the meeting since it was looked at.

    ``seen`` is the version of the page; None (a program that names none) is let through.
    """
    if seen is not None and seen != meeting.version:
        raise Conflict(
            "stale_version",
            msg(
                "Somebody has changed the meeting since you opened it. Nothing was saved; look at the page "
                "again and repeat what you wanted."
            ),
        )


def expect_ahead(meeting: Meeting) -> None:
    """Raise ``Conflict`` where the meeting is cancelled or held: it is not planned any more."""
    if meeting.cancelled_at is not None:
        raise Conflict("meeting_cancelled", msg("The meeting is cancelled; plan another one instead."))
    if meeting.held_at is not None:
        raise Conflict("meeting_held", msg("The meeting has been held, and stands as it was."))


def changed(meeting: Meeting) -> None:
    """Move the meeting's version: what was open on somebody's screen is old."""
    meeting.version += 1


def tell(
    session: Session,
    agreement: Agreement,
    kind: str,
    *,
    who: Who,
    holding: Holding | None,
    now: datetime,
    data: Mapping[str, Any],
    private: Mapping[str, str | None] | None = None,
) -> None:
    """An entry on the agreement's chain. Names and free text are ``private``, never in ``data``."""
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=kind,
        now=now,
        actor=who.entry(holding),
        agreement=agreement.digest,
        data={k: v for k, v in data.items() if v is not None},
        private=private,
    )


def settled(session: Session, agreement: Agreement, now: datetime) -> None:
    """Bring what long lists are sorted by up to date: a meeting is a deadline, or has met one."""
    session.flush()
    bring_up_to_date(session, agreement, now.date())

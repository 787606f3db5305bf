"""Guests that the mail of a meeting did not reach: told where they were invited, and mended there.

A guest has no account, so nobody corrects an address but those who call the
meeting: they take the guest off and invite again. The outbox shows the row to
administrators, who cannot. Rows name a guest by number, and a database may give
the number of one who was taken off to the next; so the rows let go of it then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import DROPPED, SENT, UNCERTAIN, Mail
from workflow_app.models.meetings import Meeting
from workflow_app.services.mail.claiming import SET_ASIDE, set_aside
from workflow_app.services.mail.listing import NEEDS_A_PERSON

INVITATION = "meeting_invitation"
CANCELLED = "meeting_cancelled"
NOBODY = 0
"""The guest of a mail whose guest was taken off the list; no row ever has this number."""


@dataclass(frozen=True)
class Undelivered:
    """A letter that did not arrive, since when; ``uncertain`` where it may have."""

    at: datetime
    uncertain: bool


def undelivered(session: Session, agreement: Agreement, meeting: Meeting) -> dict[int, Undelivered]:
    """By the number of a guest, that the last letter about the meeting did not reach them."""
    last = {mail.guest: mail for mail in _letters(session, agreement, meeting)}
    return {
        guest: Undelivered(mail.done_at or mail.due_at, mail.status == UNCERTAIN)
        for guest, mail in last.items()
        if guest and _failed(mail)
    }


def reached_before(session: Session, agreement: Agreement, meeting: Meeting, mail: Mail) -> bool:
    """Whether the guest of ``mail`` has had an earlier invitation to the meeting."""
    earlier = [one for one in _letters(session, agreement, meeting) if one.id < mail.id]
    return any(one.guest == mail.guest and one.status == SENT for one in earlier)


def forget_guest(session: Session, agreement: Agreement, meeting: Meeting, guest: int, now: datetime) -> None:
    """Let the letters to a guest who is taken off be nobody's; what needed a person rests."""
    mine = [mail for mail in _letters(session, agreement, meeting) if mail.guest == guest]
    for mail in mine:
        mail.data = {**mail.data, "guest": NOBODY}
    session.flush()
    set_aside(session, [mail.id for mail in mine if mail.status in NEEDS_A_PERSON], now)


def _letters(session: Session, agreement: Agreement, meeting: Meeting) -> Iterator[Mail]:
    """The letters to guests of the meeting, the oldest first."""
    ours = [
        Mail.key.startswith(f"{kind}/{agreement.id}/{meeting.number}/", autoescape=True)
        for kind in (INVITATION, CANCELLED)
    ]
    rows = session.scalars(
        select(Mail).where(Mail.agreement_id == agreement.id, or_(*ours)).order_by(Mail.id)
    )
    yield from (mail for mail in rows if mail.guest is not None)


def _failed(mail: Mail) -> bool:
    # One that was let rest is as little delivered as before.
    rests = mail.status == DROPPED and mail.answer == str(SET_ASIDE) and (mail.code or 0) >= 500
    return rests or mail.status in NEEDS_A_PERSON

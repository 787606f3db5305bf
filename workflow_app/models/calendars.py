"""Calendar feeds: addresses that a calendar program reads deadlines from, without signing in.

Outlook, Google and Apple cannot sign in; they only know an address. So each
address carries a token of its own that opens one feed and nothing else, and
that can be taken back. Events are not stored: what an event was before it moved
is read from the trail (``services/calendars/changes.py``).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.agreements import Agreement
from workflow_app.models.base import Base
from workflow_app.models.people import Party, Person


class CalendarFeed(Base):
    """One address of one person's. The clear token is not stored, only its SHA-256.

    At most one of ``agreement_id`` and ``party_id`` is set; neither is all that
    is the person's own. ``last_four`` are the token's last characters, by which
    the person knows one address from another.
    """

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    last_four: Mapped[str] = mapped_column(String(4))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    agreement_id: Mapped[str | None] = mapped_column(ForeignKey("agreement.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    party: Mapped[Party | None] = relationship()

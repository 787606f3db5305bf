"""Deputies at the politiråd's meetings, and the one-time ways in for new people.

A deputy of the agreement's own clause ("det kan utnevnes faste stedfortredere")
stands in for a role at meetings and signs nothing. He is not an acting holder,
and so nothing that gives rights reads this table.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.agreements import Agreement
from workflow_app.models.base import Base
from workflow_app.models.people import Party, Person


class MeetingDeputy(Base):
    """One who stands in for a role of a party at the meetings of one agreement.

    ``to_date`` None is until further notice; a period that ends before it
    begins was undone. Both days are included.
    """

    __tablename__ = "meeting_deputy"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    title: Mapped[str | None] = mapped_column(String(200))
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    party: Mapped[Party] = relationship()
    agreement: Mapped[Agreement] = relationship()


class PasswordLink(Base):
    """A way to choose one's own password once: only the SHA-256 of what the link holds."""

    __tablename__ = "password_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

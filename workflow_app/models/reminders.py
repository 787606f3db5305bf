"""Reminders that were made, when each agreement is to be looked at next, and a kommune's own ladder.

A rung that is dealt with is a row that can stand here once: when two processes
count the same morning, the second finds the row taken. What is looked at next is
no truth of its own either; a row that is gone is counted anew.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow_app.models.base import Base

SENT = "sent"
"""Mails were put in the outbox: for those who hold ``roles``."""

SKIPPED = "skipped"
"""A later rung of the same deadline was due already, and that one was sent in its place."""

UNHEARD = "unheard"
"""Nobody held the roles, and the party's administrators had heard of it already or there were none."""


class Reminder(Base):
    """One rung of one deadline's ladder, for one party of the agreement.

    ``deadline`` is the deadline's identity with its day (``Deadline.reminder_key``),
    ``latest`` that day and ``due`` the working day the rung fell on. ``made_on`` is the
    day it was made, which is later where it was caught up.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("agreement_id", "party_id", "deadline", "rung"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    deadline: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    rung: Mapped[str] = mapped_column(String(20))
    latest: Mapped[date]
    due: Mapped[date]
    outcome: Mapped[str] = mapped_column(String(20))
    roles: Mapped[list[str]]
    made_on: Mapped[date]
    made_at: Mapped[datetime]


class ReminderLook(Base):
    """When an agreement is to be looked at next: on ``next_on``, or once its trail is longer than ``entry``.

    ``looked_on`` is the day of the last look; one ahead of today was made by a clock that was wrong.
    """

    __tablename__ = "reminder_look"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    entry: Mapped[int]
    looked_on: Mapped[date]
    next_on: Mapped[date] = mapped_column(index=True)


class ReminderSetting(Base):
    """A kommune's own ladder, where it has one; see ``domain.reminding.ladder.Settings``."""

    __tablename__ = "reminder_setting"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    before: Mapped[list[int]] = mapped_column(JSON)
    weeks: Mapped[int]
    escalate_after: Mapped[int | None]
    off: Mapped[list[str]]

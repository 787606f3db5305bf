"""Mail that is to go out, what it tells of, and which nightly work has been done.

A mail is a row first: written in the transaction of what it tells of, so that
both are there afterwards or neither is, and sent later from the committed state.
The row holds keys, numbers and days alone; names, addresses and free text are read
at the moment of sending, so that a person who is erased is erased here as well.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.agreements import Agreement
from workflow_app.models.base import Base, new_key
from workflow_app.models.people import Party, Person

WAITING = "waiting"
"""Not sent yet, and not before ``due_at``."""

SENDING = "sending"
"""Claimed by one process, which says so before it speaks to the mail server."""

SENT = "sent"
"""The mail server has taken it."""

DROPPED = "dropped"
"""No longer true when it was to be sent, or nobody to send it to; ``answer`` says which."""

REFUSED = "refused"
"""The mail server refused it for good."""

UNCERTAIN = "uncertain"
"""Its sender died, or lost the server, at the one moment when it may or may not have gone."""

BOUNCED = "bounced"
"""Taken by our mail server, and sent back later by the recipient's."""


class Mail(Base):
    """One letter to one person. ``key`` says what it is about, and is used once for ever.

    ``token`` is the row's own name in the world outside: in the Message-ID, and in
    the envelope's sender, to which a bounce comes back. ``code`` and ``answer``
    are the mail server's last words, with every address taken out.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_status_due", "status", "due_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(250), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    token: Mapped[str] = mapped_column(String(32), unique=True, default=new_key)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    agreement_id: Mapped[str | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    data: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(20), default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    code: Mapped[int | None]
    answer: Mapped[str | None] = mapped_column(String(300))

    person: Mapped[Person] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    party: Mapped[Party | None] = relationship()

    @property
    def guest(self) -> int | None:
        """The id of the guest's ``Attendance`` it goes to; then ``person`` is whoever called the guest."""
        return self.data.get("guest")


class Notice(Base):
    """A trail entry that people are to be told of, and has not become mails yet.

    The step that is taken writes this one row; who is to be told is worked out
    afterwards, so that nobody waits for it.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_told", "told_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("trail_entry.id"), unique=True)
    made_at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class JobRun(Base):
    """One day's run of one piece of nightly work, claimed by whoever came first.

    ``done_at`` is empty while it runs, and where it failed or its process died: then
    another may claim it, and ``attempts`` counts the claims.
    """

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    attempts: Mapped[int] = mapped_column(default=1)
    claimed_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

"""What an agreement is made of: its files, its texts, its attachments and their readings.

Nothing in here is ever changed once it is stored, but marked as removed or
followed by a newer version: approvals were given to it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow_app.models.base import Base


class Blob(Base):
    """Bytes by their SHA-256: originals, attachments, frozen papers. Stored once."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class TextVersion(Base):
    """One saved text. An uploaded one keeps its file byte for byte.

    ``notes`` say what was left out of the file or taken as done in it: each a
    sentence's key (``text``) and its ``values``.
    """

    __tablename__ = "text_version"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(20))
    filename: Mapped[str | None] = mapped_column(String(255))
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    notes: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]", default=list)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Attachment(Base):
    """A file that is part of what is approved, or the scan of a paper original."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    size: Mapped[int]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class RuleSet(Base):
    """One reading of one text: the reader's, or as a person corrected it.

    ``rules`` holds dated and undated rules in the contract's flat form,
    ``unread`` the sentences that speak of time and were not read, ``references``
    the other agreements the text names; both as the reader's JSON.
    ``confirmed_at`` is empty until a person has looked at them.
    """

    __tablename__ = "rule_set"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    text_number: Mapped[int]
    rules: Mapped[list[dict[str, Any]]]
    questions: Mapped[list[dict[str, Any]]]
    incomplete: Mapped[list[str]]
    unread: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]", default=list)
    references: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]", default=list)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

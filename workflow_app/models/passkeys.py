"""Passkeys: whose they are, on which chains they have been told of, and the challenges made for them.

A passkey that was taken away is kept as a row: what it signed must still be
explained, and its credential may never be registered again. What the person
called it stands here alone and in no entry, since a name can be personal.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.base import Base
from workflow_app.models.people import Person

_COUNTER = BigInteger().with_variant(Integer, "sqlite")
"""A signature counter is an unsigned 32-bit number (WebAuthn, section 6.1)."""


class Passkey(Base):
    """One public key credential of a person.

    ``key`` is the SHA-256 (hex) of the credential id and names the passkey in the
    trail; ``public_key`` is COSE as the authenticator gave it, ``described`` the same
    key in the trail's words. ``rp_id`` is the site it was made for. ``removed_at``
    None: it works.
    """

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    described: Mapped[dict[str, Any]]
    counter: Mapped[int] = mapped_column(_COUNTER)
    transports: Mapped[list[str]]
    name: Mapped[str] = mapped_column(String(100))
    rp_id: Mapped[str] = mapped_column(String(253))
    origins: Mapped[list[str]]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class PasskeyTold(Base):
    """That a party's chain says this passkey was added, so that it is said once and taken back there."""

    __tablename__ = "passkey_told"

    passkey_id: Mapped[int] = mapped_column(ForeignKey("passkey.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)


class PasskeyChallenge(Base):
    """A challenge that may be answered once, before it expires.

    ``challenge`` is URL-safe base64 without padding. ``purpose`` is what an answer
    to it does; ``subject`` limits how many one person or address may have open (a
    person's key, or a keyed hash of an address). A sign-off's has the statement.
    ``answer`` is the SHA-256 (hex) of the answer that was accepted: the very same one
    sent again, by an impatient finger or a bad line, is no copied key.
    """

    __tablename__ = "passkey_challenge"
    __table_args__ = (Index("ix_passkey_challenge_subject_expires", "subject", "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge: Mapped[str] = mapped_column(String(43), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    agreement_id: Mapped[str | None] = mapped_column(ForeignKey("agreement.id"))
    transition: Mapped[str | None] = mapped_column(String(100))
    statement: Mapped[dict[str, Any] | None]
    answer: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]

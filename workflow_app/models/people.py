"""People, the parties they act for, and the roles they hold from a day to a day.

A role is never a flag on a person: it is held *for a party*, with the local
title, between two dates, and so the question "was she mayor that day?" has an
answer three years later. Persons are named in the trail by their opaque ``id``
alone.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.base import Base, new_key


class Person(Base):
    """Somebody who signs in. Never deleted; ``active`` says whether login is possible.

    Of one who was erased (``erased_at``) the row keeps its key alone: ``name`` is empty, and whoever
    shows it says so instead (``services/erasing``).
    """

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_key)
    username: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str | None] = mapped_column(String(2))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_operator: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Party(Base):
    """A kommune or a police unit. ``key`` is stable: "3103", or a slug for the police."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(100), unique=True)
    side: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="nb")
    kommune_number: Mapped[str | None] = mapped_column(String(4), unique=True)
    district: Mapped[str | None] = mapped_column(String(50))
    created_at: Mapped[datetime]
    ended_on: Mapped[date | None]


class RoleAssignment(Base):
    """One person in one role for one party, from a day to a day (both included)."""

    __tablename__ = "role_assignment"
    __table_args__ = (Index("ix_role_assignment_person_party", "person_id", "party_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    title: Mapped[str | None] = mapped_column(String(200))
    from_date: Mapped[date]
    to_date: Mapped[date | None]

    person: Mapped[Person] = relationship()
    party: Mapped[Party] = relationship()


class ActingHolder(Base):
    """One who acts in another's office for a named period (varaordfører, konstituert)."""

    __tablename__ = "acting_holder"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    for_person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    title: Mapped[str | None] = mapped_column(String(200))
    from_date: Mapped[date]
    to_date: Mapped[date]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    for_person: Mapped[Person] = relationship(foreign_keys=[for_person_id])
    party: Mapped[Party] = relationship()


class HouseRule(Base):
    """A kommune's own rule where the agreements are silent, marked as such everywhere."""

    __tablename__ = "house_rule"
    __table_args__ = (UniqueConstraint("party_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    since: Mapped[date | None]


class LoginSession(Base):
    """A signed-in browser. The cookie's value is not stored, only its SHA-256."""

    __tablename__ = "login_session"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(2))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()


class AccessToken(Base):
    """A program's bearer token, with a scope and an end; again only its SHA-256."""

    __tablename__ = "access_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    scope: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SecurityEvent(Base):
    """The security log: failed logins and re-authentications. No passwords, no clear names."""

    __tablename__ = "security_event"
    __table_args__ = (Index("ix_security_event_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

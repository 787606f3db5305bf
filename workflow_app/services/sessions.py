"""Signed-in browsers, kept in the database so that they can be revoked.

The cookie is 32 random bytes; only their SHA-256 is stored, so that a stolen
copy of the database opens no session. A browser that has not signed in has a
session too (``person_id`` None), for the CSRF token of the login form; signing
in always makes a new one, with a new CSRF token, so that a session somebody
planted is worth nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session

from workflow_app.models.people import LoginSession, Person

_SHAPE = 43  # characters of 32 bytes in URL-safe base64


@dataclass(frozen=True)
class Lifetimes:
    """How long a session lasts: unused, at most, before sign-in, and how often use is noted."""

    idle: timedelta = timedelta(hours=8)
    absolute: timedelta = timedelta(hours=24)
    anonymous: timedelta = timedelta(hours=2)
    noted_every: timedelta = timedelta(minutes=1)


STANDARD = Lifetimes()


@dataclass(frozen=True)
class Current:
    """The session of a request. ``key`` is the stored hash, safe to pass about and to log.

    ``stale`` says that :func:`touch` is due; reading itself writes nothing.
    """

    key: str
    person: Person | None
    csrf_token: str
    language: str | None
    stale: bool


def open_session(
    session: Session,
    now: datetime,
    *,
    person: Person | None = None,
    language: str | None = None,
    lifetimes: Lifetimes = STANDARD,
) -> tuple[str, LoginSession]:
    """Open a session and return the cookie's value, which is kept nowhere, and the row."""
    cookie = secrets.token_urlsafe(32)
    row = LoginSession(
        token_sha256=_key(cookie),
        person_id=None if person is None else person.id,
        csrf_token=secrets.token_urlsafe(32),
        language=language,
        created_at=now,
        seen_at=now,
        expires_at=now + (lifetimes.anonymous if person is None else lifetimes.absolute),
        revoked_at=None,
    )
    session.add(row)
    session.flush()
    return cookie, row


def look_up(session: Session, cookie: str, now: datetime, lifetimes: Lifetimes = STANDARD) -> Current | None:
    """The live session of a cookie, in one statement; None where there is none any more."""
    if len(cookie) != _SHAPE or not cookie.isascii():
        return None
    row = session.execute(
        select(LoginSession, Person)
        .outerjoin(Person, Person.id == LoginSession.person_id)
        .where(
            LoginSession.token_sha256 == _key(cookie),
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
            LoginSession.seen_at > now - lifetimes.idle,
            or_(LoginSession.person_id.is_(None), Person.active),
        )
    ).one_or_none()
    if row is None:
        return None
    found, person = row
    stale = found.seen_at <= now - lifetimes.noted_every
    return Current(found.token_sha256, person, found.csrf_token, found.language, stale)


def touch(session: Session, current: Current, now: datetime, lifetimes: Lifetimes = STANDARD) -> None:
    """Note that the session is in use, at most once a minute; never moves the time back."""
    if not current.stale:
        return
    session.execute(
        update(LoginSession)
        .where(LoginSession.token_sha256 == current.key, LoginSession.seen_at <= now - lifetimes.noted_every)
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def sign_in(
    session: Session, person: Person, now: datetime, *, old: Current | None, lifetimes: Lifetimes = STANDARD
) -> tuple[str, LoginSession]:
    """Give ``person`` a new session, with a new CSRF token, and revoke the browser's old one."""
    if old is not None:
        revoke(session, old.key, now)
    language = None if old is None else old.language
    return open_session(session, now, person=person, language=language, lifetimes=lifetimes)


def revoke(session: Session, key: str, now: datetime) -> bool:
    """End one session at once; False where it was not live. ``key`` is ``Current.key``."""
    return _revoke(session, LoginSession.token_sha256 == key, now) > 0


def revoke_all(session: Session, person_id: str, now: datetime, *, but: Current | None = None) -> int:
    """End every session of a person, ``but`` the given one; how many they were."""
    wanted = LoginSession.person_id == person_id
    if but is not None:
        wanted = wanted & (LoginSession.token_sha256 != but.key)
    return _revoke(session, wanted, now)


def set_language(session: Session, current: Current, language: str | None) -> None:
    """Remember the language this browser chose; None goes back to the person's own."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.token_sha256 == current.key)
        .values(language=language)
        .execution_options(synchronize_session="fetch")
    )


def purge(session: Session, now: datetime) -> int:
    """Delete the sessions that expired a day ago or more; how many. For the clock's command."""
    gone = session.execute(
        delete(LoginSession)
        .where(LoginSession.expires_at < now - timedelta(days=1))
        .execution_options(synchronize_session=False)
    )
    return _count(gone)


def _revoke(session: Session, wanted: ColumnElement[bool], now: datetime) -> int:
    ended = session.execute(
        update(LoginSession)
        .where(wanted, LoginSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session="fetch")
    )
    return _count(ended)


def _count(result: object) -> int:
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


def _key(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("ascii")).hexdigest()

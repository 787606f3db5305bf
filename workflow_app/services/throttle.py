"""Slowing down those who guess: failures are counted per user name and per address.

Five failures on one name within a quarter of an hour make the sixth wait half a
minute, and each further one doubles the wait. An address gets more, since a
whole town hall stands behind one. An attempt while waiting is not looked at and
not counted, so nobody can be kept out for ever by somebody else's hammering.

The table holds no clear names and no addresses, only keyed hashes: a security
log should not itself be a list of who works where.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.people import SecurityEvent

LOGIN_FAILED = "login_failed"
LOGIN_SUCCEEDED = "login_succeeded"
REAUTHENTICATION_FAILED = "reauthentication_failed"
REAUTHENTICATION_SUCCEEDED = "reauthentication_succeeded"

_FAILED = frozenset({LOGIN_FAILED, REAUTHENTICATION_FAILED})


@dataclass(frozen=True)
class Subject:
    """Whose failures are counted, and how many are free of charge."""

    hash: str
    allowed: int
    forgiven_by_success: bool


@dataclass(frozen=True)
class Throttle:
    """How patient the system is. ``key`` makes the hashes useless without the settings."""

    key: bytes = b"avtaleflyt"
    window: timedelta = timedelta(minutes=15)
    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta = timedelta(minutes=15)
    per_name: int = 5
    per_client: int = 20

    def name(self, username: str) -> Subject:
        """The subject of a user name, in any spelling that means the same one."""
        return Subject(self._hash("name", username), self.per_name, True)

    def client(self, address: str) -> Subject:
        """The subject of a client's address. One's own login must not clear what one tried on others."""
        return Subject(self._hash("client", address), self.per_client, False)

    def wait_until(self, session: Session, subjects: Iterable[Subject], now: datetime) -> datetime | None:
        """When the next attempt is looked at, or None where that is now. One statement."""
        wanted = {subject.hash: subject for subject in subjects}
        found = session.execute(
            select(SecurityEvent.subject, SecurityEvent.kind, SecurityEvent.at)
            .where(SecurityEvent.subject.in_(wanted), SecurityEvent.at > now - self.window)
            .order_by(SecurityEvent.at, SecurityEvent.id)
        )
        rows: list[tuple[str, str, datetime]] = [(name, kind, at) for name, kind, at in found]
        ends = [self._end(subject, [r for r in rows if r[0] == subject.hash]) for subject in wanted.values()]
        return max([end for end in ends if end is not None and end > now], default=None)

    def record(self, session: Session, kind: str, subjects: Iterable[Subject], now: datetime) -> None:
        """Write the event; it counts only if the caller's transaction is committed."""
        for subject in subjects:
            session.add(SecurityEvent(kind=kind, subject=subject.hash, at=now))
        session.flush()

    def _end(self, subject: Subject, rows: Iterable[tuple[str, str, datetime]]) -> datetime | None:
        failures: list[datetime] = []
        for _, kind, at in rows:
            if kind in _FAILED:
                failures.append(at)
            elif subject.forgiven_by_success:
                failures.clear()
        over = len(failures) - subject.allowed
        if over < 0:
            return None
        # A doubling beyond 2^20 would overflow long after the longest wait is reached.
        return failures[-1] + min(self.first_wait * (1 << min(over, 20)), self.longest_wait)

    def _hash(self, kind: str, value: str) -> str:
        plain = unicodedata.normalize("NFKC", value).strip().casefold()
        return hmac.new(self.key, f"{kind}:{plain}".encode("utf-8", "replace"), "sha256").hexdigest()

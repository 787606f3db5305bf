"""How much a stranger may have checked, and how large: the page is open to everybody.

Verifying a bundle takes processor time, so one is verified at a time in each
process, an address gets so many in ten minutes, and what is larger than the
limit is refused before it is read. The counts live in memory: they protect this
process, and are nobody's list of who asked what.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from pyramid.config import Configurator
from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.services.errors import ServiceError
from workflow_app.settings import SettingsError

KEY = "avtaleflyt.verify_max_mb"
LARGEST_MB = 50
"""The largest file checked where the settings say nothing, in MB."""
MANY = 30
"""What one address may have checked within :data:`WINDOW`; a town hall has one address."""
WINDOW = timedelta(minutes=10)
PATIENCE = 10.0
"""Seconds that a request waits for the one before it."""
_ADDRESSES = 10_000


class Busy(ServiceError):
    """Too much at once; ``retry_after`` is in seconds, ``status`` the HTTP status."""

    def __init__(self, status: int, retry_after: int) -> None:
        message = (
            msg("So much has been checked from your address just now that you must wait a little.")
            if status == 429
            else msg("Something else is being checked just now; try again in a moment.")
        )
        super().__init__("throttled" if status == 429 else "busy", message)
        self.status, self.retry_after = status, retry_after


class Gate:
    """Counts what is let in; ``largest`` is in bytes."""

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self._seen: dict[str, deque[datetime]] = {}
        self._counting = threading.Lock()
        self._one = threading.BoundedSemaphore(1)

    def count(self, address: str, now: datetime) -> None:
        """Let one more in from ``address``; raises :class:`Busy` (429) for more than it may."""
        with self._counting:
            if len(self._seen) >= _ADDRESSES:
                # Whoever has so many addresses gets nothing out of being remembered.
                self._seen.clear()
            times = self._seen.setdefault(address, deque())
            while times and times[0] <= now - WINDOW:
                times.popleft()
            if len(times) >= MANY:
                wait = times[0] + WINDOW - now
                raise Busy(429, max(1, round(wait.total_seconds())))
            times.append(now)

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Hold the only place; raises :class:`Busy` (503) when it does not become free in time."""
        if not self._one.acquire(timeout=PATIENCE):
            raise Busy(503, round(PATIENCE))
        try:
            yield
        finally:
            self._one.release()


def gate_of(request: Request) -> Gate:
    """The gate of this process."""
    found: Gate = request.registry["checking_gate"]
    return found


def includeme(config: Configurator) -> None:
    """Settings: ``avtaleflyt.verify_max_mb``, 1 to 200. Raises ``SettingsError`` for any other."""
    text = str(config.get_settings().get(KEY) or LARGEST_MB).strip()
    if not (text.isascii() and text.isdecimal()) or len(text) > 3 or not 1 <= int(text) <= 200:
        raise SettingsError(f"{KEY} = {text}: write a whole number of MB from 1 to 200")
    config.registry["checking_gate"] = Gate(int(text) << 20)

"""Asking a log over HTTP: bounded, with a time limit, and believing nothing of what comes.

What a log publishes is at the addresses of C2SP tlog-tiles (``/checkpoint``,
``/tile/…``), so that any such log can be watched. Two more are this
installation's own and may be missing elsewhere: the list of the heads it keeps,
and where cosignatures are handed in.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from workflow_app.domain.tlog.tiles import WIDTH, Tile, path
from workflow_app.domain.trail import MAX_NOTE
from workflow_app.witness.faults import Refused, Unreachable, WitnessFault

TIMEOUT = 20.0
"""Seconds that the log may be silent, and twice that for a whole answer."""
MAX_LIST = 1 << 20
MOST_PAGES = 20
"""Pages of the list that are read in one round; after a longer absence the newest head does."""
_HASH = 32
_AGENT = "avtaleflyt-witness"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would send the witness to another log than the one it was given."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Log:
    """One log at its address. Every call raises :class:`Unreachable` or :class:`Refused`."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise WitnessFault(
                f"«{url[:200]}» er ikke en adresse; skriv den som https://avtaler.kommune.no",
                f"“{url[:200]}” is not an address; write it as https://avtaler.kommune.no",
                2,
            )
        self.url = url.rstrip("/")
        self.timeout = timeout
        self._opener = urllib.request.build_opener(_NoRedirect)

    def head(self) -> bytes:
        """The signed note of the log's newest head (C2SP tlog-tiles, ``/checkpoint``)."""
        return self._ask("checkpoint", MAX_NOTE)

    def kept(self, after: int) -> list[int]:
        """The sizes over ``after`` of the heads that the log keeps, ascending; [] where it has no list."""
        found: list[int] = []
        for _ in range(MOST_PAGES):
            page = self._page(found[-1] if found else after)
            found += page
            if not page:
                break
        return found

    def _page(self, after: int) -> list[int]:
        try:
            raw = self._ask(f"checkpoints?after={after}", MAX_LIST)
        except Refused as no:
            if no.status in (404, 405):
                return []
            raise
        try:
            sizes = [item["size"] for item in json.loads(raw)["checkpoints"]]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise _unreadable(self.url) from error
        return sorted({size for size in sizes if type(size) is int and size > after})

    def note(self, size: int) -> bytes:
        """The signed note of the head of this size that the log keeps."""
        return self._ask(f"checkpoint/{size}", MAX_NOTE)

    def tile(self, level: int, number: int, width: int) -> Sequence[bytes]:
        """The first ``width`` hashes of a tile; from the full one where the log no longer has the partial."""
        try:
            raw = self._ask(path(Tile(level, number, width)), WIDTH * _HASH)
        except Refused as no:
            if no.status not in (404, 410) or width == WIDTH:
                raise
            raw = self._ask(path(Tile(level, number)), WIDTH * _HASH)
        return [raw[at : at + _HASH] for at in range(0, len(raw) - _HASH + 1, _HASH)][:width]

    def deliver(self, note: bytes) -> None:
        """Hand in a cosignature: the checkpoint with the witness's own line under it."""
        self._ask("checkpoint/cosignatures", MAX_LIST, note)

    def _ask(self, address: str, limit: int, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(f"{self.url}/{address}", body)
        request.add_header("User-Agent", _AGENT)
        # What is asked is how the log stands now, and no proxy's memory of it.
        request.add_header("Cache-Control", "no-cache")
        request.add_header("Accept", "application/json, */*;q=0.5" if "?" in address or body else "*/*")
        if body is not None:
            request.add_header("Content-Type", "text/plain; charset=utf-8")
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return self._read(answer, limit)
        except urllib.error.HTTPError as error:
            with error:
                raise _refused(f"{self.url}/{address}", error.code, self._told(error)) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _silent(f"{self.url}/{address}", str(getattr(error, "reason", error))) from error

    def _read(self, answer: Any, limit: int) -> bytes:
        until, found = time.monotonic() + 2 * self.timeout, bytearray()
        while part := answer.read1(min(65536, limit + 1 - len(found))):
            found += part
            if len(found) > limit or time.monotonic() > until:
                raise _silent(self.url, "the answer is too long or too slow")
        return bytes(found)

    def _told(self, error: urllib.error.HTTPError) -> str:
        try:
            raw = self._read(error, 65536)
            told = json.loads(raw)["message"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError, WitnessFault):
            return ""
        return "".join(c if c.isprintable() else " " for c in str(told))[:300]


def _refused(address: str, status: int, told: str) -> Refused:
    more = f": {told}" if told else ""
    if 300 <= status < 400:
        more = ": it sends elsewhere; give the witness the right address"
    return Refused(f"{address} svarte {status}{more}", f"{address} answered {status}{more}", status)


def _silent(address: str, why: str) -> Unreachable:
    why = "".join(c if c.isprintable() else " " for c in why)[:200]
    return Unreachable(f"{address} svarer ikke ({why}).", f"{address} does not answer ({why}).")


def _unreadable(address: str) -> WitnessFault:
    return WitnessFault(
        f"{address}: listen over sjekkpunkter kan ikke leses.",
        f"{address}: the list of checkpoints cannot be read.",
    )

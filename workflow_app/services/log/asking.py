"""One HTTP request to a witness: short, bounded, and followed nowhere else.

The address was set by the operator, but what answers there is a stranger:
little is read of it, for a few seconds at most, and a redirect is no answer.
"""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

TIMEOUT = 5.0
"""Seconds that a witness may be silent."""
WHOLE = timedelta(seconds=10)
"""What the whole answer may take."""
LONGEST = 16_384
SIZE_TYPE = "text/x.tlog.size"
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,17})\n")


@dataclass(frozen=True)
class Answer:
    """What came back: HTTP's ``status`` (0 where nothing did) and the body.

    ``size`` is how many leaves the witness remembers, where it told (a 409 of type text/x.tlog.size).
    """

    status: int
    body: bytes = b""
    size: int | None = None


Clock = Callable[[], datetime]
Post = Callable[[str, bytes, Clock], Answer]
"""(the witness's prefix, the body, a clock) → what came back; never raises for what the other side does."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def post(url: str, body: bytes, clock: Clock) -> Answer:
    """POST to the witness's ``add-checkpoint`` (C2SP tlog-witness); ``clock`` says when it took too long."""
    until = clock() + WHOLE
    request = urllib.request.Request(f"{url}/add-checkpoint", body, method="POST")
    request.add_header("Content-Type", "text/plain; charset=utf-8")
    request.add_header("User-Agent", "avtaleflyt")
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            return Answer(answer.status, _read(answer, clock, until))
    except urllib.error.HTTPError as error:
        with error:
            return _refusal(error, clock, until)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(0)


def _refusal(error: urllib.error.HTTPError, clock: Clock, until: datetime) -> Answer:
    try:
        body = _read(error, clock, until)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(0)
    told = _SIZE.fullmatch(body) if error.code == 409 and _is_size(error) else None
    return Answer(error.code, body, int(told[1]) if told else None)


def _is_size(error: urllib.error.HTTPError) -> bool:
    return error.headers.get("Content-Type", "").partition(";")[0].strip().lower() == SIZE_TYPE


def _read(answer: Any, clock: Clock, until: datetime) -> bytes:
    found = bytearray()
    while part := answer.read1(LONGEST + 1 - len(found)):
        found += part
        if len(found) > LONGEST or clock() > until:
            raise ValueError("too long or too slow")
    return bytes(found)

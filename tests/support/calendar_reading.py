"""Reading a calendar file as strictly as the strictest program does, with other code than wrote it.

``vobject`` reads the content; the rules of lines (RFC 5545, section 3.1) and of
what must be there are checked here byte by byte, since parsers forgive them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import vobject

LONGEST = 75
"""Octets of a line, without its end."""

_NAME = re.compile(rb"[A-Z0-9-]+[;:]")


@dataclass(frozen=True)
class Read:
    """An event as a calendar program has it after reading."""

    uid: str
    title: str
    start: date | datetime
    end: date | datetime
    sequence: int
    status: str
    description: str
    stamp: datetime
    alarms: tuple[Any, ...] = field(compare=False)
    raw: Any = field(compare=False)


def strict(content: bytes) -> list[str]:
    """The unfolded lines of the file. Asserts that its lines are as they must be."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b""), "a line feed alone"
    assert b"\r" not in content.replace(b"\r\n", b""), "a carriage return alone"
    lines = content.split(b"\r\n")[:-1]
    for line in lines:
        assert len(line) <= LONGEST, line
        assert line.strip(), "an empty line"
        assert line[:1] == b" " or _NAME.match(line), line
        # Nobody folds in the middle of a letter: each line is UTF-8 by itself.
        line.decode("utf-8")
    unfolded = content.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-1] == "END:VCALENDAR"
    for needed in ("VERSION:2.0", "METHOD:PUBLISH", "CALSCALE:GREGORIAN"):
        assert unfolded.count(needed) == 1
    return unfolded


def read(content: bytes) -> dict[str, Read]:
    """The events by UID. Asserts that each has what it must have, once."""
    strict(content)
    (calendar,) = list(vobject.readComponents(content.decode("utf-8")))
    found: dict[str, Read] = {}
    for event in getattr(calendar, "vevent_list", []):
        for name in ("uid", "dtstamp", "dtstart", "dtend", "summary", "sequence", "status", "description"):
            assert len(event.contents.get(name, [])) == 1, name
        one = Read(
            uid=event.uid.value,
            title=event.summary.value,
            start=event.dtstart.value,
            end=event.dtend.value,
            sequence=int(event.sequence.value),
            status=event.status.value,
            description=event.description.value,
            stamp=event.dtstamp.value,
            alarms=tuple(getattr(event, "valarm_list", ())),
            raw=event,
        )
        assert one.uid not in found, "the same event twice"
        assert one.end > one.start
        found[one.uid] = one
    return found


def titled(events: dict[str, Read], part: str) -> list[Read]:
    """The events whose title holds this, in order of day."""
    return sorted((e for e in events.values() if part in e.title), key=lambda e: str(e.start))

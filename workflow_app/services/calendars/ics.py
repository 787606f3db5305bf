"""Events as an iCalendar file (RFC 5545), such as Outlook, Google and Apple read alike.

Written by the library ``icalendar``, which escapes, folds at 75 octets and ends
lines with CRLF. Nothing in it is taken from the clock: the same events give the
same bytes, so a calendar that asks again is told that nothing has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Component, Timezone
from icalendar import Event as IcalEvent
from icalendar.prop import vDuration, vText

from workflow_app.domain.messages import Message, msg
from workflow_app.services.calendars.events import Event
from workflow_app.services.documents_words import Voice

PRODUCT = "-//Avtaleflyt//Avtaleflyt//NO"
REFRESH = timedelta(hours=6)
"""How often a calendar is asked to look again."""

EARLY = timedelta(days=-7, hours=9)
"""When an alarm goes for what is the reader's to do: at nine, seven days before."""

EARLY_MEETING = timedelta(days=-1)

_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")

# Norway's clock since the European Union agreed on its end of summer time in 1996 (directive 94/21/EC).
_ZONE = b"""BEGIN:VTIMEZONE\r
TZID:Europe/Oslo\r
BEGIN:STANDARD\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZNAME:CET\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:19970330T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZNAME:CEST\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
END:DAYLIGHT\r
END:VTIMEZONE\r
"""


@dataclass(frozen=True)
class Reader:
    """Whom the file is written for: language, where the pages are, and the day (for alarms alone)."""

    voice: Voice
    base: str
    today: date

    def said(self, words: Message | str) -> str:
        """In the reader's language, without the control characters a line may not hold (section 3.1)."""
        return _CONTROLS.sub(" ", self.voice.say(words))


def write(name: Message | str, events: Iterable[Event], reader: Reader) -> bytes:
    """The whole file, UTF-8. ``name`` is what the calendar is called in the reader's list."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    said = vText(reader.said(name))
    # Apple and Google read the older name, RFC 7986 (section 5.1) the newer.
    calendar.add("name", said)
    calendar.add("x-wr-calname", said)
    calendar.add("x-wr-timezone", "Europe/Oslo")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    written = list(events)
    if any(event.starts is not None for event in written):
        calendar.add_component(Timezone.from_ical(_ZONE))
    for event in written:
        calendar.add_component(_event(event, reader))
    content: bytes = calendar.to_ical(sorted=False)
    return content


def _event(event: Event, reader: Reader) -> Component:
    say = reader.said
    found = IcalEvent()
    found.add("uid", event.uid)
    # When it changed and not when it was fetched: the same event is the same bytes.
    found.add("dtstamp", event.changed_at.astimezone(UTC))
    found.add("last-modified", event.changed_at.astimezone(UTC))
    found.add("sequence", event.sequence)
    if event.starts is not None and event.ends is not None:
        found.add("dtstart", event.starts)
        found.add("dtend", event.ends)
    else:
        # The end is the day after (RFC 5545, section 3.6.1: it is not part of the event).
        found.add("dtstart", event.day)
        found.add("dtend", event.day + timedelta(days=1))
    address = [f"{reader.base}{event.path}"] if event.path else []
    found.add("summary", say(event.title))
    told = [say(line) for line in event.lines]
    found.add("description", "\n".join([*told, "", *address] if address else told))
    for url in address:
        found.add("url", url)
    if event.place:
        found.add("location", say(event.place))
    found.add("categories", [say(event.category)])
    found.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    # A deadline fills nobody's day; a meeting does.
    found.add("transp", "OPAQUE" if event.starts is not None and not event.cancelled else "TRANSPARENT")
    if event.mine and not event.cancelled and event.day >= reader.today:
        found.add_component(_alarm(event, reader))
    return found


def _alarm(event: Event, reader: Reader) -> Component:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", EARLY if event.starts is None else EARLY_MEETING)
    alarm.add("description", reader.said(event.title))
    return alarm


def as_json(name: Message | str, events: Iterable[Event], reader: Reader) -> dict[str, Any]:
    """The same for a program that reads no calendars; days and times in ISO 8601."""
    say = reader.voice.say
    return {
        "name": say(name),
        "events": [
            {
                "uid": event.uid,
                "sequence": event.sequence,
                "day": event.day.isoformat(),
                "starts": event.starts.isoformat() if event.starts else None,
                "ends": event.ends.isoformat() if event.ends else None,
                "title": say(event.title),
                "description": [say(line) for line in event.lines],
                "category": say(event.category),
                "place": event.place,
                "url": f"{reader.base}{event.path}" if event.path else None,
                "cancelled": event.cancelled,
                "mine": event.mine,
                "changed_at": event.changed_at.astimezone(UTC).isoformat(),
            }
            for event in events
        ],
    }


def title_of(own: str | None) -> Message:
    """What a calendar is called: of whom it tells, or that it is the reader's own."""
    if own is None:
        return msg("Avtaleflyt: my deadlines")
    return msg("Avtaleflyt: ${of}", of=own)

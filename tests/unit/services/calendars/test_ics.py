"""The file as calendar programs get it: what is written comes out whole, and nothing hangs on the clock."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.calendar_reading import read, strict
from workflow_app.domain.messages import Message, msg
from workflow_app.services.calendars.events import Event
from workflow_app.services.calendars.ics import Reader, as_json, title_of, write
from workflow_app.services.documents_words import Voice
from workflow_app.services.norway import OSLO

READER = Reader(Voice(lambda text: text, "nb"), "https://avtaleflyt.kommune.example", date(2026, 11, 22))
EVENT = Event(
    uid="abc-1@avtaleflyt",
    day=date(2026, 12, 31),
    title=msg("Evaluation ${year}", year=2026),
    lines=("Én linje, med komma; semikolon og \\ skråstrek.", msg("Every year.")),
    path="/agreements/abc/deadlines",
    category=msg("Evaluation"),
    sequence=3,
    changed_at=datetime(2026, 2, 1, 10, 0, tzinfo=OSLO),
)

# Everything a text or a title may hold, a lone surrogate excepted, which no page takes in.
words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=300)


def plain(text: str) -> str:
    """The words without what a line of the file may not hold: control characters but the line feed."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") and c != "\n" else c for c in text)


@given(words, words)
def test_any_words_come_back_whole_from_lines_of_75_octets(title: str, line: str) -> None:
    content = write("Kalender", [replace(EVENT, title=Message("${w}", {"w": title}), lines=(line,))], READER)
    strict(content)
    event = read(content)["abc-1@avtaleflyt"]
    assert event.title == plain(title)
    assert event.description.startswith(f"{plain(line)}\n\nhttps://")


def test_the_same_events_are_the_same_bytes_and_the_time_is_that_of_the_change() -> None:
    assert write("K", [EVENT], READER) == write("K", [EVENT], READER)
    lines = strict(write("K", [EVENT], READER))
    assert "DTSTAMP:20260201T090000Z" in lines
    assert "LAST-MODIFIED:20260201T090000Z" in lines
    assert "SEQUENCE:3" in lines


def test_a_day_ends_the_day_after() -> None:
    lines = strict(write("K", [EVENT], READER))
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines


def test_the_calendar_says_its_name_twice_and_how_often_to_look() -> None:
    lines = strict(write(title_of("Moss, kommune"), [], READER))
    assert "NAME:Avtaleflyt: Moss\\, kommune" in lines
    assert "X-WR-CALNAME:Avtaleflyt: Moss\\, kommune" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines
    assert "X-PUBLISHED-TTL:PT6H" in lines
    assert not [line for line in lines if line.startswith("BEGIN:VTIMEZONE")], "no hours, no zone"


@pytest.mark.parametrize(
    ("starts", "utc"),
    [
        (datetime(2026, 3, 28, 9, tzinfo=OSLO), 8),
        (datetime(2026, 3, 29, 9, tzinfo=OSLO), 7),
        (datetime(2026, 10, 24, 9, tzinfo=OSLO), 7),
        (datetime(2026, 10, 25, 9, tzinfo=OSLO), 8),
    ],
)
def test_hours_are_norways_in_winter_and_summer(starts: datetime, utc: int) -> None:
    timed = replace(EVENT, day=starts.date(), starts=starts, ends=starts + timedelta(hours=1))
    content = write("K", [timed], READER)
    event = read(content)[EVENT.uid]
    assert isinstance(event.start, datetime)
    assert event.start.astimezone(UTC).hour == utc, "the zone in the file says so, not the reader's own"
    assert "TRANSP:OPAQUE" in strict(content), "a meeting takes its time"
    assert strict(content).count("BEGIN:VTIMEZONE") == 1


def test_the_zone_changes_where_norways_clock_does() -> None:
    """The last Sundays of March and October, at two and three; checked against the system's own zone."""
    timed = replace(EVENT, starts=EVENT.changed_at, ends=EVENT.changed_at + timedelta(1))
    lines = strict(write("K", [timed], READER))
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    rules = [set(line.removeprefix("RRULE:").split(";")) for line in zone if line.startswith("RRULE:")]
    assert rules == [{"FREQ=YEARLY", f"BYMONTH={month}", "BYDAY=-1SU"} for month in (10, 3)]
    for year in range(1997, 2046):
        for month in (3, 10):
            last = max(d for d in (date(year, month, n) for n in range(25, 32)) if d.weekday() == 6)
            before, after = (datetime(year, month, last.day, hour, 30, tzinfo=OSLO) for hour in (1, 4))
            changed = (before.utcoffset() or timedelta()) - (after.utcoffset() or timedelta())
            assert abs(changed) == timedelta(hours=1), (year, month)


def test_cancelled_has_no_alarm_and_takes_no_time() -> None:
    lines = strict(write("K", [replace(EVENT, cancelled=True, mine=True)], READER))
    assert "STATUS:CANCELLED" in lines
    assert "TRANSP:TRANSPARENT" in lines
    assert "BEGIN:VALARM" not in lines


def test_an_alarm_is_for_what_is_mine_and_ahead() -> None:
    lines = strict(write("K", [replace(EVENT, mine=True)], READER))
    assert "TRIGGER:-P6DT15H" in lines, "at nine, seven days before"
    assert "ACTION:DISPLAY" in lines
    past = replace(READER, today=date(2027, 1, 1))
    assert "BEGIN:VALARM" not in strict(write("K", [replace(EVENT, mine=True)], past))
    assert "BEGIN:VALARM" not in strict(write("K", [EVENT], READER))


def test_what_the_reader_cannot_open_has_no_address() -> None:
    unlinked = replace(EVENT, path="")
    content = write("K", [unlinked], READER)
    assert "kommune.example" not in strict(content)
    assert read(content)["abc-1@avtaleflyt"].description.endswith("Every year.")
    assert as_json("K", [unlinked], READER)["events"][0]["url"] is None


def test_json_says_the_same() -> None:
    told = as_json("K", [EVENT], READER)
    assert told["name"] == "K"
    (event,) = told["events"]
    assert (event["day"], event["sequence"], event["title"]) == ("2026-12-31", 3, "Evaluation 2026")
    assert event["url"] == "https://avtaleflyt.kommune.example/agreements/abc/deadlines"

"""The agenda of each meeting: due so many days before it, met by being sent in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from workflow_app.domain.deadlines import Deadline, compute
from workflow_app.domain.history import History, MeetingFact, Termination
from workflow_app.domain.rules import Rule

LEAD = Rule("agenda", "lead", "at least one week before", 10, 20, {"days": 7})
MEETING = MeetingFact(3, date(2026, 3, 19), "planned", 40)


def agenda(meeting: MeetingFact, today: str, **more: Any) -> Deadline:
    history = History(**{"signed": date(2025, 1, 1), "meetings": (meeting,), **more})
    [found] = compute([LEAD], history, today=date.fromisoformat(today), until=date(2026, 12, 31))
    return found


@pytest.mark.parametrize(
    ("today", "status", "reminds"),
    [
        ("2026-03-12", "open", True),
        ("2026-03-13", "missed", True),
        ("2026-03-19", "missed", True),
        ("2026-03-20", "missed", False),
    ],
)
def test_unsent_it_is_open_to_its_day_and_reminds_to_the_day_of_the_meeting(
    today: str, status: str, reminds: bool
) -> None:
    found = agenda(MEETING, today)
    assert (found.earliest, found.latest) == (date(2026, 3, 12), date(2026, 3, 12))
    assert (found.status, found.reminds, found.meeting) == (status, reminds, 3)


def test_sent_in_time_it_is_met_and_sent_late_it_is_missed_by_that_entry() -> None:
    in_time = agenda(replace(MEETING, invited_on=date(2026, 3, 12), invited_entry=50), "2026-03-13")
    assert (in_time.status, in_time.met_by) == ("met", 50)
    late = agenda(replace(MEETING, invited_on=date(2026, 3, 13), invited_entry=50), "2026-03-13")
    assert (late.status, late.met_by, late.reminds) == ("missed", 50, False)


def test_a_moved_meeting_moves_the_day_and_keeps_the_key() -> None:
    before, after = agenda(MEETING, "2026-03-01"), agenda(replace(MEETING, on=date(2026, 4, 9)), "2026-03-01")
    assert (before.latest, after.latest) == (date(2026, 3, 12), date(2026, 4, 2))
    assert before.key == after.key
    assert before.reminder_key != after.reminder_key


def test_a_cancelled_meeting_has_none_and_one_held_without_is_not_documented() -> None:
    history = History(signed=date(2025, 1, 1), meetings=(replace(MEETING, status="cancelled"),))
    assert compute([LEAD], history, today=date(2026, 3, 1), until=date(2026, 12, 31)) == ()
    held = agenda(replace(MEETING, status="held", held_entry=60), "2026-03-19")
    assert (held.status, held.undocumented) == ("missed", True)


def test_a_meeting_after_the_end_asks_for_no_agenda() -> None:
    given = Termination(date(2026, 1, 1), date(2026, 2, 1), 5)
    assert agenda(MEETING, "2026-03-15", terminated=given).status == "moot"


def test_of_two_clauses_the_one_that_wants_it_earliest_stands() -> None:
    earlier = replace(LEAD, quote="two weeks before", start=30, end=40, values={"days": 14})
    history = History(signed=date(2025, 1, 1), meetings=(MEETING,))
    [found] = compute([LEAD, earlier], history, today=date(2026, 3, 1), until=date(2026, 12, 31))
    assert (found.latest, found.quote) == (date(2026, 3, 5), "two weeks before")


def test_two_clauses_of_the_same_days_are_one_deadline() -> None:
    twice = [LEAD, replace(LEAD, quote="the same again", start=30, end=40)]
    history = History(signed=date(2025, 1, 1), meetings=(MEETING, replace(MEETING, number=4)))
    found = compute(twice, history, today=date(2026, 3, 1), until=date(2026, 12, 31))
    assert [(d.meeting, d.quote) for d in found] == [(3, LEAD.quote), (4, LEAD.quote)]

"""The days an agenda is counted by."""

from __future__ import annotations

from datetime import date

from workflow_app.domain.meetings.lead import agenda_day, earliest_meeting, submission_day
from workflow_app.domain.rules import Rule

LEAD = Rule("agenda", "lead", "senest 1 uke før", 0, 1, {"days": 7})
LONGER = Rule("agenda", "lead", "senest to uker før", 2, 3, {"days": 14})
SUBMISSION = Rule("agenda", "submission", "meldes ti dager før", 4, 5, {"days": 10})


def test_the_agenda_is_counted_from_the_day_of_the_meeting() -> None:
    assert agenda_day(date(2026, 6, 9), [LEAD]) == date(2026, 6, 2)
    assert earliest_meeting(date(2026, 6, 2), [LEAD]) == date(2026, 6, 9)


def test_the_strictest_of_two_clauses_counts() -> None:
    assert agenda_day(date(2026, 6, 15), [LEAD, LONGER]) == date(2026, 6, 1)


def test_without_a_clause_there_is_no_day() -> None:
    assert agenda_day(date(2026, 6, 9), [SUBMISSION]) is None
    assert earliest_meeting(date(2026, 6, 2), []) == date(2026, 6, 2)
    assert submission_day(date(2026, 6, 9), [LEAD]) is None
    assert submission_day(date(2026, 6, 11), [SUBMISSION]) == date(2026, 6, 1)

"""Meetings that are planned need no reminder to be planned."""

from __future__ import annotations

from datetime import date

import pytest

from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.history import History, MeetingFact, MeetingStatus
from workflow_app.domain.messages import msg
from workflow_app.domain.reminding.in_hand import in_hand, in_hand_until


def year(held: int = 1, wanted: int = 4, floor: int | None = 2, kind: str = "meeting") -> Deadline:
    return Deadline(
        kind, "clause", date(2026, 1, 1), date(2026, 12, 31), "", msg("The clause names the day."),  # type: ignore[arg-type]
        year=2026, progress=(held, wanted), floor=floor,
    )  # fmt: skip


def planned(*days: str, status: MeetingStatus = "planned") -> History:
    meetings = (MeetingFact(n, date.fromisoformat(day), status, n) for n, day in enumerate(days, 1))
    return History(meetings=tuple(meetings))


@pytest.mark.parametrize(
    ("deadline", "history", "today", "expected"),
    [
        (year(), planned("2026-11-10"), "2026-10-02", True),
        (year(), planned(), "2026-10-02", False),
        (year(), planned("2026-11-10", status="cancelled"), "2026-10-02", False),
        # The floor is what must be held; the aim is nobody's reminder.
        (year(held=0), planned("2026-11-10"), "2026-10-02", False),
        (year(floor=None), planned("2026-11-10"), "2026-10-02", False),
        # Next year's is not this year's.
        (year(), planned("2027-01-12"), "2026-10-02", False),
        # Two weeks to enter that it was held.
        (year(), planned("2026-11-10"), "2026-11-24", True),
        (year(), planned("2026-11-10"), "2026-11-25", False),
        # When the year is over, it is asked what became of it.
        (year(), planned("2026-12-30"), "2027-01-07", False),
        (year(kind="task"), planned("2026-11-10"), "2026-10-02", False),
    ],
)
def test_in_hand(deadline: Deadline, history: History, today: str, expected: bool) -> None:
    assert in_hand(deadline, history, date.fromisoformat(today)) is expected


def test_until_the_day_it_may_be_no_longer() -> None:
    two = planned("2026-10-20", "2026-11-10")
    assert in_hand_until(year(), two, date(2026, 10, 2)) == date(2026, 11, 4)
    assert in_hand_until(year(), planned("2026-12-30"), date(2026, 12, 1)) == date(2027, 1, 1)

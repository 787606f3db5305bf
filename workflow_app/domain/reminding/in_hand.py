"""Whether somebody has a deadline in hand already, so that a reminder of it would only be noise.

Meetings that are planned are on their way: their agendas have reminders of their own, and
when the time is over and one was not held, that is said then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workflow_app.domain.dates import add_days
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.history import History

TO_ENTER = 14
"""Days after a planned meeting in which it may have been held and its minutes not be entered yet."""


def in_hand(deadline: Deadline, history: History, today: date) -> bool:
    """Whether the meetings held and those planned are as many as must be held by the deadline."""
    if deadline.kind != "meeting" or deadline.progress is None or deadline.latest < today:
        return False
    held, wanted = deadline.progress
    return held + sum(1 for _ in _planned(deadline, history, today)) >= (deadline.floor or wanted)


def in_hand_until(deadline: Deadline, history: History, today: date) -> date:
    """The first day on which what is :func:`in_hand` may no longer be, without anybody doing anything."""
    days = [add_days(on, TO_ENTER + 1) for on in _planned(deadline, history, today)]
    return min([*days, add_days(deadline.latest, 1)])


def _planned(deadline: Deadline, history: History, today: date) -> Iterator[date]:
    for meeting in history.meetings:
        on = meeting.on
        expected = meeting.status == "planned" and add_days(on, TO_ENTER) >= today
        if expected and deadline.earliest <= on <= deadline.latest:
            yield on

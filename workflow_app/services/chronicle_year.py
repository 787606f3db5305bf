"""The year's part of the trail, folded: meetings, their agendas, and what is done once a year.

Kept apart from :mod:`workflow_app.services.chronicle`, which reads the rows; an
entry of these kinds moves no state, it only tells what has been done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from workflow_app.domain.history import MeetingFact, YearlyDone

MEETING_PLANNED = "meeting_planned"
MEETING_MOVED = "meeting_moved"
MEETING_CANCELLED = "meeting_cancelled"
AGENDA_SENT = "agenda_sent"
MEETING_HELD = "meeting_held"
YEARLY_DONE = "yearly_done"
YEARLY_UNDONE = "yearly_undone"

KINDS = (
    MEETING_PLANNED, MEETING_MOVED, MEETING_CANCELLED, AGENDA_SENT, MEETING_HELD, YEARLY_DONE, YEARLY_UNDONE,
)  # fmt: skip
"""The kinds of entries read here."""


@dataclass
class Year:
    """What has been told so far, meetings by number and yearly deeds by their entry."""

    meetings: dict[int, MeetingFact] = field(default_factory=dict)
    yearly: dict[int, YearlyDone] = field(default_factory=dict)

    def tell(self, number: int, kind: str, data: Mapping[str, Any], happened: date) -> None:
        """Take in entry ``number``; ``happened`` is the day of the event, else that of the entry."""
        if kind == YEARLY_DONE:
            on = date.fromisoformat(data["on"])
            self.yearly[number] = YearlyDone(data["kind"], data["clause"], data["year"], on, number)
        elif kind == YEARLY_UNDONE:
            self.yearly.pop(data["entry"], None)
        else:
            self._meeting(number, kind, data, happened)

    def _meeting(self, number: int, kind: str, data: Mapping[str, Any], happened: date) -> None:
        known = self.meetings.get(data["meeting"])
        if kind in (MEETING_PLANNED, MEETING_MOVED, MEETING_HELD):
            on = date.fromisoformat(data["on"])
            known = known or MeetingFact(data["meeting"], on, "planned", number)
            known = replace(known, on=on, entry=number)
            if kind == MEETING_PLANNED:
                known = replace(known, status="planned")
            elif kind == MEETING_HELD:
                known = replace(known, status="held", held_entry=number)
        elif known is None:
            return
        elif kind == MEETING_CANCELLED:
            known = replace(known, status="cancelled")
        elif known.invited_on is None:
            known = replace(known, invited_on=happened, invited_entry=number)
        self.meetings[known.number] = known

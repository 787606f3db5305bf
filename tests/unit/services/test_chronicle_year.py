"""Entries of meetings and yearly deeds, folded in the order they were told."""

from __future__ import annotations

from datetime import date

from workflow_app.services.chronicle_year import Year

DAY = date(2026, 3, 1)


def test_a_meeting_is_planned_moved_called_and_held() -> None:
    year = Year()
    year.tell(4, "meeting_planned", {"meeting": 1, "on": "2026-03-12"}, DAY)
    year.tell(5, "agenda_sent", {"meeting": 1}, date(2026, 3, 2))
    year.tell(6, "agenda_sent", {"meeting": 1}, date(2026, 3, 8))
    year.tell(7, "meeting_moved", {"meeting": 1, "on": "2026-03-19"}, DAY)
    [planned] = year.meetings.values()
    assert (planned.on, planned.status, planned.entry) == (date(2026, 3, 19), "planned", 7)
    assert (planned.invited_on, planned.invited_entry) == (date(2026, 3, 2), 5)
    year.tell(9, "meeting_held", {"meeting": 1, "on": "2026-03-20"}, DAY)
    [held] = year.meetings.values()
    assert (held.on, held.status, held.held_entry) == (date(2026, 3, 20), "held", 9)


def test_a_meeting_called_off_stands_as_that_until_it_is_planned_anew() -> None:
    year = Year()
    year.tell(1, "meeting_planned", {"meeting": 3, "on": "2026-03-12"}, DAY)
    year.tell(2, "meeting_cancelled", {"meeting": 3}, DAY)
    assert [m.status for m in year.meetings.values()] == ["cancelled"]
    year.tell(3, "meeting_planned", {"meeting": 3, "on": "2026-04-12"}, DAY)
    assert [m.status for m in year.meetings.values()] == ["planned"]


def test_what_is_told_of_a_meeting_nobody_planned_is_left_out() -> None:
    year = Year()
    year.tell(1, "agenda_sent", {"meeting": 7}, DAY)
    year.tell(2, "meeting_cancelled", {"meeting": 7}, DAY)
    assert year.meetings == {}


def test_a_deed_taken_back_is_as_if_it_was_never_told() -> None:
    year = Year()
    told = {"kind": "task", "clause": "0123456789ab", "year": 2026, "on": "2026-05-04"}
    year.tell(3, "yearly_done", told, DAY)
    year.tell(4, "yearly_done", {**told, "on": "2026-06-04"}, DAY)
    year.tell(5, "yearly_undone", {"entry": 3}, DAY)
    year.tell(6, "yearly_undone", {"entry": 99}, DAY)
    assert [(d.entry, d.on) for d in year.yearly.values()] == [(4, date(2026, 6, 4))]

"""A proposal keeps to what it was asked for: the number, the halves, the days that can be kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.meetings.free_days import WEEKS_OFF, unwise
from workflow_app.domain.meetings.planning import Wish, propose

TUESDAY = 1


def days(**more: object) -> list[str]:
    """The days proposed for 2026, ISO."""
    wish = {"year": 2026, "count": 4, "weekday": TUESDAY, "weeks_off": WEEKS_OFF, **more}
    return [m.on.isoformat() for m in propose(Wish(**wish)).meetings]  # type: ignore[arg-type]


def test_moss_gets_two_in_each_half_of_the_year() -> None:
    found = propose(Wish(2026, 4, TUESDAY, (8, *WEEKS_OFF, 40), 7, spring=2, autumn=2)).meetings
    assert [m.on.isoformat() for m in found] == ["2026-02-10", "2026-05-19", "2026-09-08", "2026-11-17"]
    assert [m.agenda_by for m in found] == [m.on - timedelta(7) for m in found]
    assert [str(r) for r in found[0].reasons] == [
        "week 7", "one of the 2 in the spring", "beside a week that is kept free",
    ]  # fmt: skip


def test_the_halves_are_left_alone_where_the_clause_does_not_divide() -> None:
    assert days(count=2) == ["2026-03-17", "2026-10-06"]
    assert days(count=5) == ["2026-02-03", "2026-04-07", "2026-06-09", "2026-09-15", "2026-11-17"]
    assert days(count=0) == []


def test_nothing_before_its_agenda_could_be_sent_nor_after_the_end() -> None:
    found = days(count=3, earliest=date(2026, 9, 1), latest=date(2026, 10, 31))
    assert found == ["2026-09-08", "2026-09-29", "2026-10-20"], "three weeks between them"


def test_what_is_there_already_counts_and_is_kept_away_from() -> None:
    wish = Wish(2026, 4, TUESDAY, WEEKS_OFF)
    found = propose(wish, [date(2026, 2, 12), date(2026, 6, 9)])
    assert [m.on.isoformat() for m in found.meetings] == ["2026-04-14", "2026-10-20"]
    assert propose(wish, [date(2026, m, 12) for m in (2, 3, 10, 11)]).meetings == ()


def test_a_full_spring_leaves_the_autumn_its_own() -> None:
    wish = Wish(2026, 4, TUESDAY, WEEKS_OFF, spring=2, autumn=2)
    found = propose(wish, [date(2026, 1, 20), date(2026, 3, 10), date(2026, 6, 2)])
    assert all(m.on.month >= 7 for m in found.meetings)
    assert len(found.meetings) == 2


def test_a_year_that_is_too_short_says_how_many_are_missing() -> None:
    found = propose(Wish(2026, 6, TUESDAY, WEEKS_OFF, earliest=date(2026, 12, 1)))
    assert [m.on.isoformat() for m in found.meetings] == ["2026-12-08"], "not week by week"
    assert found.short_by == 5
    near = propose(Wish(2026, 2, TUESDAY, WEEKS_OFF, earliest=date(2026, 12, 1)), [date(2026, 12, 2)])
    assert (near.meetings, near.short_by) == ((), 1)


def test_each_day_that_is_passed_over_says_why() -> None:
    found = [str(r) for r in propose(Wish(2026, 4, 3, (8,))).kept_clear]
    assert found == [
        "2026-01-01 is første nyttårsdag; choose a working day.",
        "2026-02-19 is in week 8, which is kept free.",
        "2026-04-02 is skjærtorsdag; choose a working day.",
        "2026-05-14 is Kristi himmelfartsdag; choose a working day.",
        "2026-12-24 is julaften; choose a working day.",
        "2026-12-31 is nyttårsaften; choose a working day.",
    ]


def test_an_agenda_is_not_due_when_offices_are_closed() -> None:
    wish = Wish(2026, 4, TUESDAY, (), 7)
    found = {str(r) for r in propose(wish).kept_clear}
    assert "2026-04-07: its agenda would be due on 2026-03-31, when offices are closed" in found
    assert all(d.on != date(2026, 4, 7) for d in propose(Wish(2026, 24, TUESDAY, (), 7)).meetings)


@pytest.mark.parametrize("year", range(2024, 2034))
def test_a_friday_plan_is_never_on_the_friday_after_ascension_day(year: int) -> None:
    found = propose(Wish(year, 24, 4, ())).meetings
    assert len(found) == 24
    assert [m.on for m in found if unwise(m.on, ())] == []


@given(
    year=st.integers(2020, 2040),
    count=st.integers(0, 12),
    weekday=st.integers(0, 4),
    weeks=st.sets(st.integers(1, 53), max_size=20),
    taken=st.sets(st.integers(0, 364), max_size=6),
    start=st.integers(0, 364),
)
def test_every_proposal_can_be_kept(
    year: int, count: int, weekday: int, weeks: set[int], taken: set[int], start: int
) -> None:
    first = date(year, 1, 1)
    have = [first + timedelta(n) for n in taken]
    wish = Wish(year, count, weekday, weeks, 7, earliest=first + timedelta(start))
    found = propose(wish, have)
    chosen = [m.on for m in found.meetings]
    assert chosen == sorted(set(chosen))
    assert all(d.weekday() == weekday and d.year == year and d >= wish.earliest for d in chosen)
    assert all(unwise(d, weeks) is None and d not in have for d in chosen)
    assert len(chosen) + found.short_by == max(0, count - len(have))

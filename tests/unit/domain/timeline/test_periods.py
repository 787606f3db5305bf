"""Gaps are exactly the days that no period covers, and no bar lies on another."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.dates import Interval
from workflow_app.domain.timeline.periods import Gap, Period, gaps, lanes

TODAY = date(2026, 6, 1)
START = date(2020, 1, 1)


def on(text: str) -> Interval:
    return Interval.parse(text)


def period(signed: str, last: str | None) -> Period:
    return Period(on(signed), None if last is None else on(last))


def test_a_gap_lies_between_an_end_and_the_next_signing() -> None:
    found = gaps([period("2020-02-01", "2022-12-31"), period("2023-03-10", None)], TODAY)
    assert found == (Gap(on("2023-01-01"), on("2023-03-09")),)
    assert found[0].days(TODAY) == (68, 68)
    assert found[0].span(TODAY) == (date(2023, 1, 1), date(2023, 3, 9))


def test_a_successor_signed_the_day_after_leaves_no_gap_and_one_a_day_later_does() -> None:
    assert gaps([period("2020-02-01", "2022-12-31"), period("2023-01-01", None)], TODAY) == ()
    (one,) = gaps([period("2020-02-01", "2022-12-31"), period("2023-01-02", None)], TODAY)
    assert one.days(TODAY) == (1, 1)


def test_what_ended_and_was_not_followed_is_a_gap_until_today() -> None:
    (one,) = gaps([period("2020-02-01", "2025-12-31")], TODAY)
    assert one == Gap(on("2026-01-01"), None)
    assert one.days(TODAY) == (152, 152)
    assert gaps([period("2020-02-01", "2026-06-01")], TODAY) == ()


def test_nothing_is_told_of_the_time_before_the_first_signing_nor_of_a_kommune_without_any() -> None:
    assert gaps([], TODAY) == ()
    assert gaps([period("2026-05-31", None)], TODAY) == ()


def test_half_known_days_make_a_gap_that_is_certain_in_part() -> None:
    (one,) = gaps([period("2020", "2022-12-31"), period("2023-03", None)], TODAY)
    assert one == Gap(on("2023-01-01"), Interval(date(2023, 2, 28), date(2023, 3, 30)))
    assert one.days(TODAY) == (59, 89)
    (perhaps,) = gaps([period("2020", "2022-12-31"), period("2023", None)], TODAY)
    assert perhaps.days(TODAY) == (0, 364)


def test_a_short_one_within_a_long_one_ends_nothing() -> None:
    inner = [period("2020-01-01", "2025-12-31"), period("2021-01-01", "2021-12-31")]
    assert gaps([*inner, period("2026-01-01", None)], TODAY) == ()


days = st.integers(0, 2000).map(lambda n: START + timedelta(days=n))


@st.composite
def exact(draw: st.DrawFn) -> Period:
    first = draw(days)
    length = draw(st.none() | st.integers(0, 900))
    return Period(Interval.on(first), None if length is None else Interval.on(first + timedelta(days=length)))


@given(st.lists(exact(), max_size=7))
def test_the_gaps_are_the_days_that_no_period_covers(periods: list[Period]) -> None:
    horizon = max([TODAY, *(p.signed.latest for p in periods)])
    first = min((p.signed.latest for p in periods), default=None)
    missing = set()
    if first is not None:
        for n in range((horizon - first).days + 1):
            day = first + timedelta(days=n)
            if not any(p.signed.latest <= day and (p.last is None or day <= p.last.latest) for p in periods):
                missing.add(day)
    told = set()
    for gap in gaps(periods, horizon):
        a, b = gap.span(horizon)
        told |= {a + timedelta(days=n) for n in range((b - a).days + 1)}
        assert gap.days(horizon) == ((b - a).days + 1,) * 2
    assert told == missing


@given(st.lists(exact(), max_size=9))
def test_no_bar_lies_on_another_in_its_lane_and_no_lane_is_empty(periods: list[Period]) -> None:
    placed = lanes(periods)
    assert sorted(set(placed)) == list(range(len(set(placed))))
    for n, one in enumerate(periods):
        for m, other in enumerate(periods):
            if n < m and placed[n] == placed[m]:
                early, late = sorted((one, other), key=lambda p: p.signed.earliest)
                assert early.last is not None or early.signed == late.signed
                ends = [p.last.latest for p in (one, other) if p.last is not None]
                assert min(ends) <= late.signed.earliest


def test_a_successor_stands_behind_the_one_it_follows() -> None:
    pair = [period("2020-01-01", "2023-05-05"), period("2023-05-05", None)]
    assert lanes(pair) == (0, 0)
    assert lanes([period("2020-01-01", "2023-05-06"), period("2023-05-05", None)]) == (0, 1)

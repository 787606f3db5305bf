"""What is due on a day: each rung once, the newest caught up, and never on a day off.

The properties play any sequence of days: nights missed, months missed, and clocks
that jump forward and back.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.reminding.due import Made, due, escalates, escalation_day, next_day
from workflow_app.domain.reminding.ladder import ESCALATION, LADDERS, ORDINARY, Ladder
from workflow_app.domain.workdays import is_working_day

ONE = Ladder()
LATEST = date(2027, 5, 31)
LADDER = st.sampled_from(list(LADDERS.values())) | st.builds(
    lambda before, weeks, leader: Ladder((*sorted(before, reverse=True), 0), weeks, leader),
    st.sets(st.integers(1, 120), max_size=5),
    st.integers(0, 10),
    st.none() | st.integers(1, 40),
)
LATESTS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


class Diary:
    """What a run keeps of one deadline, and what went out: (day, rung)."""

    def __init__(self, ladder: Ladder, latest: date) -> None:
        self.ladder, self.latest = ladder, latest
        self.made: dict[str, Made] = {}
        self.sent: list[tuple[date, str]] = []

    def run(self, today: date) -> None:
        found = due(self.ladder, self.latest, today, self.made)
        if found is not None:
            self.made |= {rung.name: Made(today, False) for rung in found.skipped}
            self.made[found.rung.name] = Made(today, True, today > found.rung.day)
            self.sent.append((today, found.rung.name))
        if today > self.latest and escalates(self.ladder, self.latest, today, self.made):
            self.made[ESCALATION] = Made(today, True)
            self.sent.append((today, ESCALATION))


def every_day(first: date, days: int, *missed: date) -> list[date]:
    return [d for d in (first + timedelta(days=n) for n in range(days)) if d not in missed]


def test_day_by_day_for_a_deadline_nobody_meets() -> None:
    diary = Diary(ONE, LATEST)
    for day in every_day(date(2027, 1, 1), 365):
        diary.run(day)
    assert diary.sent == [
        (date(2027, 3, 2), "before_90"),
        (date(2027, 4, 30), "before_30"),  # 1 May is a Saturday and a holiday
        (date(2027, 5, 24), "before_7"),
        (date(2027, 5, 31), "day"),
        (date(2027, 6, 7), "after_7"),
        (date(2027, 6, 14), "after_14"),
        (date(2027, 6, 14), "escalation"),
        (date(2027, 6, 21), "after_21"),
        (date(2027, 6, 28), "after_28"),
        (date(2027, 7, 5), "after_35"),
        (date(2027, 7, 12), "after_42"),
        (date(2027, 7, 19), "after_49"),
        (date(2027, 7, 26), "after_56"),
    ]


def test_a_month_without_a_server_is_caught_up_by_one() -> None:
    diary = Diary(ONE, LATEST)
    for day in (*every_day(date(2027, 1, 1), 100), date(2027, 5, 25)):
        diary.run(day)
    assert diary.sent == [(date(2027, 3, 2), "before_90"), (date(2027, 5, 25), "before_7")]
    assert diary.made["before_30"] == Made(date(2027, 5, 25), False)


def test_known_late_is_said_once_and_the_leader_hears_two_weeks_after_that() -> None:
    """A paper agreement of 2018, entered today: one mail, and no mayor mailed the next morning."""
    diary = Diary(ONE, date(2019, 12, 6))
    for day in every_day(date(2026, 3, 2), 400):
        diary.run(day)
    assert diary.sent == [(date(2026, 3, 2), "after_56"), (date(2026, 3, 16), "escalation")]


def test_a_month_without_a_server_is_nobody_s_omission() -> None:
    """Asked on the first day there is anybody to ask, and reported two weeks after that."""
    diary = Diary(ONE, LATEST)
    for day in (*every_day(date(2027, 1, 1), 145), *every_day(LATEST + timedelta(days=20), 30)):
        diary.run(day)
    assert diary.sent[3:] == [
        (date(2027, 6, 21), "after_21"),  # 20 days after is a Sunday
        (date(2027, 6, 28), "after_28"),
        (date(2027, 7, 5), "after_35"),
        (date(2027, 7, 5), "escalation"),
        (date(2027, 7, 12), "after_42"),
        (date(2027, 7, 19), "after_49"),
    ]


def test_known_between_two_rungs() -> None:
    diary = Diary(Ladder(before=(7, 0), weeks=0, escalate_after=None), LATEST)
    for day in every_day(LATEST - timedelta(days=5), 30):
        diary.run(day)
    assert diary.sent == [(date(2027, 5, 26), "before_7"), (LATEST, "day")]


def test_what_was_caught_up_yesterday_is_not_said_today() -> None:
    """Known on the eve of a rung: said once, and again when the next one comes."""
    diary = Diary(ONE, LATEST)
    for day in every_day(LATEST - timedelta(days=33), 45):
        diary.run(day)
    assert diary.sent == [
        (date(2027, 4, 28), "before_90"),  # and not on 30 April, the rung of thirty days
        (date(2027, 5, 24), "before_7"),
        (LATEST, "day"),
        (date(2027, 6, 7), "after_7"),
    ]


def test_the_day_itself_is_always_said() -> None:
    diary = Diary(ONE, LATEST)
    for day in every_day(LATEST - timedelta(days=3), 4):
        diary.run(day)
    assert diary.sent == [(date(2027, 5, 28), "before_7"), (LATEST, "day")]


def test_the_leader_is_never_told_too_early() -> None:
    made = {"day": Made(date(2027, 3, 26), True)}
    assert escalation_day(ONE, date(2027, 3, 27), date(2027, 4, 9), made) == date(2027, 4, 10)
    assert not escalates(ONE, date(2027, 3, 27), date(2027, 4, 9), made)  # the Friday before that Saturday
    assert escalates(ONE, date(2027, 3, 27), date(2027, 4, 12), made)
    assert escalation_day(ONE, LATEST, LATEST, {}) is None


def test_what_is_stale_is_let_lie() -> None:
    agenda = LADDERS["agenda"]
    assert due(agenda, LATEST, LATEST + timedelta(days=4), {}) is not None
    assert due(agenda, LATEST, LATEST + timedelta(days=7), {}) is None


def test_a_clock_that_jumps_forward_and_back() -> None:
    """What the wrong clock passed over comes again in its time, and what it sent does not."""
    diary = Diary(ONE, LATEST)
    diary.run(date(2027, 3, 2))
    diary.run(date(2028, 2, 1))  # wrong by most of a year
    for day in every_day(date(2027, 3, 3), 160):
        diary.run(day)
    names = [name for _, name in diary.sent]
    assert names[:2] == ["before_90", "after_56"]
    assert names[2:6] == ["before_30", "before_7", "day", "after_7"]
    assert names.count("after_56") == 1


@given(LADDER, LATESTS, st.lists(st.integers(-140, 140), max_size=60))
def test_no_rung_twice_and_never_on_a_day_off(ladder: Ladder, latest: date, days: list[int]) -> None:
    """In any order of days, jumps back and forward included."""
    diary = Diary(ladder, latest)
    for n in days:
        diary.run(latest + timedelta(days=n))
    names = [name for _, name in diary.sent]
    assert len(names) == len(set(names))
    assert all(is_working_day(day) for day, _ in diary.sent)


@given(LADDER, LATESTS, st.sets(st.integers(-140, 140), max_size=60))
def test_one_a_day_and_the_newest_passed_is_caught_up(ladder: Ladder, latest: date, up: set[int]) -> None:
    """With any days down: whenever a run is made, the newest passed rung has been told, or is stale."""
    diary = Diary(ladder, latest)
    for day in sorted(latest + timedelta(days=n) for n in up):
        before = len([1 for _, name in diary.sent if name != ESCALATION])
        diary.run(day)
        said = [name for _, name in diary.sent if name != ESCALATION]
        assert len(said) - before <= 1
        passed = [r for r in ladder.rungs(latest) if r.day <= day]
        stale = ladder.stale_after is not None and day > latest + timedelta(days=ladder.stale_after)
        if passed and is_working_day(day) and not stale:
            # A day or two before counts, where that was a reminder caught up or the leader's.
            assert any(on >= passed[-1].day - timedelta(days=3) for on, _ in diary.sent)


@given(LADDER, LATESTS, st.sets(st.integers(-140, 140), max_size=40))
def test_the_next_day_is_never_too_late(ladder: Ladder, latest: date, up: set[int]) -> None:
    """Who looks again only on the day named sends what one who looks every day sends."""
    daily, lazy = Diary(ladder, latest), Diary(ladder, latest)
    look: date | None = date.min
    for day in sorted(latest + timedelta(days=n) for n in up):
        daily.run(day)
        if look is not None and look <= day:
            lazy.run(day)
            held = bool(is_working_day(day))
            look = next_day(ladder, latest, day, lazy.made) if held else day
    assert lazy.sent == daily.sent


def test_the_ordinary_ladder_is_the_issue_s() -> None:
    assert LADDERS[ORDINARY] == Ladder((90, 30, 7, 0), 8, 14, None)

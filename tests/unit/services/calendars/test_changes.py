"""An event's number grows when what it shows changes, and only then; what fell away is told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import msg
from workflow_app.services.calendars.changes import Standing, Step, done, replayed, told

FIRST = datetime(2026, 1, 1, 9, tzinfo=UTC)


def deadline(year: int, day: int = 1, **more: object) -> Deadline:
    on = date(2026, 5, day)
    base = Deadline("evaluation", "clause", on, on, "Hvert år.", msg("Every year."), year=year)
    return replace(base, **more)  # type: ignore[arg-type]  # fields by name


def steps(count: int) -> list[Step]:
    return [Step(number, FIRST + timedelta(days=number)) for number in range(count)]


def run(*states: list[Deadline]) -> dict[int | None, Standing]:
    found = replayed(steps(len(states)), lambda step: states[step.number])
    return {s.deadline.year: s for s in found}


def test_what_never_changes_keeps_the_number_it_came_with() -> None:
    same = [deadline(2026)]
    (standing,) = run(same, same, same).values()
    assert (standing.sequence, standing.changed_at, standing.fallen) == (0, FIRST, False)


def test_a_moved_day_is_a_new_number_of_the_same_deadline() -> None:
    found = run([deadline(2026), deadline(2027)], [deadline(2026, 9), deadline(2027)])
    assert found[2026].sequence == 1
    assert found[2026].deadline.latest == date(2026, 5, 9)
    assert found[2027].sequence == 0


def test_what_falls_away_is_kept_as_it_was_with_the_number_of_its_end() -> None:
    found = run([deadline(2026), deadline(2027)], [deadline(2027)], [deadline(2027)])
    assert (found[2026].fallen, found[2026].sequence) == (True, 1)
    assert found[2026].changed_at == FIRST + timedelta(days=1)
    assert not found[2027].fallen


def test_what_comes_back_has_a_higher_number_than_when_it_fell() -> None:
    found = run([deadline(2026)], [], [deadline(2026)])
    assert (found[2026].fallen, found[2026].sequence) == (False, 2)


def test_moot_is_not_there() -> None:
    found = run([deadline(2026)], [deadline(2026, status="moot")])
    assert found[2026].fallen
    assert run([deadline(2026, status="moot")]) == {}


def test_being_done_is_a_change_and_being_late_is_none() -> None:
    assert run([deadline(2026)], [deadline(2026, status="met", met_by=7)])[2026].sequence == 1
    assert run([deadline(2026)], [deadline(2026, status="missed")])[2026].sequence == 0
    assert done(deadline(2026, status="missed", met_by=7)), "done late is done"
    assert told(deadline(2026, progress=(0, 2))) != told(deadline(2026, progress=(1, 2)))


STATES = st.dictionaries(st.integers(2020, 2024), st.integers(1, 28), max_size=4)


@given(st.lists(STATES, min_size=1, max_size=8))
def test_numbers_only_ever_grow_as_the_trail_does(history: list[dict[int, int]]) -> None:
    states = [[deadline(year, day) for year, day in state.items()] for state in history]
    before: dict[int | None, Standing] = {}
    for length in range(1, len(states) + 1):
        now = run(*states[:length])
        assert set(before) <= set(now), "nothing that was shown is forgotten"
        for year, standing in before.items():
            later = now[year]
            same = (told(standing.deadline), standing.fallen) == (told(later.deadline), later.fallen)
            assert later.sequence == standing.sequence if same else later.sequence > standing.sequence
        before = now

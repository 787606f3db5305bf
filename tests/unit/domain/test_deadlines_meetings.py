"""How many meetings a year is to have, which ones count, and which years ask for any."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines import Deadline, compute
from workflow_app.domain.history import History, MeetingFact, Termination
from workflow_app.domain.rules import Rule

MOSS: dict[str, Any] = {"per_year": 4, "spring": 2, "autumn": 2, "strength": "must"}
LILLEHAMMER: dict[str, Any] = {"per_year": 4, "per_year_min": 2, "strength": "must"}


def council(place: int = 10, quote: str = "meetings", **values: Any) -> Rule:
    return Rule("meetings", "council", quote, place, place + 1, values)


def period(start: str, to: str) -> Rule:
    return Rule("validity", "period", "period", 1, 2, {"from": start, "to": to})


def held(*days: str) -> tuple[MeetingFact, ...]:
    return tuple(
        MeetingFact(n, date.fromisoformat(day), "held", 10 + n, held_entry=100 + n)
        for n, day in enumerate(days, 1)
    )


def found(
    *rules: Rule, today: str, signed: str = "2024-01-01", until: str = "2025-12-31", **more: Any
) -> list[Deadline]:
    history = History(signed=date.fromisoformat(signed), **more)
    all_of = compute(rules, history, today=date.fromisoformat(today), until=date.fromisoformat(until))
    return [d for d in all_of if d.kind == "meeting"]


def told(deadlines: list[Deadline]) -> list[tuple[str, str, tuple[int, int] | None, str]]:
    return [(str(d.earliest), str(d.latest), d.progress, d.status) for d in deadlines]


def test_halves_of_the_year_each_have_their_number() -> None:
    years = found(council(**MOSS), today="2024-09-01", meetings=held("2024-02-01", "2024-06-30"))
    assert told(years) == [
        ("2024-01-01", "2024-06-30", (2, 2), "met"),
        ("2024-07-01", "2024-12-31", (0, 2), "open"),
        ("2025-01-01", "2025-06-30", (0, 2), "open"),
        ("2025-07-01", "2025-12-31", (0, 2), "open"),
    ]
    assert [d.half for d in years[:2]] == ["spring", "autumn"]
    assert years[0].met_by == 102
    assert any("1 January to 30 June" in a for a in years[0].assumptions)


def test_the_whole_years_number_settles_a_half_that_had_too_few() -> None:
    three = found(council(**MOSS), today="2025-01-02", until="2024-12-31",
                  meetings=held("2024-03-01", "2024-08-01", "2024-09-01"))  # fmt: skip
    assert [d.status for d in three] == ["missed", "met"]
    four = found(council(**MOSS), today="2025-01-02", until="2024-12-31",
                 meetings=held("2024-03-01", "2024-08-01", "2024-09-01", "2024-12-31"))  # fmt: skip
    assert [(d.status, d.met_by) for d in four] == [("met", 104), ("met", 103)]


def test_a_floor_is_what_must_be_held_and_the_target_is_told() -> None:
    [year] = found(council(**LILLEHAMMER), today="2024-12-01", until="2024-12-31",
                   meetings=held("2024-02-01", "2024-10-01"))  # fmt: skip
    assert (year.status, year.progress, year.floor, year.met_by) == ("met", (2, 4), 2, 102)
    assert str(year.rule_sentence) == "Meetings aimed at each year: 4; at least 2 must be held."
    [one] = found(council(**LILLEHAMMER), today="2025-01-01", until="2024-12-31", meetings=held("2024-02-01"))
    assert (one.status, one.progress) == ("missed", (1, 4))


def test_two_clauses_that_ask_the_same_are_one_deadline_a_year() -> None:
    years = found(
        council(quote="first", per_year_min=2), council(30, "second", per_year=2), today="2024-06-01"
    )
    assert told(years) == [
        ("2024-01-01", "2024-12-31", (0, 2), "open"),
        ("2025-01-01", "2025-12-31", (0, 2), "open"),
    ]
    assert {d.quote for d in years} == {"first"}


def test_the_stricter_clause_stands_and_a_wish_only_raises_the_aim() -> None:
    stricter = found(council(quote="a", per_year=2), council(30, "b", per_year=5), today="2024-06-01")
    assert {(d.quote, d.floor) for d in stricter} == {("b", 5)}
    [wish] = found(
        council(quote="must", per_year=2, strength="must"), council(30, "may", per_year=6, strength="should"),
        today="2025-06-01", until="2024-12-31",
    )  # fmt: skip
    assert (wish.quote, wish.floor, wish.progress, wish.status) == ("must", 2, (0, 6), "missed")


def test_halves_and_a_larger_number_for_the_year_both_stand() -> None:
    both = found(council(per_year=6, spring=2, autumn=2), today="2024-01-02", until="2024-12-31")
    assert sorted((d.half or "", d.floor) for d in both) == [("", 6), ("autumn", 2), ("spring", 2)]


def test_what_only_should_be_is_never_missed() -> None:
    [year] = found(council(per_year=4, strength="should"), today="2025-06-01", until="2024-12-31")
    assert (year.status, year.reminds) == ("moot", False)
    assert any("should" in a for a in year.assumptions)


def test_at_most_so_many_asks_for_none() -> None:
    assert found(council(per_year_max=4), today="2024-06-01") == []


def test_of_missed_years_only_the_newest_reminds() -> None:
    years = found(council(per_year=2), today="2026-03-01", signed="2023-01-01", until="2026-12-31")
    assert [(d.year, d.status, d.reminds) for d in years] == [
        (2023, "missed", False),
        (2024, "missed", False),
        (2025, "missed", True),
        (2026, "open", True),
    ]


@pytest.mark.parametrize(
    ("signed", "first"), [("2023-12-31", 2024), ("2024-01-01", 2024), ("2024-01-02", 2025)]
)
def test_the_first_year_is_the_first_whole_one(signed: str, first: int) -> None:
    assert found(council(per_year=2), today="2026-06-01", signed=signed)[0].year == first


def test_a_year_within_the_period_is_planned_but_not_missed_when_signed_in_it() -> None:
    rules = (period("2025-01-01", "2026-12-31"), council(per_year=5))
    [running, _] = found(*rules, today="2025-06-01", signed="2025-02-12", until="2026-12-31")
    assert (running.year, running.status, running.reminds) == (2025, "open", True)
    [over, nextyear] = found(*rules, today="2026-06-01", signed="2025-02-12", until="2026-12-31")
    assert (over.status, over.reminds, nextyear.status) == ("moot", False, "open")
    assert any("signed when this time had begun" in a for a in over.assumptions)


def test_years_that_were_over_when_it_was_signed_ask_for_nothing() -> None:
    rules = (period("2021-01-01", "2026-12-31"), council(per_year=5))
    assert found(*rules, today="2026-06-01", signed="2024-03-01", until="2026-12-31")[0].year == 2024


def test_the_last_year_is_cut_by_the_end_and_not_missed() -> None:
    rules = (period("2024-01-01", "2025-05-31"), council(per_year=5))
    [whole, cut] = found(*rules, today="2025-06-01", signed="2023-12-01", until="2027-12-31")
    assert (whole.status, whole.undocumented) == ("missed", True)
    assert (str(cut.latest), cut.status) == ("2025-05-31", "moot")
    assert any("ends before" in a for a in cut.assumptions)


def test_a_notice_cuts_the_year_too() -> None:
    given = Termination(date(2024, 3, 1), date(2024, 9, 30), 5)
    [year] = found(council(per_year=2), today="2025-01-01", until="2025-12-31", terminated=given)
    assert (str(year.latest), year.status) == ("2024-09-30", "moot")


def test_a_half_known_signing_begins_after_its_last_day() -> None:
    history = History(signed=Interval(date(2024, 1, 1), date(2024, 1, 31)))
    years = compute([council(per_year=2)], history, today=date(2024, 2, 1), until=date(2025, 12, 31))
    assert [d.year for d in years] == [2025]


def test_meetings_cancelled_or_planned_do_not_count() -> None:
    planned = MeetingFact(1, date(2024, 3, 1), "planned", 5)
    off = MeetingFact(2, date(2024, 4, 1), "cancelled", 6)
    [year] = found(council(per_year=2), today="2024-06-01", until="2024-12-31", meetings=(planned, off))
    assert year.progress == (0, 2)


def test_nothing_is_asked_for_before_a_signing_is_recorded() -> None:
    written = Rule("signed", "date", "s", 0, 1, {"date": "2020-04-30"})
    walk = Rule("task", "yearly", "w", 4, 5, {"what": "walk", "per_year_min": 1})
    lead = Rule("agenda", "lead", "a", 5, 6, {"days": 7})
    drafted = History(meetings=(MeetingFact(1, date(2024, 3, 1), "planned", 5),))
    rules = [written, council(**MOSS), walk, lead]
    assert compute(rules, drafted, today=date(2024, 1, 1), until=date(2026, 1, 1)) == ()

"""Tasks and visits of the year: which clause, which year, how many of how many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from workflow_app.domain.deadlines import Deadline, clause_key, compute
from workflow_app.domain.history import History, YearlyDone
from workflow_app.domain.rules import Rule

WALK = Rule("task", "yearly", "a walk once a year", 10, 20, {"what": "walk", "per_year_min": 1})
FORUM = Rule("attendance", "yearly", "the forum, thrice", 30, 40, {"who": "forum", "per_year": 3})


def done(rule: Rule, year: int, entry: int) -> YearlyDone:
    return YearlyDone(
        "task" if rule.kind == "task" else "attendance", clause_key(rule), year, date(year, 5, 1), entry
    )


def found(
    *rules: Rule, deeds: tuple[YearlyDone, ...] = (), today: str = "2026-06-01"
) -> tuple[Deadline, ...]:
    history = History(signed=date(2024, 12, 1), yearly=deeds)
    return compute(rules, history, today=date.fromisoformat(today), until=date(2026, 12, 31))


def test_a_task_done_meets_the_year_it_names() -> None:
    first, second = found(WALK, deeds=(done(WALK, 2025, 7),))
    assert (first.year, first.status, first.met_by, first.progress) == (2025, "met", 7, (1, 1))
    assert (second.year, second.status, second.progress) == (2026, "open", (0, 1))
    assert (str(second.earliest), str(second.latest)) == ("2026-01-01", "2026-12-31")
    assert str(second.rule_sentence) == "Once each year: walk."


def test_several_a_year_are_counted_and_the_last_needed_one_is_the_proof() -> None:
    deeds = tuple(done(FORUM, 2025, entry) for entry in (4, 9, 6, 12))
    first, second = found(FORUM, deeds=deeds)
    assert (first.status, first.progress, first.met_by) == ("met", (4, 3), 9)
    assert (second.status, second.progress) == ("open", (0, 3))


def test_each_clause_has_its_own_newest_missed_year() -> None:
    both = found(WALK, FORUM, today="2027-02-01")
    assert sorted((d.kind, d.year, d.reminds) for d in both) == [
        ("attendance", 2025, False),
        ("attendance", 2026, True),
        ("task", 2025, False),
        ("task", 2026, True),
    ]


def test_two_guests_of_one_sentence_are_two_deadlines() -> None:
    one = replace(FORUM, quote="both come", values={"who": "PST", "per_year": 1})
    other = replace(one, values={"who": "the leader", "per_year": 1})
    assert clause_key(one) != clause_key(other)
    states = found(one, other, deeds=(done(one, 2026, 5),))
    assert [(d.about, d.status) for d in states if d.year == 2026] == [("PST", "met"), ("the leader", "open")]


def test_the_same_guest_named_twice_is_one_deadline() -> None:
    again = replace(FORUM, quote="the forum again", start=50, end=60, values={"who": "Forum", "per_year": 3})
    assert [d.year for d in found(FORUM, again)] == [2025, 2026]


@pytest.mark.parametrize("quote", ["Om ønskelig møter politiet", "Når det er ønsket", "Ved behov møter PST"])
def test_what_is_asked_for_only_where_it_is_wished_is_not_missed(quote: str) -> None:
    wished = replace(FORUM, quote=quote)
    assert [d.status for d in found(wished)] == ["moot", "open"]


def test_the_key_of_a_clause_does_not_mind_line_breaks() -> None:
    assert clause_key(replace(WALK, quote="a walk\n  once a year")) == clause_key(WALK)
    assert len(clause_key(WALK)) == 12

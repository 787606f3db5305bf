"""House rules where a clause names no date, and what a correction of a clause moves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflow_app.domain.deadlines import Deadline, HouseRule, compute, moves
from workflow_app.domain.history import EvaluationDone, History, MatterDone
from workflow_app.domain.rules import Rule

REVISED = {"kind": "revision", "form": "every", "months": 12, "anchor": "signing"}
YEAR_END = {"kind": "evaluation", "form": "yearly", "month": 12, "day": 31}
SIGNED = {"kind": "signed", "form": "date", "date": "2020-04-30"}


def rules(*raw: dict[str, Any]) -> list[Rule]:
    return [
        Rule.from_json({"quote": f"<{r['kind']}>", "start": i * 10, "end": i * 10 + 9, **r})
        for i, r in enumerate(raw)
    ]


# The report to the kommunestyre: no date in the clause, so a house rule for each kommune.

REFERATSAK = rules(SIGNED, {"kind": "council", "form": "referatsak"})
OTTADALEN = ("3434", "3435", "3433")


def reported(today: str, *matters: MatterDone, house: tuple[HouseRule, ...] = ()) -> list[Deadline]:
    history = History(signed=date(2020, 4, 30), municipal=OTTADALEN, matters=matters)
    return list(
        compute(
            REFERATSAK,
            history,
            today=date.fromisoformat(today),
            until=date(2021, 1, 1),
            house_rules=house,
        )
    )


def test_each_kommune_reports_by_its_own_house_rule() -> None:
    house = (
        HouseRule("report_within_days", "3434", days=30),
        HouseRule("report_within_days", "0301", days=5),
    )
    found = reported("2020-05-01", house=house)
    assert [(d.party, str(d.latest), d.source, d.status) for d in found] == [
        ("3434", "2020-05-30", "house_rule", "open"),
        ("3433", "2020-07-29", "house_rule", "open"),
        ("3435", "2020-07-29", "house_rule", "open"),
    ]
    assert {d.quote for d in found} == {"<council>"}
    assert all("house rule" in " ".join(d.assumptions) for d in found)


def test_a_matter_meets_its_own_kommune_only_and_postponed_meets_none() -> None:
    found = reported(
        "2020-08-01",
        MatterDone("3434", "noted", date(2020, 6, 17), 7),
        MatterDone("3435", "postponed", date(2020, 6, 18), 8),
    )
    assert {d.party: (d.status, d.met_by) for d in found} == {
        "3434": ("met", 7),
        "3435": ("missed", None),
        "3433": ("missed", None),
    }


@pytest.mark.parametrize("form", ["adoption", "founding"])
def test_other_council_clauses_date_nothing(form: str) -> None:
    given = rules(SIGNED, {"kind": "council", "form": form})
    history = History(signed=date(2020, 4, 30), municipal=OTTADALEN)
    assert compute(given, history, today=date(2020, 5, 1), until=date(2030, 1, 1)) == ()


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("report_within_days", {}),
        ("report_within_days", {"months": 3}),
        ("review_after_months", {"months": 0}),
    ],
)
def test_a_house_rule_needs_its_number(kind: Any, numbers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        HouseRule(kind, "3103", **numbers)


# A review by house rule, where the agreement says nothing of revision.

REVIEW = (HouseRule("review_after_months", "3027", months=24),)


def reviewed(given: list[Rule], **history: Any) -> list[tuple[str, str, str, str]]:
    found = compute(
        given,
        History(signed=date(2018, 12, 6), municipal=("3027",), **history),
        today=date(2021, 1, 1),
        until=date(2030, 1, 1),
        house_rules=REVIEW,
    )
    return [(d.source, d.quote, str(d.latest), d.status) for d in found]


def test_a_house_rule_reviews_what_the_text_is_silent_about() -> None:
    assert reviewed([]) == [("house_rule", "", "2020-12-06", "missed")]
    assert reviewed([], evaluations=(EvaluationDone(2020, date(2020, 11, 2), "reviewed_unchanged", 5),)) == [
        ("house_rule", "", "2020-12-06", "met"),
        ("house_rule", "", "2022-11-02", "open"),
    ]


def test_a_clause_comes_before_a_house_rule() -> None:
    assert reviewed(rules(REVISED)) == [("clause", "<revision>", "2019-12-06", "missed")]


def test_nobody_elses_house_rule_counts() -> None:
    history = History(signed=date(2018, 12, 6), municipal=("3028",))
    assert compute([], history, today=date(2021, 1, 1), until=date(2030, 1, 1), house_rules=REVIEW) == ()


# What a correction moves.


def moved(before: list[Rule], after: list[Rule], until: str) -> list[tuple[str, object, object]]:
    found = moves(before, after, History(), today=date(2021, 1, 1), until=date.fromisoformat(until))
    return [(m.kind, m.before and str(m.before.latest), m.after and str(m.after.latest)) for m in found]


def test_a_correction_shows_what_moves_comes_and_goes() -> None:
    before = rules(SIGNED, REVISED, YEAR_END)
    after = rules(
        SIGNED,
        YEAR_END | {"month": 6, "day": 1},
        {"kind": "validity", "form": "period", "from": "2020-05-01", "to": "2021-12-31"},
    )
    assert moved(before, after, "2021-12-31") == [
        ("evaluation", "2020-12-31", "2020-06-01"),
        ("revision", "2021-04-30", None),
        ("evaluation", "2021-12-31", "2021-06-01"),
        ("expiry", None, "2021-12-31"),
    ]


def test_a_correction_of_other_words_moves_nothing() -> None:
    before = rules(SIGNED, REVISED)
    after = rules(SIGNED, REVISED | {"quote": "other words"})
    assert moved(before, after, "2030-12-31") == []

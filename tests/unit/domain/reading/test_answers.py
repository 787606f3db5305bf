"""Every question says where its answer is written, and each choice what it makes of the rules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.domain.reading import examples, misread_examples, more_examples, term_examples
from workflow_app.domain.reading import Question, read
from workflow_app.domain.rule_checking import checked
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rules import Rule

CLAUSES = [
    text
    for module in (examples, more_examples, misread_examples, term_examples)
    for rows in module.ALL.values()
    for text, _ in rows
]


def said(outcome: tuple[Rule, ...] | None) -> list[tuple[str, str, dict[str, Any]]] | None:
    return None if outcome is None else [(r.kind, r.form, dict(r.values)) for r in outcome]


def question(text: str, code: str) -> Question:
    return next(q for q in read(text).questions if q.code == code)


def test_every_question_is_well_made() -> None:
    asked = [(text, q) for text in CLAUSES for q in read(text).questions]
    assert len({q.code for _, q in asked}) > 8
    for text, one in asked:
        assert len(one.outcomes) == len(one.choices), one.code
        if one.form is not None:
            kind, form = one.form.split(":")
            assert (kind, form) in FORMS, one.form
        else:
            assert one.code == "impossible_date"
        for outcome in one.outcomes:
            for rule in outcome or ():
                assert text[rule.start : rule.end] == rule.quote
                assert checked(rule.kind, rule.form, rule.values) == (dict(rule.values), rule.dated)


def test_a_last_day_counted_in_or_not() -> None:
    asked = question("Avtalen gjelder fra 1.1.2022 frem til 1. mars 2024.", "inclusive_end")
    assert asked.form == "validity:period"
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("validity", "period", {"from": "2022-01-01", "to": "2024-03-01"})],
        [("validity", "period", {"from": "2022-01-01", "to": "2024-02-29"})],
    ]
    assert all(not rule.assumptions for outcome in asked.outcomes for rule in outcome or ())


def test_the_answer_knows_the_start_that_another_sentence_gives() -> None:
    text = "Avtalen trer i kraft 1. mai 2021. Avtalen gjelder frem til 1. mai 2025."
    asked = question(text, "inclusive_end")
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("validity", "period", {"from": "2021-05-01", "to": "2025-05-01"})],
        [("validity", "period", {"from": "2021-05-01", "to": "2025-04-30"})],
    ]


def test_from_when_a_duration_counts() -> None:
    asked = question("Avtalen har en varighet på tre år.", "duration_start")
    assert asked.form == "validity:duration"
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("validity", "duration", {"months": 36, "from": "signing"})],
        None,
    ]


def test_whose_meetings() -> None:
    text = "Kommunedirektøren og stasjonssjefen har faste møter en gang i måneden."
    asked = question(text, "whose_meetings")
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("meetings", "council", {"per_year": 12, "strength": "must"})],
        [],
    ]


def test_an_evaluation_every_other_year() -> None:
    asked = question("Avtalen skal evalueres hvert andre år.", "evaluation_interval")
    assert asked.form == "evaluation:once"
    assert [said(outcome) for outcome in asked.outcomes] == [[("evaluation", "yearly", {})], None]


def test_a_revision_once_a_term() -> None:
    asked = question("Avtalen revideres én gang per kommunestyreperiode.", "revision_interval")
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("revision", "every", {"months": 48, "anchor": "signing"})],
        [("revision", "after_election", {})],
        None,
    ]


def test_two_periods() -> None:
    asked = question(
        "Avtalen gjelder fra 1.1.2020 til 31.12.2022. Avtalen gjelder i perioden 2021-2024.", "two_periods"
    )
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("validity", "period", {"from": "2020-01-01", "to": "2022-12-31"})],
        [("validity", "period", {"from": "2021-01-01", "to": "2024-12-31"})],
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Avtalen gjelder 2020-2023. Avtalen ble signert onsdag 25. juni.", []),
        ("Avtalen gjelder 2025-2027. Avtalen ble signert onsdag 25. juni.", ["2025-06-25"]),
        ("Avtalen gjelder 2025-2027. Avtalen ble signert torsdag 29. februar.", ["2024-02-29"]),
        ("Avtalen gjelder 2025-2027. Avtalen ble signert 25. juni.", []),
        ("Avtalen ble signert onsdag 25. juni.", []),
    ],
)
def test_a_weekday_settles_the_year_where_the_period_bounds_it(text: str, days: list[str]) -> None:
    asked = question(text, "signing_year")
    offered = [(str(words), said(rules)) for words, rules in zip(asked.choices, asked.outcomes, strict=True)]
    known = [(day, [("signed", "date", {"date": day, "precision": "day"})]) for day in days]
    assert offered == ([*known, ("another day, to be filled in", None)] if days else [])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Avtalen gjelder fra 31.02.2020.", "validity:period"),
        ("Avtalen evalueres innen 31. april 2024.", "evaluation:once"),
        ("Avtalen ble signert 30. februar 2024.", "signed:date"),
        ("Avtalen revideres årlig.\n\nVika, 31/2 - 2020\n\nOrdfører", "signed:date"),
        (
            "Brevet kom 31. april 2024, og politiet og kommunen svarte på det sammen "
            "etter at ordføreren hadde lest det.",
            None,
        ),
    ],
)
def test_where_a_day_that_no_calendar_has_is_put_right(text: str, form: str | None) -> None:
    assert question(text, "impossible_date").form == form


def test_an_evaluation_in_a_season() -> None:
    asked = question("Avtalen evalueres våren 2024.", "evaluation_season")
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("evaluation", "once", {"by": "2024-05-31"})],
        None,
    ]
    assert question("Avtala skal evaluerast vinteren 2024.", "evaluation_season").outcomes == (None,)


def test_a_term_at_a_time() -> None:
    asked = question("Avtalen gjelder for 4 år om gangen.", "renews_itself")
    assert [said(outcome) for outcome in asked.outcomes] == [[("renewal", "automatic", {"months": 48})], []]


def test_a_school_year() -> None:
    asked = question("Avtalen inngås for skoleåret 2022/23.", "school_year")
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("validity", "period", {"from": "2022-08-01", "to": "2023-07-31"})],
        None,
    ]


def test_a_month_counted_in_or_not() -> None:
    asked = question("Avtalen gjelder fra januar 2022 til desember 2025.", "inclusive_end")
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("validity", "period", {"from": "2022-01", "to": "2025-12-31"})],
        [("validity", "period", {"from": "2022-01", "to": "2025-11-30"})],
    ]


def test_a_notice_for_each_party() -> None:
    asked = question("Oppsigelsestiden er tre måneder for kommunen og ett år for politiet.", "notice_of_whom")
    assert [said(outcome) for outcome in asked.outcomes] == [
        [("termination", "notice", {"months": 3})],
        [("termination", "notice", {"months": 12})],
    ]

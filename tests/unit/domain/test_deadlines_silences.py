"""What the text does not date is said in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflow_app.domain.deadlines import silences
from workflow_app.domain.history import Extension, History
from workflow_app.domain.rules import Rule


def rule(kind: str, form: str, **values: Any) -> Rule:
    reason = values.pop("reason", None)
    return Rule(kind, form, f"<{kind}>", values.pop("start", 0), 99, values, (), reason)


SIGNED = rule("signed", "date", date="2018-12-06")
EVALUATED = rule("evaluation", "yearly", month=6, day=1)
REVISED = rule("revision", "every", months=12, anchor="signing")
PERIOD = rule("validity", "period", **{"from": "2024-01-01", "to": "2026-12-31"})
COUNCIL = rule("council", "adoption")


def said(*rules: Rule, history: History | None = None) -> list[tuple[str, str]]:
    return [(s.kind, str(s.sentence)) for s in silences(rules, history)]


def test_an_empty_text_is_silent_about_everything() -> None:
    assert said() == [
        ("signed", "The agreement does not say when it was signed."),
        ("expiry", "The agreement does not say when it expires."),
        ("revision", "The agreement does not say when it is to be revised."),
        ("evaluation", "The agreement does not say when it is to be evaluated."),
        ("report", "The agreement does not ask to be laid before the kommunestyre."),
    ]


def test_a_text_that_dates_everything_is_not_silent() -> None:
    assert said(SIGNED, EVALUATED, REVISED, PERIOD, COUNCIL) == []


def test_neither_period_nor_revision_and_what_a_kommune_may_set_instead() -> None:
    found = silences((SIGNED, EVALUATED, COUNCIL))
    assert [(s.kind, s.house_rule) for s in found] == [("expiry", None), ("revision", "review_after_months")]


def test_an_undated_clause_speaks_for_its_kind_with_its_reason() -> None:
    on_request = rule("revision", "on_request", reason="only when a party asks for it", start=50)
    always = rule("evaluation", "continuous", reason="all the time is no day", start=40)
    found = silences((SIGNED, PERIOD, COUNCIL, on_request, always))
    assert [(s.kind, str(s.sentence), s.rule) for s in found] == [
        ("evaluation", "all the time is no day", always),
        ("revision", "only when a party asks for it", on_request),
    ]


def test_an_undated_clause_beside_a_dated_one_still_gets_its_reason() -> None:
    always = rule("evaluation", "continuous", reason="all the time is no day")
    assert said(SIGNED, EVALUATED, REVISED, PERIOD, COUNCIL, always) == [
        ("evaluation", "all the time is no day")
    ]


def test_a_blank_date_line_is_told_until_a_signing_is_recorded() -> None:
    blank = rule("signed", "blank", reason="the date line is empty")
    others = (EVALUATED, REVISED, PERIOD, COUNCIL)
    assert said(blank, *others) == [
        ("revision", "The revision is counted from signing, and no signing date is known."),
        ("signed", "the date line is empty"),
    ]
    assert said(blank, *others, history=History(signed=date(2024, 2, 1))) == []


@pytest.mark.parametrize(
    ("validity", "sentence"),
    [
        (rule("validity", "open"), "The agreement says when it begins, but not when it expires."),
        (rule("validity", "until_terminated"), "The agreement runs until it is terminated."),
        (rule("validity", "as_parent", reason="as long as the main one"), "as long as the main one"),
    ],
)
def test_validity_without_a_last_day(validity: Rule, sentence: str) -> None:
    assert [s for _, s in said(SIGNED, EVALUATED, REVISED, COUNCIL, validity)] == [sentence]


def test_a_term_or_a_cycle_counted_from_an_unknown_signing() -> None:
    term = rule("validity", "duration", months=24, **{"from": None})
    assert said(term, EVALUATED, REVISED, COUNCIL) == [
        ("signed", "The agreement does not say when it was signed."),
        ("expiry", "The term is counted from signing, and no signing date is known."),
        ("revision", "The revision is counted from signing, and no signing date is known."),
        ("evaluation", "Evaluations begin the year of signing, and no signing date is known."),
    ]


def test_a_renewing_agreement_has_no_day_of_expiry() -> None:
    renews = rule("renewal", "automatic", months=12)
    assert said(SIGNED, EVALUATED, REVISED, COUNCIL, PERIOD, renews) == [
        ("expiry", "The agreement renews itself, so it does not expire on a day.")
    ]


def test_an_extension_breaks_the_silence_about_the_end() -> None:
    extended = History(extensions=(Extension(date(2030, 1, 1), date(2026, 1, 1), 8),))
    assert said(SIGNED, EVALUATED, REVISED, COUNCIL, history=extended) == []


def test_a_council_clause_without_a_date_points_to_the_house_rule() -> None:
    (found,) = silences((SIGNED, EVALUATED, REVISED, PERIOD, rule("council", "referatsak")))
    assert (found.kind, found.house_rule) == ("report", "report_within_days")

"""A corrected rule is checked whole: nothing the deadline function could stumble over passes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.deadlines import compute, silences
from workflow_app.domain.history import History
from workflow_app.domain.reading import read
from workflow_app.domain.rule_checking import WrongRule, checked
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rules import Rule
from workflow_app.domain.rules_in_words import in_words

WRONG: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("feast", "yearly", {}, "kind", "There is no kind of rule called “feast”"),
    ("revision", "monthly", {}, "form", "its forms are every, on_request"),
    ("revision", "every", {}, "months", "Months is missing"),
    ("revision", "every", {"months": 0}, "months", "whole number from 1 to 1200"),
    ("revision", "every", {"months": 1.5}, "months", "whole number"),
    ("revision", "every", {"months": True}, "months", "whole number"),
    ("revision", "every", {"months": 12, "anchor": "month_day"}, "anchor", "needs the anchor"),
    (
        "revision",
        "every",
        {"months": 12, "anchor": "signing", "month": 6, "day": 1},
        "anchor",
        "needs the anchor",
    ),
    ("revision", "every", {"months": 12, "anchor": "month_day", "month": 6}, "day", "Day is missing"),
    ("revision", "every", {"months": 12, "anchor": "midsummer"}, "anchor", "is not a date"),
    ("evaluation", "yearly", {"month": 13, "day": 1}, "month", "from 1 to 12"),
    ("evaluation", "yearly", {"month": 2, "day": 31}, "day", "no day 31 in month 2"),
    ("evaluation", "yearly", {"month": 6, "day": 1, "season": "spring"}, "season", "not both"),
    ("evaluation", "yearly", {"season": "monsoon"}, "season", "is not one of spring, summer"),
    ("evaluation", "once", {"by": "31.02.2020"}, "by", "is not a date"),
    ("evaluation", "once", {"by": "2020-02-31"}, "by", "not a day in the calendar"),
    ("evaluation", "once", {"by": "2020"}, "by", "is not a date"),
    ("validity", "period", {"from": "2026-01-01", "to": "2025-12-31"}, "to", "ends"),
    ("validity", "period", {"to": "2025-12-31"}, "from", "From is missing"),
    ("validity", "duration", {"months": 12, "to": "2025-12-31"}, "to", "holds no “to”"),
    ("renewal", "option", {"months": []}, "months", "is missing"),
    ("renewal", "option", {"months": [12, 0]}, "months", "from 1 to 1200"),
    ("meetings", "council", {"strength": "must"}, "per_year", "how many"),
    ("meetings", "council", {"per_year_min": 4, "per_year_max": 2}, "per_year_min", "greater"),
    ("minutes", "minutes", {}, "public", "at least one value"),
    ("minutes", "minutes", {"public": "ja"}, "public", "true or false"),
    ("signed", "date", {"date": "2025-02", "precision": "day"}, "precision", "else month"),
    ("signed", "partial", {"date": "--02-30", "missing": ["year"]}, "date", "--06-25"),
    ("signatories", "roles", {"roles": ["pope"]}, "roles", "is not one of slt_coordinator"),
    ("signatories", "roles", {"roles": ["mayor"], "titles": "x"}, "titles", "a title for each role"),
    ("task", "yearly", {"what": "a\nb", "per_year_min": 1}, "what", "one line"),
    ("task", "yearly", {"what": "\ud800", "per_year_min": 1}, "what", "words on one line"),
    ("deputies", "allowed", {"months": 1}, "months", "holds no values"),
]


@pytest.mark.parametrize(("kind", "form", "values", "field", "words"), WRONG)
def test_every_fault_has_its_field_and_its_sentence(
    kind: str, form: str, values: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(WrongRule) as caught:
        checked(kind, form, values)
    assert list(caught.value.errors) == [field]
    assert words in str(caught.value.errors[field])


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(WrongRule) as caught:
        checked("evaluation", "yearly", {"month": 0, "day": 99, "colour": "red"})
    assert sorted(caught.value.errors) == ["colour", "day", "month"]


@pytest.mark.parametrize(
    ("kind", "form", "values", "dated"),
    [
        ("evaluation", "yearly", {"month": 2, "day": 29}, True),
        ("evaluation", "yearly", {"written": True}, False),
        ("rotation", "every", {"what": "chair"}, False),
        ("rotation", "every", {"what": "chair", "months": 12}, True),
        ("revision", "on_request", {}, False),
        ("validity", "as_parent", {}, False),
    ],
)
def test_whether_it_gives_a_date_follows_from_its_values(
    kind: str, form: str, values: dict[str, Any], dated: bool
) -> None:
    assert checked(kind, form, values) == (values, dated)


def test_numbers_may_come_as_a_form_sends_them_and_empty_ones_stay_away() -> None:
    assert checked("renewal", "option", {"months": "12, 24", "notice_months": "3", "up_to": None}) == (
        {"months": [12, 24], "notice_months": 3},
        True,
    )


def test_what_the_reader_makes_passes_unchanged(shared_dir: Path) -> None:
    for folder in ("agreements", "clauses"):
        for file in sorted(shared_dir.joinpath(folder).glob("*.txt")):
            reading = read(file.read_text("utf-8"))
            for rule in (*reading.rules, *reading.undated):
                assert checked(rule.kind, rule.form, rule.values) == (dict(rule.values), rule.dated), (
                    file.name
                )


_DATES = st.dates(date(2000, 1, 1), date(2060, 12, 31)).map(date.isoformat)
_VALUE = st.one_of(
    st.integers(-2, 40),
    _DATES,
    _DATES.map(lambda d: d[:7]),
    st.sampled_from(
        ["signing", "year_end", "month_day", "spring", "winter", "must", "all", "mayor", "", "--06-25"]
    ),
    st.booleans(),
    st.none(),
    st.lists(st.integers(0, 30), max_size=3),
    st.lists(st.sampled_from(["mayor", "slt_coordinator", "politirådet"]), max_size=2),
)


@given(st.data())
def test_nothing_that_passes_stops_the_deadline_function(data: st.DataObject) -> None:
    """Hypothesis: rules of any form, with any values that pass, in any number."""
    rules = []
    for place in range(data.draw(st.integers(1, 4))):
        kind, form = data.draw(st.sampled_from(sorted(FORMS)))
        names = [v.name for v in FORMS[kind, form].values]
        raw = {name: data.draw(_VALUE) for name in names}
        try:
            values, dated = checked(kind, form, raw)
        except WrongRule:
            continue
        rules.append(Rule(kind, form, "…", place, place + 1, values, (), None if dated else "no date"))
    signed = data.draw(st.none() | st.dates(date(2010, 1, 1), date(2030, 12, 31)))
    history = History(signed=signed)
    compute(rules, history, today=date(2025, 3, 10), until=date(2028, 12, 31))
    silences(rules, history)
    for rule in rules:
        assert "without the values" not in str(in_words(rule)), rule

"""What is written is read: every form as a clause, in both languages, gives its rule back and no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workflow_app.domain.clause_writing import as_clause
from workflow_app.domain.reading import read
from workflow_app.domain.rule_checking import checked
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rules import Rule

LANGUAGES = ("nb", "nn")
FREE = {"who", "what", "where"}
"""Values that are words of the clause: the reader may take more or fewer of them."""

DAY = st.dates(date(1990, 1, 1), date(2059, 12, 31)).map(date.isoformat)
START = st.one_of(st.just("signing"), DAY)
MONTHS = st.integers(1, 180)
COUNT = st.integers(1, 20)
FLAG = st.just(True)
STRENGTH = st.sampled_from(["must", "should"])
COUNTED = st.one_of(
    COUNT.map(lambda n: {"per_year": n}),
    COUNT.map(lambda n: {"per_year_min": n}),
    st.integers(2, 20).map(lambda n: {"per_year": n, "per_year_min": n - 1}),
    st.integers(2, 20).map(lambda n: {"per_year_min": n - 1, "per_year_max": n}),
    st.integers(2, 20).map(lambda n: {"per_year_max": n}),
)


def values(required: dict[str, Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def _day_of_year(day: date) -> dict[str, int]:
    return {"month": day.month, "day": day.day}


# 2023 is no leap year: "every 29 February" is no day of every year.
DAY_OF_YEAR = st.dates(date(2023, 1, 1), date(2023, 12, 31)).map(_day_of_year)
NOTHING = st.just({})

VALUES: dict[tuple[str, str], st.SearchStrategy[dict[str, Any]]] = {
    ("signed", "date"): st.one_of(
        values({"date": DAY, "precision": st.just("day")}),
        values({"date": DAY.map(lambda d: d[:7]), "precision": st.just("month")}),
    ),
    ("signed", "partial"): values(
        {"date": DAY.map(lambda d: f"-{d[4:]}"), "missing": st.just(["year"])},
        weekday=st.sampled_from(
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        ),
    ),
    ("validity", "period"): values({"from": START, "to": DAY}),
    ("validity", "duration"): values({"months": MONTHS, "from": st.one_of(st.none(), START)}),
    ("validity", "open"): values({"from": START}),
    ("validity", "until_terminated"): values({}, min_months=MONTHS, **{"from": START}),
    ("validity", "as_parent"): NOTHING,
    ("revision", "every"): st.one_of(
        values({"months": MONTHS, "anchor": st.one_of(st.sampled_from(["signing", "year_end"]), DAY)}),
        st.builds(lambda months, day: {"months": months, **day}, st.sampled_from([12, 24, 48]), DAY_OF_YEAR),
    ),
    ("revision", "on_request"): NOTHING,
    ("revision", "by_agreement"): NOTHING,
    ("revision", "after_election"): NOTHING,
    ("evaluation", "yearly"): st.builds(
        lambda when, extra: when | extra,
        st.one_of(
            DAY_OF_YEAR,
            st.sampled_from(["spring", "summer", "autumn", "winter"]).map(lambda s: {"season": s}),
            NOTHING,
        ),
        values({}, written=FLAG),
    ),
    ("evaluation", "once"): values({"by": DAY}, written=FLAG),
    ("evaluation", "continuous"): values({}, written=FLAG),
    ("evaluation", "event"): values({"event": st.just("etter hvert kommunevalg")}, written=FLAG),
    ("renewal", "automatic"): values({"months": MONTHS}),
    ("renewal", "option"): st.one_of(
        values(
            {"months": st.lists(st.sampled_from([12, 24, 36]), min_size=1, max_size=3)}, notice_months=MONTHS
        ),
        values({"months": st.lists(MONTHS, min_size=1, max_size=1), "up_to": FLAG}, notice_months=MONTHS),
    ),
    ("renewal", "not_automatic"): NOTHING,
    ("termination", "notice"): values({"months": MONTHS}, written=FLAG, by=st.sampled_from(["one", "all"])),
    ("meetings", "council"): st.one_of(
        st.builds(lambda count, how: count | {"strength": how}, COUNTED, STRENGTH),
        st.builds(
            lambda a, b, how: {"per_year": a + b, "spring": a, "autumn": b, "strength": how},
            COUNT,
            COUNT,
            STRENGTH,
        ),
    ),
    ("agenda", "lead"): values({"days": st.integers(1, 60)}),
    ("agenda", "submission"): values({"days": st.integers(1, 60)}),
    ("council", "referatsak"): NOTHING,
    ("council", "adoption"): NOTHING,
    ("council", "orientation"): NOTHING,
    ("minutes", "minutes"): st.one_of(
        values({"public": st.booleans()}, archived=FLAG), values({"archived": FLAG})
    ),
    ("attendance", "yearly"): st.builds(
        lambda who, count, how: {"who": who, "strength": how} | count,
        st.sampled_from(["PST", "Rektorane", "Ungdomsrådet"]),
        COUNT.map(lambda n: {"per_year_min": n}),
        STRENGTH,
    ),
    ("task", "yearly"): values({"what": st.just("Trygghetsvandring"), "per_year_min": COUNT}),
    ("rotation", "every"): values(
        {"what": st.just("Sekretariatet")}, months=st.sampled_from([12, 24, 36, 48])
    ),
    ("deputies", "allowed"): NOTHING,
    ("signatories", "roles"): values({"roles": st.just(["mayor", "station_chief"])}),
    ("supplement", "to"): values({"date": DAY}),
}

UNWRITTEN = {("signed", "blank")}
"""A line left empty is no clause."""


def found(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    reading = read(text)
    return [
        (rule.kind, rule.form, {k: v for k, v in rule.values.items() if k not in FREE})
        for rule in (*reading.rules, *reading.undated)
    ]


def test_every_form_of_the_contract_is_written() -> None:
    assert set(VALUES) | UNWRITTEN == set(FORMS)


@pytest.mark.parametrize(("kind", "form"), sorted(VALUES))
@given(data=st.data())
def test_a_written_rule_is_read_as_itself_in_both_languages(
    kind: str, form: str, data: st.DataObject
) -> None:
    held = data.draw(VALUES[kind, form])
    assume((kind, form) != ("validity", "period") or held["from"] == "signing" or held["from"] <= held["to"])
    checked(kind, form, held)
    wanted = [(kind, form, {k: v for k, v in held.items() if k not in FREE})]
    for language in LANGUAGES:
        clause = as_clause(Rule(kind, form, "", 0, 0, held), language)
        assert found(clause) == wanted, clause


def test_a_blank_date_line_is_no_clause() -> None:
    with pytest.raises(KeyError):
        as_clause(Rule("signed", "blank", "", 0, 0), "nb")

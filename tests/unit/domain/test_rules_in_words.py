"""Every kind and form has its sentence, and it says every value deadlines are counted from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.reading import read
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rules import Rule
from workflow_app.domain.rules_in_words import in_words, kind_word

SAID: list[tuple[str, str, dict[str, Any], str]] = [
    ("signed", "date", {"date": "2020-04-30", "precision": "day"}, "Signed on 2020-04-30."),
    ("signed", "date", {"date": "2025-02", "precision": "month"}, "Signed on 2025-02-01/2025-02-28."),
    (
        "signed",
        "partial",
        {"date": "--06-25", "weekday": "friday", "missing": ["year"]},
        "Signed on 25 June and a Friday; the text does not give the whole date.",
    ),
    ("signed", "blank", {}, "The line for the date of signing is empty."),
    (
        "validity",
        "period",
        {"from": "2024-01-01", "to": "2026-12-31"},
        "Valid from 2024-01-01 to 2026-12-31, that day included.",
    ),
    (
        "validity",
        "period",
        {"from": "signing", "to": "2026-12-31"},
        "Valid from the signing to 2026-12-31, that day included.",
    ),
    (
        "validity",
        "duration",
        {"months": 24, "from": None},
        "Valid for 24 months; the clause does not say from when.",
    ),
    ("validity", "duration", {"months": 1, "from": "signing"}, "Valid for one month from the signing."),
    ("validity", "open", {"from": "2018-01-01"}, "Valid from 2018-01-01; the clause names no end."),
    (
        "validity",
        "until_terminated",
        {"min_months": 36},
        "Valid until it is terminated. It lasts 36 months at the least.",
    ),
    (
        "validity",
        "as_parent",
        {"scope": "vedlegg 1"},
        "For vedlegg 1 alone: Valid as long as the agreement it belongs to.",
    ),
    (
        "revision",
        "every",
        {"months": 12, "anchor": "signing"},
        "To be revised every 12 months, counted from the signing.",
    ),
    (
        "revision",
        "every",
        {"months": 24, "anchor": "year_end"},
        "To be revised every 24 months, at the end of the year.",
    ),
    (
        "revision",
        "every",
        {"months": 12, "anchor": "month_day", "month": 6, "day": 1},
        "To be revised every 12 months, on 1 June.",
    ),
    (
        "revision",
        "every",
        {"months": 12, "anchor": "2019-03-01"},
        "To be revised every 12 months, counted from 2019-03-01.",
    ),
    ("revision", "on_request", {}, "To be revised when needed or asked for."),
    ("revision", "by_agreement", {}, "To be revised only if all parties agree."),
    ("revision", "after_election", {}, "To be revised after an election."),
    (
        "evaluation",
        "yearly",
        {"month": 6, "day": 1, "by": ["slt_coordinator", "politirådet"], "written": True},
        "To be evaluated every year by 1 June. By: SLT coordinator and politirådet. In writing.",
    ),
    ("evaluation", "yearly", {"season": "spring"}, "To be evaluated every year, in the spring."),
    ("evaluation", "yearly", {}, "To be evaluated every year; the clause does not say when in the year."),
    ("evaluation", "once", {"by": "2020-10-01"}, "To be evaluated once, by 2020-10-01."),
    ("evaluation", "continuous", {}, "To be evaluated continuously."),
    (
        "evaluation",
        "event",
        {"event": "etter prosjektet"},
        "To be evaluated when it happens: “etter prosjektet”.",
    ),
    (
        "renewal",
        "automatic",
        {"months": 12},
        "Renews itself for 12 months at a time, unless it is terminated.",
    ),
    (
        "renewal",
        "option",
        {"months": [12, 12], "notice_months": 3},
        "May be renewed for 12 months and 12 months, if the parties use the option."
        " To be said 3 months before the end.",
    ),
    ("renewal", "not_automatic", {}, "Does not renew itself."),
    (
        "termination",
        "notice",
        {"months": 6, "written": True, "by": "one"},
        "May be terminated with 6 months of notice. Any one party may give it. In writing.",
    ),
    (
        "meetings",
        "council",
        {"per_year": 4, "per_year_min": 2, "strength": "must"},
        "Meetings to be held: 4 a year and at least 2 a year.",
    ),
    (
        "meetings",
        "council",
        {"per_year": 4, "spring": 2, "autumn": 2, "strength": "should"},
        "Meetings that should be held: 4 a year. Of these 2 in the spring and 2 in the autumn.",
    ),
    ("agenda", "lead", {"days": 7}, "The agenda is sent out 7 days before each meeting."),
    ("agenda", "submission", {"days": 1}, "Matters for the agenda are reported one day before each meeting."),
    ("council", "referatsak", {}, "To be laid before the kommunestyre for information (referatsak)."),
    ("council", "adoption", {}, "To be adopted by the kommunestyre."),
    ("council", "orientation", {}, "The kommunestyre is to be told of it (orientering)."),
    (
        "minutes",
        "minutes",
        {"public": False, "archived": True},
        "Meetings and minutes: not open to the public and archived.",
    ),
    (
        "attendance",
        "yearly",
        {"who": "PST", "where": "ett møte", "per_year": 1},
        "PST at ett møte: 1 a year.",
    ),
    ("attendance", "yearly", {"who": "PST", "per_year_min": 1}, "PST takes part: at least 1 a year."),
    (
        "task",
        "yearly",
        {"what": "trygghetsvandring", "per_year_min": 1},
        "trygghetsvandring: at least 1 a year.",
    ),
    ("rotation", "every", {"months": 24, "what": "secretary"}, "Takes turns every 24 months: the secretary."),
    ("rotation", "every", {"what": "convening"}, "Takes turns: who convenes; the clause gives no interval."),
    ("deputies", "allowed", {}, "Members may send deputies to the meetings."),
    (
        "signatories",
        "roles",
        {"roles": ["mayor", "station_chief"], "titles": {"station_chief": "Lensmann"}},
        "To be signed by: mayor and station chief (“Lensmann”).",
    ),
    ("supplement", "to", {"date": "2008-08-20"}, "A supplement to the agreement of 2008-08-20."),
]


def rule(kind: str, form: str, values: dict[str, Any]) -> Rule:
    return Rule(kind, form, "…", 0, 1, values)


@pytest.mark.parametrize(("kind", "form", "values", "sentence"), SAID)
def test_the_sentence(kind: str, form: str, values: dict[str, Any], sentence: str) -> None:
    assert str(in_words(rule(kind, form, values))) == sentence


def test_every_form_of_the_table_is_said_here() -> None:
    assert {(kind, form) for kind, form, _, _ in SAID} == set(FORMS)


def test_every_kind_has_a_word_of_its_own() -> None:
    words = {kind: str(kind_word(kind)) for kind, _ in FORMS}
    assert len(set(words.values())) == len(words)
    assert not set(words) & set(words.values())
    assert str(kind_word("something new")) == "something new"


@pytest.mark.parametrize(
    ("kind", "form", "values"),
    [
        ("revision", "every", {}),
        ("revision", "every", {"months": "tolv"}),
        ("evaluation", "yearly", {"month": 13, "day": 1}),
        ("evaluation", "yearly", {"season": "monsoon"}),
        ("validity", "period", {"from": "en dag", "to": "2020"}),
        ("no", "such", {}),
    ],
)
def test_a_rule_without_its_values_is_named_and_not_half_said(
    kind: str, form: str, values: dict[str, Any]
) -> None:
    assert "without the values it needs" in str(in_words(rule(kind, form, values)))


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_NAMES = sorted({v.name for f in FORMS.values() for v in f.values})


@given(st.sampled_from(sorted(FORMS)), st.dictionaries(st.sampled_from(_NAMES), _ANY, max_size=6))
def test_whatever_a_rule_holds_it_is_said_in_some_words(
    which: tuple[str, str], values: dict[str, Any]
) -> None:
    assert str(in_words(rule(*which, values))).strip()


def test_everything_read_from_the_real_agreements_can_be_said(shared_dir: Path) -> None:
    for file in sorted(shared_dir.joinpath("agreements").glob("*.txt")):
        reading = read(file.read_text("utf-8"))
        for found in (*reading.rules, *reading.undated):
            assert "without the values it needs" not in str(in_words(found)), (file.name, found)

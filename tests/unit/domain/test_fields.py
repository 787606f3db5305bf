"""Cleaning what a form or a program sent: right values typed, wrong ones named."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.fields import FIELDS, Field, FieldType, InvalidData, clean, field
from workflow_app.domain.messages import msg

CONTRACT = {
    "reason", "password", "party", "kind", "archive_case", "case_number", "committee", "meeting_date",
    "case_officer", "proposal", "legal_basis", "outcome", "decision", "year", "body", "learning_points",
    "effective_date", "given_date", "signed_on",
}  # fmt: skip


def wrong(use: str, value: object) -> str:
    name = field(use).name
    with pytest.raises(InvalidData) as caught:
        clean([field(use)], {name: value})
    assert list(caught.value.errors) == [name]
    return str(caught.value.errors[name])


def test_the_contract_s_names_are_all_there() -> None:
    assert {f.name for f in FIELDS.values()} >= CONTRACT


def test_choices_are_the_contract_s() -> None:
    choices = {key: [c.value for c in f.choices] for key, f in FIELDS.items() if f.choices}
    assert choices["kind"] == ["referatsak", "vedtak"]
    assert choices["outcome"] == ["noted", "adopted", "postponed", "sent_back"]
    assert choices["evaluation_outcome"] == ["continues", "reviewed_unchanged", "to_be_revised"]


def test_free_text_is_marked_since_it_may_name_people() -> None:
    marked = {f.name for f in FIELDS.values() if f.free_text}
    assert {"reason", "decision", "proposal", "case_officer", "learning_points"} <= marked
    assert not marked & {"meeting_date", "outcome", "year", "password"}


@pytest.mark.parametrize(
    ("use", "value", "clean_value"),
    [
        ("reason", "  Because.\r\nReally. ", "Because.\nReally."),
        ("meeting_date", "2024-02-29", date(2024, 2, 29)),
        ("meeting_date", date(2024, 2, 29), date(2024, 2, 29)),
        ("year", "2026", 2026),
        ("year", 2026, 2026),
        ("outcome", "noted", "noted"),
        ("internal", "on", True),
        ("internal", False, False),
        ("archive_case", "20/1234", "20/1234"),
        ("archive_case", "2013/3125-4", "2013/3125-4"),
        ("case_number", "RS 12/20", "RS 12/20"),
        ("case_number", "K-sak PS 148/15", "K-sak PS 148/15"),
        ("scan", "a" * 64, "a" * 64),
        ("password", "  spaces count ", "  spaces count "),
        ("reason", "Æøå – ‘ok’ 😀", "Æøå – ‘ok’ 😀"),
    ],
)
def test_right_values(use: str, value: object, clean_value: object) -> None:
    name = field(use).name
    assert clean([field(use)], {name: value}) == {name: clean_value}
    assert clean([field(use)], {name: clean_value}) == {name: clean_value}


@pytest.mark.parametrize(
    ("use", "value", "words"),
    [
        ("reason", "   ", "Reason is missing"),
        ("reason", None, "missing"),
        ("reason", ["a"], "must be text"),
        ("reason", "x" * 20_001, "20001 characters"),
        ("reason", "a\x00b", "cannot be kept"),
        ("reason", "a\ud800b", "cannot be kept"),
        ("case_officer", "Two\nlines", "one line"),
        ("committee", "x" * 301, "301 characters"),
        ("meeting_date", "31.02.2020", "2020-12-31"),
        ("meeting_date", "2020-02-31", "not a day in the calendar"),
        ("meeting_date", "0000-01-01", "not a day"),
        ("meeting_date", "2020-1-1", "not a date"),
        ("meeting_date", "٢٠٢٠-٠١-٠١", "not a date"),
        ("meeting_date", datetime(2020, 1, 1), "not a date"),
        ("meeting_date", 20200101, "not a date"),
        ("meeting_date", True, "not a date"),
        ("year", "26", "four digits"),
        ("year", 20260, "four digits"),
        ("year", True, "four digits"),
        ("year", 2026.0, "four digits"),
        ("outcome", "rejected", "noted, adopted, postponed, sent_back"),
        ("outcome", ["noted"], "not one of"),
        ("outcome", {}, "not one of"),
        ("internal", "maybe", "true or false"),
        ("internal", 1, "true or false"),
        ("archive_case", "1234", "20/1234"),
        ("case_number", "twelve", "RS 12/20"),
        ("scan", "A" * 64, "uploaded"),
        ("scan", 5, "uploaded"),
    ],
)
def test_wrong_values_say_what_would_be_right(use: str, value: object, words: str) -> None:
    assert words in wrong(use, value)


@pytest.mark.parametrize("empty", [{}, {"meeting_date": ""}, {"meeting_date": None}, {"meeting_date": "  "}])
def test_an_optional_field_may_be_left_out(empty: dict[str, object]) -> None:
    assert clean([field("meeting_date?")], empty) == {}


def test_an_optional_field_that_is_there_must_be_right() -> None:
    assert "calendar" in wrong("meeting_date?", "2021-02-29")


def test_an_unknown_field_is_not_silently_dropped() -> None:
    with pytest.raises(InvalidData) as caught:
        clean([field("reason")], {"reason": "Yes.", "raeson": "x"})
    assert "the fields are reason" in str(caught.value.errors["raeson"])
    with pytest.raises(InvalidData, match="takes none"):
        clean([], {"reason": "x"})


def test_every_fault_comes_at_once() -> None:
    with pytest.raises(InvalidData) as caught:
        clean(
            [field("reason"), field("year"), field("given_date")], {"year": "x", "given_date": "2020-13-01"}
        )
    assert set(caught.value.errors) == {"reason", "year", "given_date"}


def test_a_whole_number() -> None:
    count = Field("count", "count", FieldType.INTEGER, msg("Count"))
    assert clean([count], {"count": "12"}) == {"count": 12}
    for bad in ("-1", "1.5", -1, True, 10**9):
        with pytest.raises(InvalidData, match="whole number"):
            clean([count], {"count": bad})


def test_what_a_proposal_is_bound_to() -> None:
    binding = {f.key for f in FIELDS.values() if f.binding}
    assert {"effective_date", "signed_on", "scan", "extension_basis"} <= binding
    assert not binding & {"reason", "password", "internal", "original_at"}


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        field("raeson?")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted({f.name for f in FIELDS.values()})) | st.text(), JSON))
def test_any_json_is_cleaned_or_refused_and_the_clean_is_clean(data: dict[str, object]) -> None:
    fields = [field(f"{key}?") for key in FIELDS if key not in ("evaluation_outcome", "termination_basis")]
    try:
        out = clean(fields, data)
    except InvalidData:
        return
    assert clean(fields, out) == out

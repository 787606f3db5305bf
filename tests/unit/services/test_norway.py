"""Kommuner by number, names in Norwegian order, near names, and the Norwegian day."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.services import norway


def test_every_kommune_and_district_of_2024_is_there() -> None:
    assert len(norway.kommuner()) == 357
    assert len({one.number for one in norway.kommuner()}) == 357
    assert len(norway.districts()) == 12


def test_the_facts_are_those_of_the_source(shared_dir: Path) -> None:
    source = json.loads((shared_dir / "norge" / "kommuner-2024.json").read_text("utf-8"))["kommuner"]
    theirs = {
        (k["kommunenummer"], k["navn"], k["fylke"], k["nummer_2020_2023"], *(k["andre_navn"] or {}).values())
        for k in source
    }
    assert {(k.number, k.name, k.county, k.old_number, *k.names[1:]) for k in norway.kommuner()} == theirs


def test_the_number_is_the_key_and_keeps_its_zero() -> None:
    oslo = norway.kommune("0301")
    assert oslo is not None
    assert oslo.name == "Oslo"
    assert norway.kommune("301") is None
    assert norway.kommune("Oslo") is None


@pytest.mark.parametrize("name", ["Herøy", "Våler"])
def test_the_two_of_one_name_are_told_apart(name: str) -> None:
    both = norway.search(name)[:2]
    assert {one.name for one in both} == {name}
    assert len({one.label for one in both}) == 2
    assert len({one.number for one in both}) == 2


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Moss", "3103"),
        ("moss kommune", "3103"),
        ("3103", "3103"),
        ("RÆLINGEN", "3224"),
        ("raelingen", "3224"),
        ("Unjárga", "5636"),
        ("unjarga", "5636"),
        ("sor varanger", "5605"),
        ("Lilehamer", "3405"),
    ],
)
def test_search_finds_by_number_by_any_name_and_in_spite_of_slips(typed: str, first: str) -> None:
    assert norway.search(typed)[0].number == first


@pytest.mark.parametrize("typed", ["", "  ", "!!", "qqqqqqqq"])
def test_search_for_nothing_finds_nothing(typed: str) -> None:
    assert norway.search(typed) == ()


def test_names_are_in_norwegian_order() -> None:
    names = ["Ås", "Ål", "Østre Toten", "Øksnes", "Ærø", "Zulu", "Aarborte", "Asker", "Vågå", "Våler", "Alta"]
    expected = [
        "Alta",
        "Asker",
        "Vågå",
        "Våler",
        "Zulu",
        "Ærø",
        "Øksnes",
        "Østre Toten",
        "Ål",
        "Aarborte",
        "Ås",
    ]
    assert sorted(names, key=norway.sort_key) == expected


@given(st.text(max_size=12), st.text(max_size=12))
def test_order_does_not_depend_on_how_a_letter_is_composed(one: str, other: str) -> None:
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", one))
    assert norway.sort_key(one)[0] == norway.sort_key(decomposed)[0]
    assert (norway.sort_key(one) == norway.sort_key(other)) == (one == other)


@given(st.text(max_size=40))
def test_fold_gives_slugs_and_is_done_after_once(text: str) -> None:
    slug = norway.fold(text)
    assert slug.isascii()
    assert all(part.isalnum() for part in slug.split("-")) or slug == ""
    assert norway.fold(slug) == slug


@given(st.text(max_size=20))
def test_search_and_near_never_fail(text: str) -> None:
    assert len(norway.search(text, 5)) <= 5
    assert set(norway.near(text, ["slt.moss", "Østre Toten"])) <= {"slt.moss", "Østre Toten"}


def test_the_day_is_the_norwegian_one() -> None:
    assert norway.local_date(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert norway.local_date(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)) == date(2026, 12, 31)
    with pytest.raises(ValueError, match="zone"):
        norway.local_date(datetime(2026, 6, 30, 22, 30))


def test_a_day_ends_at_the_midnight_after_it_also_when_clocks_change() -> None:
    assert norway.end_of_day(date(2026, 12, 31)).astimezone(UTC) == datetime(2026, 12, 31, 23, tzinfo=UTC)
    # Summer time ends on 25 October 2026, a day of 25 hours.
    assert norway.end_of_day(date(2026, 10, 24)).astimezone(UTC) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert norway.end_of_day(date(2026, 10, 25)).astimezone(UTC) == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert norway.end_of_day(date.max) > norway.end_of_day(date(9999, 12, 29))

"""Dates and durations in every writing we have met."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading.times import days_of, find_dates, months_of, number


@pytest.mark.parametrize(
    ("words", "iso", "precision"),
    [
        ("30/4 - 2020", "2020-04-30", "day"),
        ("3.12.2018", "2018-12-03", "day"),
        ("06.12.18", "2018-12-06", "day"),
        ("12/9 2023", "2023-09-12", "day"),
        ("1. mai 2020", "2020-05-01", "day"),
        ("1.mai 2020", "2020-05-01", "day"),
        ("24. des. 2021", "2021-12-24", "day"),
        ("2020-02-29", "2020-02-29", "day"),
        ("februar 2025", "2025-02", "month"),
        ("4. juni", "--06-04", "dayless_year"),
        ("1.6", "--06-01", "dayless_year"),
        ("31. desember 1999", "1999-12-31", "day"),
        ("01.01.98", "1998-01-01", "day"),
        ("3november 2026", "2026-11-03", "day"),
        ("3november", "--11-03", "dayless_year"),
        ("JULİ 2020", "2020-07", "month"),
    ],
)
def test_dates(words: str, iso: str, precision: str) -> None:
    (when,) = find_dates(f"Den {words} var det.")
    assert (when.iso, when.precision, when.problem) == (iso, precision, None)


@pytest.mark.parametrize(
    "words", ["31.02.2020", "30. februar 2021", "29.2.2019", "31/4 - 2020", "0.1.2020", "1.13.2020"]
)
def test_days_that_no_calendar_has(words: str) -> None:
    (when,) = find_dates(words)
    assert (when.iso, when.problem) == (None, "impossible")


@pytest.mark.parametrize(
    "words",
    ["rundskriv 2007/5", "kl 10-14", "ref. 201502301-1", "7/819 - 37", "2024-2027", "§ 3", "v1.2.3.4"],
)
def test_what_is_no_date(words: str) -> None:
    assert [when for when in find_dates(words) if when.iso] == []


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("to år", 24),
        ("24 måneder", 24),
        ("6 – seks – måneders", 6),
        ("6 (seks) månaders", 6),
        ("ett års", 12),
        ("et halvt år", 6),
        ("halvannet år", 18),
        ("3 mnd", 3),
        ("18 mnd.", 18),
        ("toårig", 24),
        ("4-årig", 48),
        ("14 dager", None),
        ("3 – fire – måneder", None),
        ("eitt år", 12),
    ],
)
def test_months(words: str, months: int | None) -> None:
    assert months_of(words) == months


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("1 uke", 7),
        ("to uker", 14),
        ("tre veker", 21),
        ("10 dager", 10),
        ("fem virkedager", None),
        ("2 måneder", None),
    ],
)
def test_days(words: str, days: int | None) -> None:
    assert days_of(words) == days


@pytest.mark.parametrize(
    ("words", "count"), [("tolv", 12), ("12", 12), ("12 (tolv)", 12), ("12 (elleve)", None), ("mange", None)]
)
def test_numbers(words: str, count: int | None) -> None:
    assert number(words) == count

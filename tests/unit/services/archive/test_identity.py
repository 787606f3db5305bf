"""Identifiers are the same in every export and differ between things; case numbers are read as written."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from workflow_app.services.archive.identity import archive_case, council_case, identifier

TODAY = date(2026, 11, 21)


def test_the_same_thing_has_the_same_identifier_and_no_other_has_it() -> None:
    assert identifier("agreement", "abc", 1) == identifier("agreement", "abc", "1")
    assert identifier("agreement", "abc", 1).version == 5
    # Written down: an archive that has it must know it again after every upgrade.
    assert identifier("agreement", "abc") == UUID("ab555401-b6e8-53c2-b86e-4ea7d338c04c")
    assert len({identifier("a", "b"), identifier("a", "c"), identifier("ab"), identifier("b", "a")}) == 4


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20/1234", (2020, 1234)),
        ("2013/3125", (2013, 3125)),
        (" 16/2110-4", (2016, 2110)),
        ("27/1", (2027, 1)),
        ("28/1", (1928, 1)),
        ("99/12", (1999, 12)),
        ("2026 / 7", (2026, 7)),
    ],
)
def test_an_archive_case_number_is_read(text: str, number: tuple[int, int]) -> None:
    assert archive_case(text, TODAY) == number


@pytest.mark.parametrize("text", [None, "", "sak 12", "1234", "20/", "20/12345678901", "x20/12", "201/12"])
def test_what_is_no_case_number_is_none(text: str | None) -> None:
    assert archive_case(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("RS 12/20", (2020, 12)),
        ("PS 148/15", (2015, 148)),
        ("41/2026", (2026, 41)),
        ("RS 4/19 B", (2019, 4)),
        (None, None),
        ("RS", None),
        ("RS 12", None),
        ("RS 1234567/20", None),
        ("12/201", None),
    ],
)
def test_a_committees_case_number_is_read(text: str | None, number: tuple[int, int] | None) -> None:
    assert council_case(text, TODAY) == number

"""A person is found by the whole name, now and before, and by nothing less."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from workflow_app.services import people
from workflow_app.services.erasing.names import Names, names_of

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
KNOWN = Names(frozenset({"åse ås", "aas", "ase.1", "ase@moss.example.no"}))


@pytest.mark.parametrize(
    "text",
    [
        "Åse Ås",
        "etter ønske fra ÅSE  ÅS.",
        "A\u030ase A\u030as var der",
        "skriv til ase@moss.example.no",
        "(ase.1)",
    ],
)
def test_found_in_any_case_and_spelling_of_the_letters(text: str) -> None:
    assert KNOWN.within(text)


@pytest.mark.parametrize("text", ["Åse Åsen", "Åse", "aas", "base.1", "", None, "ase.12"])
def test_less_than_the_whole_name_is_not_it(text: str | None) -> None:
    assert not KNOWN.within(text)


def test_a_single_word_is_a_name_where_nothing_else_stands() -> None:
    assert KNOWN.whole(" AAS ")
    assert not KNOWN.whole("aas og flere")
    assert not KNOWN.whole(None)
    assert KNOWN.without("Kari Ek, Åse Ås, Ola Ek") == "Kari Ek, Ola Ek"


def test_what_she_was_called_before_and_what_she_shares(session: Session) -> None:
    one = people.add_person(session, username="one.1", name="Kari Ek", email="post@moss.example.no", now=NOW)
    people.change_person(session, one, name="Kari Lønn", email="kari@moss.example.no", now=NOW)
    people.add_person(session, username="two.1", name="Kari LØNN", email="POST@moss.example.no", now=NOW)
    found = names_of(session, one)
    assert found.known == {"kari ek", "one.1", "kari@moss.example.no"}
    assert found.shared == {"kari lønn", "post@moss.example.no"}

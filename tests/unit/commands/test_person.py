"""``avtaleflyt person``: passwords come in by the back door only, and people leave at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.people import Person
from workflow_app.models.trail import TrailEntry
from workflow_app.services.passwords import STANDARD
from workflow_app.services.people_login import authenticate

Run = Callable[..., Any]
GOOD = "tre blå hester i trappen"


def add(house: Run, username: str = "slt.moss", *more: str, stdin: str = f"{GOOD}\n") -> Any:
    words = ("--name", "Kari Nordmann", "--password-stdin", *more)
    return house("person", "add", username, *words, stdin=stdin)


def test_added_with_a_password_from_standard_input(house: Run, session: Session) -> None:
    assert add(house).out == "slt.moss: Kari Nordmann added\n"
    assert authenticate(session, "slt.moss", GOOD, "c", datetime.now(UTC)).name == "Kari Nordmann"


def test_a_generated_password_is_shown_once_and_works(house: Run, session: Session) -> None:
    said = house("person", "add", "slt.moss", "--name", "Kari Nordmann", "--generate-password")
    first, second = said.out.splitlines()
    password = second.removeprefix("password: ")
    assert first == "slt.moss: Kari Nordmann added"
    assert len(password) >= 20
    assert authenticate(session, "slt.moss", password, "c", datetime.now(UTC)).username == "slt.moss"
    assert password not in house("person", "list", "--json").out


def test_asked_for_twice_at_a_terminal(house: Run, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([GOOD, "noe annet", GOOD, GOOD])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    monkeypatch.setattr("workflow_app.commands.person.at_terminal", lambda: True)
    said = house("person", "add", "slt.moss", "--name", "Kari Nordmann")
    assert (said.code, "the two passwords differ" in said.err) == (2, True)
    assert house("person", "add", "slt.moss", "--name", "Kari Nordmann").code == 0
    stored = session.scalars(select(Person.password_hash)).one()
    assert STANDARD.verify(stored, GOOD)


@pytest.mark.parametrize(
    ("words", "stdin", "part"),
    [
        (("add", "slt.moss", "--name", "Kari"), "", "nobody to ask for a password; use --password-stdin"),
        (("add", "slt.moss", "--name", "Kari", "--password-stdin"), "", "has 0 characters; use at least 12"),
        (("add", "slt.moss", "--name", "Kari", "--password-stdin"), "kort\n", "has 4 characters"),
        (("add", "slt.moss", "--name", " ", "--generate-password"), "", "The name is empty"),
        (("add", "SLT MOSS", "--name", "K", "--generate-password"), "", "cannot be a user name"),
        (("add", "x.y", "--name", "K", "--generate-password", "--email", "k"), "", "not an e-mail address"),
        (("end", "slt.mos"), "", "add the person first"),
        (("password", "nobody", "--generate-password"), "", "There is nobody"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_done(
    house: Run, session: Session, words: tuple[str, ...], stdin: str, part: str
) -> None:
    said = house("person", *words, stdin=stdin)
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert said.err.count("\n") == 1
    assert session.scalars(select(Person)).all() == []
    assert session.scalars(select(TrailEntry)).all() == []


def test_listed_in_norwegian_order(house: Run) -> None:
    for username, name in (("b", "Åse By"), ("a", "Østen Vik"), ("c", "Zara Li")):
        house("person", "add", username * 2, "--name", name, "--generate-password", "--operator")
    found = json.loads(house("person", "list", "--json").out)
    assert [p["name"] for p in found] == ["Zara Li", "Østen Vik", "Åse By"]
    assert found[0] == {
        "username": "cc",
        "name": "Zara Li",
        "email": None,
        "language": None,
        "operator": True,
        "active": True,
    }


def test_ended_and_out_of_the_list(house: Run, session: Session) -> None:
    add(house)
    assert house("person", "end", "slt.moss").out == "slt.moss: ended, with every session and token\n"
    assert "slt.moss" not in house("person", "list").out
    assert "slt.moss" in house("person", "list", "--ended").out
    assert house("person", "end", "slt.moss").code == 2
    assert add(house).code == 2


def test_a_new_password(house: Run, session: Session) -> None:
    add(house)
    said = house("person", "password", "slt.moss", "--password-stdin", stdin="fire grønne katter ute\n")
    assert said.code == 0
    assert authenticate(session, "slt.moss", "fire grønne katter ute", "c", datetime.now(UTC))


def test_no_password_can_stand_on_the_command_line(house: Run) -> None:
    with pytest.raises(SystemExit) as ended:
        house("person", "add", "slt.moss", "--name", "Kari", "--password", GOOD)
    assert ended.value.code == 2


def test_an_address_is_mended(house: Run) -> None:
    add(house, "slt.moss", "--email", "kari@mos.example")
    said = house("person", "change", "slt.moss", "--email", "kari@moss.example", "--language", "nn")
    assert said.out == "slt.moss: email, language changed\n"
    [kari] = json.loads(house("person", "list", "--json").out)
    assert (kari["name"], kari["email"], kari["language"]) == ("Kari Nordmann", "kari@moss.example", "nn")
    again = house("person", "change", "slt.moss", "--name", "Kari Nordmann")
    assert again.out == "slt.moss: nothing changed\n"
    nothing = house("person", "change", "slt.moss")
    assert (nothing.code, nothing.out) == (2, "")
    assert "--email" in nothing.err

"""``avtaleflyt person erase``: says keys and numbers and no names, and leaves a list for after a restore."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from workflow_app.services import parties, people
from workflow_app.services.people_roles import end_role, give_role

Run = Callable[..., Any]
NAME, USERNAME = "Kari Nordmann", "kari.1"


def copy(source: Path, target: Path) -> None:
    """As SQLite's own backup does it, journal and all."""
    old, new = sqlite3.connect(source), sqlite3.connect(target)
    old.backup(new)
    old.close()
    new.close()


@pytest.fixture
def listed(ini: Path, tmp_path: Path) -> Path:
    """The settings name a file for the keys."""
    path = tmp_path / "erased.txt"
    ini.write_text(f"{ini.read_text()}avtaleflyt.erased_file = {path}\n")
    return path


@pytest.fixture
def left(house: Run, session: Session) -> str:
    """Somebody who was mayor of Moss; the key."""
    now = datetime.now(UTC)
    moss = parties.add_municipal(session, "3103", now=now)
    person = people.add_person(session, username=USERNAME, name=NAME, email="kari@moss.example.no", now=now)
    held = give_role(session, person, moss, "mayor", from_date=date(2020, 1, 1), now=now)
    end_role(session, held.id, last_day=date(2023, 1, 1), now=now)
    session.commit()
    return person.id


def test_a_life_told_without_a_name(
    house: Run, listed: Path, left: str, ini: Path, tmp_path: Path, database_url: str
) -> None:
    file = Path(database_url.removeprefix("sqlite:///"))
    tried = house("person", "erase", USERNAME, "--dry-run")
    assert tried.out.startswith(f"{left}, for 3103\ngone: 3 values in the trail")
    assert NAME not in tried.out
    copy(file, tmp_path / "backup.sqlite")
    refused = house("person", "erase", USERNAME)
    assert (refused.code, "Say why the person is erased" in refused.err) == (2, True)
    done = house("person", "erase", USERNAME, "--because", "Har sluttet.")
    assert (done.code, done.out, done.err) == (0, f"{left}: erased\n", "")
    assert listed.read_text() == f"{left}\n"
    assert listed.stat().st_mode & 0o777 == 0o600
    assert house("person", "erase", f"erased-{left}", "--because", "x").out == f"{left}: was erased already\n"
    assert house("person", "erased").out.startswith(f"{left}  # ")
    everybody = house("person", "list", "--ended").out
    assert "(erased)" in everybody
    assert NAME not in everybody
    assert house("verify", "--database", "--config", str(ini)).code == 0
    # A restore brings the name back; the list takes it out once more.
    copy(tmp_path / "backup.sqlite", file)
    assert NAME in house("person", "list", "--ended").out
    assert house("person", "erase", "--again").out == "1 keys read, 1 erased again\n"
    assert NAME not in house("person", "list", "--ended").out
    assert house("person", "erase", "--again", "-", stdin=f"{left} # once more\n").out.endswith(
        "0 erased again\n"
    )


def test_without_a_file_it_says_what_to_keep(house: Run, left: str) -> None:
    assert house("person", "erased").out == "nobody was erased\n"
    said = house("person", "erase", USERNAME, "--because", "Har sluttet.")
    assert "avtaleflyt.erased_file is not set" in said.err
    assert "avtaleflyt.erased_file is not set" in house("person", "erase", "--again").err


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((), "name whom to erase"),
        (("nobody.here",), "There is nobody with the user name"),
        ((USERNAME, "--again"), "--again stands alone"),
        (("--again", "/no/such/file"), "no such file"),
        ((USERNAME, "--because", f"{NAME} ber om det"), "must not name the person"),
    ],
)
def test_one_sentence_for_what_is_wrong(house: Run, left: str, words: tuple[str, ...], part: str) -> None:
    said = house("person", "erase", *words)
    assert said.code == 2
    assert part in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_a_list_that_is_none_is_refused(house: Run, left: str) -> None:
    said = house("person", "erase", "--again", "-", stdin="kari.nordmann\n")
    assert (said.code, "Line 1 is not a person's key" in said.err) == (2, True)

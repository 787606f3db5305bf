"""Settings, database and clock: each thing that can be wrong is one sentence and exit code 2."""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from workflow_app.commands import CommandError, _open
from workflow_app.domain.messages import msg
from workflow_app.migrations import upgrade
from workflow_app.models import database
from workflow_app.models.database import make_engine
from workflow_app.services.errors import FieldErrors

Run = Callable[..., Any]


def one_sentence(said: Any, *parts: str) -> None:
    assert said.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    for part in parts:
        assert part in said.err


def test_a_database_that_is_not_made_is_not_made_by_looking(run: Run, ini: Path) -> None:
    one_sentence(run("party", "list"), "is not made yet", f"avtaleflyt database upgrade --config {ini}")
    assert not (ini.parent / "test.sqlite").exists()


def test_an_empty_database_is_not_made_either(run: Run, ini: Path) -> None:
    sqlite3.connect(ini.parent / "test.sqlite").close()
    (ini.parent / "test.sqlite").touch()
    one_sentence(run("party", "list"), "is not made yet")


def test_a_file_that_is_no_database(run: Run, ini: Path) -> None:
    (ini.parent / "test.sqlite").write_bytes(b"not a database at all, but long enough to be read" * 40)
    one_sentence(run("party", "list"), "cannot be opened", "not a database")


def test_a_database_that_waits_for_its_upgrade(run: Run, ini: Path, database_url: str) -> None:
    """What is not there yet is no fault of the trail, and no riddle of the driver's."""
    engine = make_engine(database_url)
    upgrade(engine, "0010")
    engine.dispose()
    one_sentence(run("party", "list"), "has the shape 0010", f"database upgrade --config {ini}")
    one_sentence(run("verify", "--database", "--config", str(ini)), "has the shape 0010", "cannot check")
    assert run("database", "upgrade").code == 0
    assert run("party", "list").code == 0
    assert run("verify", "--database", "--config", str(ini)).code == 0


def test_the_settings_named_on_the_line_win(house: Run, ini: Path) -> None:
    one_sentence(house("party", "list", "--config", "nowhere.ini"), "nowhere.ini: no such settings file")
    assert house("party", "list", "--config", str(ini)).code == 0


def test_settings_without_a_database(house: Run, ini: Path) -> None:
    ini.write_text("[app:main]\nx = 1\n", encoding="utf-8")
    one_sentence(house("party", "list"), "sqlalchemy.url")


def test_an_unknown_kind_of_database(house: Run, ini: Path) -> None:
    ini.write_text("[app:main]\nsqlalchemy.url = nosuch://x\n", encoding="utf-8")
    one_sentence(house("party", "list"), "cannot be opened")


def test_the_clock_is_set_only_where_the_settings_allow_it(house: Run, ini: Path) -> None:
    assert house("party", "add", "--municipal", "3103", "--today", "2020-04-30").code == 0
    assert house("party", "list", "--today", "2020-04-30").code == 0
    ini.write_text(ini.read_text("utf-8").replace("= true", "= false"), encoding="utf-8")
    one_sentence(house("party", "list", "--today", "2020-04-30"), "--today is for development and tests")


@pytest.mark.parametrize("given", ["31.02.2026", "2026-02-30", "", "today", "2026-W01-1x"])
def test_a_day_that_is_none(house: Run, given: str) -> None:
    one_sentence(house("party", "list", f"--today={given}"), f"--today: «{given}» is not a date")


def test_a_day() -> None:
    assert _open.day("2026-12-31", "--to") == date(2026, 12, 31)
    assert _open.day(None, "--to") is None
    with pytest.raises(CommandError, match=r"--to: «x» is not a date; write it as 2026-12-31"):
        _open.day("x", "--to")


def test_a_busy_database_is_a_sentence(house: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    with engine.connect() as other:
        other.execute(text("SELECT 1"))  # BEGIN IMMEDIATE: the one writer
        one_sentence(house("party", "add", "--municipal", "3103"), "locked", "nothing was done")
        # Looking does not wait for the writer.
        assert house("party", "list").code == 0
    assert house("party", "add", "--municipal", "3103").code == 0


def test_each_transaction_stands_for_itself_and_between_two_others_may_write(
    house: Run, engine: Engine, ini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    args = argparse.Namespace(config=str(ini), today=None)
    add = text("INSERT INTO blob (sha256, content, size) VALUES (:name, x'00', 1)")

    def put(name: str, refused: bool = False) -> None:
        with installation.transaction() as opened:
            opened.session.execute(add, {"name": name * 64})
            if refused:
                raise FieldErrors({"municipal": msg("no party here")})

    with _open.installed(args) as installation:
        put("a")
        with engine.begin() as other:  # the one writer, between two of ours
            other.execute(add, {"name": "b" * 64})
        with pytest.raises(CommandError, match="somebody else changed the same thing"):
            put("b")
        with pytest.raises(CommandError, match="no party here"):
            put("c", refused=True)
        put("d")
    with engine.connect() as other:
        names = {row[0][0] for row in other.execute(text("SELECT sha256 FROM blob"))}
    assert names == {"a", "b", "d"}


def test_a_start_does_not_load_what_few_commands_use() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, workflow_app.commands.party; print(*sys.modules)"],
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout.split()  # fmt: skip
    assert "workflow_app.migrations" in found
    assert not {"alembic", "workflow_app.domain.reading.reader"} & set(found)

"""``avtaleflyt demo``: where the settings say so, once, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.unit.commands.conftest import Run
from workflow_app.models.agreements import Agreement
from workflow_app.services.demonstration import PASSWORD


def allow(ini: Path, value: str = "true") -> None:
    ini.write_text(ini.read_text("utf-8") + f"avtaleflyt.demonstration = {value}\n", encoding="utf-8")


def test_it_fills_once_and_tells_the_password(house: Run, ini: Path, session: Session) -> None:
    allow(ini)
    first = house("demo", "--today", "2026-11-21")
    assert (first.code, first.err) == (0, "")
    assert "demonstration data made" in first.out
    assert PASSWORD in first.out
    again = house("demo", "--today", "2026-11-22")
    assert again.code == 0
    assert "there already" in again.out
    assert PASSWORD in again.out
    assert session.scalar(select(func.count()).select_from(Agreement)) == 5


def test_without_the_setting_it_is_refused(house: Run, ini: Path, session: Session) -> None:
    for value in (None, "false"):
        if value is not None:
            allow(ini, value)
        said = house("demo")
        assert (said.code, said.out) == (2, "")
        assert "avtaleflyt.demonstration = true" in said.err
        assert len(said.err.splitlines()) == 1
    assert session.scalar(select(func.count()).select_from(Agreement)) == 0


def test_an_installation_in_use_is_left_alone(house: Run, ini: Path, session: Session) -> None:
    allow(ini)
    house("person", "add", "kari", "--name", "Kari Nordmann", "--generate-password")
    said = house("demo")
    assert (said.code, said.out) == (2, "")
    assert "into an empty one only" in said.err
    assert session.scalar(select(func.count()).select_from(Agreement)) == 0


def test_a_clock_that_is_too_early(house: Run, ini: Path) -> None:
    allow(ini)
    said = house("demo", "--today", "2020-01-01")
    assert said.code == 2
    assert "set the clock" in said.err


def test_no_database_and_no_settings(run: Run, ini: Path, tmp_path: Path) -> None:
    allow(ini)
    assert "not made yet" in run("demo").err
    missing = run("demo", "--config", str(tmp_path / "none.ini"))
    assert (missing.code, missing.out) == (2, "")
    assert "no such settings file" in missing.err


def test_the_database_it_makes_verifies_and_its_log_has_a_key(house: Run, ini: Path, tmp_path: Path) -> None:
    allow(ini)
    settings = f"avtaleflyt.log_key_file = {tmp_path / 'log.key'}\navtaleflyt.log_origin = example.com/log\n"
    ini.write_text(ini.read_text("utf-8") + settings, encoding="utf-8")
    house("demo")
    assert house("verify", "--database", "--config", str(ini)).code == 0
    assert house("log", "check").code == 0
    before = house("log", "checkpoint").out
    assert before.startswith("example.com/log\n")
    assert house("demo").code == 0
    assert house("log", "checkpoint").out == before

"""A settings file, a database and the command line itself, for the administration commands."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from workflow_app.commands import main


@dataclass(frozen=True)
class Said:
    """What a command answered: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def ini(tmp_path: Path, database_url: str) -> Path:
    """A settings file that lets the clock be set; the database is not made yet."""
    path = tmp_path / "test.ini"
    path.write_text(
        f"[app:main]\nsqlalchemy.url = {database_url}\navtaleflyt.clock_may_be_set = true\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def run(ini: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``avtaleflyt`` with these words on the settings of :func:`ini`."""
    monkeypatch.setenv("AVTALEFLYT_CONFIG", str(ini))

    def one(*words: str, stdin: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = main(list(words))
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return one


@pytest.fixture
def house(engine: Engine, run: Run) -> Run:
    """As :func:`run`, on a database that has its tables and nothing in them."""
    return run

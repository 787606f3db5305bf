"""``avtaleflyt database``: one sentence for each outcome, the contract's exit codes, no password shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from workflow_app.commands import main
from workflow_app.migrations import head


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the settings below put the database; its folder is not there yet."""
    return tmp_path / "new" / "folder" / "x.sqlite"


@pytest.fixture
def ini(tmp_path: Path, place: Path) -> str:
    path = tmp_path / "x.ini"
    path.write_text(
        f"[app:main]\nuse = egg:avtaleflyt\nsqlalchemy.url = sqlite:///{place}\n", encoding="utf-8"
    )
    return str(path)


def test_upgrade_makes_the_database_and_its_folder(
    ini: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["database", "upgrade", "--config", ini]) == 0
    assert place.is_file()
    assert f"brought to {head()}" in capsys.readouterr().out
    assert main(["database", "upgrade", "--config", ini]) == 0
    assert f"already at {head()}" in capsys.readouterr().out


def test_status_makes_nothing(ini: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["database", "status", "--config", ini]) == 1
    assert not place.exists()
    assert "no database yet" in capsys.readouterr().err


def test_status_says_whether_it_is_the_newest(
    ini: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["database", "upgrade", "--config", ini])
    assert main(["database", "status", "--config", ini]) == 0
    with sqlite3.connect(place) as connection:
        connection.execute("DELETE FROM alembic_version")
    connection.close()
    assert main(["database", "status", "--config", ini]) == 1
    assert "nothing yet" in capsys.readouterr().out


def test_the_settings_may_be_named_by_the_environment(ini: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVTALEFLYT_CONFIG", ini)
    assert main(["database", "upgrade"]) == 0


def test_tables_that_are_not_ours_to_upgrade_are_left_alone(
    ini: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place.parent.mkdir(parents=True)
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE agreement (id)")
    connection.close()
    assert main(["database", "upgrade", "--config", ini]) == 1
    said = capsys.readouterr().err
    assert "not ours to upgrade" in said
    assert said.count("\n") == 1


def test_a_file_that_is_no_database_is_one_sentence(
    ini: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place.parent.mkdir(parents=True)
    place.write_bytes(b"not a database at all" * 100)
    assert main(["database", "upgrade", "--config", ini]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_one_sentence(
    ini: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place.parent.parent.write_text("a file where a folder should be", encoding="utf-8")
    assert main(["database", "upgrade", "--config", ini]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_missing_settings_are_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["database", "upgrade", "--config", str(tmp_path / "absent.ini")]) == 2
    assert "no such settings file" in capsys.readouterr().err


def test_a_password_in_the_address_is_never_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.ini"
    path.write_text(
        "[app:main]\nuse = egg:avtaleflyt\nsqlalchemy.url = sqlite+aiosqlite://u:hemmelig@h/d\n",
        encoding="utf-8",
    )
    assert main(["database", "upgrade", "--config", str(path)]) == 2
    said = capsys.readouterr()
    assert "hemmelig" not in said.err + said.out
    assert said.err.count("\n") == 1

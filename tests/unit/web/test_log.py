"""A key that is named must be there and be nobody else's; without one the server says so and goes on."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from workflow_app import app
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine
from workflow_app.services.log.keys import enter, new_signer, write_key

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
MEMORY = {"sqlalchemy.url": "sqlite://"}


def test_the_server_does_not_start_with_a_key_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        app({}, **MEMORY, **{"avtaleflyt.log_key_file": str(tmp_path / "log.key")})
    first, sentence = str(caught.value).splitlines()
    assert first == "avtaleflyt does not start:"
    assert "make it with: avtaleflyt log key new" in sentence


def test_nor_with_one_that_others_may_read(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    write_key(path, new_signer("example.com/log"))
    path.chmod(0o644)
    with pytest.raises(SystemExit, match=f"chmod 600 {path}"):
        app({}, **MEMORY, **{"avtaleflyt.log_key_file": str(path)})


def test_with_its_key_it_starts(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, signer = tmp_path / "log.key", new_signer("example.com/log")
    write_key(path, signer)
    made = app({}, **MEMORY, **{"avtaleflyt.log_key_file": str(path)})
    assert made.registry["log_signer"] == signer
    assert caplog.text == ""


def test_without_one_it_warns_and_starts(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AVTALEFLYT_LOG_KEY", raising=False)
    with caplog.at_level(logging.WARNING):
        made = app({}, **MEMORY)
    assert made.registry["log_signer"] is None
    assert "avtaleflyt log key new" in caplog.text


def test_a_key_that_the_trail_does_not_name_is_told_of_at_the_start(
    tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The old key may be the one that somebody has seen; an environment that was not changed still has it."""
    path, old = tmp_path / "log.key", new_signer("example.com/log")
    write_key(path, old)
    settings = {"sqlalchemy.url": database_url, "avtaleflyt.log_key_file": str(path)}
    app({}, **settings)
    assert caplog.text == "", "no database, so nothing to say of it"
    assert not (tmp_path / "test.sqlite").exists()
    engine = make_engine(database_url)
    create_all(engine)
    app({}, **settings)
    assert "is not in the trail" in caplog.text
    with Session(engine) as session, session.begin():
        enter(session, old, NOW)
    caplog.clear()
    app({}, **settings)
    assert caplog.text == ""
    with Session(engine) as session, session.begin():
        enter(session, new_signer("example.com/log"), NOW)
    app({}, **settings)
    assert f"the key {old.vkey.split('+')[1]} was ended" in caplog.text
    engine.dispose()

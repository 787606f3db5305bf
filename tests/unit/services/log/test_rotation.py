"""File and trail name the same key, whatever was cut short between the two."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from workflow_app.services.log import keys, rotation
from workflow_app.services.log.signer import LogKeyError

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NAME = "example.com/log"
SETTINGS = {keys.ORIGIN: NAME}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.key"


def named(session: Session) -> str:
    known = keys.current_key(session)
    assert known is not None
    return known.vkey


def test_the_first_key_is_made_once(session: Session, path: Path) -> None:
    signer, new = rotation.first_key(session, path, SETTINGS, NOW)
    assert new
    assert signer == keys.read_key(path)
    assert rotation.first_key(session, path, SETTINGS, NOW) == (signer, False)
    assert named(session) == signer.vkey


def test_a_key_that_was_put_there_by_hand_is_entered(session: Session, path: Path) -> None:
    mine = keys.new_signer(NAME)
    keys.write_key(path, mine)
    assert rotation.first_key(session, path, {}, NOW) == (mine, True)


def test_a_lost_file_is_not_made_anew_in_silence(session: Session, path: Path) -> None:
    rotation.first_key(session, path, SETTINGS, NOW)
    path.unlink()
    with pytest.raises(LogKeyError, match=r"rotate --lost"):
        rotation.first_key(session, path, SETTINGS, NOW)
    assert not path.exists()


def test_a_change_ends_the_old_key_and_puts_the_new_in_its_place(session: Session, path: Path) -> None:
    old, _ = rotation.first_key(session, path, SETTINGS, NOW)
    new = rotation.prepare(session, path, NAME, NOW)
    assert keys.read_key(path) == old
    rotation.take_place(path)
    assert keys.read_key(path) == new
    assert not rotation.beside(path).exists()
    assert named(session) == new.vkey != old.vkey


def test_a_change_cut_short_before_the_trail_goes_on_with_the_same_key(session: Session, path: Path) -> None:
    rotation.first_key(session, path, SETTINGS, NOW)
    session.commit()
    new = rotation.prepare(session, path, NAME, NOW)
    session.rollback()
    assert named(session) == keys.read_key(path).vkey
    assert rotation.prepare(session, path, NAME, NOW) == new


def test_a_change_cut_short_after_the_trail_is_finished(session: Session, path: Path) -> None:
    rotation.first_key(session, path, SETTINGS, NOW)
    new = rotation.prepare(session, path, NAME, NOW)
    session.commit()
    assert rotation.first_key(session, path, SETTINGS, NOW) == (new, False)
    assert keys.read_key(path) == new
    assert not rotation.beside(path).exists()


def test_anothers_key_beside_is_not_taken(session: Session, path: Path) -> None:
    rotation.first_key(session, path, SETTINGS, NOW)
    keys.write_key(rotation.beside(path), keys.new_signer("other.example/log"))
    with pytest.raises(LogKeyError, match="remove it"):
        rotation.prepare(session, path, NAME, NOW)

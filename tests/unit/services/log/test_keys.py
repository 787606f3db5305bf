"""Where the key comes from, what is refused with a sentence, and that each change is an entry."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from workflow_app.services import trail
from workflow_app.services.log import keys
from workflow_app.services.log.keys import LogKeyError, new_signer, signer_from

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NAME = "example.com/log"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "log.key"
    keys.write_key(path, new_signer(NAME))
    return path


def test_the_file_is_its_owners_alone_and_is_never_overwritten(file: Path) -> None:
    assert os.stat(file).st_mode & 0o777 == 0o600
    before = file.read_text()
    with pytest.raises(LogKeyError, match="never overwritten"):
        keys.write_key(file, new_signer(NAME))
    assert file.read_text() == before


def test_from_the_file_or_from_the_environment(file: Path) -> None:
    signer = signer_from({keys.FILE: str(file)}, {})
    assert signer is not None
    assert signer_from({}, {keys.VARIABLE: file.read_text()}) == signer
    assert signer_from({}, {}) is None
    assert signer_from({keys.FILE: " "}, {keys.VARIABLE: ""}) is None
    assert signer_from({keys.FILE: str(file), keys.ORIGIN: NAME}, {}) == signer


def refused(settings: dict[str, str], environment: dict[str, str] | None = None) -> str:
    with pytest.raises(LogKeyError) as caught:
        signer_from(settings, environment or {})
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_wrong_is_one_sentence_that_says_what_to_do(file: Path, tmp_path: Path) -> None:
    said = {keys.FILE: str(file)}
    assert "avtaleflyt log key new" in refused({keys.FILE: str(tmp_path / "none")})
    assert "is no file" in refused({keys.FILE: str(tmp_path)})
    assert "remove one" in refused(said, {keys.VARIABLE: file.read_text()})
    assert "never changes its name" in refused(said | {keys.ORIGIN: "other.example/log"})
    assert "$AVTALEFLYT_LOG_KEY holds no key" in refused({}, {keys.VARIABLE: "x"})
    for mode in (0o644, 0o640, 0o604, 0o660, 0o610):
        file.chmod(mode)
        assert f"mode {mode:04o}); chmod 600 {file}" in refused(said)
    file.chmod(0o400)
    assert signer_from(said, {}) is not None
    file.chmod(0o600)
    file.write_bytes(b"\xff\xfe\x00")
    assert "holds no key" in refused(said)


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({keys.ORIGIN: "a.example/x"}, "a.example/x"),
        ({"avtaleflyt.public_url": "https://a.example"}, "a.example/log"),
        ({"avtaleflyt.public_url": "https://a.example/avtaler/"}, "a.example/avtaler/log"),
        ({"avtaleflyt.public_url": "http://127.0.0.1:6543"}, "127.0.0.1:6543/log"),
        ({"avtaleflyt.public_url": "https://user:word@a.example"}, "a.example/log"),
    ],
)
def test_the_name_is_the_settings_or_the_sites(settings: dict[str, str], name: str) -> None:
    assert keys.default_origin(settings) == name


@pytest.mark.parametrize("settings", [{}, {"avtaleflyt.public_url": "a.example"}, {keys.ORIGIN: "a b"}])
def test_without_a_name_there_is_no_key(settings: dict[str, str]) -> None:
    with pytest.raises(LogKeyError, match=r"log_origin"):
        keys.default_origin(settings)


def test_each_key_is_an_entry_and_old_ones_are_kept(session: Session) -> None:
    first, second = new_signer(NAME), new_signer(NAME)
    assert keys.current_key(session) is None
    assert keys.enter(session, first, NOW)
    assert not keys.enter(session, first, NOW)
    assert keys.enter(session, second, NOW + timedelta(days=1))
    assert [(k.vkey, k.since, k.until) for k in keys.log_keys(session)] == [
        (first.vkey, NOW, NOW + timedelta(days=1)),
        (second.vkey, NOW + timedelta(days=1), None),
    ]
    current = keys.current_key(session)
    assert current is not None
    assert current.vkey == second.vkey
    told = [
        (entry.kind, trail.trail.decode(entry.body)["data"])
        for entry in trail.entries(session, trail.INSTALLATION)
    ]
    assert told == [
        ("log_key_added", {"vkey": first.vkey}),
        ("log_key_ended", {"vkey": first.vkey}),
        ("log_key_added", {"vkey": second.vkey}),
    ]


def test_an_ended_key_and_another_logs_key_are_refused(session: Session) -> None:
    first = new_signer(NAME)
    keys.enter(session, first, NOW)
    keys.enter(session, new_signer(NAME), NOW)
    with pytest.raises(LogKeyError, match="ended before"):
        keys.enter(session, first, NOW)
    with pytest.raises(LogKeyError, match="never changes"):
        keys.enter(session, new_signer("other.example/log"), NOW)

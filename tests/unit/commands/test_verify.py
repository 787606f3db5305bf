"""``avtaleflyt verify``: a verdict in two languages and the contract's exit codes."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.support.proved import KOMMUNE, SIGNER
from workflow_app.commands import main
from workflow_app.services import bundle, trail
from workflow_app.services.log.keys import new_signer
from workflow_app.services.receipts import receipt

NOW = datetime(2020, 4, 30, 10, tzinfo=UTC)
CHAIN = trail.agreement_chain(1)


@pytest.fixture
def packed(sessions: sessionmaker[Session], tmp_path: Path) -> Path:
    """A bundle of three entries, whose database is committed beside it."""
    with sessions.begin() as session:
        for number in range(3):
            trail.append(session, CHAIN, kind="k", now=NOW, data={"n": number}, private={"reason": "fordi"})
        path = tmp_path / "trail.zip"
        path.write_bytes(bundle.export(session, CHAIN, {"avtale.txt": b"tekst"}))
    return path


def settings(tmp_path: Path, url: str | None) -> str:
    """A settings file as the server has it."""
    path = tmp_path / "site.ini"
    line = "" if url is None else f"sqlalchemy.url = {url}\n"
    path.write_text(f"[app:main]\nuse = egg:avtaleflyt\n{line}", "utf-8")
    return str(path)


def test_a_whole_bundle(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(packed)]) == 0
    out = capsys.readouterr()
    assert "RESULTAT: Sporet er helt." in out.out
    assert "RESULT: The trail is whole." in out.out
    assert out.err == ""


def test_a_bundle_with_a_fault(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = packed.read_bytes()
    packed.write_bytes(raw.replace(b'"n":1', b'"n":7', 1))
    assert main(["verify", str(packed)]) == 1
    out = capsys.readouterr().out
    assert "RESULTAT: FEIL." in out
    assert "RESULT: FAULT." in out


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"\xff" * 5000, b"%PDF-1.7\n"], ids=repr)
def test_any_file_gets_a_verdict(tmp_path: Path, raw: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "any"
    path.write_bytes(raw)
    assert main(["verify", str(path)]) == 1
    assert "RESULT: FAULT. This is not a whole trail.zip" in capsys.readouterr().out


def test_keys_that_one_holds_need_a_head_to_be_tried_on(
    packed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = packed.with_name("key.pub")
    key.write_text(f"# the log\n{SIGNER.vkey}\n", "utf-8")
    assert main(["verify", str(packed), "--key", str(key)]) == 1
    assert "no signed checkpoint to try your keys on" in capsys.readouterr().out
    assert main(["verify", str(packed), "--key", str(key) + "x"]) == 2
    assert "no such key file" in capsys.readouterr().err
    key.write_text(f"{SIGNER.vkey}\nnonsense\n", "utf-8")
    assert main(["verify", str(packed), "--key", str(key)]) == 2
    assert "Line 2: this is not a public key" in capsys.readouterr().err


def test_a_signed_bundle_and_a_receipt_with_ones_own_keys(
    sessions: sessionmaker[Session], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sessions.begin() as session:
        entry = trail.append(session, CHAIN, kind="k", now=NOW, private={"reason": "fordi"})
        (tmp_path / "trail.zip").write_bytes(bundle.export(session, CHAIN, {}, signer=SIGNER))
        (tmp_path / "receipt.json").write_bytes(receipt(session, entry, SIGNER))
    mine, other, later = tmp_path / "mine", tmp_path / "other", tmp_path / "later"
    mine.write_text(SIGNER.vkey, "utf-8")
    other.write_text(KOMMUNE.vkey, "utf-8")
    for name in ("trail.zip", "receipt.json"):
        path = str(tmp_path / name)
        assert main(["verify", path]) == 0
        assert "The keys are the file's own word" in capsys.readouterr().out
        assert main(["verify", path, "--key", str(mine)]) == 0
        said = capsys.readouterr().out
        assert "Keys that you hold: 'avtaler.example/trail'." in said
        assert "own word" not in said
        assert main(["verify", path, "--key", str(other)]) == 1
        assert "RESULT: FAULT. No key that you hold has signed anything here" in capsys.readouterr().out
        later.write_text(new_signer("avtaler.example/trail").vkey, "utf-8")
        assert main(["verify", path, "--key", str(later)]) == 1
        assert "where the log has changed its key, the one of that time is needed" in capsys.readouterr().out


def test_a_whole_database(
    packed: Path, tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--database", "--config", settings(tmp_path, database_url)]) == 0
    assert "3 entries in 1 chains" in capsys.readouterr().out


def test_the_settings_of_the_environment_are_those_of_every_command(
    packed: Path, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVTALEFLYT_CONFIG", settings(tmp_path, database_url))
    assert main(["verify", "--database"]) == 0
    assert main(["verify", str(packed)]) == 0


def test_a_database_with_a_fault(
    packed: Path, tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    connection.execute("DROP TRIGGER trail_entry_no_update")
    connection.execute("UPDATE trail_entry SET kind = 'x' WHERE number = 2")
    connection.close()
    assert main(["verify", "--database", "--config", settings(tmp_path, database_url)]) == 1
    assert "Entry 2 of the chain 'agreement/1': the column kind" in capsys.readouterr().out


def test_a_database_is_checked_while_another_writes(
    packed: Path, tmp_path: Path, database_url: str, sessions: sessionmaker[Session]
) -> None:
    """A check takes no lock: it answers at once, of what was committed before it began."""
    with sessions() as writer:
        trail.append(writer, CHAIN, kind="k", now=NOW)
        assert main(["verify", "--database", "--config", settings(tmp_path, database_url)]) == 0
        writer.commit()


def test_a_file_that_is_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "noise.sqlite").write_bytes(b"noise" * 1000)
    ini = settings(tmp_path, f"sqlite:///{tmp_path / 'noise.sqlite'}")
    assert main(["verify", "--database", "--config", ini]) == 1
    assert "The trail cannot be read" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (None, "has no sqlalchemy.url"),
        ("sqlite:///{tmp}/absent.sqlite", "names no database file"),
        ("sqlite://", "names no database file"),
        ("not an address", "not a database's address"),
        ("oracledb9://x/y", "cannot be used"),
    ],
)
def test_settings_that_lead_nowhere(
    tmp_path: Path, url: str | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ini = settings(tmp_path, url and url.format(tmp=tmp_path))
    assert main(["verify", "--database", "--config", ini]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err
    assert not (tmp_path / "absent.sqlite").exists()


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"[app:main\nx", b"no section = 1"], ids=repr)
def test_settings_that_are_none(tmp_path: Path, raw: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "site.ini"
    path.write_bytes(raw)
    assert main(["verify", "--database", "--config", str(path)]) == 2
    assert str(path) in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["absent.zip"],
        ["."],
        ["--database"],
        ["--database", "--config", "absent.ini"],
        ["--database", "--config", "a.ini", "trail.zip"],
        ["--database", "--config", "a.ini", "--key", "k"],
        ["trail.zip", "--config", "a.ini"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_one_sentence(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AVTALEFLYT_CONFIG", raising=False)
    assert main(["verify", *words]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.startswith("avtaleflyt verify: ")
    assert out.err.count("\n") == 1

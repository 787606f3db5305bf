"""``avtaleflyt seal``: a key that says what it proves, the list of what waits, and trying again."""

from __future__ import annotations

import json
import stat
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from tests.unit.commands.conftest import Run
from workflow_app.models.seals import Seal
from workflow_app.services.demonstration import fill
from workflow_app.services.norway import OSLO
from workflow_app.services.passwords import Passwords


def name_files(ini: Path, folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "seal" / "key.pem", folder / "seal" / "certificate.pem"
    with ini.open("a", encoding="utf-8") as file:
        file.write(f"avtaleflyt.seal_key = {key}\navtaleflyt.seal_certificate = {certificate}\n")
    return key, certificate


@pytest.fixture
def demo(house: Run, sessions: sessionmaker[Session]) -> Run:
    with sessions.begin() as db:
        fill(db, datetime(2026, 11, 21, 12, tzinfo=OSLO), hashing=Passwords(time_cost=1, memory_kib=8))
    return house


def test_a_key_is_made_once_and_its_worth_is_said(run: Run, ini: Path, tmp_path: Path) -> None:
    key, certificate = name_files(ini, tmp_path)
    said = run("seal", "key", "new", "--name", "Eksempel kommune")
    assert said.code == 0
    assert str(key) in said.out
    assert "does not show who the kommune is" in said.out
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert b"PRIVATE" not in certificate.read_bytes()
    again = run("seal", "key", "new", "--name", "Eksempel kommune")
    assert (again.code, again.out) == (2, "")
    assert "is there already; nothing was done" in again.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--name", "X"], "say where"),
        (["--name", " ", "--key", "k", "--certificate", "c"], "1 to 64 characters"),
        (["--name", "X", "--key", "k", "--certificate", "c", "--years", "0"], "from 1 to 50"),
        (["--name", "X", "--key", "/proc/none/k", "--certificate", "/proc/none/c"], "nothing was made"),
    ],
)
def test_a_wrong_call_is_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("seal", "key", "new", *words)
    assert said.code == 2
    assert sentence in said.err
    assert not (tmp_path / "k").exists()


def test_what_waits_is_listed_and_sealed_when_it_can_be(
    demo: Run, ini: Path, tmp_path: Path, sessions: sessionmaker[Session]
) -> None:
    listed = demo("seal", "list")
    assert listed.out.startswith("nothing is sealed: the installation has no certificate")
    waiting = json.loads(demo("seal", "list", "--json").out)
    assert {"agreement", "evaluation"} <= {row["document"] for row in waiting}
    said = demo("seal", "retry")
    assert said.code == 1
    assert said.out == f"0 sealed, {len(waiting)} waiting: the installation has no certificate to seal with\n"
    name_files(ini, tmp_path)
    assert demo("seal", "key", "new", "--name", "Eksempel kommune").code == 0
    said = demo("seal", "retry")
    assert (said.code, said.out) == (0, f"{len(waiting)} sealed, 0 waiting\n")
    assert json.loads(demo("seal", "list", "--json").out) == []
    assert {row["level"] for row in json.loads(demo("seal", "list", "--all", "--json").out)} == {"B-B"}
    listed = demo("seal", "list")
    assert listed.out.startswith("seals B-B as Eksempel kommune, self-signed, ")


def test_a_demonstration_says_that_its_key_is_made_when_it_is_needed(
    house: Run, ini: Path, tmp_path: Path
) -> None:
    key, _ = name_files(ini, tmp_path)
    with ini.open("a", encoding="utf-8") as file:
        file.write("avtaleflyt.demonstration = true\n")
    assert house("seal", "list").out.startswith(f"the first paper that is sealed makes the key {key}")
    assert not key.exists()


def test_papers_from_before_there_were_seals_wait_until_somebody_asks(
    demo: Run, ini: Path, tmp_path: Path, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        expected = {(r.document, r.number) for r in session.scalars(select(Seal))}
        session.execute(delete(Seal))
    name_files(ini, tmp_path)
    demo("seal", "key", "new", "--name", "Eksempel kommune")
    assert demo("seal", "retry").out == "0 sealed, 0 waiting\n"
    assert demo("seal", "retry", "--old").code == 0
    with sessions() as session:
        found = {(r.document, r.number) for r in session.scalars(select(Seal))}
        assert session.scalars(select(Seal).where(Seal.sealed_sha256.is_(None))).all() == []
    # An evaluation was approved in words; there was no paper of it to be frozen.
    assert found == {pair for pair in expected if pair[0] != "evaluation"}
    assert demo("seal", "retry", "--old").out == "0 sealed, 0 waiting\n"

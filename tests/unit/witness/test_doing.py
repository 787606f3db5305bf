"""The command line: what is made, what is refused, and what stands in the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.fake_log import FakeLog, SigningKey, many
from tests.support.witnessing import Watcher
from workflow_app.commands import main as avtaleflyt
from workflow_app.domain.trail import parse_vkey
from workflow_app.witness.keys import read_key


def test_a_new_witness_says_its_public_key_and_keeps_the_other(witness: Watcher, log: FakeLog) -> None:
    assert witness.do("show", "--json") == 0
    told = json.loads(witness.said)
    assert told["vkey"] == witness.vkey
    assert parse_vkey(told["vkey"]).name == "moss.example/1"
    assert (told["size"], told["log_keys"], told["url"]) == (0, [log.key.vkey], log.url)
    key = witness.folder / "key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert witness.folder.stat().st_mode & 0o777 == 0o700
    assert key.read_text().startswith("PRIVATE+KEY+moss.example/1+")
    assert (
        read_key(key, parse_vkey(witness.vkey)).public_key().public_bytes_raw()
        == parse_vkey(witness.vkey).public
    )


@pytest.mark.parametrize(
    ("name", "log_key", "url"),
    [
        ("with space", None, None), ("a+b", None, None), ("", None, None), ("a" * 201, None, None),
        ("a", "no key", None), ("a", "a+00000000+AAAA", None), ("a", None, "ftp://log.example"),
        ("a", None, "log.example"), ("a", None, "http://"), ("a", None, "https://log.example/?x=1"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_witness(tmp_path: Path, name: str, log_key: str | None, url: str | None) -> None:
    one = Watcher(tmp_path / "w", name)
    given = ("--log-key", log_key or SigningKey().vkey, "--url", url or "https://log.example")
    assert one.do("new", "--name", name, *given) == 2
    assert one.complained.count("\n") == 1
    assert not (tmp_path / "w").exists()


def test_a_witness_has_its_own_key_and_no_log_has(tmp_path: Path, witness: Watcher) -> None:
    one = Watcher(tmp_path / "o", "o")
    assert one.do("new", "--name", "o", "--log-key", witness.vkey, "--url", "https://log.example") == 2


def test_a_key_that_others_can_read_is_not_used(witness: Watcher, log: FakeLog) -> None:
    (witness.folder / "key").chmod(0o640)
    assert witness.do("once") == 2
    assert "chmod 600" in witness.complained
    assert log.handed_in == []


def test_another_witnesss_key_is_not_used(tmp_path: Path, witness: Watcher, log: FakeLog) -> None:
    other = Watcher.new(tmp_path / "o", "moss.example/1", log.key.vkey, log.url)
    (witness.folder / "key").write_bytes((other.folder / "key").read_bytes())
    assert witness.do("once") == 2
    assert log.handed_in == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"vkey": 3}', b"\xff"])
def test_settings_that_cannot_be_read(witness: Watcher, content: bytes) -> None:
    (witness.folder / "witness.json").write_bytes(content)
    for step in ("once", "show"):
        assert witness.do(step) == 2
        assert witness.complained.count("\n") == 1


def test_there_is_no_witness_here(tmp_path: Path) -> None:
    one = Watcher(tmp_path, "x")
    for step in (["once"], ["run"], ["serve"], ["show"], ["retire", "--because", "x"]):
        assert one.do(*step) == 2
        assert "witness new" in one.complained


def test_one_that_is_retired_is_not_told_to_retire(witness: Watcher) -> None:
    (witness.folder / "state.json").unlink()
    assert witness.do("show") == 1
    assert "witness retire" in witness.complained
    assert witness.do("retire", "--because", "disken røk") == 0
    assert witness.do("show", "--json") == 1
    assert (json.loads(witness.said)["retired"], witness.complained) == (True, "")


def test_it_is_a_command_of_the_house_too(witness: Watcher) -> None:
    assert avtaleflyt(["witness", "once", "--quiet", "--dir", str(witness.folder)]) == 0
    assert witness.memory.size == 5


def test_it_needs_nothing_of_the_server(witness: Watcher) -> None:
    """On a party's machine there is Python, cryptography and this program."""
    asked = (
        "import sys; before = set(sys.modules); "
        "from workflow_app.witness.cli import main; main(sys.argv[1:]); "
        "print(*sorted({n.partition('.')[0] for n in set(sys.modules) - before} - sys.stdlib_module_names))"
    )
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", asked, "once", "--quiet", "--dir", str(witness.folder)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert witness.memory.size == 5
    foreign = {name for name in done.stdout.split() if not name.startswith(("_", "cffi"))}
    assert foreign <= {"workflow_app", "cryptography", "orjson"}


def test_rounds_until_it_is_told_to_stop(witness: Watcher, log: FakeLog) -> None:
    process = witness.process("run", "--every", "3600")
    until = time.monotonic() + 30
    while not log.handed_in and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    said, complained = process.communicate(timeout=30)
    assert (process.returncode, complained) == (0, "")
    assert "5" in said


def test_rounds_end_with_an_alarm(witness: Watcher, log: FakeLog) -> None:
    assert witness.do("once") == 0
    log.leaves = many(9, "b")
    process = witness.process("run")
    _, complained = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "ALARM" in complained

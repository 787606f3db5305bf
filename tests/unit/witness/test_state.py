"""The memory: written whole or not at all, believed only when it is whole, and never made anew."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.fake_log import FakeLog, SigningKey, many
from tests.support.witnessing import Watcher
from workflow_app.witness import files, state
from workflow_app.witness.faults import StateLost
from workflow_app.witness.house import at_home


@pytest.fixture
def signed(witness: Watcher) -> Watcher:
    """It has cosigned five leaves."""
    assert witness.do("once") == 0
    return witness


def test_a_witness_without_its_memory_refuses_for_ever(signed: Watcher, log: FakeLog) -> None:
    (signed.folder / "state.json").unlink()
    for _ in range(2):
        assert signed.do("once") == 1
        assert "tas ut av bruk" in signed.complained
        assert "retired" in signed.complained
    assert signed.do("show") == 1
    assert signed.do("resume", "--because", "x") == 1
    assert signed.do("new", "--name", "a", "--log-key", log.key.vkey, "--url", log.url) == 2
    assert not (signed.folder / "state.json").exists()
    assert len(log.handed_in) == 1
    # The way on: retire it, and make another in another folder.
    assert signed.do("retire", "--because", "disken røk") == 0
    assert not (signed.folder / "key").exists()
    assert signed.do("once") == 1
    assert "tatt ut av bruk" in signed.complained
    assert signed.do("new", "--name", "a", "--log-key", log.key.vkey, "--url", log.url) == 2


OTHERS = {
    "empty": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "another shape": b'{"v":1}',
    "spaces in it": None,
    "another size": None,
    "no note": None,
    "another root": None,
    "a stranger's note": None,
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_broken_memory_is_a_lost_one(signed: Watcher, log: FakeLog, name: str) -> None:
    path = signed.folder / "state.json"
    told = json.loads(path.read_bytes())
    changed = {
        "spaces in it": told,
        "another size": told | {"size": 4},
        "no note": told | {"note": ""},
        "another root": told | {"root": "00" * 32},
        "a stranger's note": told | {"note": SigningKey(seed=b"x").note(many(5)).decode()},
    }
    spaced = name == "spaces in it"
    canonical = json.dumps(
        changed.get(name),
        ensure_ascii=False,
        sort_keys=True,
        separators=(", ", ": ") if spaced else (",", ":"),
    )
    path.write_bytes(OTHERS[name] if OTHERS[name] is not None else canonical.encode())
    assert signed.do("once") == 1
    assert "er ødelagt" in signed.complained
    assert len(log.handed_in) == 1


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_to_the_file_it_never_remembers_another_head(
    signed: Watcher, log: FakeLog, data: st.DataObject
) -> None:
    home = at_home(signed.folder)
    raw = (signed.folder / "state.json").read_bytes()
    at = data.draw(st.integers(0, len(raw) - 1))
    mangled = raw[:at] + data.draw(st.binary(max_size=3)) + raw[at + data.draw(st.integers(0, 3)) :]
    path = signed.folder / "mangled.json"
    path.write_bytes(mangled)
    try:
        found = state.load(path, home.log_keys)
    except StateLost:
        return
    whole = signed.memory
    assert (found.size, found.root, found.text) == (whole.size, whole.root, whole.text)


def test_a_write_that_fails_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.json"
    files.write_durably(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_durably(path, b"new")
    assert path.read_bytes() == b"old"
    monkeypatch.undo()
    files.write_durably(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert path.stat().st_mode & 0o777 == 0o600


def test_it_is_on_the_disk_before_it_is_renamed_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(
        os,
        "fsync",
        lambda fd: (done.append("folder" if os.path.isdir(f"/proc/self/fd/{fd}") else "file"), sync(fd)),
    )
    monkeypatch.setattr(os, "replace", lambda a, b: (done.append("rename"), replace(a, b)))
    files.write_durably(tmp_path / "state.json", b"x")
    assert done == ["file", "rename", "folder"]


def test_a_full_disk_signs_nothing(signed: Watcher, log: FakeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    log.leaves = many(9)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert signed.do("once") == 2
    monkeypatch.undo()
    assert "No space" in signed.complained
    assert len(log.handed_in) == 1
    assert signed.memory.size == 5

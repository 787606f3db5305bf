"""A witness that is shot in the middle: it never signs two heads of one size.

Real processes and SIGKILL. They are held where they are shot by what lies
outside of them: a log that lets them wait, and named pipes in the place of the
file they are about to open. So each is shot at one known point, without a hook
in the program that somebody else could use.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_log import FakeLog, many
from tests.support.witnessing import Watcher

ONE, OTHER = many(5) + many(4, "one"), many(5) + many(4, "other")
"""Two histories of nine leaves that begin alike."""


@pytest.fixture
def log() -> Iterator[FakeLog]:
    with FakeLog(ONE) as made:
        yield made


@pytest.fixture
def witness(tmp_path: Path, log: FakeLog) -> Watcher:
    """It has cosigned the five leaves that both histories begin with."""
    log.leaves = many(5)
    made = Watcher.new(tmp_path / "w", "moss.example/1", log.key.vkey, log.url)
    assert made.do("once") == 0
    log.leaves = ONE
    return made


def shoot(process: subprocess.Popen[str], arrived: threading.Event) -> None:
    """Kill the process, which has arrived where it was to be shot."""
    try:
        assert arrived.wait(30), "it never came to the point where it was to be shot"
        assert process.poll() is None, "it was over before it could be shot"
    finally:
        process.kill()
        process.communicate()


def held_at(log: FakeLog, wanted: str) -> tuple[threading.Event, threading.Event]:
    """Let the first request that begins with ``wanted`` wait: (it is there, let it go)."""
    arrived, go = threading.Event(), threading.Event()

    def before(method: str, path: str) -> None:
        if f"{method} {path}".startswith(wanted) and not go.is_set():
            arrived.set()
            go.wait(30)

    log.before = before
    return arrived, go


def full_pipe(path: Path) -> int:
    """Put a named pipe that is full where a file is written; who writes to it waits. Its descriptor."""
    os.mkfifo(path, 0o600)
    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(descriptor, b"x" * 4096)
    return descriptor


def has_opened(process: subprocess.Popen[str], path: Path) -> bool:
    """Whether the process has this file open (Linux tells in /proc)."""
    folder, found = Path(f"/proc/{process.pid}/fd"), []
    for entry in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            found.append(os.readlink(entry))
    return str(path) in found


def afterwards(witness: Watcher, log: FakeLog) -> list[tuple[int, str]]:
    """The log shows the other history; every head that was ever cosigned, once each."""
    log.before = lambda method, path: None
    for history in (OTHER, ONE, OTHER):
        log.leaves = history
        witness.do("once")
    return sorted(set(log.heads(witness.vkey)))


def one_of_each_size(heads: list[tuple[int, str]]) -> bool:
    """Whether no size occurs twice."""
    return len({size for size, _ in heads}) == len(heads)


def test_shot_while_it_checks(witness: Watcher, log: FakeLog) -> None:
    """Nothing is written down yet, so it may still sign either history; but one."""
    arrived, go = held_at(log, "GET /tile/")
    shoot(witness.process("once"), arrived)
    go.set()
    assert witness.memory.size == 5
    assert one_of_each_size(afterwards(witness, log))


def test_shot_between_check_and_writing_down(witness: Watcher, log: FakeLog) -> None:
    pipe = witness.folder / "state.json.new"
    descriptor = full_pipe(pipe)
    process = witness.process("once")
    try:
        until = time.monotonic() + 30
        while not has_opened(process, pipe):
            assert process.poll() is None, "it was over before it could be shot"
            assert time.monotonic() < until, "it never came to write"
            time.sleep(0.002)
    finally:
        process.kill()
        process.communicate()
        os.close(descriptor)
        pipe.unlink()
    assert witness.memory.size == 5, "the old memory is whole"
    assert len(log.handed_in) == 1
    heads = afterwards(witness, log)
    assert one_of_each_size(heads)
    assert len(heads) == 2, "it goes on where it was"


def test_shot_between_writing_down_and_signing(witness: Watcher, log: FakeLog) -> None:
    """The key is read only to sign: a pipe in its place holds the process just before."""
    key = witness.folder / "key"
    kept = key.rename(witness.folder / "key.kept")
    arrived, go = threading.Event(), threading.Event()
    os.mkfifo(key, 0o600)

    def writer() -> None:
        descriptor = os.open(key, os.O_WRONLY)
        arrived.set()
        go.wait(30)
        os.close(descriptor)

    threading.Thread(target=writer, daemon=True).start()
    shoot(witness.process("once"), arrived)
    go.set()
    key.unlink()
    kept.rename(key)
    assert witness.memory.size == 9, "it was on the disk before the key was touched"
    assert not witness.memory.delivered
    assert len(log.handed_in) == 1
    log.leaves = ONE
    assert witness.do("once") == 0, "the same head may be signed again"
    heads = afterwards(witness, log)
    assert one_of_each_size(heads)
    assert len(heads) == 2


def test_shot_between_signing_and_the_answer(witness: Watcher, log: FakeLog) -> None:
    """The signature is out of the house, and it does not know whether it has arrived."""
    arrived, go = held_at(log, "POST /checkpoint/cosignatures")
    shoot(witness.process("once"), arrived)
    go.set()
    heads = afterwards(witness, log)
    assert one_of_each_size(heads)
    assert [size for size, _ in heads] == [5, 9]
    assert "ALARM" in witness.complained


def test_two_never_work_in_one_folder(witness: Watcher, log: FakeLog) -> None:
    arrived, go = held_at(log, "GET /checkpoints")
    process = witness.process("once")
    assert arrived.wait(30)
    assert witness.do("once") == 2
    assert "kjører allerede" in witness.complained
    go.set()
    _, complained = process.communicate(timeout=30)
    assert (process.returncode, complained) == (0, "")

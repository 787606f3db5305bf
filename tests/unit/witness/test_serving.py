"""The witness as a C2SP tlog-witness, over real HTTP: each status the specification names, and no other."""

from __future__ import annotations

import base64
import contextlib
import http.client
import resource
import select
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from tests.support.fake_log import FakeLog, SigningKey, leaves_of, many, proof
from tests.support.witnessing import Watcher
from workflow_app.domain.trail import check_cosignature, parse_note, parse_vkey
from workflow_app.witness import asking
from workflow_app.witness.client import Log
from workflow_app.witness.faults import WitnessFault
from workflow_app.witness.house import House, at_home
from workflow_app.witness.rounds import Round
from workflow_app.witness.serving import Server

NOW = 1_800_000_000


@dataclass
class Door:
    """The witness's door, and a log that knocks."""

    witness: Watcher
    port: int
    key: SigningKey

    def ask(self, body: bytes, path: str = "/add-checkpoint", method: str = "POST") -> tuple[int, str, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request(method, path, body)
        answer = line.getresponse()
        try:
            return answer.status, answer.getheader("Content-Type", ""), answer.read()
        finally:
            line.close()

    def add(
        self,
        old: int,
        leaves: Sequence[bytes],
        hashes: Sequence[bytes] | None = None,
        note: bytes | None = None,
    ) -> tuple[int, str, bytes]:
        hashes = proof(old, leaves) if hashes is None else hashes
        return self.ask(body(old, hashes, note or self.key.note(leaves)))


def body(old: int, hashes: Sequence[bytes], note: bytes) -> bytes:
    """An add-checkpoint request."""
    lines = [b"old %d\n" % old, *(base64.b64encode(one) + b"\n" for one in hashes), b"\n"]
    return b"".join(lines) + note


@pytest.fixture
def door(witness: Watcher, log: FakeLog) -> Iterator[Door]:
    home = at_home(witness.folder)
    with home.working() as memory:
        work = Round(home, memory, Log(home.url), clock=lambda: NOW)
        with Server(("127.0.0.1", 0), work) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            yield Door(witness, server.server_address[1], log.key)
            server.shutdown()


def test_it_answers_with_its_cosignature_and_remembers_first(door: Door) -> None:
    old = 0
    for size in (1, 2, 7, 8, 300):
        status, kind, line = door.add(old, many(size))
        assert (status, kind) == (200, "text/plain; charset=utf-8")
        note = parse_note(door.key.note(many(size)) + line)
        assert check_cosignature(note.text, note.signatures[-1], parse_vkey(door.witness.vkey)) == NOW
        assert door.witness.memory.size == size
        old = size
    assert door.add(300, many(300))[0] == 200, "the same head again"


def test_another_old_size_is_a_conflict_that_tells_the_right_one(door: Door) -> None:
    assert door.add(0, many(5))[0] == 200
    for old, leaves in ((0, many(9)), (3, many(9)), (6, many(9)), (4, many(4))):
        assert door.add(old, leaves, []) == (409, "text/x.tlog.size", b"5\n")


def test_who_is_not_known_here(door: Door) -> None:
    other = SigningKey("other.example/log").note(many(5))
    assert door.add(0, many(5), note=other)[0] == 404
    assert door.add(0, many(5), note=SigningKey(seed=b"x").note(many(5)))[0] == 403
    assert not door.witness.memory.note


def test_an_old_size_over_the_checkpoints_is_a_bad_request(door: Door) -> None:
    assert door.add(6, many(5), [])[0] == 400


@pytest.mark.parametrize(
    "hashes",
    [[], many(1), many(3), proof(5, many(9))[::-1], [*proof(5, many(9)), *many(1)], proof(5, many(9))[:-1]],
    ids=["none", "one", "others", "backwards", "one more", "one less"],
)
def test_a_proof_that_does_not_hold_is_unprocessable_and_no_alarm(door: Door, hashes: list[bytes]) -> None:
    assert door.add(0, many(5))[0] == 200
    assert door.add(5, many(9), hashes)[0] == 422
    assert door.add(5, [*many(5), *leaves_of("x")])[0] == 200


def test_a_proof_from_nothing_or_to_the_same_must_be_empty(door: Door) -> None:
    assert door.add(0, many(5), many(1))[0] == 422
    assert door.add(0, many(5))[0] == 200
    assert door.add(5, many(5), many(1))[0] == 422


def test_two_trees_of_one_size_are_a_conflict_and_the_end(door: Door) -> None:
    assert door.add(0, many(5))[0] == 200
    assert door.add(5, many(5, "b"), []) == (409, "text/x.tlog.size", b"5\n")
    status, _, said = door.add(5, many(9))
    assert status == 503
    assert b"ALARM" in said
    assert door.witness.memory.alarm
    assert door.witness.memory.root == many_root(5)


def many_root(count: int) -> str:
    """The root of the first history, in hex."""
    from tests.support.fake_log import tree_root

    return tree_root(many(count)).hex()


NOTE = SigningKey().note(many(5))
WRONG = {
    "nothing": b"",
    "no old size": b"\n" + NOTE,
    "a word": b"old five\n\n" + NOTE,
    "a zero in front": b"old 05\n\n" + NOTE,
    "negative": b"old -1\n\n" + NOTE,
    "capitals": b"Old 0\n\n" + NOTE,
    "two spaces": b"old  0\n\n" + NOTE,
    "no empty line": b"old 0\n" + NOTE,
    "carriage returns": b"old 0\r\n\r\n" + NOTE,
    "no base64": b"old 0\n!!!!\n\n" + NOTE,
    "a short hash": b"old 0\n" + base64.b64encode(b"x" * 31) + b"\n\n" + NOTE,
    "another spelling": b"old 0\n" + base64.b64encode(b"x" * 32)[:-2] + b"5=\n\n" + NOTE,
    "too many lines": body(0, many(64), NOTE),
    "no note": b"old 0\n\nhello\n",
    "not UTF-8": b"old 0\n\n\xff\xfe\n\n",
}


@pytest.mark.parametrize("sent", WRONG.values(), ids=WRONG)
def test_what_is_no_request(door: Door, sent: bytes) -> None:
    assert door.ask(sent)[0] == 400
    assert not door.witness.memory.note


def test_there_is_one_door(door: Door) -> None:
    assert door.ask(b"", "/")[0] == 404
    assert door.ask(b"", method="GET")[0] == 501
    assert door.ask(b"x" * (asking.LARGEST + 1))[0] == 413


def test_many_at_once_are_answered_one_after_the_other(door: Door) -> None:
    """Two that follow from the same memory: one gets it, the other is told where it is now."""
    answers: list[tuple[int, str, bytes]] = []
    sizes = range(10, 18)
    asked = [threading.Thread(target=lambda n=n: answers.append(door.add(0, many(n)))) for n in sizes]
    for one in asked:
        one.start()
    for one in asked:
        one.join()
    assert sorted(status for status, _, _ in answers) == [200] + [409] * 7
    assert {told for status, _, told in answers if status == 409} == {b"%d\n" % door.witness.memory.size}


def until_it_is_closed(line: socket.socket, drop: bytes) -> int:
    """Let ``drop`` drip until the door is shut; how many fell."""
    for fallen in range(400):
        ready, _, _ = select.select([line], [], [], 0.02)
        try:
            if ready and not line.recv(1000):
                return fallen
            line.send(drop)
        except OSError:
            return fallen
    return 400


def test_who_drips_is_shown_out_and_stops_nobody(witness: Watcher, log: FakeLog) -> None:
    """Each byte comes soon after the one before, in the head and in the body, and it leads nowhere."""
    home = at_home(witness.folder)
    with home.working() as memory:
        work = Round(home, memory, Log(home.url), clock=lambda: NOW)
        with Server(("127.0.0.1", 0), work, whole=1.0, most=3) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            port = server.server_address[1]
            asked = b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\n"
            lines = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(2)]
            for line, first in zip(lines, (asked, asked + b"Content-Length: 9000\r\n\r\n"), strict=True):
                line.sendall(first)
            door = Door(witness, port, log.key)
            assert door.add(0, many(5))[0] == 200, "there is room for one more"
            assert [until_it_is_closed(line, b"x") < 400 for line in lines] == [True, True]
            for line in lines:
                line.close()
            server.shutdown()
    assert witness.memory.size == 5


def test_when_all_places_are_taken_the_next_is_told_to_come_again(witness: Watcher, log: FakeLog) -> None:
    home = at_home(witness.folder)
    with home.working() as memory:
        work = Round(home, memory, Log(home.url), clock=lambda: NOW)
        with Server(("127.0.0.1", 0), work, most=2) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            port = server.server_address[1]
            with contextlib.ExitStack() as waiting:
                for _ in range(2):
                    waiting.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
                with socket.create_connection(("127.0.0.1", port), timeout=20) as third:
                    told = third.recv(1000)
                assert told.startswith(b"HTTP/1.1 503 ")
                assert b"Retry-After: 10" in told
            door = Door(witness, port, log.key)
            for _ in range(200):
                with contextlib.suppress(OSError, http.client.HTTPException):
                    if (status := door.add(0, many(5))[0]) != 503:
                        break
                time.sleep(0.02)
            assert status == 200, "they went, and there is room again"
            server.shutdown()


def test_an_alarm_that_the_disk_does_not_take_is_cried_out(witness: Watcher, log: FakeLog) -> None:
    """The program itself, which may write no byte more from a moment on: as on a disk that is full."""
    assert witness.do("once") == 0
    remembered, shown = witness.memory, log.key.note(many(5, "b"))
    running = witness.process("serve", "--listen", "127.0.0.1:0")
    try:
        assert running.stdout is not None
        port = int(running.stdout.readline().rsplit(":", 1)[1].partition("/")[0])
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (0, 0))
        status, _, line = Door(witness, port, log.key).add(5, many(5, "b"), [])
        assert (status, line) == (409, b"5\n"), "nothing is signed"
        _, cried = running.communicate(timeout=30)
    finally:
        running.kill()
    assert running.returncode == 1
    assert "ALARM" in cried
    assert "nothing is signed" in cried
    assert remembered.note in cried
    assert shown.decode() in cried
    assert witness.memory == remembered
    assert "Traceback" not in cried


def test_what_could_not_be_written_down_is_never_signed(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full for a moment: the same request again is written down before it is answered."""

    def full(*_: object) -> None:
        raise WitnessFault("fullt", "full", 2)

    with monkeypatch.context() as broken:
        broken.setattr(House, "keep", full)
        assert door.add(0, many(7))[0] == 500
        assert door.add(0, many(7))[0] == 500
    assert door.witness.memory.size == 0
    assert door.add(0, many(7))[0] == 200
    assert door.witness.memory.size == 7

"""Asking witnesses that wait to be asked: a real one over HTTP, and others that fail in every way."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.support.drafts import NOW, POLICE, two_parties
from tests.support.witnessing import Cosigner, Watcher
from workflow_app.domain.trail import note_bytes, parse_note
from workflow_app.models.witnesses import Cosignature, WitnessPush
from workflow_app.services import parties, trail
from workflow_app.services.log import asking, pushing, tree, witnesses
from workflow_app.services.log.asking import Answer
from workflow_app.services.log.pushing import Pushed, push
from workflow_app.services.log.signer import Signer, new_signer
from workflow_app.witness.client import Log
from workflow_app.witness.house import at_home
from workflow_app.witness.rounds import Round
from workflow_app.witness.serving import Server


@dataclass
class Scene:
    """A log, and a clock that a test may put forward."""

    sessions: sessionmaker[Session]
    signer: Signer
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def clock(self) -> datetime:
        return self.now

    def grow(self, entries: int = 3) -> int:
        with self.sessions.begin() as session:
            for n in range(entries):
                trail.append(session, "installation", kind="tried", now=NOW, data={"n": n})
            return tree.tree_size(session)

    def register(self, vkey: str, url: str, party: str = "3103") -> None:
        with self.sessions.begin() as session:
            found = parties.find(session, party)
            witnesses.register(
                session, found, vkey, url=url, now=NOW, real_now=self.now - timedelta(minutes=1)
            )

    def push(self, **more: Any) -> list[Pushed]:
        return push(self.sessions, self.signer, self.clock, **more)

    def size(self) -> int:
        with self.sessions() as session:
            return tree.tree_size(session)

    def cosigned(self, vkey: str) -> list[int]:
        with self.sessions() as session:
            return [row.size for row in session.query(Cosignature).filter_by(vkey=vkey).order_by("size")]

    def kept(self, vkey: str) -> WitnessPush:
        with self.sessions() as session:
            return session.get_one(WitnessPush, vkey)


@pytest.fixture
def scene(sessions: sessionmaker[Session]) -> Scene:
    with sessions.begin() as session:
        two_parties(session)
    return Scene(sessions, new_signer("log.example/x"))


@contextmanager
def standing(folder: Path, name: str, signer: Signer) -> Iterator[tuple[Watcher, str]]:
    """Our own witness as a C2SP tlog-witness; gives it and its prefix."""
    watcher = Watcher.new(folder / name, f"{name}.example/1", signer.vkey, "https://nowhere.example")
    home = at_home(watcher.folder)
    with home.working() as memory, Server(("127.0.0.1", 0), Round(home, memory, Log(home.url))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield watcher, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_witnesses_are_asked_with_a_proof_from_what_they_remember(scene: Scene, tmp_path: Path) -> None:
    with (
        standing(tmp_path, "a", scene.signer) as (a, a_url),
        standing(tmp_path, "b", scene.signer) as (b, b_url),
    ):
        scene.register(a.vkey, a_url)
        scene.register(b.vkey, b_url, POLICE)
        first = scene.size()
        assert {one.fault for one in scene.push()} == {None}
        assert scene.cosigned(a.vkey) == scene.cosigned(b.vkey) == [first]
        assert scene.push() == [], "there is nothing new to ask for"
        second = scene.grow(300)
        assert [one.size for one in scene.push()] == [second, second]
        # Someone else asked it meanwhile, so it remembers more than we were told: 409, and once more.
        third = scene.grow()
        with scene.sessions.begin() as session:
            session.get_one(WitnessPush, a.vkey).size = first
        assert {one.name: one.size for one in scene.push()} == {"a.example/1": third, "b.example/1": third}
        assert scene.cosigned(a.vkey) == scene.cosigned(b.vkey) == [first, second, third]
        assert a.memory.size == third


def test_one_that_comes_by_itself_or_is_retired_is_not_asked(scene: Scene) -> None:
    with scene.sessions.begin() as session:
        moss = parties.find(session, "3103")
        witnesses.register(session, moss, Cosigner("self.example/1").vkey, now=NOW, real_now=scene.now)
        gone = witnesses.register(
            session,
            moss,
            Cosigner("gone.example/1").vkey,
            url="https://w.example",
            now=NOW,
            real_now=scene.now,
        )
        witnesses.retire(session, gone, "replaced", now=NOW, real_now=scene.now)
    asked: list[str] = []
    assert scene.push(ask=lambda url, body, clock: asked.append(url) or Answer(0)) == []
    assert asked == []


W = Cosigner("w.example/1")


def lines(note: bytes, *signatures: Any) -> bytes:
    """Signature lines alone, as a witness answers."""
    return note_bytes(b"", signatures).lstrip(b"\n")


def asked_note(body: bytes) -> bytes:
    """The checkpoint in a request."""
    return body.partition(b"\n\n")[2]


def good(body: bytes, now: datetime) -> Answer:
    note = asked_note(body)
    return Answer(200, lines(note, W.line(parse_note(note).text, int(now.timestamp()))))


FAILURES: dict[str, tuple[Callable[[bytes, datetime], Answer], str]] = {
    "nothing": (lambda body, now: Answer(0), "silent"),
    "does not know us": (lambda body, now: Answer(403), "refused"),
    "does not know the log": (lambda body, now: Answer(404), "refused"),
    "broken": (lambda body, now: Answer(500), "busy"),
    "too many": (lambda body, now: Answer(429), "busy"),
    "elsewhere": (lambda body, now: Answer(302), "wrong_answer"),
    "does not follow": (lambda body, now: Answer(422), "inconsistent"),
    "another tree of that size": (lambda body, now: Answer(409, b"0\n", 0), "inconsistent"),
    "no size": (lambda body, now: Answer(409, b"hello"), "busy"),
    "more than there is": (lambda body, now: Answer(409, b"99999\n", 99999), "ahead"),
    "no line": (lambda body, now: Answer(200, b""), "wrong_answer"),
    "rubbish": (lambda body, now: Answer(200, b"\xff\x00 hello"), "wrong_answer"),
    "a stranger's line": (
        lambda body, now: Answer(200, lines(b"", Cosigner("x/1").line(parse_note(asked_note(body)).text, 1))),
        "wrong_answer",
    ),
    "of another head": (
        lambda body, now: Answer(200, lines(b"", W.line(b"a\n1\n", int(now.timestamp())))), "wrong_answer",
    ),
    "of tomorrow": (lambda body, now: good(body, now + timedelta(days=1)), "wrong_answer"),
}  # fmt: skip


@pytest.mark.parametrize(("answers", "fault"), FAILURES.values(), ids=FAILURES)
def test_what_goes_wrong_is_remembered_and_it_is_left_alone_for_longer_and_longer(
    scene: Scene, answers: Callable[[bytes, datetime], Answer], fault: str
) -> None:
    scene.register(W.vkey, "https://w.example")
    pauses = []
    for _ in range(3):
        told = scene.push(ask=lambda url, body, clock: answers(body, clock()))
        assert [(one.fault, one.size) for one in told] == [(fault, None)]
        assert pushing.FAULTS[fault]
        kept = scene.kept(W.vkey)
        assert kept.fault == fault
        assert scene.push(ask=lambda url, body, clock: pytest.fail("it is left alone")) == []
        pauses.append(kept.next_at - scene.now)
        scene.now = kept.next_at
    assert pauses == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert scene.cosigned(W.vkey) == []
    if fault != "ahead":
        assert scene.push(ask=lambda url, body, clock: good(body, clock()))[0].fault is None
        assert scene.kept(W.vkey).failures == 0
        assert scene.cosigned(W.vkey) == [scene.size()]


def test_a_person_may_ask_at_once(scene: Scene) -> None:
    scene.register(W.vkey, "https://w.example")
    scene.push(ask=lambda url, body, clock: Answer(0))
    told = scene.push(ask=lambda url, body, clock: good(body, clock()), all_of_them=True)
    assert told == [Pushed(W.vkey, "w.example/1", scene.size())]


def test_one_look_has_its_time_and_the_next_one_goes_on(scene: Scene) -> None:
    names = [Cosigner(f"w.example/{n}") for n in range(3)]
    for one in names:
        scene.register(one.vkey, f"https://{one.known.name}")
    asked: list[str] = []

    def slow(url: str, body: bytes, clock: asking.Clock) -> Answer:
        asked.append(url)
        scene.now += pushing.BUDGET + timedelta(seconds=1)
        return Answer(0)

    for count in (1, 2, 3):
        scene.push(ask=slow)
        assert len(asked) == count
    assert len(set(asked)) == 3, "the one that waited longest comes first"
    assert scene.push(ask=slow, stopping=lambda: True) == []


def test_no_transaction_is_open_while_a_witness_thinks(scene: Scene) -> None:
    """On SQLite there is one writer: whoever signs must not wait for somebody else's machine."""
    scene.register(W.vkey, "https://w.example")

    def thinks(url: str, body: bytes, clock: asking.Clock) -> Answer:
        scene.grow(1)
        return good(body, clock())

    assert scene.push(ask=thinks)[0].fault is None


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[str]:
    """A server that always answers the same."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_over_http_little_is_read_and_nothing_is_followed() -> None:
    def ask(status: int, body: bytes, **headers: str) -> Answer:
        with answering(status, body, **headers) as url:
            return asking.post(url, b"old 0\n\n", lambda: datetime.now(UTC))

    assert ask(200, b"line\n") == Answer(200, b"line\n")
    assert ask(409, b"12\n", Content_Type="text/x.tlog.size").size == 12
    for body in (b"012\n", b"12", b"-1\n", b"12\n\n", b"9" * 19 + b"\n"):
        assert ask(409, body, Content_Type="text/x.tlog.size").size is None
    assert ask(409, b"12\n", Content_Type="text/plain").size is None
    assert ask(200, b"x" * (asking.LONGEST + 1)) == Answer(0)
    assert ask(302, b"", Location="http://127.0.0.1:1/").status == 302
    assert asking.post("http://127.0.0.1:9", b"", lambda: datetime.now(UTC)) == Answer(0)
    times = iter([datetime.now(UTC), *[datetime.now(UTC) + timedelta(minutes=1)] * 9])
    with answering(200, b"slow") as url:
        assert asking.post(url, b"old 0\n\n", lambda: next(times)) == Answer(0)

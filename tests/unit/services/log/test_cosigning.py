"""Taking cosignatures: only a registered witness's, only of a head that is truly this log's, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, two_parties
from tests.support.fake_log import SigningKey
from tests.support.witnessing import Cosigner
from workflow_app.domain.trail import (
    NoteSignature,
    checkpoint_text,
    note_bytes,
    parse_note,
)
from workflow_app.models.tree import Checkpoint
from workflow_app.models.witnesses import Cosignature
from workflow_app.services import parties, trail
from workflow_app.services.errors import NotThere
from workflow_app.services.log import checkpoints, cosigning, tree, witnesses
from workflow_app.services.log.cosigning import Refused
from workflow_app.services.log.signer import Signer, new_signer

REAL = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TIME = int(REAL.timestamp())


@dataclass
class Scene:
    """A log of some entries, a registered witness of the kommune, and a stranger."""

    session: Session
    signer: Signer
    moss: Cosigner
    police: Cosigner
    stranger: Cosigner

    def text(self, size: int | None = None) -> bytes:
        """The checkpoint of this size, else of all there is."""
        size = tree.tree_size(self.session) if size is None else size
        return checkpoint_text(self.signer.origin, size, tree.root(self.session, size))

    def take(self, body: bytes, now: datetime = REAL) -> cosigning.Taken:
        return cosigning.accept(self.session, cosigning.read(body), self.signer, now)

    def code(self, body: bytes, now: datetime = REAL) -> str:
        """Why it is not taken; nothing was written."""
        before = self.counts()
        with pytest.raises(Refused) as caught:
            self.take(body, now)
        assert self.counts() == before
        return caught.value.code

    def counts(self) -> tuple[int, int]:
        return tuple(  # type: ignore[return-value]  # of two
            self.session.scalar(select(func.count()).select_from(kind)) for kind in (Checkpoint, Cosignature)
        )


@pytest.fixture
def scene(session: Session) -> Scene:
    two_parties(session)
    made = Scene(session, new_signer("log.example/x"), *map(Cosigner, ("m.example/1", "p.example/1", "s/1")))
    for key, one in (("3103", made.moss), (POLICE, made.police)):
        party = parties.find(session, key)
        witnesses.register(session, party, one.vkey, now=NOW, real_now=REAL - timedelta(days=1))
    for n in range(5):
        trail.append(session, "installation", kind="tried", now=NOW, data={"n": n})
    return made


def test_a_cosignature_is_kept_with_the_head_it_is_of(scene: Scene) -> None:
    text = scene.text()
    taken = scene.take(scene.moss.note(text, TIME))
    assert (taken.witnesses, taken.new) == (("m.example/1",), ("m.example/1",))
    assert taken.size == tree.tree_size(scene.session)
    head = checkpoints.at(scene.session, scene.signer, taken.size)
    assert checkpoints.stored(scene.session, taken.size) == head.note
    line = scene.moss.line(text, TIME)
    assert cosigning.cosignatures(scene.session, taken.size) == [line]
    assert parse_note(cosigning.cosigned_note(scene.session, taken.size)).signatures[1:] == (line,)
    # The log goes on; the old head is still one of ours.
    trail.append(scene.session, "installation", kind="tried", now=NOW, data={"n": 9})
    assert scene.take(scene.police.note(text, TIME)).new == ("p.example/1",)
    assert len(cosigning.cosignatures(scene.session, taken.size)) == 2


def test_the_first_one_stays_and_the_next_ones_are_answered_the_same(scene: Scene) -> None:
    text = scene.text()
    scene.take(scene.moss.note(text, TIME - 60))
    before = scene.counts()
    for time in (TIME - 60, TIME - 30, TIME):
        again = scene.take(scene.moss.note(text, time))
        assert (again.witnesses, again.new) == (("m.example/1",), ())
    assert scene.counts() == before
    assert cosigning.cosignatures(scene.session, again.size) == [scene.moss.line(text, TIME - 60)]


def test_a_whole_note_with_everybodys_lines_is_taken_at_once(scene: Scene) -> None:
    text = scene.text()
    lines = [scene.stranger.line(text, TIME), scene.moss.line(text, TIME), scene.police.line(text, TIME)]
    body = note_bytes(text, [*parse_note(scene.signer.sign(text)).signatures, *lines])
    assert scene.take(body).new == ("m.example/1", "p.example/1")


def _forged(scene: Scene) -> bytes:
    head = scene.moss.line(scene.text(), TIME)
    return note_bytes(scene.text(), [head._replace(blob=head.blob[:-1] + bytes([head.blob[-1] ^ 1]))])


REFUSED: dict[str, tuple[Callable[[Scene], bytes], str]] = {
    "nothing": (lambda s: b"", "unreadable"),
    "no note": (lambda s: b"hello", "unreadable"),
    "not UTF-8": (lambda s: b"\xff\n\n\xff\n", "unreadable"),
    "a note that is no checkpoint": (lambda s: s.moss.note(b"hello\n", TIME), "unreadable"),
    "too long": (lambda s: s.moss.note(s.text(), TIME) + b"x" * cosigning.LONGEST, "too_long"),
    "a stranger's": (lambda s: s.stranger.note(s.text(), TIME), "unknown_witness"),
    "the log's own": (lambda s: s.signer.sign(s.text()), "unknown_witness"),
    "one bit another": (_forged, "bad_signature"),
    "of another head": (
        lambda s: note_bytes(s.text(), [s.moss.line(s.text(3), TIME)]), "bad_signature",
    ),
    "without its time": (
        lambda s: note_bytes(s.text(), [s.moss.line(s.text(), TIME)._replace(blob=b"x" * 64)]),
        "bad_signature",
    ),
    "another time in front": (
        lambda s: note_bytes(s.text(), [s.moss.line(s.text(), TIME)._replace(
            blob=(TIME + 1).to_bytes(8, "big") + s.moss.line(s.text(), TIME).blob[8:])]),
        "bad_signature",
    ),
    "of tomorrow": (lambda s: s.moss.note(s.text(), TIME + 86_400), "wrong_time"),
    "of 1970": (lambda s: s.moss.note(s.text(), 0), "wrong_time"),
    "another root": (
        lambda s: s.moss.note(checkpoint_text(s.signer.origin, 3, b"x" * 32), TIME), "not_ours",
    ),
    "a size that is not there yet": (
        lambda s: s.moss.note(checkpoint_text(s.signer.origin, 99, b"x" * 32), TIME), "not_ours",
    ),
    "of nothing": (
        lambda s: s.moss.note(checkpoint_text(s.signer.origin, 0, tree.root(s.session, 0)), TIME), "not_ours",
    ),
    "another log": (
        lambda s: s.moss.note(checkpoint_text("o.example/x", 3, tree.root(s.session, 3)), TIME), "not_ours",
    ),
    "with lines that are not ours": (lambda s: s.moss.note(s.text() + b"more\n", TIME), "not_ours"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_taken(scene: Scene, body: Callable[[Scene], bytes], code: str) -> None:
    assert scene.code(body(scene)) == code
    assert cosigning.SENTENCES[code]


def test_one_line_that_is_wrong_lets_none_in(scene: Scene) -> None:
    text = scene.text()
    wrong = scene.police.line(scene.text(2), TIME)
    assert scene.code(note_bytes(text, [scene.moss.line(text, TIME), wrong])) == "bad_signature"


def test_a_clock_a_little_ahead_is_let_through(scene: Scene) -> None:
    assert scene.take(scene.moss.note(scene.text(), TIME + 200)).new


def test_a_retired_witness_is_not_heard(scene: Scene) -> None:
    found = witnesses.find(scene.session, parties.find(scene.session, "3103"), scene.moss.vkey)
    witnesses.retire(scene.session, found, "state_lost", now=NOW, real_now=REAL)
    scene.session.flush()
    assert scene.code(scene.moss.note(scene.text(), TIME)) == "retired_witness"


def test_a_head_that_was_kept_is_the_one_that_counts(scene: Scene) -> None:
    """The leaves may have been rewritten since: what others hold is not ours to change."""
    other = checkpoint_text(scene.signer.origin, 3, b"y" * 32)
    checkpoints.store(scene.session, checkpoints.Head(3, b"y" * 32, scene.signer.sign(other)), REAL)
    assert scene.code(scene.moss.note(scene.text(3), TIME)) == "not_ours"
    assert scene.take(scene.moss.note(other, TIME)).size == 3


def test_a_head_after_a_change_of_key_is_signed_with_the_new_one(scene: Scene) -> None:
    body = scene.moss.note(scene.text(3), TIME)
    scene.signer = new_signer(scene.signer.origin)
    scene.take(body)
    assert checkpoints.stored(scene.session, 3) == scene.signer.sign(scene.text(3))


def test_cosignatures_are_shown_under_their_very_head_alone(scene: Scene) -> None:
    size = tree.tree_size(scene.session)
    head = checkpoints.current(scene.session, scene.signer)
    assert cosigning.with_cosignatures(scene.session, head) == head.note
    scene.take(scene.moss.note(scene.text(), TIME))
    assert parse_note(cosigning.with_cosignatures(scene.session, head)).signatures[1:] == (
        scene.moss.line(scene.text(), TIME),
    )
    forged = checkpoints.Head(size, b"z" * 32, SigningKey("log.example/x").note([b"z" * 32], size))
    assert cosigning.with_cosignatures(scene.session, forged) == forged.note
    with pytest.raises(NotThere):
        cosigning.cosigned_note(scene.session, 2)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_changed_in_what_is_handed_in_is_refused(scene: Scene, data: st.DataObject) -> None:
    right = scene.moss.note(scene.text(), TIME)
    at = data.draw(st.integers(0, len(right) - 1))
    mangled = right[:at] + data.draw(st.binary(max_size=2)) + right[at + data.draw(st.integers(0, 2)) :]
    if mangled != right:
        assert scene.code(mangled) in cosigning.SENTENCES


def test_a_line_of_the_same_name_with_another_key_is_a_strangers(scene: Scene) -> None:
    other = Cosigner("m.example/1")
    line = scene.stranger.line(scene.text(), TIME)
    renamed = NoteSignature(other.known.name, line.key_id, line.blob)
    assert scene.code(note_bytes(scene.text(), [renamed])) == "unknown_witness"


def test_a_published_head_has_no_more_lines_than_every_verifier_accepts(scene: Scene) -> None:
    """C2SP signed-note promises 16 signatures; a country has more witnesses than that."""
    many = [Cosigner(f"w.example/{n}") for n in range(20)]
    for one in many:
        party = parties.find(scene.session, "3103")
        witnesses.register(scene.session, party, one.vkey, now=NOW, real_now=REAL - timedelta(days=1))
    text = scene.text()
    for one in many:
        scene.take(one.note(text, TIME))
    size = tree.tree_size(scene.session)
    most = cosigning.MOST_PUBLISHED
    head = checkpoints.current(scene.session, scene.signer)
    for note in (
        cosigning.cosigned_note(scene.session, size, most=most),
        cosigning.with_cosignatures(scene.session, head, most=most),
    ):
        assert len(parse_note(note).signatures) == 16
    last = cosigning.cosigned_note(scene.session, size, vkeys=[many[-1].vkey])
    assert parse_note(last).signatures[1:] == (many[-1].line(text, TIME),)

"""Signed notes, checkpoints and keys: the public formats, their known vectors, and one spelling of each."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain import trail
from workflow_app.domain.trail import (
    Checkpoint,
    NoteSignature,
    TrailError,
    VerifierKey,
    check_cosignature,
    check_note_signature,
    checkpoint_text,
    cosigned_message,
    key_id,
    note_bytes,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    vkey_text,
)

# The key, text and signature that the documentation of the signed-note package shows.
KNOWN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
KNOWN_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGU"
    "gYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
ORIGIN = "avtaleflyt.example/log"
ROOT = hashlib.sha256(b"root").digest()
TEXT = checkpoint_text(ORIGIN, 7, ROOT)
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()


def key(name: str = ORIGIN, kind: int = 1) -> VerifierKey:
    """The test's key as a log's or a witness's."""
    return VerifierKey(name, key_id(name, kind, PUBLIC), kind, PUBLIC)


def signed(text: bytes = TEXT, name: str = ORIGIN) -> NoteSignature:
    """The log's signature line."""
    return NoteSignature(name, key(name).key_id, PRIVATE.sign(text))


def cosigned(time: int = 1_700_000_000, name: str = "witness.example/kommune") -> NoteSignature:
    """A witness's signature line."""
    blob = time.to_bytes(8, "big") + PRIVATE.sign(cosigned_message(TEXT, time))
    return NoteSignature(name, key(name, 4).key_id, blob)


def test_the_known_note_is_read_and_its_signature_holds() -> None:
    known = parse_vkey(KNOWN_KEY)
    assert (known.name, known.key_id.hex(), known.kind) == ("PeterNeumann", "c74f20a3", 1)
    assert vkey_text(known) == KNOWN_KEY
    note = parse_note(KNOWN_NOTE)
    assert note_bytes(*note) == KNOWN_NOTE
    check_note_signature(note, known)
    with pytest.raises(TrailError, match="does not fit"):
        check_note_signature(note._replace(text=note.text.replace(b"think", b"thank")), known)


def test_a_checkpoint_is_three_lines() -> None:
    assert TEXT.decode().split("\n") == [ORIGIN, "7", base64.b64encode(ROOT).decode(), ""]
    assert parse_checkpoint(TEXT) == Checkpoint(ORIGIN, 7, ROOT, ())
    assert parse_checkpoint(TEXT + b"more\n").extensions == ("more",)
    assert parse_checkpoint(checkpoint_text(ORIGIN, 0, trail.EMPTY_ROOT)).size == 0


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n",
        TEXT[:-1],
        TEXT + b"\n",
        TEXT + b"more\n\n",
        TEXT.replace(b"7", b"07"),
        TEXT.replace(b"7", b"-7"),
        TEXT.replace(b"7", b"+7"),
        TEXT.replace(b"7", b"7 "),
        TEXT.replace(b"7", "\u0667".encode()),
        TEXT.replace(b"\n7\n", b"\n%d\n" % 2**63),
        TEXT.replace(b"\n", b"\r\n"),
        TEXT.replace(ORIGIN.encode(), b""),
        TEXT.replace(ORIGIN.encode(), b"\xff"),
        TEXT.replace(ORIGIN.encode(), b"a\tb"),
        TEXT.replace(b"=\n", b"\n"),
        TEXT[:-5] + b"=\n",
        f"{ORIGIN}\n7\n{base64.b64encode(ROOT[:31]).decode()}\n".encode(),
        b"\n".join(TEXT.split(b"\n")[:2]) + b"\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: bytes) -> None:
    with pytest.raises(TrailError):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("", 1, ROOT), ("a\nb", 1, ROOT), (ORIGIN, -1, ROOT), (ORIGIN, 2**63, ROOT), (ORIGIN, 1, ROOT[:31])],
)
def test_a_checkpoint_that_could_be_read_otherwise_is_not_made(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(TrailError):
        checkpoint_text(origin, size, root)


def test_a_log_signs_and_witnesses_cosign() -> None:
    note = parse_note(note_bytes(TEXT, [signed(), cosigned(), cosigned(name="witness.example/politi")]))
    assert [s.name for s in note.signatures] == [ORIGIN, "witness.example/kommune", "witness.example/politi"]
    check_note_signature(note, key())
    witness = key("witness.example/kommune", 4)
    assert check_cosignature(note.text, note.signatures[1], witness) == 1_700_000_000
    for wrong in (key("someone else"), key(kind=4), witness):
        with pytest.raises(TrailError, match="has not signed"):
            check_note_signature(note, wrong)
    for signature, other in (
        (note.signatures[2], witness),
        (note.signatures[0], key()),
        (note.signatures[1], key("witness.example/kommune", 1)),
    ):
        with pytest.raises(TrailError, match="has not signed"):
            check_cosignature(note.text, signature, other)


def test_a_cosignature_is_bound_to_its_time_and_to_the_checkpoint() -> None:
    witness, line = key("witness.example/kommune", 4), cosigned()
    later = line._replace(blob=(1_700_000_001).to_bytes(8, "big") + line.blob[8:])
    for text, signature in ((TEXT, later), (checkpoint_text(ORIGIN, 8, ROOT), line)):
        with pytest.raises(TrailError, match="does not fit"):
            check_cosignature(text, signature, witness)
    with pytest.raises(TrailError, match="not whole"):
        check_cosignature(TEXT, line._replace(blob=line.blob[:-1]), witness)


NOTE = note_bytes(TEXT, [signed(), cosigned()])


def both_signed(note: trail.Note) -> None:
    """The log and the witness."""
    check_note_signature(note, key())
    check_cosignature(note.text, note.signatures[1], key("witness.example/kommune", 4))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        TEXT,
        TEXT + b"\n",
        NOTE[:-1],
        NOTE + b"\n",
        NOTE + b"\n\n",
        NOTE.replace("—".encode(), b"-", 1),
        NOTE.replace("— ".encode(), "—  ".encode(), 1),
        NOTE.replace(b"\n\n", b"\n", 1),
        NOTE.replace(b"\n", b"\r\n"),
        note_bytes(TEXT, [signed(), signed()]),
        note_bytes(TEXT, [signed(name="a b")]),
        note_bytes(TEXT, [signed(name="a+b")]),
        note_bytes(TEXT, [signed(name="a\u00a0b")]),
        note_bytes(TEXT, [signed()._replace(blob=b"")]),
        note_bytes(TEXT, [cosigned(n) for n in range(101)]),
        note_bytes(b"\xff\n", [signed()]),
        b"x" * (trail.MAX_NOTE + 1),
    ],
    ids=lambda raw: repr(raw[:20]),
)
def test_what_is_no_note_is_refused(raw: bytes) -> None:
    with pytest.raises(TrailError):
        parse_note(raw)


@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_every_changed_byte_of_a_note_is_refused_or_fits_no_signature(at: int, bits: int) -> None:
    changed = bytearray(NOTE)
    changed[at] ^= bits
    try:
        note = parse_note(bytes(changed))
    except TrailError:
        return
    assert note_bytes(*note) == bytes(changed)
    with pytest.raises(TrailError):
        both_signed(note)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_note_that_is_written_so_or_none(raw: bytes) -> None:
    try:
        note = parse_note(raw)
    except TrailError:
        return
    assert note_bytes(*note) == raw


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "a+b",
        KNOWN_KEY[:-1],
        KNOWN_KEY + "\n",
        KNOWN_KEY.replace("c74f", "C74F"),
        KNOWN_KEY.replace("c74f", "c74e"),
        KNOWN_KEY.replace("Peter", "peter"),
        vkey_text(VerifierKey("a b", key_id("a b", 1, PUBLIC), 1, PUBLIC)),
        vkey_text(VerifierKey("a", key_id("a", 2, PUBLIC), 2, PUBLIC)),
        vkey_text(VerifierKey("a", key_id("a", 1, PUBLIC[1:]), 1, PUBLIC[1:])),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(TrailError):
        parse_vkey(text)


def test_a_key_id_is_counted_from_name_kind_and_key() -> None:
    assert key_id("n", 4, PUBLIC) == hashlib.sha256(b"n\n\x04" + PUBLIC).digest()[:4]
    assert len({key_id("n", 4, PUBLIC), key_id("n", 1, PUBLIC), key_id("m", 4, PUBLIC)}) == 3


def test_without_cryptography_no_signature_is_called_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "CAN_CHECK_SIGNATURES", False)
    with pytest.raises(TrailError, match="without the package cryptography"):
        check_note_signature(parse_note(NOTE), key())

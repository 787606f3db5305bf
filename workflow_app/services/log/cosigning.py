"""Taking cosignatures: who hands one in does not matter, only whose it is and what it is of.

Nothing is asked of whoever delivers: a cosignature proves itself. It counts
when a registered witness made it, and when it is of a head that this log truly
has, text and root to the byte. The first one of a witness for a size is kept,
since it is the earliest; any later one is answered the same and changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.trail import (
    Checkpoint,
    NoteSignature,
    TrailError,
    check_cosignature,
    note_bytes,
    parse_checkpoint,
    parse_note,
    parse_vkey,
)
from workflow_app.models.witnesses import Cosignature, Witness
from workflow_app.services.errors import NotThere, ServiceError
from workflow_app.services.log import checkpoints, tree
from workflow_app.services.log.checkpoints import Head
from workflow_app.services.log.signer import Signer

LONGEST = 16_384
"""The longest note that is taken, in bytes."""

AHEAD = timedelta(minutes=5)
"""How far a witness's clock may be ahead of this one."""

MOST_PUBLISHED = 15
"""Cosignatures under a published head: with the log's own line the 16 that every verifier must accept
(C2SP signed-note, "Format"). A party's bundle has those of its own agreement, however many there are."""

EARLIEST = 1_577_836_800
"""2020-01-01 in Unix seconds: an earlier time is that of a clock that was never set."""


class Refused(ServiceError):
    """Not taken; ``code`` is one of :data:`SENTENCES`."""


SENTENCES: dict[str, Message] = {
    "unreadable": msg("This is not a signed checkpoint (C2SP tlog-checkpoint)."),
    "too_long": msg("The checkpoint is too long; at most 16 kB are taken."),
    "unknown_witness": msg("No registered witness has cosigned this checkpoint."),
    "retired_witness": msg("The witness that cosigned this checkpoint is retired."),
    "bad_signature": msg("The witness's signature does not fit this checkpoint."),
    "wrong_time": msg("The cosignature's time is wrong; set the witness's clock."),
    "not_ours": msg("This is not a checkpoint of this log: its name, size or root is another."),
}
"""What is said when a cosignature is not taken, by code."""


@dataclass(frozen=True)
class Given:
    """What somebody handed in: a checkpoint's text, what it says, and the lines under it."""

    text: bytes
    head: Checkpoint
    signatures: tuple[NoteSignature, ...]


@dataclass(frozen=True)
class Taken:
    """A checkpoint of ours that is cosigned: by which witnesses, and which of them are ``new`` here."""

    size: int
    root: bytes
    witnesses: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One cosignature that was found right: whose it is, its Unix time, and its bytes."""

    vkey: str
    name: str
    time: int
    blob: bytes


def refusal(code: str) -> Refused:
    """What is raised for this code."""
    return Refused(code, SENTENCES[code])


def read(body: bytes) -> Given:
    """The checkpoint handed in; raises :class:`Refused` (``too_long``, ``unreadable``). Asks no database."""
    if len(body) > LONGEST:
        raise refusal("too_long")
    try:
        note = parse_note(body)
        return Given(note.text, parse_checkpoint(note.text), note.signatures)
    except TrailError as error:
        raise refusal("unreadable") from error


def check(session: Session, given: Given, now: datetime) -> tuple[Line, ...]:
    """The cosignatures under it that registered witnesses made, each verified; only reads.

    ``now`` is the wall clock. Lines of others are nobody's business and are passed over. Raises
    :class:`Refused` (``unknown_witness``, ``retired_witness``, ``bad_signature``, ``wrong_time``).
    """
    names = {line.name for line in given.signatures}
    known = session.execute(select(Witness.vkey, Witness.retired_at).where(Witness.name.in_(names))).all()
    active = {row.vkey for row in known if row.retired_at is None}
    keys = {vkey: parse_vkey(vkey) for vkey in sorted({row.vkey for row in known})}
    found, code = [], "unknown_witness"
    for line in given.signatures:
        for vkey, key in keys.items():
            if (line.name, line.key_id) != (key.name, key.key_id):
                continue
            if vkey not in active:
                code = "retired_witness"
                continue
            found.append(Line(vkey, line.name, _checked(given.text, line, vkey, now), line.blob))
    if not found:
        raise refusal(code)
    return tuple(found)


def _checked(text: bytes, line: NoteSignature, vkey: str, now: datetime) -> int:
    try:
        time = check_cosignature(text, line, parse_vkey(vkey))
    except TrailError as error:
        raise refusal("bad_signature") from error
    if not EARLIEST <= time <= (now + AHEAD).timestamp():
        raise refusal("wrong_time")
    return time


def accept(session: Session, given: Given, signer: Signer, now: datetime) -> Taken:
    """Take what was handed in: verify it, keep the head if it is new, keep the cosignatures.

    ``now`` is the wall clock. Raises :class:`Refused`, as :func:`check` does and for a head
    that is not this log's (``not_ours``).
    """
    lines = check(session, given, now)
    size = given.head.size
    root = _ours(session, given, signer, now)
    new = [line.name for line in lines if _keep(session, size, line, now)]
    return Taken(size, root, tuple(sorted({line.name for line in lines})), tuple(new))


def _ours(session: Session, given: Given, signer: Signer, now: datetime) -> bytes:
    size = given.head.size
    kept = checkpoints.stored(session, size)
    if kept is not None:
        if parse_note(kept).text != given.text:
            raise refusal("not_ours")
        return given.head.root
    if given.head.origin != signer.origin or not 0 < size <= tree.tree_size(session):
        raise refusal("not_ours")
    head = checkpoints.at(session, signer, size)
    if parse_note(head.note).text != given.text:
        raise refusal("not_ours")
    try:
        with session.begin_nested():
            checkpoints.store(session, head, now)
    except IntegrityError:
        # The other side's witness came with the same head at the same moment; on PostgreSQL neither waits.
        kept = checkpoints.stored(session, size)
        if kept is None or parse_note(kept).text != given.text:
            raise
    return head.root


def _keep(session: Session, size: int, line: Line, now: datetime) -> bool:
    """Keep one cosignature; False where there is one of this witness and size. Two may come at once."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[session.get_bind().dialect.name]
    row = {"size": size, "vkey": line.vkey, "time": line.time, "blob": line.blob, "received_at": now}
    taken = insert(Cosignature).values(**row).on_conflict_do_nothing().returning(Cosignature.id)
    return session.execute(taken).first() is not None


def cosignatures(
    session: Session, size: int, *, vkeys: Collection[str] | None = None, most: int | None = None
) -> list[NoteSignature]:
    """The cosignature lines of the head of ``size`` leaves, in the order they came.

    ``vkeys``: of these witnesses alone; ``most``: the first so many.
    """
    rows = select(Cosignature).where(Cosignature.size == size).order_by(Cosignature.id).limit(most)
    if vkeys is not None:
        rows = rows.where(Cosignature.vkey.in_(vkeys))
    keys = [(parse_vkey(row.vkey), row.blob) for row in session.scalars(rows)]
    return [NoteSignature(key.name, key.key_id, blob) for key, blob in keys]


def cosigned_note(
    session: Session, size: int, *, vkeys: Collection[str] | None = None, most: int | None = None
) -> bytes:
    """The head of ``size`` leaves as it was kept, with the cosignatures under it; raises ``NotThere``.

    ``vkeys`` and ``most`` as for :func:`cosignatures`. A verifier may refuse a note with many lines.
    """
    kept = checkpoints.stored(session, size)
    if kept is None:
        raise NotThere("no_checkpoint", msg("No head of this size was kept; /checkpoints says which were."))
    note = parse_note(kept)
    return note_bytes(note.text, [*note.signatures, *cosignatures(session, size, vkeys=vkeys, most=most)])


def with_cosignatures(session: Session, head: Head, *, most: int | None = None) -> bytes:
    """The note of ``head``, with the cosignatures there are of that very head; only reads."""
    note, kept = parse_note(head.note), checkpoints.stored(session, head.size)
    if kept is None or parse_note(kept).text != note.text:
        return head.note
    return note_bytes(note.text, [*note.signatures, *cosignatures(session, head.size, most=most)])

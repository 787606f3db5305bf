"""Whether a checkpoint that somebody holds still is a head of this installation's log.

The root of the first so many entries is worked out from the leaves that are
there now. If it is the one on the paper, nothing among those entries was
changed, taken away or put in between since the paper was printed; if it is
another, either the paper is of another log or this one was written anew.
Public: whoever asks learns whether a root fits, and reads sizes and times that
the log publishes anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.domain.tlog.nodes import MissingHashes
from workflow_app.models.witnesses import Cosignature, Witness
from workflow_app.services.checking.typed import Asked
from workflow_app.services.log import tree
from workflow_app.services.log.keys import log_keys
from workflow_app.services.log.signer import Signer

Standing = Literal["contained", "differs", "longer"]
"""The log has that head among its own; has another root at that size; has fewer entries than that."""


@dataclass(frozen=True)
class Signed:
    """One signature line of the note that was given.

    ``by`` is the log, a witness registered here, or nobody known here. ``valid``
    is None where there is no key to check with. ``at`` is when a witness signed.
    """

    name: str
    by: Literal["log", "witness", "unknown"]
    valid: bool | None
    party: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Seen:
    """The first checkpoint with that head among its own that a witness has signed: its size, and when."""

    name: str
    party: str
    side: str
    size: int
    at: datetime


@dataclass(frozen=True)
class HeadFound:
    """The answer. ``ours`` is whether the log's name is this one's, None where only numbers were given.

    ``here`` is how many entries the log has now.
    """

    asked: Asked
    standing: Standing
    here: int
    ours: bool | None = None
    signatures: tuple[Signed, ...] = ()
    seen: tuple[Seen, ...] = ()

    @property
    def final(self) -> bool:
        """Whether witnesses of both sides have signed it or a later one."""
        return {"municipal", "police"} <= {one.side for one in self.seen}

    @property
    def alarming(self) -> bool:
        """Whether it claims to be a head of this log and is none."""
        return self.ours is not False and self.standing != "contained"

    @property
    def forged(self) -> bool:
        """Whether a signature line is not by the key it names."""
        return any(one.valid is False for one in self.signatures)


def look_up(session: Session, asked: Asked, signer: Signer | None) -> HeadFound:
    """What this installation's log says of the head; ``signer`` names the log and may be None."""
    here = tree.tree_size(session)
    standing: Standing = "longer"
    if asked.size <= here:
        standing = "contained" if _root(session, asked.size) == asked.root else "differs"
    keys = _log_keys(session, signer)
    witnesses = list(session.scalars(select(Witness).order_by(Witness.id)))
    return HeadFound(
        asked=asked,
        standing=standing,
        here=here,
        ours=None if asked.origin is None else asked.origin in {key.name for key in keys},
        signatures=tuple(_signed(asked.note, s, keys, witnesses) for s in asked.note.signatures)
        if asked.note
        else (),
        seen=seen_by(session, asked.size, witnesses) if standing == "contained" else (),
    )


def seen_by(session: Session, size: int, witnesses: Iterable[Witness]) -> tuple[Seen, ...]:
    """For each witness the first head of at least ``size`` entries that it has signed; one statement."""
    first = (
        select(Cosignature.vkey, func.min(Cosignature.size).label("size"))
        .where(Cosignature.size >= size)
        .group_by(Cosignature.vkey)
        .subquery()
    )
    rows = session.execute(
        select(Cosignature.vkey, Cosignature.size, Cosignature.time).join(
            first, (first.c.vkey == Cosignature.vkey) & (first.c.size == Cosignature.size)
        )
    )
    found = {row.vkey: row for row in rows}
    return tuple(
        Seen(w.name, w.party.name, w.party.side, found[w.vkey].size, _time(found[w.vkey].time))
        for w in witnesses
        if w.vkey in found
    )


def _root(session: Session, size: int) -> bytes | None:
    """The root that is there now; None where leaves are missing, which no root can be made of."""
    try:
        return tree.root(session, size)
    except MissingHashes:
        return None


def _log_keys(session: Session, signer: Signer | None) -> list[trail.VerifierKey]:
    keys = [trail.parse_vkey(key.vkey) for key in log_keys(session)]
    return keys if signer is None or signer.key in keys else [signer.key, *keys]


def _signed(
    note: trail.Note,
    line: trail.NoteSignature,
    keys: Iterable[trail.VerifierKey],
    witnesses: Iterable[Witness],
) -> Signed:
    for key in keys:
        if (key.name, key.key_id) == (line.name, line.key_id):
            try:
                trail.check_note_signature(trail.Note(note.text, (line,)), key)
            except trail.TrailError:
                return Signed(line.name, "log", False)
            return Signed(line.name, "log", True)
    for witness in witnesses:
        key = trail.parse_vkey(witness.vkey)
        if (key.name, key.key_id) == (line.name, line.key_id):
            try:
                at = trail.check_cosignature(note.text, line, key)
            except trail.TrailError:
                return Signed(line.name, "witness", False, witness.party.name)
            return Signed(line.name, "witness", True, witness.party.name, _time(at))
    return Signed(line.name, "unknown", None)


def _time(seconds: int) -> datetime:
    # A cosignature may claim any 64-bit time; what no calendar holds is shown as its end.
    return datetime.fromtimestamp(min(seconds, 253402300799), UTC)

"""What the log says of a bundle's entries: the head, a proof for each, and heads that witnesses cosigned.

Worked out when somebody asks, from what is committed; nothing is written. The
head is the one that is now; the heads before it that witnesses of the agreement's
parties have cosigned come along with proofs that they are its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.domain.tlog import proofs
from workflow_app.models.people import Party
from workflow_app.models.witnesses import Cosignature, Witness
from workflow_app.services.log import checkpoints, finality, tree
from workflow_app.services.log.at_work import spans
from workflow_app.services.log.keys import log_keys
from workflow_app.services.log.signer import Signer

_MOST_HEADS = 32
"""Cosigned heads taken along at most, the newest; each is two kilobytes."""


class CosignedHead(NamedTuple):
    """The signed note of one size, with the cosignatures of some parties' witnesses under it."""

    size: int
    note: bytes
    witnesses: tuple[tuple[str, str, str], ...]
    """(vkey, party, side) of each that cosigned."""


def log_members(
    session: Session, signer: Signer, chain: str, parties: Sequence[str], entry_ids: Sequence[int]
) -> dict[str, bytes]:
    """The members of a bundle that speak of the log, for its entries in the order they stand there.

    Empty where the log has no leaves yet.
    """
    head = checkpoints.current(session, signer)
    if not head.size:
        return {}
    newest = cosigned_head(session, head.size, parties) or CosignedHead(head.size, head.note, ())
    older = [found for size in _sizes(session, chain, parties, head.size) if (
        found := cosigned_head(session, size, parties)) is not None]  # fmt: skip
    cosigned = [
        {
            "note": one.note.decode("utf-8"),
            "proof": [node.hex() for node in tree.consistency(session, one.size, head.size)],
        }
        for one in older
    ]
    return {
        trail.CHECKPOINT: newest.note,
        trail.COSIGNED: trail.canonical({"v": trail.VERSION, "heads": cosigned}),
        trail.KEYS: trail.canonical(keys(session, signer, [newest, *older])),
        trail.PROOFS: b"".join(_proof_lines(session, head.size, entry_ids)),
    }


def cosigned_head(session: Session, size: int, parties: Sequence[str]) -> CosignedHead | None:
    """The head that was kept of this size with what the parties' witnesses said; None where none was kept.

    Those alone that it tells of count: nothing under a head shows whose a witness is that came later.
    """
    kept = checkpoints.stored(session, size)
    if kept is None:
        return None
    note = trail.parse_note(kept)
    rows = session.execute(
        select(Cosignature.vkey, Cosignature.blob, Party.key, Party.side)
        .join(Witness, Witness.vkey == Cosignature.vkey)
        .join(Party, Party.id == Witness.party_id)
        .where(Cosignature.size == size, Party.key.in_(parties))
        .order_by(Cosignature.id, Party.key)
    ).all()
    working = spans(session, parties) if rows else {}
    rows = [row for row in rows if (at := working.get((row.key, row.vkey))) and at.covers(size)]
    lines = {row.vkey: (*trail.parse_vkey(row.vkey)[:2], row.blob) for row in rows}
    signatures = [*note.signatures, *(trail.NoteSignature(*line) for line in lines.values())]
    return CosignedHead(
        size, trail.note_bytes(note.text, signatures), tuple((r.vkey, r.key, r.side) for r in rows)
    )


def keys(session: Session, signer: Signer, heads: Sequence[CosignedHead]) -> dict[str, Any]:
    """The public keys that signed these notes: the log's, old ones too, and the witnesses'."""
    signed = {signature[:2] for head in heads for signature in trail.parse_note(head.note).signatures}
    known = dict.fromkeys([*(key.vkey for key in log_keys(session)), signer.vkey])
    witnesses = sorted({row for head in heads for row in head.witnesses})
    return {
        "v": trail.VERSION,
        "logs": [{"vkey": vkey} for vkey in known if trail.parse_vkey(vkey)[:2] in signed],
        "witnesses": [{"vkey": vkey, "party": party, "side": side} for vkey, party, side in witnesses],
    }


def _sizes(session: Session, chain: str, parties: Sequence[str], below: int) -> list[int]:
    """Which earlier heads to take along: the one that makes final, and the newest each witness cosigned."""
    found = set()
    if chain.startswith(trail.AGREEMENT):
        found.add(finality.standing(session, chain.removeprefix(trail.AGREEMENT)).size)
    vkeys = select(Witness.vkey).join(Party, Party.id == Witness.party_id).where(Party.key.in_(parties))
    for vkey in session.scalars(vkeys.distinct()).all():
        newest = select(Cosignature.size).where(Cosignature.vkey == vkey).order_by(Cosignature.size.desc())
        found.update(session.scalars(newest.limit(1)))
    return sorted((size for size in found if 0 < size < below), reverse=True)[:_MOST_HEADS]


def _proof_lines(session: Session, size: int, entry_ids: Sequence[int]) -> Iterator[bytes]:
    """A line for each entry; a path's upper end that is the same as the line's before is left out."""
    node = tree.nodes(session, size)
    places = tree.positions(session, entry_ids)
    before: int | None = None
    for ident in entry_ids:
        index = places.get(ident)
        if index is None or index >= size:
            yield trail.WAITING + b"\n"
            continue
        path = proofs.inclusion(index, size, node)
        own = len(path) if before is None else _below(index, index ^ before, size)
        told = {"index": index, "path": [one.hex() for one in path[:own]], "shared": len(path) - own}
        yield trail.canonical(told) + b"\n"
        before = index


def _below(index: int, differ: int, size: int) -> int:
    """How many nodes of the path lie below where it meets the one before."""
    last = size - 1
    return sum(
        1 for level in range(differ.bit_length()) if index >> level & 1 or index >> level < last >> level
    )

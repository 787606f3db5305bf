"""Checking what was signed of the tree: kept heads by the log, cosignatures by the witnesses.

That a kept head has the root which the leaves give is for ``services.log.checking``;
here it is whether its note says that size and root, and whether those who are
said to have signed it did.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.domain.trail import Held, Said, TrailError, VerifierKey
from workflow_app.models.tree import Checkpoint, LogKey
from workflow_app.models.witnesses import Cosignature
from workflow_app.services.log import tree

_BATCH = 500


def check_signed(session: Session, held: Held | None, checked: list[Said], unchecked: list[Said]) -> None:
    """Tell what was found of kept heads, cosignatures and what the checker holds.

    Raises :class:`TrailError` for the first thing that is wrong.
    """
    logs = [trail.parse_vkey(vkey) for vkey in session.scalars(select(LogKey.vkey).order_by(LogKey.id))]
    heads = cosigned = 0
    rows = session.execute(
        select(Checkpoint.size, Checkpoint.root, Checkpoint.note)
        .order_by(Checkpoint.size)
        .execution_options(yield_per=_BATCH)
    )
    for batch in rows.partitions():
        for size, root, note in batch:
            text = _signed(size, bytes(root), bytes(note), logs)
            cosigned += _cosigned(session, size, text)
            heads += 1
    checked.append(
        Said(
            f"{heads} sjekkpunkter er signert av loggen, og {cosigned} medsignaturer av vitner passer.",
            f"{heads} checkpoints are signed by the log, and {cosigned} cosignatures by witnesses fit.",
        )
    )
    _held(session, held or Held(), logs, checked)
    if not logs:
        unchecked.append(
            Said(
                "Loggen har ingen nøkkel: ingen andre har noe å holde dette sporet opp mot.",
                "The log has no key: nobody else has anything to hold this trail against.",
            )
        )


def _signed(size: int, root: bytes, raw: bytes, logs: list[VerifierKey]) -> bytes:
    where = f"Sjekkpunktet med {size} blader", f"The checkpoint of {size} leaves"
    try:
        note = trail.parse_note(raw)
        head = trail.parse_checkpoint(note.text)
        if (head.size, head.root) != (size, root):
            raise TrailError(
                "teksten sier noe annet enn kolonnene", "its text says another thing than its columns"
            )
        key = next((k for k in logs if any(s[:2] == k[:2] for s in note.signatures)), None)
        if key is None:
            raise TrailError("ingen av loggens nøkler har signert", "none of the log's keys has signed")
        trail.check_note_signature(note, key)
    except TrailError as fault:
        raise fault.within(*where) from fault
    return note.text


def _cosigned(session: Session, size: int, text: bytes) -> int:
    rows = session.execute(
        select(Cosignature.vkey, Cosignature.time, Cosignature.blob).where(Cosignature.size == size)
    ).all()
    for vkey, time, blob in rows:
        key = trail.parse_vkey(vkey)
        try:
            said = trail.check_cosignature(text, trail.NoteSignature(*key[:2], bytes(blob)), key)
            if said != time:
                raise TrailError("tiden er en annen enn kolonnens", "its time is another than its column's")
        except TrailError as fault:
            name = repr(key.name)
            raise fault.within(
                f"Medsignaturen til {name} på {size} blader", f"The cosignature of {name} on {size} leaves"
            ) from fault
    return len(rows)


def _held(session: Session, held: Held, logs: list[VerifierKey], checked: list[Said]) -> None:
    mine = [key for key in held.keys if key.kind == trail.LOG_KEY]
    if mine and not set(mine) & set(logs):
        raise TrailError("Ingen nøkkel du har, er loggens.", "No key that you hold is the log's.")
    size = tree.tree_size(session)
    for leaves, root in held.heads:
        if leaves > size or tree.root(session, leaves) != root:
            raise TrailError(
                f"Hodet du har på {leaves} oppføringer, er ikke loggens: historien er skrevet om.",
                f"The head that you hold over {leaves} entries is not the log's: history was rewritten.",
            )
        checked.append(
            Said(
                f"Hodet du har på {leaves} oppføringer, er begynnelsen på loggen.",
                f"The head that you hold over {leaves} entries is the beginning of the log.",
            )
        )

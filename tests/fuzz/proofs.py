"""What proves something, mangled, and how it is taken by those who read it.

Whatever comes, the readers answer with a verdict or with the one error that they are
known by; what they accept has one spelling; and a receipt in which a byte is another than
it was is refused. The inputs are made in ``proof_inputs``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.fuzz.proof_inputs import (
    ORIGIN,
    SIGNER,
    TIME,
    WITNESSES,
    Case,
    case_of,
    head,
    known,
    tree,
    true_ones,
)
from workflow_app.domain import trail
from workflow_app.domain.tlog import proofs, tiles
from workflow_app.domain.trail import TrailError
from workflow_app.services.checking import typed
from workflow_app.services.errors import FieldErrors
from workflow_app.services.log import cosigning
from workflow_app.witness import asking, house, serving
from workflow_app.witness.rounds import Round
from workflow_app.witness.state import State

__all__ = ["Case", "case_of", "true_ones", "wrong_with"]


def wrong_with(case: Case) -> list[str]:
    """What is wrong with how the input was taken; an exception that is raised is for the caller to tell."""
    return _READERS[case.kind](case)


def _receipt(case: Case) -> list[str]:
    wrong = []
    for held in (None, trail.Held((SIGNER.key, known("3103")))):
        verdict = trail.verify(case.raw, held)
        trail.report(verdict)
        if verdict.ok and case.bytewise:
            wrong.append("a receipt with other bytes was taken")
        if verdict.ok and trail.canonical(json.loads(case.raw)) != case.raw:
            wrong.append("a receipt in another spelling was taken")
    return wrong


def _note(case: Case) -> list[str]:
    try:
        note = trail.parse_note(case.raw)
    except TrailError:
        return []
    wrong = [] if trail.note_bytes(note.text, note.signatures) == case.raw else ["a note has two spellings"]
    for line in note.signatures:
        for party in WITNESSES:
            try:
                trail.check_cosignature(note.text, line, known(party))
            except TrailError:
                continue
            if note.text != trail.parse_note(true_ones()["note"]).text:
                wrong.append("a cosignature fits another text")
    return wrong


def _checkpoint(case: Case) -> list[str]:
    try:
        said = trail.parse_checkpoint(case.raw)
    except TrailError:
        return []
    text = trail.checkpoint_text(said.origin, said.size, said.root)
    more = "".join(f"{line}\n" for line in said.extensions).encode()
    return [] if text + more == case.raw else ["a checkpoint has two spellings"]


def _vkey(case: Case) -> list[str]:
    text = case.raw.decode("utf-8", "replace")
    try:
        key = trail.parse_vkey(text)
    except TrailError:
        return []
    return [] if trail.vkey_text(key) == text else ["a key has two spellings"]


def _held(case: Case) -> list[str]:
    try:
        trail.parse_held(case.raw.decode("utf-8", "replace"))
    except TrailError:
        return []
    return []


def _cosignatures(case: Case) -> list[str]:
    try:
        given = cosigning.read(case.raw)
    except cosigning.Refused:
        return []
    return [] if len(case.raw) <= cosigning.LONGEST and given.head.origin else ["too much was read"]


@cache
def _at_work() -> tuple[house.House, State]:
    """A witness that remembers five leaves."""
    folder = Path(tempfile.mkdtemp(prefix="avtaleflyt-fuzz-"))
    made = house.build(folder / "witness", "fuzz.example/1", SIGNER.vkey, "https://log.example")
    memory = State(ORIGIN).moved(5, proofs.root(5, tree()), head(5))
    return made, memory


def _add_checkpoint(case: Case) -> list[str]:
    made, memory = _at_work()
    work = Round(made, memory, made_log(), clock=lambda: float(TIME))
    status, _, told = serving.answer(work, case.raw)
    if status == 200:
        asked = asking.parse(case.raw)
        text = trail.parse_note(asked.note).text
        size = trail.parse_checkpoint(text).size
        if trail.parse_checkpoint(text).root != proofs.root(size, tree()):
            return ["the witness cosigned another tree"]
        trail.check_cosignature(text, trail.parse_note(b"x\n\n" + told).signatures[0], made.known)
    return [] if status in (200, 400, 403, 404, 409, 422, 503) else [f"status {status}"]


def made_log() -> Any:
    """The witness that is asked never asks back."""
    return None


def _pasted(case: Case) -> list[str]:
    try:
        typed.read_pasted(case.raw.decode("utf-8", "replace"))
    except FieldErrors:
        return []
    return []


def _typed(case: Case) -> list[str]:
    size, _, root = case.raw.decode("utf-8", "replace").partition(" ")
    try:
        asked = typed.read_typed(size, root)
    except FieldErrors:
        return []
    return [] if asked.size >= 0 and len(asked.root) == 32 else ["what was typed is no head"]


def _tile(case: Case) -> list[str]:
    words = case.raw.decode("utf-8", "replace").split("/")
    found = tiles.parse(words)
    if found is None or tiles.path(found) == "tile/" + "/".join(words):
        return []
    return ["a tile has two names"]


_READERS: Mapping[str, Callable[[Case], list[str]]] = {
    "receipt": _receipt,
    "note": _note,
    "checkpoint": _checkpoint,
    "vkey": _vkey,
    "held": _held,
    "cosignatures": _cosignatures,
    "add-checkpoint": _add_checkpoint,
    "pasted": _pasted,
    "typed": _typed,
    "tile": _tile,
}

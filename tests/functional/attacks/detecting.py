"""The detectors, each the real thing: the witness program over HTTP, ``verify.py``, a paper's own words.

None of them asks the operator what is true. Each holds something of its own: a memory, a
receipt with the keys its holder was given, a size and a root in ink.
"""

from __future__ import annotations

import json
import shutil
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.support.witnessing import Watcher
from workflow_app.domain.trail import (
    TrailError,
    VerifierKey,
    check_cosignature,
    check_note_signature,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    verify_consistency,
)


@dataclass(frozen=True)
class Paper:
    """What a referatsak prints of the log, as a council member reads it: a number and a root in hex."""

    size: int
    root: str


def fetch(url: str) -> bytes:
    """What the log publishes there."""
    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


def alarmed(witness: Watcher) -> bool:
    """One round of the witness; True where it rings the alarm, and then it has signed nothing.

    Or where the log no longer takes what it signs: that too ends in a mail to whoever minds it.
    """
    before = witness.memory
    code = witness.do("once")
    if code == 0:
        assert "ALARM" not in witness.complained
        return False
    assert code == 1
    if "403" in witness.complained:
        return True
    assert "ALARM" in witness.complained, witness.complained
    after = witness.memory
    assert (after.size, after.root) == (before.size, before.root)
    assert list(witness.folder.glob("evidence-*.txt"))
    return True


def final_by(note: bytes, keys: list[VerifierKey]) -> bool:
    """Whether each of the witnesses has cosigned this very head."""
    read = parse_note(note)

    def signed(key: VerifierKey) -> bool:
        for line in read.signatures:
            try:
                check_cosignature(read.text, line, key)
            except TrailError:
                continue
            return True
        return False

    return all(signed(key) for key in keys)


def paper_differs(url: str, paper: Paper, log: str) -> bool:
    """Whether the log of today does not begin with what was printed.

    Its newest head must be signed by the log and larger, and must prove that it grew out of the
    printed one; what cannot be proved is caught, whatever the reason that is given.
    """
    note = parse_note(fetch(f"{url}/checkpoint"))
    check_note_signature(note, parse_vkey(log))
    head = parse_checkpoint(note.text)
    if head.size < paper.size:
        return True
    told = json.loads(json_of(f"{url}/log/proof/consistency?from={paper.size}&to={head.size}"))
    proof = [bytes.fromhex(one) for one in told["proof"]]
    try:
        verify_consistency(paper.size, head.size, bytes.fromhex(paper.root), head.root, proof)
    except TrailError:
        return True
    return False


def json_of(url: str) -> bytes:
    """The same address, as a program asks."""
    with urllib.request.urlopen(
        urllib.request.Request(url, headers={"Accept": "application/json"})
    ) as answer:
        return bytes(answer.read())


def copied(witness: Watcher, folder: Path) -> Watcher:
    """The witness as it was before the attack, on a machine of its own."""
    shutil.copytree(witness.folder, folder)
    return Watcher(folder, witness.name)

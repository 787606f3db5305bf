"""The request of C2SP tlog-witness: an old size, a consistency proof, and a checkpoint.

Reading only: it is the witness that reads what any log may have written.
"""

from __future__ import annotations

import base64
import re
from typing import NamedTuple

from workflow_app.domain.trail import MAX_NOTE

MOST_PROOF_LINES = 63
LARGEST = MAX_NOTE + (MOST_PROOF_LINES + 2) * 64
_OLD = re.compile(rb"old (0|[1-9][0-9]{0,18})")


class Asked(NamedTuple):
    """What is asked to be cosigned: the checkpoint's note, and its proof from ``old`` leaves on."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes


def parse(body: bytes) -> Asked:
    """The request in ``body`` (C2SP tlog-witness, add-checkpoint); raises ``ValueError`` for other bytes."""
    top, gap, note = body.partition(b"\n\n")
    first, *lines = top.split(b"\n")
    old = _OLD.fullmatch(first)
    if not gap or old is None or len(lines) > MOST_PROOF_LINES or len(body) > LARGEST:
        raise ValueError("not an add-checkpoint request")
    proof = tuple(base64.b64decode(line, validate=True) for line in lines)
    if any(
        len(node) != 32 or base64.b64encode(node) != line for node, line in zip(proof, lines, strict=True)
    ):
        raise ValueError("a proof line is not the hash of a node")
    return Asked(int(old[1]), proof, note)

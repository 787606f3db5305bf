"""Proofs as texts that other programs read: C2SP tlog-proof, and the body that witnesses take.

Both end in the checkpoint they lead to, so that one file is all that is handed on.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

PROOF_HEADER = "c2sp.org/tlog-proof@v1"


def inclusion_text(index: int, proof: Iterable[bytes], checkpoint: bytes) -> bytes:
    """A proof of inclusion by C2SP tlog-proof: that leaf ``index`` (from 0) is under ``checkpoint``.

    ``checkpoint`` is the signed note, with whatever cosignatures it has.
    """
    return _lines(PROOF_HEADER, f"index {index}", proof) + checkpoint


def consistency_text(first: int, proof: Iterable[bytes], checkpoint: bytes) -> bytes:
    """A proof of consistency as the body of C2SP tlog-witness's add-checkpoint: from ``first`` leaves on."""
    return _lines(f"old {first}", proof) + checkpoint


def _lines(*parts: str | Iterable[bytes]) -> bytes:
    lines: list[str] = []
    for part in parts:
        hashes = [part] if isinstance(part, str) else [base64.b64encode(one).decode("ascii") for one in part]
        lines += hashes
    return ("\n".join(lines) + "\n\n").encode("ascii")

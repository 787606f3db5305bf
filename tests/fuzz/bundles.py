"""Signed bundles, mangled: as archives, inside one member, or with members exchanged.

Whatever comes there is a verdict. What is still taken says the same as before in all
that a bundle vouches for: entries, heads, proofs, keys and files; only what files are
called and which clear values were handed out is the bundle's own word, and the two
members that are for people and programs may say anything.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import cache
from random import Random
from typing import NamedTuple

from tests.fuzz import proof_inputs as log
from workflow_app.domain import trail
from workflow_app.domain.tlog import proofs

LOOSE = frozenset({trail.README, trail.VERIFIER, trail.MANIFEST, trail.CLEAR})
TEXT = b"Avtalen."
Members = dict[str, bytes]


class Case(NamedTuple):
    """One mangled archive."""

    raw: bytes

    @property
    def saved(self) -> bytes:
        """The input as bytes to keep."""
        return self.raw


@cache
def members() -> Members:
    """What is in the true bundle: two parties' chains and an agreement's, under a cosigned head."""
    entries = [e for e in log.entries() if e["chain"] != "installation"]
    chains = sorted({e["chain"] for e in entries}, key=lambda chain: chain.startswith("agreement/"))
    rows = [e for chain in chains for e in entries if e["chain"] == chain]
    size, whole = len(log.entries()), list(log.entries())
    note = trail.parse_note(log.head(size))
    older = trail.parse_note(log.head(9))
    signed = trail.note_bytes(
        older.text, [*older.signatures, *(log.cosigned(older.text, party) for party in log.WITNESSES)]
    )
    lines: list[bytes] = []
    before = None
    for entry in rows:
        index = whole.index(entry)
        path = proofs.inclusion(index, size, log.tree())
        own = len(path) if before is None else _below(index, before, size)
        told = {"index": index, "path": [n.hex() for n in path[:own]], "shared": len(path) - own}
        lines.append(trail.canonical(told))
        before = index
    keys = trail.parse(log.receipt())["keys"]
    heads = [{"chain": c, "size": sum(e["chain"] == c for e in rows), "head": _head(rows, c)} for c in chains]
    value = {"chain": "agreement/23456789ab", "number": 2, "field": "reason", "salt": "04" * 32}
    digest = hashlib.sha256(TEXT).hexdigest()
    return {
        trail.README: b"LES MEG",
        trail.MANIFEST: trail.canonical(
            {"v": 2, "chains": heads, "files": [{"name": "avtale.txt", "sha256": digest}]}
        ),
        trail.ENTRIES: b"".join(trail.encode(e) + b"\n" for e in rows),
        trail.CLEAR: trail.canonical({"v": 1, "values": [value | {"value": "Vi er enige."}]}),
        trail.VERIFIER: b"# the verifier",
        trail.CHECKPOINT: trail.note_bytes(*note),
        trail.PROOFS: b"".join(line + b"\n" for line in lines),
        trail.COSIGNED: trail.canonical(
            {
                "v": 1,
                "heads": [
                    {
                        "note": signed.decode(),
                        "proof": [n.hex() for n in proofs.consistency(9, size, log.tree())],
                    }
                ],
            }
        ),
        trail.KEYS: trail.canonical(keys),
        trail.FILES + digest: TEXT,
    }


def _head(rows: list[dict[str, object]], chain: str) -> str:
    return trail.entry_hash(trail.encode([e for e in rows if e["chain"] == chain][-1]))


def _below(index: int, before: int, size: int) -> int:
    height = (index ^ before).bit_length()
    return sum(1 for n in range(height) if index >> n & 1 or index >> n < (size - 1) >> n)


def pack(contents: Members) -> bytes:
    """An archive of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


@cache
def true_bundle() -> bytes:
    """The archive that holds."""
    return pack(members())


def case_of(seed: int) -> Case:
    """The input of a seed, always the same."""
    rng, contents = Random(seed), dict(members())
    how = seed % 4
    if how == 0:
        return Case(log.rebyted(rng, true_bundle()))
    name = rng.choice(sorted(set(contents) - {trail.README, trail.VERIFIER}))
    if how == 1 and name.endswith(".json"):
        contents[name] = log.revalued(rng, contents[name])
    elif how == 2 and rng.random() < 0.2:
        other = rng.choice(sorted(contents))
        contents[name], contents[other] = contents[other], contents[name]
    else:
        contents[name] = log.rebyted(rng, contents[name])
    return Case(pack(contents))


def wrong_with(case: Case) -> list[str]:
    """What is wrong with how the input was taken."""
    wrong = []
    for held in (None, trail.Held((log.SIGNER.key, log.known("3103")))):
        verdict = trail.verify(case.raw, held)
        if not trail.report(verdict).strip():
            wrong.append("nothing was said")
        if verdict.ok and _firm(case.raw) != _firm(true_bundle()):
            wrong.append("another bundle was taken")
    return wrong


def _firm(raw: bytes) -> Members:
    """What a bundle vouches for by itself."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name not in LOOSE}

"""True proofs and what becomes of them: receipts, notes, keys and requests with bytes or values changed.

A short log is made of nothing but the domain, with keys that are fixed, so that a seed
is the same input on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow_app.domain import trail
from workflow_app.domain.tlog import proofs
from workflow_app.domain.tlog.nodes import Nodes
from workflow_app.domain.tlog.text import consistency_text
from workflow_app.domain.trail import NoteSignature, VerifierKey
from workflow_app.services.log.signer import Signer

ORIGIN = "log.example/fuzz"
SIGNER = Signer(ORIGIN, b"\1" * 32)
WITNESSES = {"3103": ("kommune.example/1", b"\2" * 32), "politi": ("police.example/1", b"\3" * 32)}
PERSON = "a" * 32
TIME = 1_764_000_000


class Case(NamedTuple):
    """One input: what it is read as, the bytes, and whether bytes are all that was changed."""

    kind: str
    raw: bytes
    bytewise: bool = False

    @property
    def saved(self) -> bytes:
        """The input as bytes to keep."""
        return self.raw


def known(party: str) -> VerifierKey:
    """The public key of a party's witness."""
    name, seed = WITNESSES[party]
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return VerifierKey(name, trail.key_id(name, trail.WITNESS_KEY, public), trail.WITNESS_KEY, public)


def cosigned(text: bytes, party: str) -> NoteSignature:
    """The party's witness's word for a checkpoint."""
    key = known(party)
    private = Ed25519PrivateKey.from_private_bytes(WITNESSES[party][1])
    signature = private.sign(trail.cosigned_message(text, TIME))
    return NoteSignature(key.name, key.key_id, TIME.to_bytes(8, "big") + signature)


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """A short log: two parties with a witness each, a role, and an agreement that is signed."""
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("party/3103", "party_added", {"data": {"side": "municipal"}}),
        ("party/politi", "party_added", {"data": {"side": "police"}}),
        *(
            (f"party/{party}", "witness_added", {"data": {"vkey": trail.vkey_text(known(party))}})
            for party in WITNESSES
        ),
        (
            "party/3103", "role_given",
            {"data": {"person": PERSON, "role": "mayor", "assignment": 1, "from": "2020-01-01"}},
        ),
        ("agreement/23456789ab", "created", {"to": "draft"}),
        (
            "agreement/23456789ab", "approval",
            {
                "transition": "sign", "agreement": "b" * 64, "definition": "c" * 64,
                "actor": {"person": PERSON, "role": "mayor", "party": "3103"},
                "data": {"signoff": {"how": "password"}, "digest": "b" * 64},
                "private": {"reason": trail.commitment("reason", "Vi er enige.", b"\4" * 32)},
            },
        ),
        *(("installation", "filler", {"data": {"number": number}}) for number in range(6)),
    ]  # fmt: skip
    heads: dict[str, tuple[int, str | None]] = {}
    made = []
    for chain, kind, more in told:
        number, previous = heads.get(chain, (0, None))
        entry = {
            "v": trail.VERSION, "chain": chain, "number": number + 1, "previous": previous, "kind": kind,
            "at": "2026-03-02T09:00:00+01:00", "actor": None, **more,
        }  # fmt: skip
        heads[chain] = number + 1, trail.entry_hash(trail.encode(entry))
        made.append(entry)
    return tuple(made)


@cache
def tree() -> Nodes:
    """The inner hashes over the whole log."""
    leaves = [trail.leaf_hash(trail.encode(entry)) for entry in entries()]

    def tile(level: int, number: int, count: int) -> list[bytes]:
        return leaves[:count] if (level, number) == (0, 0) else []

    return Nodes(len(leaves), tile)


@cache
def head(size: int) -> bytes:
    """The log's signed checkpoint over the first ``size`` leaves."""
    return SIGNER.sign(trail.checkpoint_text(ORIGIN, size, proofs.root(size, tree())))


@cache
def receipt() -> bytes:
    """The receipt of the approval, final."""
    size, place = len(entries()), 6
    note = trail.parse_note(head(size))
    signed = trail.note_bytes(note.text, [*note.signatures, *(cosigned(note.text, p) for p in WITNESSES)])
    keys = {
        "v": trail.VERSION,
        "logs": [{"vkey": SIGNER.vkey}],
        "witnesses": [
            {"vkey": trail.vkey_text(known(party)), "party": party, "side": side}
            for party, side in (("3103", "municipal"), ("politi", "police"))
        ],
    }
    return trail.receipt_bytes(
        entries()[place], place, proofs.inclusion(place, size, tree()), signed, keys,
        {"reason": trail.Opening(b"\4" * 32, "Vi er enige.")},
        [(entries()[at], at, proofs.inclusion(at, size, tree())) for at in range(6)],
    )  # fmt: skip


@cache
def true_ones() -> Mapping[str, bytes]:
    """A true input of each kind."""
    size = len(entries())
    note = trail.parse_note(head(size))
    signed = trail.note_bytes(note.text, [*note.signatures, *(cosigned(note.text, p) for p in WITNESSES)])
    vkeys = [SIGNER.vkey, *(trail.vkey_text(known(party)) for party in WITNESSES)]
    held = "\n".join(
        ["# egne nøkler", *vkeys, f"{size} {proofs.root(size, tree()).hex()}  # fra papiret", ""]
    )
    return {
        "receipt": receipt(),
        "note": signed,
        "checkpoint": note.text,
        "vkey": vkeys[1].encode(),
        "held": held.encode(),
        "cosignatures": signed,
        "add-checkpoint": consistency_text(5, proofs.consistency(5, size, tree()), head(size)),
        "pasted": signed,
        "typed": f"{size} {proofs.root(size, tree()).hex()}".encode(),
        "tile": b"0/x001/234.p/17",
    }


def case_of(seed: int) -> Case:
    """The input of a seed, always the same; every other one is a receipt, which has most to get wrong."""
    rng = Random(seed)
    kinds = list(true_ones())
    kind = "receipt" if seed % 2 else kinds[1 + (seed // 2) % (len(kinds) - 1)]
    raw = true_ones()[kind]
    if kind == "receipt" and rng.random() < 0.5:
        return Case(kind, revalued(rng, raw))
    mangled = rebyted(rng, raw)
    return Case(kind, mangled, bytewise=mangled != raw)


def rebyted(rng: Random, raw: bytes) -> bytes:
    """Some bytes changed, cut, doubled, or moved about by the line."""
    content = bytearray(raw)
    for _ in range(rng.choice([1, 1, 1, 2, 5])):
        at, how = rng.randrange(len(content) or 1), rng.randrange(7)
        if how == 0:
            content[at : at + 1] = bytes([rng.randrange(256)])
        elif how == 1:
            content[at : at + 1] = rng.choice([b"", b"\n", b"\0", b" ", b"\xc3", b"+", b"=", b"\r\n", b"9"])
        elif how == 2:
            del content[at : at + rng.choice([1, 2, 40, len(content)])]
        elif how == 3:
            content[at:at] = content[at : at + rng.choice([1, 7, 80])]
        elif how == 4:
            lines = bytes(content).split(b"\n")
            rng.shuffle(lines)
            content = bytearray(b"\n".join(lines))
        elif how == 5:
            content[at:at] = rng.choice(["٣", "é", "\u2028", "𝟘", "—", "\ufeff"]).encode()
        else:
            content += rng.choice([b"\n", b" ", b"\n\n", bytes(content[:50]), b"x" * 20_000])
    return bytes(content)


_ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**53,
    1.5,
    "",
    "x",
    "\0",
    [],
    {},
    [[]],
    "9" * 400,
    "\ud800",
    10**400,
)


def revalued(rng: Random, raw: bytes) -> bytes:
    """The same JSON with values exchanged, taken away, doubled or made of another kind."""
    value = json.loads(raw)
    for _ in range(rng.choice([1, 1, 2, 4])):
        places = list(_places(value))
        parent, key = rng.choice(places)
        if isinstance(parent, (dict, list)) and not parent:
            continue
        how = rng.randrange(5)
        try:
            if how == 0:
                parent[key] = rng.choice(_ODD)
            elif how == 1:
                del parent[key]
            elif how == 2:
                other, name = rng.choice(places)
                parent[key] = deepcopy(other[name])
            elif how == 3 and isinstance(parent, list):
                parent.insert(key, deepcopy(parent[key]))
            elif isinstance(parent, dict):
                parent[f"{key}x"] = deepcopy(parent[key])
        except (KeyError, IndexError):
            continue
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting and len(found) < 2_000:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            found.append((one, key))
            waiting.append(one[key])
    return found

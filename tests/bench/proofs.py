"""How fast a trail is verified, in how little memory; what a receipt and a passkey's signature cost.

The trail is that of the demonstration's agreement, its life lived by thousands of
agreements under one log, with a proof for every entry and the workflow that every
step is held against. It is verified as anybody does: by the file that lies in the
bundle, in a process of its own, once with what is installed here and once with the
standard library alone.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench.stage import seconds
from workflow_app.domain import trail
from workflow_app.domain.tlog import proofs
from workflow_app.domain.tlog.nodes import Nodes
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.models.trail import TrailEntry
from workflow_app.services import bundle
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.demonstration import fill
from workflow_app.services.log.signer import Signer
from workflow_app.services.receipts import receipt

ENTRIES = 100_000
SIGNER = Signer("bench.example/trail", bytes(range(32)))
_ALONE = """
import re, runpy, sys, time
verify = runpy.run_path(sys.argv[1])
begun = time.process_time()
if sys.argv[3] == "chain":
    with open(sys.argv[2], "rb") as file:
        found = verify["verify_chain"](line[:-1] for line in file)
else:
    found = verify["verify_bundle"](sys.argv[2])
taken = time.process_time() - begun
peak = re.search("VmHWM: *([0-9]+)", open("/proc/self/status").read().replace("\\t", " "))[1]
print(found.ok, taken, peak, verify["CAN_CHECK_SIGNATURES"], found.first_fault)
"""
# One process, one thread: what the processor worked is what a person waits on a machine at rest.


def measure(folder: Path) -> dict[str, Any]:
    """Entries a second and megabytes beside their limits; milliseconds of a receipt and a passkey."""
    engine = make_engine(f"sqlite:///{folder / 'proofs.sqlite'}")
    create_all(engine)
    with make_session_factory(engine).begin() as session:
        fill(session, datetime.now(UTC))
        made = session.scalars(select(TrailEntry).where(TrailEntry.kind == "transition").limit(1)).one()
        packed = bundle.export(session, made.chain, {}, signer=SIGNER, registry=workflow_definitions())
        with_receipt = _receipt(session, made)
    engine.dispose()
    path = folder / "trail.zip"
    lines = folder / "entries.jsonl"
    _large(packed, made.chain, path, lines)
    found = {
        "entries": ENTRIES,
        "chain": _rate(lines, "chain", ["-I"], 150_000),
        "chain_standard_library_alone": _rate(lines, "chain", ["-I", "-S"], 80_000),
        "bundle_with_proofs": _rate(path, "bundle", ["-I"], 150_000),
        "bundle_with_proofs_standard_library_alone": _rate(path, "bundle", ["-I", "-S"], 80_000),
    }
    return found | with_receipt | {"passkey_verification_ms": _passkey(), "aim_passkey_verification_ms": 5}


def _receipt(session: Session, entry: TrailEntry) -> dict[str, Any]:
    made = seconds(lambda: receipt(session, entry, SIGNER), 20)
    raw = receipt(session, entry, SIGNER)
    return {
        "receipt_ms": round(1000 * made, 2),
        "aim_receipt_ms": 50,
        "receipt_verified_ms": round(1000 * seconds(lambda: trail.verify_receipt(raw), 20), 2),
    }


def _rate(path: Path, what: str, options: list[str], aim: int) -> dict[str, Any]:
    words = [sys.executable, *options, "-c", _ALONE, trail.__file__, str(path), what]
    best = None
    for _ in range(3):
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split(maxsplit=4)
        assert said[0] == "True", said
        if best is None or float(said[1]) < best[0]:
            best = float(said[1]), int(said[2]), said[3] == "True"
    assert best is not None
    return {
        "entries_per_s": round(ENTRIES / best[0]),
        "aim_entries_per_s": aim,
        "megabytes": round(best[1] / 1024),
        "aim_megabytes": 200,
        "signatures_checked": best[2],
    }


def _large(packed: bytes, chain: str, path: Path, lines: Path) -> None:
    """The bundle with its agreement's life lived by many; and one chain of as many lines."""
    folder = path.parent
    small = folder / "small.zip"
    small.write_bytes(packed)
    with zipfile.ZipFile(small) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    rows = members[trail.ENTRIES].splitlines()
    first = [raw for raw in rows if trail.decode(raw)["chain"] != chain]
    life = [trail.decode(raw) for raw in rows if trail.decode(raw)["chain"] == chain]
    lines.write_bytes(b"".join(raw + b"\n" for raw in _again(life, ENTRIES)))
    everything = [*first, *_lives(life, ENTRIES - len(first))]
    heads = {told["chain"]: (told["number"], raw) for raw in everything if (told := json.loads(raw))}
    manifest = trail.parse(members[trail.MANIFEST])
    manifest["chains"] = [
        {"chain": name, "size": size, "head": trail.entry_hash(raw)} for name, (size, raw) in heads.items()
    ]
    leaves = [trail.leaf_hash(raw) for raw in everything]
    frontier = trail.Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    note = SIGNER.sign(trail.checkpoint_text(SIGNER.origin, ENTRIES, frontier.root()))
    members |= {
        trail.ENTRIES: b"".join(raw + b"\n" for raw in everything),
        trail.MANIFEST: trail.canonical(manifest),
        trail.CLEAR: trail.canonical({"v": 1, "values": []}),
        trail.CHECKPOINT: note,
        trail.PROOFS: b"".join(_proof_lines(leaves)),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _lives(life: list[dict[str, Any]], count: int) -> Iterator[bytes]:
    """One agreement after the other, each with the same life."""
    previous: str | None = None
    for number in range(count):
        lived, place = divmod(number, len(life))
        told = life[place] | {"chain": f"{life[0]['chain']}.{lived}", "previous": previous if place else None}
        raw = trail.encode(told)
        previous = trail.entry_hash(raw)
        yield raw


def _again(life: list[dict[str, Any]], count: int) -> Iterator[bytes]:
    previous: str | None = None
    for number in range(1, count + 1):
        lived, place = divmod(number - 1, len(life))
        told = life[place] | {"number": number, "previous": previous}
        if "round" in told.get("data", {}):
            # A round that is complete takes no more: each life has its own.
            told["data"] = told["data"] | {"round": told["data"]["round"] + 1000 * lived}
        raw = trail.encode(told)
        previous = trail.entry_hash(raw)
        yield raw


def _proof_lines(leaves: list[bytes]) -> Iterator[bytes]:
    size, path, before = len(leaves), list[bytes](), 0
    node = Nodes(size, lambda level, number, count: _hashes(leaves, level, number, count))
    for index in range(size):
        old, path = path, proofs.inclusion(index, size, node)
        shared = 0
        if index:
            height = (index ^ before).bit_length()
            own = sum(1 for n in range(height) if index >> n & 1 or index >> n < (size - 1) >> n)
            shared = len(path) - own
            assert path[own:] == old[len(old) - shared :]
        told = {"index": index, "path": [one.hex() for one in path[: len(path) - shared]], "shared": shared}
        before = index
        yield trail.canonical(told) + b"\n"


_TILES: dict[tuple[int, int], bytes] = {}


def _hashes(leaves: list[bytes], level: int, number: int, count: int) -> list[bytes]:
    """The hashes of a tile: leaves, or the roots of the tiles below."""
    if level == 0:
        return leaves[number * 256 : number * 256 + count]
    return [_root(leaves, level, number * 256 + n) for n in range(count)]


def _root(leaves: list[bytes], level: int, number: int) -> bytes:
    if (level, number) not in _TILES:
        whole = trail.Frontier()
        for one in _hashes(leaves, level - 1, number, 256):
            whole.append(one)
        _TILES[level, number] = whole.root()
    return _TILES[level, number]


def _passkey() -> float:
    """Milliseconds for all that is checked of one sign-off by passkey."""
    private = ec.generate_private_key(ec.SECP256R1())
    numbers = private.public_key().public_numbers()
    statement = {"v": 1, "agreement": "x" * 10, "digest": "ab" * 32, "nonce": "A" * 43}
    client = json.dumps(
        {
            "type": "webauthn.get",
            "challenge": trail.to_base64url(trail.statement_challenge(statement)),
            "origin": "https://bench.example",
            "crossOrigin": False,
        }
    ).encode()
    authenticator = hashlib.sha256(b"bench.example").digest() + b"\x05" + bytes(4)
    signature = private.sign(authenticator + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
    sign_off = {
        "statement": statement,
        "authenticator_data": trail.to_base64url(authenticator),
        "client_data": trail.to_base64url(client),
        "signature": trail.to_base64url(signature),
    }
    key = {
        "rp_id": "bench.example",
        "origins": ["https://bench.example"],
        "public_key": {
            "kty": "EC",
            "crv": "P-256",
            "x": trail.to_base64url(numbers.x.to_bytes(32, "big")),
            "y": trail.to_base64url(numbers.y.to_bytes(32, "big")),
        },
    }
    return round(1000 * seconds(lambda: trail.check_assertion(sign_off, key), 200), 3)

"""The log for programs, through HTTP and by clients that know nothing of us but the public formats."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from webtest import TestApp, TestResponse

from tests.functional.conftest import Site, make_site
from tests.functional.door_support import one_sentence, written
from tests.support.witnessing import log_key
from workflow_app.domain.trail import verify_consistency, verify_inclusion
from workflow_app.services import trail
from workflow_app.services.log import checkpoints, keys, rotation
from workflow_app.services.log.checkpoints import Head
from workflow_app.services.log.signer import Signer, new_signer
from workflow_app.web.log import signer_of

ORIGIN = "avtaler.example/log"
JSON = {"Accept": "application/json"}
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Log:
    """A site with a log of three hundred entries, one head kept on the way, and a client without login."""

    def __init__(self, site: Site, signer: Signer, old: Signer, kept: Head) -> None:
        self.site, self.signer, self.old, self.kept = site, signer, old, kept
        self.client = TestApp(site.app)

    def get(self, path: str, status: int = 200, **headers: str) -> TestResponse:
        return self.client.get(path, status=status, headers=headers)

    def json(self, path: str, status: int = 200) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(path, status=status, headers=JSON).json
        return found


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    folder = tmp_path_factory.mktemp("log")
    signer, settings = log_key(folder, ORIGIN)
    site = make_site(folder, **settings)
    with site.session() as db, db.begin():
        old = new_signer(ORIGIN)
        keys.enter(db, old, NOW)
        for n in range(300):
            trail.append(db, "agreement/1", kind="note", now=NOW, data={"n": n})
            if n == 100:
                head = checkpoints.current(db, old)
                checkpoints.store(db, head, NOW)
                keys.enter(db, signer, NOW)
    yield Log(site, signer, old, head)
    site.app.registry["engine"].dispose()


def opened(note: str, vkey: str) -> tuple[str, int, bytes]:
    """A checkpoint read and checked by a client of its own, from C2SP signed-note and tlog-checkpoint."""
    text, _, signatures = note.partition("\n\n")
    name, identity, key = vkey.split("+", 2)
    public = base64.b64decode(key)
    expected = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    assert expected.hex() == identity
    (line,) = [one for one in signatures.splitlines() if one.startswith(f"— {name} ")]
    signed = base64.b64decode(line.split(" ")[2])
    assert signed[:4] == expected
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(signed[4:], f"{text}\n".encode())
    origin, size, root = text.split("\n")
    return origin, int(size), base64.b64decode(root)


def mth(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, over leaf hashes."""
    while len(hashes) > 1:
        odd = [hashes[-1]] if len(hashes) % 2 else []
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        hashes = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in pairs] + odd
    return hashes[0]


def test_the_head_is_a_signed_note_that_anybody_may_read(log: Log) -> None:
    before = written(log.site)
    answer = log.get("/checkpoint")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    origin, size, root = opened(answer.text, log.signer.vkey)
    assert origin == ORIGIN
    told = log.json("/checkpoint")
    assert told == {"origin": ORIGIN, "size": size, "root": root.hex(), "note": answer.text}
    # The log's name says that it is found below /log as well (C2SP tlog-tiles, "Parameters").
    assert log.get("/log/checkpoint").body == log.get("/checkpoint").body == answer.body
    assert log.get("/log/tile/0/000").body == log.get("/tile/0/000").body
    log.client.head("/checkpoint", status=200)
    assert written(log.site) == before, "looking at a head keeps none"


def test_tiles_put_together_by_a_client_give_the_root(log: Log) -> None:
    """C2SP tlog-tiles: the client knows the size from the head, and fetches what it needs by name."""
    _, size, root = opened(log.get("/checkpoint").text, log.signer.vkey)
    leaves = []
    for number in range(size // 256):
        answer = log.get(f"/tile/0/{number:03d}")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert {"immutable", "public", "max-age=31536000"} == set(answer.headers["Cache-Control"].split(", "))
        assert "Vary" not in answer.headers
        assert len(answer.body) == 8192
        leaves.append(answer.body)
    rest = log.get(f"/tile/0/{size // 256:03d}.p/{size % 256}").body
    hashes = [b"".join([*leaves, rest])[32 * n : 32 * n + 32] for n in range(size)]
    assert mth(hashes) == root
    upper = log.get(f"/tile/1/000.p/{size // 256}").body
    assert upper == b"".join(mth(hashes[256 * n : 256 * n + 256]) for n in range(size // 256))


NOT_THERE = """/tile /tile/0 /tile/0/001 /tile/0/001.p/255 /tile/2/000 /tile/2/000.p/1 /tile/0/x001/000
/tile/00/000 /tile/0/000.p/256 /tile/0/000.p/0 /tile/x /tile/0/0 /tile/0/000/000 /tile/64/000
/tile/0/%C2%B200 /tile/a/b/c/d/e/f/g/h/i/j/k /tile/0/x999/x999/x999/x999/999 /checkpoint/1 /checkpoint/x
/checkpoint/-1 /checkpoint/01 /checkpoint/999999999999999999999999999999 /log/proof /log/proof/other /log/x
/checkpoint/x/y""".split()


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_is_a_404_with_a_sentence(log: Log, path: str) -> None:
    for accept in ("text/html", "application/json"):
        answer = log.client.get(path, headers={"Accept": accept}, expect_errors=True)
        one_sentence(answer, 404)


@pytest.mark.parametrize("path", ["/tile/entries/000", "/tile/entries/000.p/3", "/tile/entries"])
def test_entries_are_not_public_and_it_is_said(log: Log, path: str) -> None:
    assert log.json(path, 404)["error"] == "entries_are_not_public"


def test_proofs_on_demand_hold(log: Log) -> None:
    size = log.json("/checkpoint")["size"]
    roots = {}
    for index in (0, 1, 100, 255, 256, size - 1):
        told = log.json(f"/log/proof/inclusion?index={index}")
        assert (told["index"], told["size"]) == (index, size)
        proof = [bytes.fromhex(one) for one in told["proof"]]
        leaf, root = bytes.fromhex(str(told["leaf"])), bytes.fromhex(str(told["root"]))
        verify_inclusion(leaf, index, size, proof, root)
        small = log.json(f"/log/proof/inclusion?index={index}&size={index + 1}")
        roots[index + 1] = bytes.fromhex(str(small["root"]))
    for first, second in pairwise(sorted(roots)):
        told = log.json(f"/log/proof/consistency?from={first}&to={second}")
        assert (told["first_root"], told["second_root"]) == (roots[first].hex(), roots[second].hex())
        proof = [bytes.fromhex(one) for one in told["proof"]]
        verify_consistency(first, second, roots[first], roots[second], proof)
    assert log.json("/log/proof/consistency?from=0&to=0")["proof"] == []


def test_proofs_as_texts_are_whole_by_themselves(log: Log) -> None:
    """C2SP tlog-proof, and the body that C2SP tlog-witness's add-checkpoint takes."""
    text = log.get("/log/proof/inclusion?index=7&size=200").text
    head, _, checkpoint = text.partition("\n\n")
    first, index, *proof = head.split("\n")
    assert (first, index) == ("c2sp.org/tlog-proof@v1", "index 7")
    _, size, root = opened(checkpoint, log.signer.vkey)
    leaf = log.get("/tile/0/000").body[7 * 32 : 8 * 32]
    verify_inclusion(leaf, 7, size, [base64.b64decode(one) for one in proof], root)
    text = log.get(f"/log/proof/consistency?from={log.kept.size}").text
    head, _, checkpoint = text.partition("\n\n")
    old, *proof = head.split("\n")
    assert old == f"old {log.kept.size}"
    _, newer, newer_root = opened(checkpoint, log.signer.vkey)
    _, older, older_root = opened(log.get(f"/checkpoint/{log.kept.size}").text, log.old.vkey)
    assert older == log.kept.size
    verify_consistency(older, newer, older_root, newer_root, [base64.b64decode(one) for one in proof])


IMPOSSIBLE = {
    422: "inclusion inclusion?index= inclusion?index=x inclusion?index=-1 inclusion?index=%C2%B2 consistency "
    "inclusion?index=1.0 inclusion?index=9999999999999999999 inclusion?index=99999 inclusion?index=5&size=5 "
    "inclusion?index=0&size=0 consistency?from=5&to=4 consistency?from=1&to=x",
    404: "inclusion?index=0&size=99999 consistency?from=1&to=99999",
    400: "inclusion?index=%FF",
}


@pytest.mark.parametrize(
    ("query", "status"), [(query, status) for status, some in IMPOSSIBLE.items() for query in some.split()]
)
def test_a_proof_that_cannot_be_is_refused_with_a_sentence(log: Log, query: str, status: int) -> None:
    for accept in ("text/html", "application/json"):
        answer = log.client.get(f"/log/proof/{query}", headers={"Accept": accept}, expect_errors=True)
        one_sentence(answer, status)
        if status == 422 and accept == "text/html":
            # A browser has sent no form: the page names what of the address is wrong.
            lead = answer.html.select_one(".error-page .lead").get_text()
            assert re.search(r"\b(index|from|to)\b", lead), lead
            assert "skjema" not in answer.text


def test_heads_that_were_kept_stay_as_they_were_signed(log: Log) -> None:
    size, root = log.kept.size, log.kept.root.hex()
    assert log.get(f"/checkpoint/{size}").body == log.kept.note
    told = log.json("/checkpoints")
    assert [(one["size"], one["root"]) for one in told["checkpoints"]] == [(size, root)]
    assert told["next"] is None
    assert log.json(f"/checkpoints?after={size}")["checkpoints"] == []
    one_sentence(log.client.get("/checkpoints?after=x", headers=JSON, expect_errors=True), 422)


def test_keys_are_told_the_one_that_signs_first_and_old_ones_too(log: Log) -> None:
    lines = log.get("/log/keys").text.splitlines()
    assert lines == [log.signer.vkey, log.old.vkey]
    told = log.json("/log/keys")
    assert told["origin"] == ORIGIN
    assert [(one["vkey"], one["until"] is None) for one in told["keys"]] == [
        (lines[0], True),
        (lines[1], False),
    ]


def test_a_key_that_nobody_entered_yet_is_told_all_the_same(site: Site) -> None:
    signer = site.app.registry["log_signer"] = new_signer(ORIGIN)
    assert TestApp(site.app).get("/log/keys").text == f"{signer.vkey}\n"


def test_a_key_that_is_changed_is_taken_up_by_each_process(site: Site, tmp_path: Path) -> None:
    """Two servers, told apart by what they hold in memory, and a change that is cut short on the way."""
    path = tmp_path / "log.key"
    site.app.registry.settings["avtaleflyt.log_key_file"] = str(path)
    with site.session() as db, db.begin():
        old, _ = rotation.first_key(db, path, {keys.ORIGIN: ORIGIN}, NOW)
    registry, client = site.app.registry, TestApp(site.app)

    def signed_by(signer: Signer) -> None:
        # What another process still holds.
        registry["log_signer"] = old
        assert opened(client.get("/checkpoint").text, signer.vkey)
        assert signer_of(registry) == signer
        assert client.get("/log/keys").text.splitlines()[0] == signer.vkey

    with site.session() as db:
        rotation.prepare(db, path, ORIGIN, NOW)
        db.rollback()
    signed_by(old)
    with site.session() as db, db.begin():
        new = rotation.prepare(db, path, ORIGIN, NOW)
    signed_by(new)
    rotation.take_place(path)
    signed_by(new)
    # The key is not there: nothing is signed, and least of all by the old one.
    registry["log_signer"] = old
    path.rename(tmp_path / "away")
    for accept, kind in (("*/*", "text/plain"), ("text/html", "text/html"), ("application/json",) * 2):
        answer = client.get("/checkpoint", headers={"Accept": accept}, status=503)
        assert (answer.content_type, "Traceback" in answer.text) == (kind, False)
    assert client.get("/tile/0/000.p/1").status_int == 200
    (tmp_path / "away").rename(path)
    signed_by(new)


def test_without_a_key_there_are_no_heads_and_everything_else_is_there(site: Site) -> None:
    site.app.registry["log_signer"] = None
    client = TestApp(site.app)
    for path in ("/checkpoint", "/log/proof/inclusion?index=0", "/log/proof/consistency?from=1"):
        one_sentence(client.get(path, expect_errors=True), 503)
    assert len(client.get("/tile/0/000.p/1").body) == 32
    assert client.get("/log/proof/inclusion?index=0", headers=JSON).json["proof"]
    assert client.get("/log/keys").text == ""


def test_what_a_person_does_is_in_the_next_head(log: Log) -> None:
    before = log.json("/checkpoint")["size"]
    program = log.site.program("slt.moss")
    made = program.post(
        "/agreements/add",
        {
            "filename": "a.txt",
            "content_base64": base64.b64encode(b"Avtalen revideres aarlig.").decode(),
            "municipal": ["3103"],
            "police": [log.site.party["politi.moss"]],
            "definition": "politiradsavtale",
        },
        status=201,
    )
    assert log.json("/checkpoint")["size"] > before
    for entry in program.get(f"/agreements/{made['id']}/trail")["entries"]:
        proof = log.json(f"/log/proof/inclusion?index={entry['index']}")
        assert proof["leaf"] == entry["hash"]

"""A log of one's own, over real HTTP, that can lie: for the witness, which must believe none.

It has the addresses of C2SP tlog-tiles and the two of this installation. Its
tree is worked out from all leaves with the plain recursion of RFC 6962, and not
with what the house makes proofs by.
"""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow_app.domain.tlog import tiles
from workflow_app.domain.trail import (
    EMPTY_ROOT,
    LOG_KEY,
    NoteSignature,
    VerifierKey,
    check_cosignature,
    checkpoint_text,
    key_id,
    leaf_hash,
    node_hash,
    note_bytes,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    vkey_text,
)

ORIGIN = "log.example/avtaleflyt"


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as it is written there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    middle = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(tree_root(leaves[:middle]), tree_root(leaves[middle:]))


def proof(first: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, section 2.1.2, as it is written there; empty for ``first`` 0."""
    if first in (0, len(leaves)):
        return [] if whole else [tree_root(leaves)]
    middle = 1 << ((len(leaves) - 1).bit_length() - 1)
    if first <= middle:
        return [*proof(first, leaves[:middle], whole), tree_root(leaves[middle:])]
    return [*proof(first - middle, leaves[middle:], False), tree_root(leaves[:middle])]


def leaves_of(*words: str) -> list[bytes]:
    """A leaf for each word."""
    return [leaf_hash(word.encode()) for word in words]


def many(count: int, history: str = "a") -> list[bytes]:
    """``count`` leaves of one history; another ``history`` has other leaves."""
    return leaves_of(*(f"{history} {n}" for n in range(count)))


class SigningKey:
    """The log's key; ``note`` signs whatever it is given."""

    def __init__(self, origin: str = ORIGIN, seed: bytes = b"log") -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed).digest())
        public = self._private.public_key().public_bytes_raw()
        self.known = VerifierKey(origin, key_id(origin, LOG_KEY, public), LOG_KEY, public)
        self.vkey = vkey_text(self.known)

    def note(self, leaves: Sequence[bytes], size: int | None = None) -> bytes:
        """The signed head of a tree, or one that claims another size."""
        text = checkpoint_text(self.known.name, len(leaves) if size is None else size, tree_root(leaves))
        return note_bytes(text, [self.line(text)])

    def line(self, text: bytes) -> NoteSignature:
        """The signature line under ``text``."""
        return NoteSignature(self.known.name, self.known.key_id, self._private.sign(text))


class FakeLog:
    """A log server on a free port of this machine; ``with FakeLog() as log``.

    ``before`` is called with method and path before each answer, and may wait
    or raise; ``refuse`` is the status that cosignatures are answered with.
    """

    def __init__(self, leaves: Sequence[bytes] = (), key: SigningKey | None = None) -> None:
        self.key = key or SigningKey()
        self.leaves = list(leaves)
        self.kept: dict[int, bytes] = {}
        self.handed_in: list[bytes] = []
        self.asked: list[str] = []
        self.refuse = 0
        self.answers: dict[str, bytes] = {}
        self.before: Callable[[str, str], None] = lambda method, path: None
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.log = self  # type: ignore[attr-defined]  # how the handler finds its log
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FakeLog:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def keep(self, *sizes: int) -> None:
        """Keep the heads of these sizes, as if somebody had cosigned them."""
        for size in sizes:
            self.kept[size] = self.key.note(self.leaves[:size])

    def heads(self, vkey: str) -> list[tuple[int, str]]:
        """Every (size, root) that this witness handed in, each signature checked."""
        key, found = parse_vkey(vkey), []
        for raw in self.handed_in:
            note = parse_note(raw)
            for line in note.signatures:
                check_cosignature(note.text, line, key)
            head = parse_checkpoint(note.text)
            found.append((head.size, head.root.hex()))
        return found

    def get(self, path: str) -> tuple[int, bytes]:
        """What is answered to a GET."""
        if path in self.answers:
            return 200, self.answers[path]
        parts = urlsplit(path)
        words = parts.path.strip("/").split("/")
        if words == ["checkpoint"]:
            return 200, self.key.note(self.leaves)
        if words == ["checkpoints"]:
            after = int(parse_qs(parts.query)["after"][0])
            listed = [{"size": size} for size in sorted(self.kept) if size > after]
            return 200, json.dumps({"checkpoints": listed}).encode()
        if words[0] == "checkpoint" and len(words) == 2 and int(words[1]) in self.kept:
            return 200, self.kept[int(words[1])]
        tile = tiles.parse(words[1:]) if words[0] == "tile" else None
        if tile is None:
            return 404, b""
        span = 256**tile.level
        first = tile.number * 256
        count = min(tile.width, len(self.leaves) // span - first)
        subtrees = [self.leaves[(first + n) * span : (first + n + 1) * span] for n in range(count)]
        return (200, b"".join(map(tree_root, subtrees))) if count == tile.width else (404, b"")


class _Handler(http.server.BaseHTTPRequestHandler):
    def _log(self) -> FakeLog:
        server: Any = self.server
        log: FakeLog = server.log
        log.asked.append(f"{self.command} {self.path}")
        log.before(self.command, self.path)
        return log

    def do_GET(self) -> None:
        self._say(*self._log().get(self.path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        log = self._log()
        if log.refuse:
            return self._say(log.refuse, json.dumps({"message": "ikke registrert"}).encode())
        log.handed_in.append(body)
        return self._say(200, b"{}")

    def _say(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except BrokenPipeError:
            # Whoever asked was shot meanwhile, which is what some tests are about.
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the test sees ``asked``."""

"""Witnesses at work in tests: a site that signs its log, served over real HTTP, and witnesses in folders."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from waitress.server import create_server
from waitress.wasyncore import close_all

from workflow_app.domain.trail import (
    WITNESS_KEY,
    NoteSignature,
    VerifierKey,
    cosigned_message,
    key_id,
    note_bytes,
    vkey_text,
)
from workflow_app.services.log.keys import enter, new_signer, write_key
from workflow_app.services.log.signer import Signer
from workflow_app.witness.cli import main
from workflow_app.witness.house import at_home
from workflow_app.witness.state import State


def log_key(folder: Path, origin: str = "avtaler.example/log") -> tuple[Signer, dict[str, str]]:
    """A key for the log in ``folder``, and the settings that name it."""
    signer = new_signer(origin)
    write_key(folder / "log.key", signer)
    return signer, {"avtaleflyt.log_key_file": str(folder / "log.key")}


def known_to(session: Any, signer: Signer, now: Any) -> None:
    """Enter the log's public key in the trail, as the operator's command does."""
    enter(session, signer, now)


@contextlib.contextmanager
def served(app: Any) -> Iterator[str]:
    """The application on a free port of this machine; gives its address."""
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # In the server's own thread, which would else stand in select() on what is closed under it.
        server.trigger.pull_trigger(lambda: close_all(sockets))
        thread.join(5)
        server.task_dispatcher.shutdown()


class Cosigner:
    """A witness's key alone, which signs whatever a test wants it to."""

    def __init__(self, name: str) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
        public = self._private.public_key().public_bytes_raw()
        self.known = VerifierKey(name, key_id(name, WITNESS_KEY, public), WITNESS_KEY, public)
        self.vkey = vkey_text(self.known)

    def line(self, text: bytes, time: int) -> NoteSignature:
        """The cosignature of a checkpoint's text."""
        blob = time.to_bytes(8, "big") + self._private.sign(cosigned_message(text, time))
        return NoteSignature(self.known.name, self.known.key_id, blob)

    def note(self, text: bytes, time: int) -> bytes:
        """The checkpoint with the cosignature under it, as it is handed in."""
        return note_bytes(text, [self.line(text, time)])


@dataclass
class Watcher:
    """One witness in its folder; every step is the program itself."""

    folder: Path
    name: str
    said: str = ""
    complained: str = ""

    @classmethod
    def new(cls, folder: Path, name: str, log_vkey: str, url: str) -> Watcher:
        """Make it; fails where the program does not."""
        made = cls(folder, name)
        assert made.do("new", "--name", name, "--log-key", log_vkey, "--url", url) == 0, made.complained
        return made

    def do(self, *words: str) -> int:
        """One step in this process; what it says is kept in ``said`` and ``complained``."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*words, "--dir", str(self.folder)])
        self.said, self.complained = out.getvalue(), err.getvalue()
        return code

    def process(self, *words: str) -> subprocess.Popen[str]:
        """One step as a process of its own, which may be shot."""
        return subprocess.Popen(
            [sys.executable, "-m", "workflow_app.witness", *words, "--dir", str(self.folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    @property
    def vkey(self) -> str:
        """Its public key, as ``show`` prints it."""
        return vkey_text(at_home(self.folder).known)

    @property
    def memory(self) -> State:
        """What it remembers."""
        return at_home(self.folder).remember()

    def point_at(self, url: str) -> None:
        """Ask another address from now on, as if the network led there."""
        path = self.folder / "witness.json"
        path.write_text(path.read_text().replace(at_home(self.folder).url, url))

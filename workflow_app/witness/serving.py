"""The witness as a C2SP tlog-witness: ``POST /add-checkpoint``, for logs that come and ask.

One request at a time: comparing with the memory and writing it down are one
step, as the specification demands. A bad proof proves nothing (anybody can send
one) and raises no alarm; two different trees of one size that the log has both
signed do.
"""

from __future__ import annotations

import http.server
import threading
from typing import Any

from workflow_app.domain.trail import NoteSignature, TrailError, note_bytes, verify_consistency
from workflow_app.witness import asking, judging
from workflow_app.witness.asking import Asked
from workflow_app.witness.faults import Alarm, WitnessFault
from workflow_app.witness.house import refuse_alarmed
from workflow_app.witness.rounds import Round

SLOW = 10
"""Seconds that a client may be silent in the middle of a request."""
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"

Answer = tuple[int, str, bytes]
"""HTTP's status, the content type, the body."""


def answer(work: Round, body: bytes) -> Answer:
    """The answer to one add-checkpoint request; the order of the checks is the specification's.

    Raises :class:`WitnessFault` only where the disk or the key fails.
    """
    try:
        refuse_alarmed(work.memory)
        asked = asking.parse(body)
        found = judging.seen(asked.note, work.house.log_keys, work.house.known, work.memory)
    except judging.OtherLog as fault:
        return _no(404, fault)
    except judging.Unsigned as fault:
        return _no(403, fault)
    except Alarm as alarm:
        return _no(503, alarm if work.memory.alarm else work.raise_alarm(alarm, asked.note))
    except ValueError:
        return 400, TEXT, b"not an add-checkpoint request\n"
    except WitnessFault as fault:
        return _no(400, fault)
    if asked.old > found.head.size:
        return 400, TEXT, b"the old size is larger than the checkpoint's\n"
    if asked.old != work.memory.size:
        return _conflict(work)
    try:
        judging.refuse_fork(found.head, work.memory)
    except Alarm as alarm:
        work.raise_alarm(alarm, found.note)
        return _conflict(work)
    return _cosigned(work, asked, found)


def _cosigned(work: Round, asked: Asked, found: judging.Seen) -> Answer:
    head, memory = found.head, work.memory
    try:
        verify_consistency(memory.size, head.size, bytes.fromhex(memory.root), head.root, asked.proof)
    except TrailError as error:
        return 422, TEXT, f"{error.said.en}\n".encode()
    # The text may differ where roots do not: lines that a log adds are signed as well.
    if head.size != memory.size or not memory.note or memory.text != found.text:
        work.remember(memory.moved(head.size, head.root, found.note))
    line = work.sign()
    work.handed_over(line)
    return 200, TEXT, _line(line)


def _line(line: NoteSignature) -> bytes:
    return note_bytes(b"", [line]).lstrip(b"\n")


def _conflict(work: Round) -> Answer:
    return 409, SIZE, b"%d\n" % work.memory.size


def _no(status: int, fault: WitnessFault) -> Answer:
    return status, TEXT, f"{fault.said.en}\n".encode()


class Server(http.server.ThreadingHTTPServer):
    """The witness's HTTP door; connections wait for each other only while one is answered."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], work: Round) -> None:
        super().__init__(address, _Handler)
        self.work = work
        self.one_at_a_time = threading.Lock()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "avtaleflyt-witness"
    sys_version = ""
    timeout = SLOW

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != "/add-checkpoint":
            self.close_connection = True
            return self._say(404, TEXT, b"POST /add-checkpoint\n")
        if not (length.isascii() and length.isdecimal()) or len(length) > 9 or int(length) > asking.LARGEST:
            self.close_connection = True
            return self._say(413 if length.isdecimal() else 400, TEXT, b"no length, or too long\n")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        server: Any = self.server
        with server.one_at_a_time:
            try:
                told = answer(server.work, body)
            except (WitnessFault, OSError):
                told = 500, TEXT, b"the witness cannot use its key or its memory\n"
        return self._say(*told)

    def _say(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what happened stands in the memory, and an address is nobody's business."""

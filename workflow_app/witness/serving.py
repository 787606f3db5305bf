"""The witness as a C2SP tlog-witness: ``POST /add-checkpoint``, for logs that come and ask.

One request at a time: comparing with the memory and writing it down are one
step, as the specification demands. A bad proof proves nothing (anybody can send
one) and raises no alarm; two different trees of one size that the log has both
signed do.
"""

from __future__ import annotations

import contextlib
import http.server
import io
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from workflow_app.domain.trail import NoteSignature, TrailError, note_bytes, verify_consistency
from workflow_app.witness import asking, judging
from workflow_app.witness.asking import Asked
from workflow_app.witness.faults import Alarm, WitnessFault
from workflow_app.witness.house import refuse_alarmed
from workflow_app.witness.rounds import Round

SLOW = 10
"""Seconds that a client may be silent in the middle of a request."""
WHOLE = 30
"""Seconds that a connection may take in all, however it drips; a log asks once and is done."""
MOST = 32
"""Connections at one time; the next one is told to come again."""
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nbusy\n"
)
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

    def __init__(
        self,
        address: tuple[str, int],
        work: Round,
        complain: Callable[[WitnessFault], None] = lambda fault: None,
        *,
        whole: float = WHOLE,
        most: int = MOST,
    ) -> None:
        super().__init__(address, _Handler)
        self.work, self.complain, self.whole = work, complain, whole
        self.one_at_a_time = threading.Lock()
        self._room = threading.BoundedSemaphore(most)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, where there is room for one."""
        if not self._room.acquire(blocking=False):
            with contextlib.suppress(OSError):
                request.setblocking(False)
                request.send(_FULL)
            return self.shutdown_request(request)
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._room.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """One connection, from beginning to end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away; of a defect of ours, its kind and no traceback."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            name = type(error).__name__
            self.complain(WitnessFault(f"Uventet feil: {name}.", f"Unexpected error: {name}."))


class _Dripping(io.RawIOBase):
    """What comes from a connection until its time is up; a limit on silence alone lets it drip for ever."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection, self._until = connection, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the connection's time is up")
        self._connection.settimeout(min(SLOW, left))
        return self._connection.recv_into(buffer)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "avtaleflyt-witness"
    sys_version = ""
    timeout = SLOW

    def setup(self) -> None:
        super().setup()
        server: Any = self.server
        self.rfile.close()
        self.rfile = io.BufferedReader(_Dripping(self.connection, time.monotonic() + server.whole))

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
            except (WitnessFault, OSError) as fault:
                told = 500, TEXT, b"the witness cannot use its key or its memory\n"
                said = fault if isinstance(fault, WitnessFault) else WitnessFault(str(fault), str(fault))
                server.complain(said)
            rang, server.work.rang = server.work.rang, None
        # After the answer: who hears of an alarm may end the program.
        self._say(*told)
        if rang is not None:
            server.complain(rang)
        return None

    def _say(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what happened stands in the memory, and an address is nobody's business."""

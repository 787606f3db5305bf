"""The processes that take files apart, from the server's side: started when needed, kept, killed in time.

A file is a stranger's data, and parsers of office files and PDFs have faults.
So a parser runs in a process of its own: a hang costs one upload its 30
seconds, a crash costs it a sentence, and the memory of the PDF library is never
the server's. A process is kept for the next file, because starting one takes
0.2 s and reading an agreement 0.01; after a minute at rest it is ended.

``subprocess`` rather than ``multiprocessing``: nothing is forked from a server
with threads and database connections, nothing is unpickled, and no file
descriptor but the two pipes is inherited.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
import threading
from typing import Any

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reading import UnreadableFile
from workflow_app.services.files.extracted import Extracted
from workflow_app.services.files.refusals import broken

log = logging.getLogger(__name__)

SECONDS = 30.0
"""How long a file may take, and how long an upload waits for a process to be free."""

MOST = 2
"""Processes at a time: more files at once wait for each other and not for memory."""

REST = 60.0
"""Seconds without a file after which the processes are ended, and their memory with them."""

_JOBS = 500
"""Files after which a process is replaced, so that a library's leak stays small."""

_LARGEST_ANSWER = 64 << 20


class Pool:
    """At most ``most`` processes, ended after ``rest`` seconds without a file.

    Each file is given ``seconds``. Safe to use from any thread.
    """

    def __init__(self, *, seconds: float = SECONDS, most: int = MOST, rest: float = REST) -> None:
        self.seconds = seconds
        self.rest = rest
        self._resting: threading.Timer | None = None
        self._free = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._owner = os.getpid()

    def read(self, kind: str, content: bytes) -> Extracted:
        """Have a file taken apart. Raises :class:`UnreadableFile` with one sentence."""
        return _extracted(self.ask({"kind": kind}, content), self.seconds)

    def ask(self, job: dict[str, Any], content: bytes) -> dict[str, Any]:
        """What a process answers to ``job`` about the file, whatever has become of the process.

        Raises :class:`UnreadableFile` where no process is free.
        """
        if not self._free.acquire(timeout=self.seconds):
            raise UnreadableFile(msg("Many files are being read just now; try again in a minute."))
        try:
            return self._answer(job, content)
        finally:
            self._free.release()

    def _answer(self, job: dict[str, Any], content: bytes) -> dict[str, Any]:
        for worker in iter(self._taken, None):
            fresh = worker.jobs == 0
            try:
                answer = worker.ask(job, content, self.seconds)
            except BaseException:
                self._gone(worker)
                raise
            if answer is None:
                self._gone(worker)
                if fresh:
                    return {"crashed": True}
                # It may have left for the day just as it was called: a new one decides.
                continue
            if "late" in answer or "memory" in answer or worker.jobs >= _JOBS:
                self._gone(worker)
            else:
                self._kept(worker)
            return answer
        raise AssertionError("a process is always made")

    def _taken(self) -> _Worker:
        with self._lock:
            if self._owner != os.getpid():
                # After a fork the processes are the parent's to speak to.
                self._idle, self._busy, self._owner = [], set(), os.getpid()
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    break
                worker.end()
            else:
                worker = _Worker()
            self._busy.add(worker)
            return worker

    def _kept(self, worker: _Worker) -> None:
        with self._lock:
            self._busy.discard(worker)
            self._idle.append(worker)
            if self._resting is not None:
                self._resting.cancel()
            self._resting = threading.Timer(self.rest, self._end_idle)
            self._resting.daemon = True
            self._resting.start()

    def _end_idle(self) -> None:
        with self._lock:
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.end()

    def _gone(self, worker: _Worker) -> None:
        with self._lock:
            self._busy.discard(worker)
        worker.end()

    def close(self) -> None:
        """End every process, in the middle of a file too. The pool can be used again."""
        with self._lock:
            workers = [*self._idle, *self._busy] if self._owner == os.getpid() else []
            self._idle, self._busy = [], set()
            if self._resting is not None:
                self._resting.cancel()
        for worker in workers:
            worker.end()


class _Worker:
    """One process and its two pipes."""

    def __init__(self) -> None:
        self.jobs = 0
        # What a hostile file might get at must not be there: no secret, no address of a database.
        kept = {k: v for k, v in os.environ.items() if k in {"PATH", "PYTHONPATH", "LANG", "LC_ALL"}}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "workflow_app.services.files.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=kept | {"PYTHONDONTWRITEBYTECODE": "1"}, close_fds=True, start_new_session=True,
        )  # fmt: skip

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, asked: dict[str, Any], content: bytes, seconds: float) -> dict[str, Any] | None:
        """The answer to one job; None when the process ended instead of giving one."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        # Three seconds more: whoever is killed by its own alarm has hung, and that is told here.
        job = {**asked, "size": len(content), "seconds": seconds + 3}
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        killer = threading.Timer(seconds, kill)
        killer.daemon = True
        killer.start()
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n" + content)
            process.stdin.flush()
            line = process.stdout.readline(_LARGEST_ANSWER)
        except (BrokenPipeError, ConnectionResetError):
            line = b""
        finally:
            killer.cancel()
        if line.endswith(b"\n"):
            self.jobs += 1
            answer: dict[str, Any] = json.loads(line)
            return answer
        return {"late": True} if late.is_set() else None

    def end(self) -> None:
        process = self._process
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    # The rest of a job that nobody will read.
                    log.debug("a process that reads files ended in the middle of one")


def _extracted(answer: dict[str, Any], seconds: float) -> Extracted:
    if "text" in answer:
        notes = tuple(Message(text, values) for text, values in answer["notes"])
        return Extracted(answer["text"], notes, answer["kind"])
    if "refused" in answer:
        raise UnreadableFile(Message(answer["refused"], answer["values"]))
    if "late" in answer:
        raise UnreadableFile(
            msg("The file could not be read within ${seconds} seconds; save it anew and try again.",
                seconds=int(seconds))
        )  # fmt: skip
    if "memory" in answer:
        raise UnreadableFile(
            msg("The file takes more memory to read than a file is given; save it anew, smaller.")
        )
    log.warning("a file could not be taken apart: %s", answer.get("broken", "the process ended"))
    raise broken()


_shared: Pool | None = None
_making = threading.Lock()


def shared() -> Pool:
    """The pool of this process, made at first use and ended with it."""
    global _shared
    with _making:
        if _shared is None:
            _shared = Pool()
            atexit.register(_shared.close)
        return _shared

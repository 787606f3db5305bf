"""The process that takes files apart: one job after the other, from standard input to standard output.

It is started by :mod:`.pool` with no secret in its environment and no file but
its three pipes. Before the first job it gives up what it does not need: memory
beyond a limit, files, core dumps. Around each job it sets the kernel's alarm,
so that it dies by itself when nobody is left to kill it.

A job is one line of JSON (``kind``, ``size``, ``seconds``) and the file's
bytes; the answer is one line of JSON. Nothing is unpickled.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import threading
import time
from typing import Any, BinaryIO

MEMORY = 1 << 30
"""The most address space, in bytes: twenty times what the largest honest file took."""

IDLE = 120
"""Seconds without a job after which it ends by itself, should the server forget it."""


def main() -> None:
    """Answer jobs until the input ends or nothing has come for a while."""
    answers = os.fdopen(os.dup(1), "wb")
    # A library that prints must not print into an answer.
    os.dup2(2, 1)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0),
    ):  # fmt: skip
        resource.setrlimit(kind, (most, most))
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    jobs = os.fdopen(0, "rb", buffering=0)
    while select.select([jobs], [], [], IDLE)[0]:
        line = _line(jobs)
        if not line:
            break
        job = json.loads(line)
        content = _exactly(jobs, job["size"])
        # Unlike Python's own signal handling this also ends a library that never comes back.
        signal.setitimer(signal.ITIMER_REAL, job["seconds"])
        answer = _answer(job, content)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _answer(job: dict[str, Any], content: bytes) -> dict[str, Any]:
    from workflow_app.domain.reading import UnreadableFile

    try:
        if job["kind"] == "signatures":
            from workflow_app.services.files.pdf_signatures import read_signatures

            return {"signatures": read_signatures(content, job["roots"], job["now"])}
        found = _taken_apart(job["kind"], content)
    except UnreadableFile as error:
        return {"refused": error.message.text, "values": dict(error.message.values)}
    except MemoryError:
        return {"memory": True}
    except Exception as error:
        # Whatever a library makes of a mangled file, it is a mangled file to whoever sent it.
        return {"broken": f"{type(error).__name__}: {error}"[:500]}
    notes = [[note.text, dict(note.values)] for note in found.notes]
    return {"text": found.text, "notes": notes, "kind": found.kind}


def _taken_apart(kind: str, content: bytes) -> Any:
    if kind == "pdf":
        from workflow_app.services.files.pdf import read_pdf

        return read_pdf(content)
    from workflow_app.services.files.office import read_office

    return read_office(content)


def _line(jobs: BinaryIO) -> bytes:
    """One line, byte by byte: what follows it is not to be read ahead."""
    out = bytearray()
    while (byte := jobs.read(1)) and byte != b"\n":
        out += byte
    return bytes(out)


def _exactly(jobs: BinaryIO, size: int) -> bytes:
    out = bytearray()
    while len(out) < size and (piece := jobs.read(min(1 << 20, size - len(out)))):
        out += piece
    return bytes(out)


def _leave_with(parent: int) -> None:
    """End when the server has gone, in the middle of a job too."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    main()
    sys.exit(0)

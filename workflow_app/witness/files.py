"""Writing a file so that a crash or a pulled plug leaves either the old one or the new one.

A witness that forgot what it signed could sign two histories, so its memory is
on the disk, and not in some cache, before it signs.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workflow_app.witness.faults import WitnessFault

ONLY_MINE = 0o600


def write_durably(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``, on the disk when this returns; mode 0600.

    A temporary file beside it (``.new``), fsync, rename, fsync of the folder (POSIX leaves
    the rename itself to the folder's own sync). Raises ``OSError``.
    """
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, ONLY_MINE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring what was renamed or removed in ``folder`` to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold ``path`` as a lock, so that two processes never work on one memory.

    The system lets go of it when the process ends, however it ends. Raises
    :class:`WitnessFault` (exit code 2) where another has it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, ONLY_MINE)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WitnessFault(
                f"{path.parent}: vitnet kjører allerede.",
                f"{path.parent}: the witness is running already.",
                2,
            ) from error
        yield
    finally:
        os.close(descriptor)

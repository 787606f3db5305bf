"""The keys of erased people, kept outside the database: what a restored backup cannot bring back.

A backup from before an erasing holds the names again, and nothing in it says that
somebody was erased since. A text file beside it does: one opaque key a line, which
names nobody. The setting ``avtaleflyt.erased_file`` says where; it belongs on another
disk than the database, and in the backup of its own that is never rolled back.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.services.errors import ServiceError

SETTING = "avtaleflyt.erased_file"
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


def path_in(settings: Mapping[str, Any]) -> Path | None:
    """Where the file is, or None where the settings name none."""
    text = str(settings.get(SETTING) or "").strip()
    return Path(text) if text else None


def read(lines: Iterable[str]) -> list[str]:
    """The keys on these lines, each once, in order; empty lines and what follows # are left out.

    Raises ``ServiceError`` (``erased_file``) for a line that is no key.
    """
    found: list[str] = []
    for number, line in enumerate(lines, 1):
        key = line.partition("#")[0].strip()
        if key and _KEY.fullmatch(key) is None:
            raise ServiceError(
                "erased_file",
                msg("Line ${number} is not a person's key: 32 hexadecimal digits.", number=number),
            )
        if key:
            found.append(key)
    return list(dict.fromkeys(found))


def read_file(path: Path) -> list[str]:
    """The keys in the file; none where there is no file yet. Raises ``ServiceError`` as :func:`read`."""
    if not path.exists():
        return []
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise ServiceError(
            "erased_file", msg("The list of erased people cannot be read (${why}).", why=type(error).__name__)
        ) from error
    return read(text.splitlines())


def remember(path: Path, idents: Iterable[str]) -> int:
    """Add the keys that are not in the file yet, safe on disk when this returns; how many.

    Raises ``ServiceError`` (``erased_file``) where it cannot be written.
    """
    new = [ident for ident in idents if ident not in set(read_file(path))]
    if new:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write("".join(f"{ident}\n" for ident in new))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ServiceError(
                "erased_file",
                msg("The list of erased people cannot be written (${why}).", why=type(error).__name__),
            ) from error
    return len(new)

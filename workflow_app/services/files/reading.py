"""``extract``: from a file's name and bytes to its text, whatever the kind."""

from __future__ import annotations

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import UnreadableFile, decode
from workflow_app.services.files import kinds, pool
from workflow_app.services.files.extracted import Extracted

LIMIT = 20 << 20
"""The largest file read where nobody has set another limit, in bytes."""

SUFFIXES = kinds.SUFFIXES


def extract(name: str, content: bytes, *, limit: int = LIMIT) -> Extracted:
    """The text of a file.

    ``name`` is the file's name, ``limit`` its greatest size in bytes. A .txt or
    .md is decoded as it is, so that places in it count in the file. Raises
    :class:`UnreadableFile` with one sentence for a file that is too large, not
    of a kind that is read, damaged, locked, without text, or that could not be
    read within the time and memory a file is given.
    """
    if len(content) > limit:
        raise UnreadableFile(
            msg(
                "The file is ${size} MB; the largest that can be taken in is ${limit} MB.",
                size=-(-len(content) // (1 << 20)),
                limit=limit >> 20,
            )
        )
    kind = kinds.kind_of(name, content)
    if kind == kinds.TEXT:
        return Extracted(decode(content, max(limit, len(content))))
    return pool.shared().read(kind, content)

"""What came out of a file: its text, what the reader should know of it, and what kind it was."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reading import UnreadableFile

LONGEST = 5_000_000
"""The most characters of an extracted text: a thousand times an agreement's."""

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": None, "‑": "-"}
)


@dataclass(frozen=True)
class Extracted:
    """``text`` as it is read and quoted; ``notes`` on what was left out or taken as done.

    ``kind`` is ``text``, ``docx``, ``odt`` or ``pdf``.
    """

    text: str
    notes: tuple[Message, ...] = ()
    kind: str = "text"


def cleaned(text: str) -> str:
    """Letters as a person types them: composed, no ligatures, soft hyphens, controls or half characters.

    A quote is looked for in this text and compared with what people write, so
    "oﬀentlig" and "å" of two code points would never be found again.
    """
    plain = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)


_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Co", "Cf"})


@dataclass(frozen=True)
class Block:
    """A stretch of text that stands together.

    ``kind`` is paragraph, heading, row or item, an item with its list's name
    after a colon; ``apart`` says that a space stands before it on the page,
    though it is of the same list.
    """

    text: str
    kind: str = "paragraph"
    apart: bool = False


def joined(blocks: Iterable[Block]) -> str:
    """The blocks as the text that is read: items and rows line by line, all else with a line between.

    The reader tells headings from sentences by what stands alone. Raises
    :class:`UnreadableFile` when the text is longer than can be an agreement's.
    """
    pieces: list[str] = []
    before, length, space = "", 0, False
    for block in blocks:
        words = "\n".join(line.rstrip() for line in cleaned(block.text).split("\n")).strip("\n")
        if not words.strip():
            # An empty paragraph is the space somebody put before the next.
            space = True
            continue
        if pieces:
            together = (
                block.kind == before and before.startswith(("item", "row")) and not (block.apart or space)
            )
            pieces.append("\n" if together else "\n\n")
        pieces.append(words)
        before, space = block.kind, False
        length += len(words)
        if length > LONGEST:
            raise UnreadableFile(
                msg("The file holds more text than any agreement; take out what is not its.")
            )
    return "".join(pieces) + "\n" if pieces else ""

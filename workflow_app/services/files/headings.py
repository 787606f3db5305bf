"""Headings that a document has marked as such, in the marks the reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workflow_app.services.files.extracted import Block

_NUMBERED = re.compile(
    r"(?:§\s?\d|\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s|(?:kapittel|artikkel|punkt)\s\d|#)", re.IGNORECASE
)
_TYPED = re.compile(r"(?:([-–—•·*])(?=\s|$)|(\d{1,2}|[a-zæøå])([.)])\s+\S)")


def typed(text: str, *, bold: bool = False) -> Block:
    """A paragraph that is none of the program's lists: an item, where the mark of one was typed by hand.

    Such items stand line by line, as the program's own do; a ``bold`` one with
    a number is a heading.
    """
    found = _TYPED.match(text)
    if found is None or (bold and not found[1]):
        return Block(text)
    kind = "dash" if found[1] else f"{'number' if found[2].isdecimal() else 'letter'}{found[3]}"
    return Block(text, f"item:typed {kind}")


def marked_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Styled headings without a number get a ``#`` for each level, the mark the reader and our forms know.

    Only where a document styles its headings throughout: one styled line among
    bold ones would hide the others, since the surest mark decides for all.
    """
    styled = [block for block in blocks if block.kind.startswith("heading") and block.text]
    for block in blocks:
        if block.kind.startswith("heading"):
            plain = " ".join(block.text.split())
            if len(styled) >= 3 and plain and not _NUMBERED.match(plain):
                plain = f"{'#' * min(int(block.kind[7:]), 6)} {plain}"
            yield Block(plain, "heading")
        else:
            yield block

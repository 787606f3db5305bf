"""From an agreement's raw text to paragraphs and lists, without changing a word.

Texts come from text files and from PDFs whose lines were cut at the margin. A
paper with those cuts kept looks broken; one with every cut mended runs lists of
names together. So a line is joined to the one before only where the writing
shows that it goes on, and every other break stands. The words, their order and
the list markers are always the text's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*([-–—•·▪◦‣*\uf0b7\uf0a7\uf02d\uf0d8])\s+(?=\S)")
_NUMBER = re.compile(r"^\s*(\d{1,2}[.)]|[a-zæøåA-ZÆØÅ]\))\s+(?=\S)")
# A line this long was probably cut at the margin rather than ended by its writer.
_FULL_LINE = 60
_SENTENCE_END = (".", ":", ";", "!", "?")
# Tagged PDF 1.7 knows six heading levels and the paper's own headings take the first.
_DEEPEST = 5


@dataclass(frozen=True)
class Block:
    """A paragraph (its lines) or a list (its items, each with the marker it had in the text)."""

    kind: str
    lines: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading (None before the first) at a level from 1, and what stands under it."""

    level: int
    heading: str | None
    blocks: tuple[Block, ...] = ()


def sections(parts: Iterable[tuple[int, str | None, str]]) -> tuple[Section, ...]:
    """Sections from ``(level, heading, body)``, as the reader divides an agreement.

    Levels are drawn together so that none is skipped (PDF/UA-1 refuses a step
    from 1 to 3) and none is deeper than a PDF can tag. A heading of nothing but
    blanks is no heading.
    """
    made: list[Section] = []
    last = 0
    for level, heading, body in parts:
        title = " ".join(heading.split()) if heading else ""
        if title:
            last = max(1, min(level, last + 1, _DEEPEST))
        made.append(Section(level=last or 1, heading=title or None, blocks=blocks(body)))
    return tuple(made)


def blocks(body: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a section's body, in order; empty for a blank body."""
    made: list[Block] = []
    lines: list[str] = []
    items: list[tuple[str, str]] = []

    def close() -> None:
        if items:
            made.append(Block("list", items=tuple(items)))
        if lines:
            made.append(Block("paragraph", lines=tuple(lines)))
        items.clear()
        lines.clear()

    before = ""
    for raw in body.splitlines():
        line = " ".join(raw.split())
        marked = _BULLET.match(raw) or _NUMBER.match(raw)
        if not line:
            if lines:
                close()
        elif marked:
            if lines or (items and _style(items[-1][0]) != _style(marked[1])):
                close()
            items.append((marked[1], " ".join(raw[marked.end() :].split())))
        elif items and before and goes_on(before, line):
            marker, text = items[-1]
            items[-1] = (marker, f"{text} {line}")
        elif lines and goes_on(before, line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            if items:
                close()
            lines.append(line)
        before = line
    close()
    return tuple(made)


def _style(marker: str) -> str:
    """Bullets, numbers and letters are lists of their own kind."""
    if marker[0].isdigit():
        return "number"
    return "letter" if marker[0].isalpha() and marker.endswith(")") else "bullet"


def goes_on(before: str, line: str) -> bool:
    """Whether ``line`` is the same sentence as the line ``before`` it, cut at a margin."""
    if before.endswith("-"):
        return False
    if line[0].islower():
        return not before.endswith(_SENTENCE_END)
    return len(before) >= _FULL_LINE and not before.endswith(_SENTENCE_END)

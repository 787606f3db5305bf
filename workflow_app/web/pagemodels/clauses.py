"""An agreement's text with the clauses marked that something was read from (the left side of ``rules.pt``).

Marks may share words and cross each other, which elements cannot; so the text
comes in runs, each covered by the same marks from its first character to its last.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

MarkKind = Literal["rule", "question", "unread"]


@dataclass(frozen=True)
class Mark:
    """The link from marked words to what was made of them.

    ``id`` is the link's own, which ``href`` leads back to; ``badge`` is the short
    sign that is seen ("3", "?"), ``said`` the words a screen reader adds
    ("read as: revision, rule 3").
    """

    id: str
    href: str
    badge: str
    said: str
    kind: MarkKind = "rule"


@dataclass(frozen=True)
class TextRun:
    """Words that the same marks cover. ``newline`` says that a line begins here.

    ``marked`` is the kind of the nearest mark, None for plain words. ``link`` is
    the mark these words are the link of, ``others`` those that begin here too
    and are linked by their badges alone. Each mark is linked once in a text;
    ``keys`` are the ids of all that cover the words.
    """

    text: str
    marked: MarkKind | None = None
    link: Mark | None = None
    others: tuple[Mark, ...] = ()
    newline: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkedBlock:
    """A paragraph or an item of a list, ``start`` its place in the text; ``pick`` makes a rule of it."""

    runs: tuple[TextRun, ...]
    start: int
    item: bool = False
    pick: str | None = None

    @property
    def words(self) -> str:
        """All its words."""
        return "".join(" " * run.newline + run.text for run in self.runs)


@dataclass(frozen=True)
class MarkedSection:
    """A section; ``heading`` may hold marked words too, and is empty before the first.

    ``level`` is 1 or 2, and never 2 before there is a 1.
    """

    heading: tuple[TextRun, ...] = ()
    blocks: tuple[MarkedBlock, ...] = ()
    level: int = 1
    incomplete: bool = False
    start: int = 0

    @property
    def parts(self) -> tuple[tuple[MarkedBlock, ...], ...]:
        """The blocks with following items gathered, so that a screen reader hears one list."""
        return tuple(tuple(run) for _, run in groupby(self.blocks, key=lambda block: block.item))

"""Lines of a text with their places, and which of them are debris of the page it came from.

Agreements reach us as text drawn from PDF and Word: the crest's "POLITIET" on
every page, page numbers, ``[bookmark: _Toc…]`` marks and tables of contents
stand between clauses. They are told apart here, once, and skipped by everyone;
nothing is removed, so every place still counts in the original text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_BOOKMARK = re.compile(r"\s*\[bookmark:[^\]\n]{0,80}\]\s*", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-–—•·▪◦*●]|o(?=\s))(?:\s+o(?=\s))?(?:\s+|$)|\s*[a-zæøå]\)\s+")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?(?=\s)|§\s?\d+)")
_PAGE_NUMBER = re.compile(
    r"(?:side|s\.|page)?\s*[-–]?\s*\d{1,3}\s*(?:(?:av|/|of)\s*\d{1,3})?\s*[-–]?", re.IGNORECASE
)
_TOC_LEADER = ("\t", "...", "…", "   ")
_TOC_TITLE = re.compile(
    r"(?:innhold|innhald|innholdsfortegnelse|innhaldsliste|innhaldsoversikt)\s*:?", re.IGNORECASE
)
_KNOWN_HEADERS = frozenset({"politiet", "politi"})
_END = re.compile(r"[.!?:;,]$")


@dataclass(frozen=True)
class Line:
    """One line without its line break. ``text`` is what is to be read, from ``start`` to ``end``.

    ``kind`` is text, blank, debris or toc. ``marked`` says a bookmark stood
    before it, so it is a heading; ``bullet`` is the width of a list mark.
    """

    text: str
    start: int
    end: int
    kind: str = "text"
    marked: bool = False
    bullet: int = 0

    @property
    def numbered(self) -> bool:
        """Whether it opens with a number as a heading or a list item does."""
        return _NUMBERED.match(self.text) is not None

    @property
    def body(self) -> str:
        """The text after a list mark."""
        return self.text[self.bullet :].strip()


def split_lines(text: str) -> list[Line]:
    """Every line of ``text`` with its kind. Linear in the length of the text."""
    raw: list[tuple[int, str]] = []
    place = 0
    for piece in text.splitlines(keepends=True):
        raw.append((place, piece.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
        place += len(piece)
    repeated = _repeated([words for _, words in raw])
    lines = [_line(start, words, repeated) for start, words in raw]
    return _with_contents(lines)


def _line(start: int, words: str, repeated: frozenset[str]) -> Line:
    mark = _BOOKMARK.match(words)
    skipped = mark.end() if mark else len(words) - len(words.lstrip())
    shown = words[skipped:].rstrip()
    begin, end = start + skipped, start + skipped + len(shown)
    if not shown:
        return Line("", begin, begin, "blank")
    key = " ".join(shown.lower().split())
    if key in _KNOWN_HEADERS or key in repeated or _PAGE_NUMBER.fullmatch(shown):
        return Line(shown, begin, end, "debris")
    bullet = _BULLET.match(shown)
    return Line(shown, begin, end, "text", mark is not None, bullet.end() if bullet else 0)


def _repeated(lines: list[str]) -> frozenset[str]:
    """Short lines standing alone three times or more: what a page prints at its top or foot."""
    alone: Counter[str] = Counter()
    for n, words in enumerate(lines):
        shown = words.strip()
        if not 3 <= len(shown) <= 60 or _END.search(shown) or _BULLET.match(shown):
            continue
        before = lines[n - 1].strip() if n else ""
        after = lines[n + 1].strip() if n + 1 < len(lines) else ""
        if not before and not after and any(c.isalpha() for c in shown):
            alone[" ".join(shown.lower().split())] += 1
    return frozenset(key for key, count in alone.items() if count >= 3 and not _signs(key))


def _signs(key: str) -> bool:
    """A placeholder or a role in a signature block may well stand three times; it is no page header."""
    return key in {"navn", "namn", "ordfører", "ordførar"} or not key.strip("xX._…-")


def _with_contents(lines: list[Line]) -> list[Line]:
    """Mark the table of contents: after its title, or three entries with page numbers in a row."""
    out = list(lines)
    run: list[int] = []
    title: int | None = None
    for n, line in enumerate(lines):
        if line.kind != "text":
            continue
        if _TOC_TITLE.fullmatch(line.text):
            title, run = n, []
        elif _is_entry(line.text):
            run.append(n)
            if title is not None and len(run) == 1:
                out[title] = _as_contents(lines[title])
            if title is not None or len(run) > 3:
                out[n] = _as_contents(line)
            elif len(run) == 3:
                for m in run:
                    out[m] = _as_contents(lines[m])
        else:
            title, run = None, []
    return out


def _is_entry(words: str) -> bool:
    """A heading, a tab or a row of dots, and a page number."""
    page = words.rstrip("0123456789")
    if len(words) > 200 or not 1 <= len(words) - len(page) <= 3:
        return False
    return page.endswith(_TOC_LEADER) and bool(page.strip(" \t.…"))


def _as_contents(line: Line) -> Line:
    return Line(line.text, line.start, line.end, "toc")

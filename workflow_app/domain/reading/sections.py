"""Headings and the sections under them, whatever way the writer marked a heading.

Agreements number their headings, mark them as markdown or bold, carry a Word
bookmark, repeat the table of contents, or just let a short line stand alone.
The surest sign a text uses decides for the whole of it, so that "Ordfører"
alone on a line of a numbered agreement is no heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflow_app.domain.reading.lines import Line
from workflow_app.domain.reading.model import Section

_MARKDOWN = re.compile(r"(#{1,6})\s+(\S.*)")
_BOLD = re.compile(r"(?:\*\*|__)([^*_]{2,100})(?:\*\*|__)\s*:?")
_NUMBER = re.compile(
    r"(?:§\s?\d+|(?:punkt|artikkel|kapittel|pkt\.?|kap\.?)\s\d+|\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+\S", re.I
)
_DEPTH = re.compile(r"\d+(?:\.\d+)*")
_LETTERS = re.compile(r"[\W\d_]+")
_ROLE_LINE = re.compile(
    r"[^.]{0,60}\b(?:ordføra?e?r|stasjonssjef|lensmann|rådmann|politimester|politimeister)\b", re.I
)
_COLUMNS = re.compile(r"\S\s{3,}\S")
_DATED = re.compile(r"\d{4}\s*\.?$|^dato\b|^sted\b|^stad\b", re.I)


@dataclass(frozen=True)
class Heading:
    """A line that is a heading: its index among the lines, its words, its level and how it is marked."""

    index: int
    words: str
    level: int
    style: str


def find_headings(lines: list[Line]) -> list[Heading]:
    """The headings of a text, in order; empty when it has none."""
    strong = [h for n in range(len(lines)) if (h := _strong(lines, n)) is not None]
    if len(strong) >= 2:
        return strong
    known = {heading.index for heading in strong}
    plain = [heading for heading in _plain(lines) if heading.index not in known]
    return sorted(strong + plain, key=lambda heading: heading.index)


def find_sections(lines: list[Line], headings: list[Heading], length: int) -> tuple[Section, ...]:
    """The section of each heading, up to the next heading of the same or a higher level."""
    sections: list[Section] = []
    closes = [length] * len(headings)
    opened: list[int] = []
    for n, heading in enumerate(headings):
        while opened and headings[opened[-1]].level >= heading.level:
            closes[opened.pop()] = lines[heading.index].start
        opened.append(n)
    for heading, end in zip(headings, closes, strict=True):
        line = lines[heading.index]
        sections.append(Section(heading.words, heading.level, line.start, end, line.end))
    return tuple(sections)


def _strong(lines: list[Line], n: int) -> Heading | None:
    line = lines[n]
    if line.kind != "text" or len(line.text) > 120:
        return None
    markdown = _MARKDOWN.fullmatch(line.text)
    if markdown:
        return Heading(n, _clean(markdown[2]), len(markdown[1]), "markdown")
    if line.marked:
        return Heading(n, _clean(line.text), 1, "bookmark")
    bold = _BOLD.fullmatch(line.text)
    if bold and not line.bullet:
        return Heading(n, _clean(bold[1]), 1, "bold")
    if _NUMBER.match(line.text) and _heads(lines, n):
        depth = _DEPTH.search(line.text)
        return Heading(n, _clean(line.text), depth[0].count(".") + 1 if depth else 1, "numbered")
    return None


def _heads(lines: list[Line], n: int) -> bool:
    """Whether a numbered line is a heading and no item of a numbered list or a sentence."""
    line = lines[n]
    if len(line.text) > 90 or line.text.endswith((".", ";", ",")):
        return False
    before = lines[n - 1] if n else None
    after = lines[n + 1] if n + 1 < len(lines) else None
    for neighbour in (before, after):
        if neighbour is not None and neighbour.kind == "text" and neighbour.numbered:
            return False
    if before is not None and before.kind == "text":
        return False
    above = next((li for li in reversed(lines[max(0, n - 6) : n]) if li.kind == "text"), None)
    return (
        above is None or above.numbered or not above.text.endswith(":") or _is_first_of_chapter(line, above)
    )


def _is_first_of_chapter(line: Line, above: Line) -> bool:
    """ "Medlemmer:" before "3. Møter" is an empty list, not an introduction to an item numbered 3."""
    return not line.text.startswith("1") and not above.numbered


def _plain(lines: list[Line]) -> list[Heading]:
    listed = {_key(re.sub(r"[\s.…]*\d+$", "", line.text)) for line in lines if line.kind == "toc"}
    begin = max((n for n, line in enumerate(lines) if line.kind == "toc"), default=-1)
    found: list[Heading] = []
    for n in range(begin + 1, len(lines)):
        line = lines[n]
        if line.kind != "text" or line.bullet or line.numbered or not 3 <= len(line.text) <= 80:
            continue
        if not line.text[0].isupper() or line.text.endswith((".", ",", ";", ":", "?", "!")):
            continue
        if _touches(lines, n):
            continue
        if listed and _key(line.text) not in listed:
            continue
        if not listed and not _looks_like_heading(lines, n):
            continue
        found.append(Heading(n, _clean(line.text), 1, "plain"))
    return found


def _looks_like_heading(lines: list[Line], n: int) -> bool:
    words = lines[n].text
    if _DATED.search(words) or _ROLE_LINE.match(words) or len(words.split()) > 9:
        return False
    # "For kommunen        For politiet": two signatures beside each other.
    if _COLUMNS.search(words):
        return False
    return _prose_follows(lines, n)


def _touches(lines: list[Line], n: int) -> bool:
    before = n > 0 and lines[n - 1].kind == "text"
    after = n + 1 < len(lines) and lines[n + 1].kind == "text"
    return before or after


def _prose_follows(lines: list[Line], n: int) -> bool:
    """A heading has something under it; a name or a title in a signature block has not."""
    below = [line for line in lines[n + 1 : n + 12] if line.kind == "text"][:3]
    return any(
        line.bullet or (line.text.endswith((".", ":", ";")) and any(map(str.isalpha, line.text)))
        for line in below
    )


def _key(words: str) -> str:
    """Enough of a heading to know it again, though the table of contents misspells its end."""
    return _LETTERS.sub("", words.lower())[:10]


def _clean(words: str) -> str:
    return words.strip().strip("*").rstrip(":").strip()

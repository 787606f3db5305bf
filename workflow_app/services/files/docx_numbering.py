"""The numbers that Word draws before paragraphs and that stand nowhere in the text: "1.1", "§ 3", "a)".

A clause that says "se punkt 3" is about such a number, and the reader knows a
heading by it, so it is counted here as Word counts: each abstract list has one
run of numbers, shared by the lists made of it until one of them starts anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from workflow_app.services.files.docx_styles import Styles
from workflow_app.services.files.marks import BULLET, Counters, counted
from workflow_app.services.files.package import child, local, value

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Mark:
    """What Word draws before a paragraph: its words, whether it is a bullet, its level (from 0) and list."""

    words: str
    bullet: bool
    level: int
    of: str


@dataclass(frozen=True)
class _Level:
    kind: str = "decimal"
    pattern: str = ""
    start: int = 1
    style: str | None = None
    legal: bool = False


@dataclass
class _List:
    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document. ``root`` is numbering.xml, or None without one."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, Counters] = {}
        if root is None:
            return
        abstract = {value(a, "abstractNumId") or "": a for a in root if local(a) == "abstractNum"}
        named = {value(child(a, "styleLink")): ident for ident, a in abstract.items()}
        for num in root:
            ident = value(num, "numId")
            if local(num) != "num" or ident is None:
                continue
            base = value(child(num, "abstractNumId")) or ""
            linked = value(child(abstract.get(base), "numStyleLink"))
            base = named.get(linked, base) if linked else base
            found = abstract.get(base)
            levels = dict(map(_level, _levels(found))) if found is not None else {}
            restarts = {}
            for override in (one for one in num if local(one) == "lvlOverride"):
                depth = _number(value(override, "ilvl"))
                if (start := value(child(override, "startOverride"))) is not None:
                    restarts[depth] = _number(start)
                levels |= dict(map(_level, _levels(override)))
            self._lists[ident] = _List(base, levels, restarts)

    def mark(self, paragraph: etree._Element | None, style: str | None) -> Mark | None:
        """The mark before a paragraph; None for a paragraph without one.

        ``paragraph`` is its ``w:pPr``. Each call counts on.
        """
        own = child(paragraph, "numPr")
        ident, depth = value(child(own, "numId")), value(child(own, "ilvl"))
        named = self._styles.numbering(style)
        said_by = None
        if ident is None and named is not None:
            ident, said_by = named[0], named[2]
            depth = depth or named[1]
        found = self._lists.get(ident or "")
        if found is None or ident is None or ident == "0":
            return None
        level = _number(depth)
        if depth is None and said_by is not None:
            level = next((n for n, one in found.levels.items() if one.style == said_by), 0)
        return self._next(found, level)

    def _next(self, found: _List, level: int) -> Mark | None:
        shape = found.levels.get(level)
        if shape is None:
            return None
        counters = self._counters.setdefault(found.abstract, Counters())
        if level in found.restarts:
            counters.restart(level, found.restarts.pop(level))
        else:
            counters.step(level, shape.start)
        if shape.kind == "bullet":
            return Mark(BULLET, True, level, found.abstract)

        def number(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            one = found.levels.get(depth, _Level())
            kind = "decimal" if shape.legal else one.kind
            return "" if kind == "none" else counted(counters.at(depth, one.start), kind)

        mark = _PLACE.sub(number, shape.pattern).strip()
        return Mark(mark, False, level, found.abstract) if mark else None


def _levels(element: etree._Element) -> list[etree._Element]:
    return [one for one in element if local(one) == "lvl"]


def _level(element: etree._Element) -> tuple[int, _Level]:
    legal = child(element, "isLgl")
    return _number(value(element, "ilvl")), _Level(
        kind=value(child(element, "numFmt")) or "decimal",
        pattern=(value(child(element, "lvlText")) or "")[:60],
        start=_number(value(child(element, "start")), 1),
        style=value(child(element, "pStyle")),
        legal=legal is not None and value(legal) not in {"0", "false", "off"},
    )


def _number(text: str | None, otherwise: int = 0) -> int:
    """A small number of the file's; what is none, or absurd, is ``otherwise``."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 6:
        return otherwise
    return int(text)

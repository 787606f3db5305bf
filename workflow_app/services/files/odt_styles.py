"""The styles of an OpenDocument text that say something of its words: lists, numbers, hidden text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from workflow_app.services.files.marks import BULLET, Counters, counted
from workflow_app.services.files.package import child, local, value

_COUNTING = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DEEPEST = 12


@dataclass(frozen=True)
class Level:
    """One level of a list: a bullet, or a number with what stands around it."""

    bullet: bool = False
    kind: str = "decimal"
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1


class Styles:
    """The styles of one document, from content.xml and styles.xml."""

    def __init__(self, roots: Iterable[etree._Element | None]) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for group in root if root is not None else ():
                if local(group) not in {"styles", "automatic-styles"}:
                    continue
                for style in group:
                    self._take(style)

    def _take(self, style: etree._Element) -> None:
        name = value(style, "name") or ""
        if local(style) == "style":
            self._styles[f"{value(style, 'family')}/{name}"] = style
        elif local(style) == "list-style":
            self._lists[name] = _levels(style)
        elif local(style) == "outline-style":
            self.outline = _levels(style)

    def level(self, style: str | None, depth: int) -> Level | None:
        """The shape of a list's marks at ``depth``, from 1; None where the list has none."""
        return self._lists.get(style or "", {}).get(depth)

    def hidden(self, family: str, name: str | None) -> bool:
        """Whether a style of text, paragraph or section hides its words."""
        for _ in range(_DEEPEST):
            style = self._styles.get(f"{family}/{name}")
            if style is None:
                return False
            display = value(child(style, "text-properties"), "display")
            if display is not None:
                return display == "none"
            name = value(style, "parent-style-name")
        return False

    def list_of(self, name: str | None) -> str | None:
        """The list style that a paragraph's style brings with it."""
        for _ in range(_DEEPEST):
            style = self._styles.get(f"paragraph/{name}")
            if style is None:
                return None
            if found := value(style, "list-style-name"):
                return found
            name = value(style, "parent-style-name")
        return None

    def heading_level(self, name: str | None) -> bool:
        """Whether a style is that of the document's title or one of its headings."""
        return (name or "").lower().startswith(("heading", "overskrift"))


def marked(levels: dict[int, Level], shape: Level, depth: int, counters: Counters) -> str:
    """The mark of an item at ``depth``, counted already: "2.1" shows two levels."""
    if shape.bullet:
        return BULLET
    if not shape.kind:
        return ""
    numbers = []
    for upper in range(max(1, depth - shape.shown + 1), depth + 1):
        one = shape if upper == depth else levels.get(upper, shape)
        if one.kind and not one.bullet:
            numbers.append(counted(counters.at(upper, one.start), one.kind))
    return f"{shape.prefix}{'.'.join(numbers)}{shape.suffix}".strip()


def _levels(style: etree._Element) -> dict[int, Level]:
    out = {}
    for one in style:
        depth = _number(value(one, "level"), 0)
        kind = local(one)
        if kind.endswith(("level-style-bullet", "level-style-image")):
            out[depth] = Level(bullet=True)
        elif kind.endswith(("level-style-number", "outline-level-style")):
            out[depth] = Level(
                kind=_COUNTING.get(value(one, "num-format") or "", ""),
                prefix=(value(one, "num-prefix") or "")[:30],
                suffix=(value(one, "num-suffix") or "")[:30],
                shown=_number(value(one, "display-levels"), 1),
                start=_number(value(one, "start-value"), 1),
            )
    return out


def _number(text: str | None, otherwise: int) -> int:
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 6:
        return otherwise
    return int(text)

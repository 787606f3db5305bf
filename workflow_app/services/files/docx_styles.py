"""What a paragraph's style says of it: that it is a heading, is numbered, is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from workflow_app.services.files.package import child, local, value

_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-9])", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST = 12


def switched_on(element: etree._Element | None) -> bool:
    """Whether a yes-or-no property is there and not switched off."""
    return element is not None and value(element) not in _OFF


class Styles:
    """The styles of one document, by their id. ``root`` is styles.xml, or None without one."""

    def __init__(self, root: etree._Element | None) -> None:
        self._by_id: dict[str, etree._Element] = {}
        self.default: str | None = None
        for style in root if root is not None else ():
            ident = value(style, "styleId")
            if local(style) != "style" or ident is None:
                continue
            self._by_id[ident] = style
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}:
                self.default = ident

    def chain(self, ident: str | None) -> Iterator[etree._Element]:
        """A style and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            style = self._by_id.get(ident or "")
            if style is None:
                return
            yield style
            ident = value(child(style, "basedOn"))

    def heading(self, paragraph: etree._Element | None, ident: str | None) -> int | None:
        """The level of a heading, 1 to 9; None for what is none."""
        levels = [value(child(paragraph, "outlineLvl"))]
        for style in self.chain(ident):
            found = _HEADING.fullmatch((value(child(style, "name")) or "").strip())
            if found:
                return int(found[1])
            levels.append(value(child(style, "pPr", "outlineLvl")))
        level = next((one for one in levels if one is not None), None)
        return int(level) + 1 if level is not None and level.isdecimal() and int(level) < 9 else None

    def hidden(self, ident: str | None) -> bool:
        """Whether a style hides its words."""
        for style in self.chain(ident):
            vanish = child(style, "rPr", "vanish")
            if vanish is not None:
                return switched_on(vanish)
        return False

    def numbering(self, ident: str | None) -> tuple[str, str | None, str] | None:
        """List id, level if given, and the id of the style that says so; None for an unnumbered style."""
        for style in self.chain(ident):
            props = child(style, "pPr", "numPr")
            if props is not None and (number := value(child(props, "numId"))) is not None:
                return number, value(child(props, "ilvl")), value(style, "styleId") or ""
        return None

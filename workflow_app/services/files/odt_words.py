"""The words of one OpenDocument paragraph, and what hangs on it: text boxes and notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from workflow_app.services.files.odt_styles import Styles
from workflow_app.services.files.package import local, value
from workflow_app.services.files.tables import GAP

_MOST_SPACES = 100


@dataclass
class Tally:
    """What was left out or taken as done, over the whole document."""

    changes: int = 0
    hidden: int = 0
    comments: int = 0


@dataclass
class Words:
    """One paragraph: its words, and the elements that hang on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


_LEFT_OUT = frozenset(
    "number tracked-changes change change-start change-end bookmark bookmark-start bookmark-end"
    " reference-mark reference-mark-start reference-mark-end soft-page-break annotation-end ruby-text"
    " forms event-listeners title desc script object object-ole image toc-mark"
    " toc-mark-start toc-mark-end".split()
)


class Inline:
    """Reads the words of paragraphs."""

    def __init__(self, styles: Styles, tally: Tally) -> None:
        self._styles = styles
        self._tally = tally

    def words(self, paragraph: etree._Element) -> Words:
        """The words of a ``text:p`` or ``text:h``."""
        out = Words()
        self._inside(paragraph, out, self._styles.hidden("paragraph", value(paragraph, "style-name")))
        return out

    def _inside(self, element: etree._Element, out: Words, hidden: bool) -> None:
        self._put(element.text, out, hidden)
        for one in element:
            self._single(one, local(one), out, hidden)
            self._put(one.tail, out, hidden)

    def _single(self, one: etree._Element, name: str, out: Words, hidden: bool) -> None:
        if name in _LEFT_OUT:
            return
        if name == "s":
            count = value(one, "c") or "1"
            out.pieces.append(
                " " * (min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 5 else 1)
            )
        elif name == "tab":
            out.pieces.append(GAP)
        elif name == "line-break":
            out.pieces.append("\n")
        elif name == "annotation":
            self._tally.comments += 1
        elif name == "note":
            out.notes.append(one)
        elif name == "text-box":
            out.boxes.append(one)
        elif name in {"hidden-text", "hidden-paragraph"}:
            self._tally.hidden += 1
        elif name == "span":
            self._inside(one, out, hidden or self._styles.hidden("text", value(one, "style-name")))
        else:
            self._inside(one, out, hidden)

    def _put(self, words: str | None, out: Words, hidden: bool) -> None:
        if not words:
            return
        if hidden:
            self._tally.hidden += bool(words.strip())
            return
        # Line breaks and runs of spaces in the XML are layout of the XML.
        plain = " ".join(words.split())
        if plain:
            before = " " if words[0].isspace() else ""
            after = " " if words[-1].isspace() else ""
            out.pieces.append(before + plain + after)
        else:
            out.pieces.append(" ")

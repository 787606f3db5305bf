"""The words of one Word paragraph as they stand on the page when every change is accepted.

Insertions are in, deletions are out, and so are hidden words, comments and the
codes behind a field; what the field shows is in. Text boxes and footnotes hang
on a paragraph and come after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from workflow_app.services.files.docx_styles import Styles, switched_on
from workflow_app.services.files.package import child, local, value
from workflow_app.services.files.tables import GAP

_LEFT_OUT = frozenset(
    "pPr rPr instrText delText delInstrText del moveFrom commentReference annotationRef footnoteRef"
    " endnoteRef sdtPr sdtEndPr Fallback object softHyphen fldData tblPr proofErr ruby rt".split()
)
_BLANK = "____"
"""For a field nobody has filled in: the prompt that Word shows there is no word of the agreement."""

_BOXES = {"\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☒", "\uf0fd": "☒", "\uf0b7": "•", "\uf0fc": "✓"}


@dataclass
class Tally:
    """What was left out or taken as done, over the whole document."""

    changes: int = 0
    hidden: int = 0


@dataclass
class Words:
    """One paragraph: its words, whether they are all bold, and the elements that hang on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    bold: bool = True

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class Runs:
    """Reads paragraphs one after the other: a field may begin in one and end in another."""

    def __init__(self, styles: Styles, tally: Tally) -> None:
        self._styles = styles
        self._tally = tally
        self._fields: list[bool] = []

    def words(self, paragraph: etree._Element, hidden: bool = False) -> Words:
        """The words of a ``w:p``."""
        out = Words()
        self._inside(paragraph, out, hidden)
        return out

    def _inside(self, element: etree._Element, out: Words, hidden: bool) -> None:
        for one in element:
            name = local(one)
            if name in {"ins", "moveTo", "del", "moveFrom"} and len(one):
                # A move is two marks of one change.
                self._tally.changes += name != "moveFrom"
            if name in _LEFT_OUT:
                continue
            if name == "r":
                self._run(one, out, hidden)
            elif name == "sdt" and switched_on(child(one, "sdtPr", "showingPlcHdr")):
                self._put(_BLANK, out, hidden)
            elif name == "txbxContent":
                out.boxes.append(one)
            elif name == "AlternateContent":
                # One thing drawn in two ways; a reader takes the first it knows.
                choice = child(one, "Choice")
                self._inside(choice if choice is not None else one, out, hidden)
            else:
                self._single(one, name, out, hidden)

    def _run(self, run: etree._Element, out: Words, hidden: bool) -> None:
        props = child(run, "rPr")
        vanish = child(props, "vanish")
        if vanish is not None:
            hidden = switched_on(vanish)
        else:
            hidden = hidden or self._styles.hidden(value(child(props, "rStyle")))
        before = len(out.pieces)
        self._inside(run, out, hidden)
        if any(piece.strip() for piece in out.pieces[before:]) and not switched_on(child(props, "b")):
            out.bold = False

    def _single(self, one: etree._Element, name: str, out: Words, hidden: bool) -> None:
        if name == "t":
            self._put(one.text or "", out, hidden)
        elif name in {"tab", "ptab"}:
            self._put(GAP, out, hidden)
        elif name in {"br", "cr"}:
            self._put("\n", out, hidden)
        elif name == "noBreakHyphen":
            self._put("-", out, hidden)
        elif name == "sym":
            code = value(one, "char") or ""
            sign = (
                chr(int(code, 16))
                if len(code) == 4 and all(c in "0123456789abcdefABCDEF" for c in code)
                else ""
            )
            self._put(_BOXES.get(sign, ""), out, hidden)
        elif name == "fldChar":
            self._field(value(one, "fldCharType"))
        elif name in {"footnoteReference", "endnoteReference"}:
            if not hidden and (ident := value(one, "id")) is not None:
                out.notes.append((name.removesuffix("Reference"), ident))
        else:
            self._inside(one, out, hidden)

    def _field(self, kind: str | None) -> None:
        """Between "begin" and "separate" stands what the field is to do; after it, what it shows."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _put(self, words: str, out: Words, hidden: bool) -> None:
        if not words or not all(self._fields):
            return
        if hidden:
            self._tally.hidden += bool(words.strip())
        else:
            out.pieces.append(words)

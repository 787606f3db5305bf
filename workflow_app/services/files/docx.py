"""A Word document's text, paragraph by paragraph, as it is read on the page.

Headers and footers lie in parts of their own and are not opened: a page number
is no clause. What is opened are the styles and lists (for headings and their
numbers) and the notes.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from lxml import etree

from workflow_app.domain.messages import Message
from workflow_app.services.files import notes
from workflow_app.services.files.docx_numbering import Numbering
from workflow_app.services.files.docx_runs import Runs, Tally
from workflow_app.services.files.docx_styles import Styles, switched_on
from workflow_app.services.files.extracted import Block, Extracted, joined
from workflow_app.services.files.headings import marked_headings, typed
from workflow_app.services.files.package import Package, child, local, value
from workflow_app.services.files.refusals import broken, textless
from workflow_app.services.files.tables import laid_out


def read_docx(package: Package, main: str) -> Extracted:
    """The text of the part ``main``. Raises :class:`UnreadableFile` where it is missing or without text."""
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise broken()
    document = _Document(package, posixpath.dirname(main))
    blocks = list(document.blocks(body))
    text = joined(marked_headings(blocks))
    if not text.strip():
        raise textless()
    return Extracted(text, tuple(document.notes()), "docx")


class _Document:
    def __init__(self, package: Package, folder: str) -> None:
        def part(name: str) -> etree._Element | None:
            return package.xml(posixpath.join(folder, name))

        self._tally = Tally()
        self._styles = Styles(part("styles.xml"))
        self._numbering = Numbering(part("numbering.xml"), self._styles)
        self._runs = Runs(self._styles, self._tally)
        self._notes = {kind: _by_id(part(f"{kind}s.xml")) for kind in ("footnote", "endnote")}
        comments = part("comments.xml")
        self._comments = sum(local(one) == "comment" for one in comments) if comments is not None else 0
        self._told = 0
        self._carried = ""
        self._depth = -1

    def notes(self) -> Iterator[Message]:
        yield from notes.of_changes(self._tally.changes)
        yield from notes.of_hidden(self._tally.hidden)
        yield from notes.of_comments(self._comments)

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """The blocks of a body, a cell, a text box or a note."""
        for one in parent:
            name = local(one)
            if name == "p":
                yield from self._paragraph(one)
            elif name == "tbl":
                yield from laid_out([*self._rows(one)])
            elif name == "sdt":
                content = child(one, "sdtContent")
                yield from self.blocks(content) if content is not None else ()
            elif name in {"ins", "moveTo", "customXml", "smartTag"}:
                yield from self.blocks(one)
        if self._carried and local(parent) == "body":
            yield Block(self._carried)
            self._carried = ""

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        props = child(paragraph, "pPr")
        style = value(child(props, "pStyle")) or self._styles.default
        hidden = self._styles.hidden(style)
        words = self._runs.words(paragraph, hidden)
        mark_props = child(props, "rPr")
        if child(mark_props, "del") is not None or child(mark_props, "moveFrom") is not None:
            # The end of this paragraph is deleted: it runs on into the next.
            self._tally.changes += child(mark_props, "del") is not None
            self._carried += words.text
        else:
            text = self._carried + words.text
            self._carried = ""
            gone = switched_on(child(mark_props, "vanish"))
            yield self._block(props, style, text.strip(), gone=gone, bold=words.bold)
        for box in words.boxes:
            yield from self.blocks(box)
        for kind, ident in words.notes:
            yield from self._note(kind, ident)

    def _block(
        self, props: etree._Element | None, style: str | None, text: str, *, gone: bool, bold: bool
    ) -> Block:
        if gone and not text:
            return Block("")
        mark = self._numbering.mark(props, style)
        level = self._styles.heading(props, style)
        if level is not None:
            self._depth = -1
            words = f"{mark.words} {text}" if mark and not mark.bullet and text else text
            return Block(words, f"heading{level}")
        if mark is None:
            self._depth = -1
            return typed(text, bold=bold)
        # "2. Møter" after "b) …" of the same list is a heading, which stands alone.
        up, self._depth = mark.level < self._depth, mark.level
        return Block(f"{mark.words} {text}".strip(), f"item:{mark.of}/{mark.bullet}", up)

    def _rows(self, table: etree._Element) -> Iterator[list[list[Block]]]:
        for row in _inner(table, "tr"):
            props = child(row, "trPr")
            if child(props, "del") is not None:
                self._tally.changes += 1
                continue
            self._tally.changes += child(props, "ins") is not None
            cells = []
            for cell in _inner(row, "tc"):
                merged = child(cell, "tcPr", "vMerge")
                goes_on = merged is not None and value(merged) != "restart"
                cells.append([] if goes_on else [b for b in self.blocks(cell) if b.text])
            yield cells

    def _note(self, kind: str, ident: str) -> Iterator[Block]:
        found = self._notes[kind].pop(ident, None)
        if found is None:
            return
        self._told += 1
        first = True
        for block in self.blocks(found):
            if block.text:
                yield Block(f"[{self._told}] {block.text}" if first else block.text)
                first = False


def _inner(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, content controls and the like around them looked through."""
    for one in parent:
        name = local(one)
        if name == wanted:
            yield one
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _inner(one, wanted)


def _by_id(root: etree._Element | None) -> dict[str, etree._Element]:
    """Notes by their id; separators are no notes."""
    found: Iterable[etree._Element] = root if root is not None else ()
    return {value(one, "id") or "": one for one in found if value(one, "type") is None}

"""An OpenDocument text, paragraph by paragraph, as it is read on the page.

What has been deleted under tracked changes lies apart from the text, so that
leaving it out is reading the text alone. Headers and footers lie in styles.xml.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from workflow_app.domain.messages import Message
from workflow_app.services.files import notes
from workflow_app.services.files.extracted import Block, Extracted, joined
from workflow_app.services.files.headings import marked_headings, typed
from workflow_app.services.files.marks import Counters
from workflow_app.services.files.odt_styles import Styles, marked
from workflow_app.services.files.odt_words import Inline, Tally
from workflow_app.services.files.package import Package, child, local, value
from workflow_app.services.files.refusals import broken, textless
from workflow_app.services.files.tables import laid_out


def read_odt(package: Package) -> Extracted:
    """The text of the package. Raises :class:`UnreadableFile` where it is missing or empty."""
    content = package.xml("content.xml")
    body = child(content, "body", "text")
    if body is None:
        raise broken()
    document = _Document(Styles((package.xml("styles.xml"), content)))
    blocks = list(document.blocks(body))
    text = joined(marked_headings(blocks))
    if not text.strip():
        raise textless()
    return Extracted(text, tuple(document.notes()), "odt")


class _Document:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._tally = Tally()
        self._inline = Inline(styles, self._tally)
        self._outline = Counters()
        self._lists: dict[str, Counters] = {}
        self._told = 0
        self._list_name, self._depth, self._up = "", 0, False

    def notes(self) -> Iterator[Message]:
        yield from notes.of_changes(self._tally.changes)
        yield from notes.of_hidden(self._tally.hidden)
        yield from notes.of_comments(self._tally.comments)

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """The blocks of a body, a section, a cell, a text box or a note."""
        for one in parent:
            name = local(one)
            if name == "tracked-changes":
                self._tally.changes += sum(
                    local(change) in {"insertion", "deletion"} for region in one for change in region
                )
            elif name in {"p", "h"}:
                yield from self._paragraph(one, None)
            elif name == "list":
                yield from self._list(one, value(one, "style-name"), 1, None)
            elif name == "table":
                yield from laid_out([*self._rows(one)])
            elif name == "section" and value(one, "display") == "none":
                self._tally.hidden += 1
            elif name in {
                "frame",
                "text-box",
                "section",
                "index-body",
                "index-title",
                "a",
                "g",
                "custom-shape",
            } or (name.endswith("-index") or name == "table-of-content" or name == "bibliography"):
                yield from self.blocks(one)

    def _paragraph(self, one: etree._Element, mark: str | None) -> Iterator[Block]:
        words = self._inline.words(one)
        text = words.text.strip()
        if local(one) == "h":
            yield self._heading(one, text, mark)
        elif mark:
            yield Block(f"{mark} {text}".strip(), f"item:{self._list_name}", self._up)
        else:
            yield typed(text)
        for box in words.boxes:
            yield from self.blocks(box)
        for note in words.notes:
            yield from self._note(note)

    def _heading(self, one: etree._Element, text: str, mark: str | None) -> Block:
        raw = value(one, "outline-level") or "1"
        level = int(raw) if raw.isdecimal() and len(raw) < 3 else 1
        shape = self._styles.outline.get(level)
        counts = mark is None and text and value(one, "is-list-header") != "true"
        if counts and shape is not None and shape.kind:
            self._outline.step(level, shape.start)
            mark = marked(self._styles.outline, shape, level, self._outline)
        return Block(f"{mark} {text}" if mark and text else text, f"heading{max(level, 1)}")

    def _list(
        self, element: etree._Element, style: str | None, depth: int, counters: Counters | None
    ) -> Iterator[Block]:
        style = value(element, "style-name") or style or self._brought(element)
        if counters is None:
            counters = self._continued(element, style)
        levels = {n: shape for n in range(1, 11) if (shape := self._styles.level(style, n)) is not None}
        for item in element:
            if local(item) not in {"list-item", "list-header"}:
                continue
            mark = None
            shape = levels.get(depth)
            # An item that only holds a deeper list draws no mark of its own.
            if local(item) == "list-item" and shape is not None and any(local(c) in {"p", "h"} for c in item):
                start = value(item, "start-value")
                if start is not None and start.isdecimal() and len(start) < 7:
                    counters.restart(depth, int(start))
                else:
                    counters.step(depth, shape.start)
                mark = marked(levels, shape, depth, counters)
                # "2. Møter" after "b) …" of the same list is a heading, which stands alone.
                self._up, self._depth = depth < self._depth, depth
                self._list_name = f"{style}/{shape.bullet}"
            for one in item:
                if local(one) in {"p", "h"}:
                    yield from self._paragraph(one, mark)
                    mark = None
                elif local(one) == "list":
                    yield from self._list(one, style, depth + 1, counters)

    def _brought(self, element: etree._Element) -> str | None:
        """The list style of the first paragraph's own style."""
        first = next((one for one in element.iter() if local(one) in {"p", "h"}), None)
        return self._styles.list_of(value(first, "style-name")) if first is not None else None

    def _continued(self, element: etree._Element, style: str | None) -> Counters:
        """The numbers a list goes on from: those of the list it names, of the last of its style, or none."""
        named = value(element, "continue-list")
        counters = self._lists.get(f"#{named}") if named else None
        if counters is None and value(element, "continue-numbering") == "true":
            counters = self._lists.get(f"={style}")
        counters = counters or Counters()
        self._lists[f"={style}"] = counters
        if ident := value(element, "id"):
            self._lists[f"#{ident}"] = counters
        return counters

    def _rows(self, table: etree._Element) -> Iterator[list[list[Block]]]:
        for one in table:
            if local(one) in {"table-header-rows", "table-rows", "table-row-group"}:
                yield from self._rows(one)
            elif local(one) == "table-row":
                yield [
                    [b for b in self.blocks(cell) if b.text] for cell in one if local(cell) == "table-cell"
                ]

    def _note(self, note: etree._Element) -> Iterator[Block]:
        self._told += 1
        body = child(note, "note-body")
        first = True
        for block in self.blocks(body) if body is not None else ():
            if block.text:
                yield Block(f"[{self._told}] {block.text}" if first else block.text)
                first = False

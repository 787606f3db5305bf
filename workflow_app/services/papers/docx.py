"""The matter as a Word file, to work on in the case system and to paste from.

Headings are headings and tables have their header row marked, so that a screen
reader finds its way and what is pasted keeps its shape; the language is set, so
that the speller reads Norwegian. The PDF is the paper; this is its working copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from workflow_app.services.papers.outline import Block
from workflow_app.services.papers.qr import qr_png

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_WIDTH = 16
_SHARES: dict[int, tuple[float, ...]] = {2: (3, 7), 3: (2.5, 2.5, 5), 4: (2.3, 1.9, 2.1, 3.7)}
"""Centimetres between the margins, and how a table of so many columns shares them, in tenths."""
_LONGEST_PROPERTY = 255
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2); a clause quoted from an uploaded text may hold any of it."""
_ACCENT = RGBColor(0x17, 0x37, 0x5E)
_INK = RGBColor(0x1B, 0x1F, 0x24)


def as_docx(blocks: Iterable[Block], *, title: str, language: str, made: datetime) -> bytes:
    """The blocks as a .docx in A4; ``made`` (aware) is when, ``language`` the paper's."""
    document = Document()
    _page(document)
    _styles(document, _LANGUAGES[language])
    properties = document.core_properties
    # Word's properties hold no more; the whole title stands on the page.
    properties.title = _shown(title)[:_LONGEST_PROPERTY]
    properties.language = _LANGUAGES[language]
    properties.author, properties.comments = "Avtaleflyt", ""
    properties.created = properties.modified = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    for block in blocks:
        _add(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)


def _styles(document: Any, language: str) -> None:
    for name, size in {"Normal": 11, "Title": 20, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11}.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = _INK if name == "Normal" else _ACCENT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            # A theme's font would win over the one that is named.
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), "Calibri")
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    properties = document.styles["Normal"].element.get_or_add_rPr()
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    properties.append(spoken)
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)


def _add(document: Any, block: Block) -> None:
    if block.kind == "title":
        document.add_paragraph(_shown(block.text), style="Title")
    elif block.kind == "heading":
        document.add_heading(_shown(block.text), level=min(block.level, 3))
    elif block.kind == "lines":
        for line in block.lines:
            document.add_paragraph(_shown(line))
    elif block.kind == "fields":
        _table(document, block.text, (), tuple(block.fields))
    elif block.kind == "code":
        picture = document.add_picture(BytesIO(qr_png(block.text)), width=Cm(5.6))
        picture._inline.docPr.set("descr", _shown(" ".join(block.lines)))
    else:
        _table(document, block.text, block.header, block.rows, block.shares)


def _table(
    document: Any,
    name: str,
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    shares: tuple[float, ...] = (),
) -> None:
    """A table with its name as alternative text; without a header its first column names the rows."""
    columns = len(header or rows[0])
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    # As a rule the last column holds the sentences.
    parts = shares or _SHARES.get(columns, (10 / columns,) * columns)
    widths = [Cm(_WIDTH * share / 10) for share in parts]
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), _shown(name))
    table._tbl.tblPr.append(caption)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1" if header else "0")
        look.set(qn("w:firstColumn"), "0" if header else "1")
    if header:
        cells = table.add_row()
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        cells._tr.get_or_add_trPr().append(repeated)
        for cell, words in zip(cells.cells, header, strict=True):
            _fill(cell, words, bold=True)
    for row in rows:
        for n, (cell, words) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _fill(cell, words, bold=not header and n == 0)
    for row_cells in table.rows:
        for cell, width in zip(row_cells.cells, widths, strict=True):
            cell.width = width
    # Two tables that touch become one.
    document.add_paragraph("")


def _fill(cell: Any, words: str, *, bold: bool) -> None:
    first, *more = _shown(words).split("\n")
    paragraph = cell.paragraphs[0]
    paragraph.add_run(first).bold = bold
    for line in more:
        cell.add_paragraph().add_run(line).bold = bold
    for each in cell.paragraphs:
        each.paragraph_format.space_after = Pt(2)


def _shown(words: str) -> str:
    return _NOT_XML.sub(" ", words)

"""A table as lines: a row of short cells on one line, a row of paragraphs cell by cell.

A signature table has "Ordfører" in one cell and "Stasjonssjef" in the next; the
reader knows columns by three spaces or more. A table that only lays out a page
in two columns has paragraphs in its cells, and each cell is read to its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workflow_app.services.files.extracted import Block

GAP = "    "
"""Between the cells of a row, and for a tab in a line."""

_BAR = " | "
_PAGE_LIKE = re.compile(r"\d{1,3}")
_LONGEST_CELL = 400


def laid_out(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    """The blocks of a table, given as rows of cells of blocks."""
    # A word and a number at the end of a line would be taken for a table of contents.
    ends = [cells[-1][-1].text for cells in rows if cells and cells[-1]]
    gap = _BAR if any(_PAGE_LIKE.fullmatch(words.strip()) for words in ends) else GAP
    out: list[Block] = []
    for cells in rows:
        filled = [cell for cell in cells if any(block.text.strip() for block in cell)]
        if len(filled) > 1 and all(_on_one_line(cell) for cell in filled):
            out.append(Block(gap.join(cell[0].text.strip() for cell in filled), "row"))
        else:
            out += [block for cell in filled for block in cell]
    return out


def _on_one_line(cell: Sequence[Block]) -> bool:
    return len(cell) == 1 and "\n" not in cell[0].text.strip() and len(cell[0].text) <= _LONGEST_CELL

"""From pieces scattered over a page to lines in the order a person reads them.

Two columns are told from a table and from two signatures beside each other by
their edges: many lines begin at the same place right of others and none crosses
it. What crosses (a title, a heading over both) divides the page above from
below. A table is read row by row, columns from top to bottom, left before right.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from workflow_app.services.files.pdf_page import Piece
from workflow_app.services.files.tables import GAP

_MARK = re.compile(r"(?:[-–—•·*]|o|§\s?\d+[a-z]?\.?|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|\(?[a-zæøå][.)])")
_ENDED = re.compile(r"[.:;!?]$")
_LEAST_ROWS = 5
_NARROWEST = 0.22
_DEEPEST = 4


@dataclass(frozen=True)
class Line:
    """One line. ``first`` is the width of its first word, ``short`` whether it holds cells."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    bold: bool
    cells: bool = False

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def first(self) -> float:
        """The width of its first word, in points, as if all letters were as wide."""
        words = self.text.split(" ", 1)[0]
        return (self.right - self.left) * len(words) / max(len(self.text), 1)


@dataclass
class Flow:
    """Lines that follow each other down one column; ``column`` says that others stand beside it."""

    lines: list[Line] = field(default_factory=list)
    column: bool = False
    table: bool = False


def document_flows(pages: Sequence[Sequence[Piece]]) -> list[list[Flow]]:
    """The flows of each page; the last column of a document may be a line or two, where the others stood."""
    if len(pages) == 1 and (head := _head(pages[0])):
        # On several pages a header is known by its coming again.
        rest = [piece for piece in pages[0] if piece not in head]
        return [[Flow(lines_of(head)), *flows(rest)]]
    learnt: list[float] = []
    found = [flows(pieces, learnt=learnt) for pieces in pages]
    known = tuple(learnt)
    return [flows(pieces, known=known) for pieces in pages] if known and len(pages) > 1 else found


def flows(
    pieces: Sequence[Piece],
    *,
    column: bool = False,
    depth: int = 0,
    known: tuple[float, ...] = (),
    learnt: list[float] | None = None,
) -> list[Flow]:
    """The flows of a page or of a part of it, in reading order.

    ``known`` is where columns of other pages begin; to ``learnt`` is added where they begin here.
    """
    edge, sure = _edge(pieces, known) if depth < _DEEPEST else (None, False)
    if edge is None:
        return [Flow(lines_of(pieces), column)] if pieces else []
    out: list[Flow] = []
    plain: list[Piece] = []
    for band in _bands(pieces, edge):
        left = [p for p in band if p.right <= edge + 1]
        right = [p for p in band if p.left >= edge - 1]
        if not _are_columns(left, right, pieces, 1 if sure else _LEAST_ROWS):
            plain += band
            continue
        out += [Flow(lines_of(plain), column)] if plain else []
        plain = []
        if (starts := _table_rows(left, right)) is not None:
            out += _table(band, starts)
            continue
        if learnt is not None:
            learnt.append(edge)
        for side in (left, right):
            out += flows(side, column=True, depth=depth + 1, known=known, learnt=learnt)
    return out + ([Flow(lines_of(plain), column)] if plain else [])


def _edge(pieces: Sequence[Piece], known: tuple[float, ...]) -> tuple[float | None, bool]:
    """Where most second pieces of rows begin, and whether columns of other pages begin there too."""
    seconds: list[float] = []
    for row in _rows(pieces):
        seconds += [b.left for a, b in itertools.pairwise(row) if not _MARK.fullmatch(a.text)]
    best: list[float] = []
    for at in sorted(set(seconds)):
        near = [one for one in seconds if at <= one <= at + 4]
        if len(near) > len(best):
            best = near
    if len(best) >= 2:
        return min(best), any(abs(min(best) - one) < 4 for one in known)
    return next((one for one in known if any(abs(second - one) < 4 for second in seconds)), None), True


def _head(pieces: Sequence[Piece]) -> list[Piece]:
    """A first row that stands well above the rest, with words at both ends: what is printed over columns."""
    rows = _rows(pieces)
    if len(rows) < 2 or len(rows[0]) < 2:
        return []
    below = min(piece.top for piece in rows[1]) - max(piece.bottom for piece in rows[0])
    return rows[0] if below > 0.8 * rows[0][0].size else []


def _bands(pieces: Sequence[Piece], edge: float) -> Iterator[list[Piece]]:
    """The page cut above and below each piece that crosses the edge; what crosses is a band of its own."""
    band: list[Piece] = []
    crossing: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        crosses = piece.left < edge - 1 and piece.right > edge + 1
        if crosses and band:
            yield band
            band = []
        if not crosses and crossing:
            yield crossing
            crossing = []
        (crossing if crosses else band).append(piece)
    for rest in (crossing, band):
        if rest:
            yield rest


def _are_columns(left: list[Piece], right: list[Piece], pieces: Sequence[Piece], least: int) -> bool:
    if least == 1:
        return bool(left and right)
    whole = max(p.right for p in pieces) - min(p.left for p in pieces)
    for side in (left, right):
        # A few lines are columns where one goes on below itself, in the middle of a sentence.
        few = len(_rows(side)) < least
        if few and not (len(_rows(side)) >= 2 and (_goes_on(left) or _goes_on(right))):
            return False
        if max(p.right for p in side) - min(p.left for p in side) < _NARROWEST * whole:
            return False
    return True


def _goes_on(side: list[Piece]) -> bool:
    """Whether a line of this side is continued by the next with a small letter."""
    pairs = itertools.pairwise(_rows(side))
    return any(below[0].text[0].islower() and not _ENDED.search(above[-1].text) for above, below in pairs)


def _table_rows(left: list[Piece], right: list[Piece]) -> list[float] | None:
    """Where the rows of a table begin: spaces on both sides at the same height; None for columns of text."""
    starts = [_starts(side) for side in (left, right)]
    both = [at for at in starts[1] if any(abs(at - other) < 2.5 for other in starts[0])]
    most = max(len(starts[0]), len(starts[1]))
    return both if len(both) >= 3 and len(both) >= 0.8 * most else None


def _starts(side: list[Piece]) -> list[float]:
    tops = [min(p.top for p in row) for row in _rows(side)]
    steps = [b - a for a, b in itertools.pairwise(tops)]
    if not steps:
        return tops
    # The step between lines of one paragraph is the smallest there is.
    usual = min(steps)
    return [tops[0], *(b for b, step in zip(tops[1:], steps, strict=True) if step > 1.2 * usual)]


def _table(band: list[Piece], starts: list[float]) -> list[Flow]:
    out = []
    for at, until in zip(starts, [*starts[1:], float("inf")], strict=True):
        row = [p for p in band if at - 2.5 <= p.top < until - 2.5]
        cells = _cells(row)
        if all(len(_rows(cell)) == 1 for cell in cells):
            out.append(Flow(lines_of(row), column=True, table=True))
        else:
            out += [Flow(lines_of(cell), column=True, table=True) for cell in cells]
    return out


def _cells(row: list[Piece]) -> list[list[Piece]]:
    """Pieces that stand over each other, from left to right."""
    cells: list[list[Piece]] = []
    edge = float("-inf")
    for piece in sorted(row, key=lambda p: p.left):
        if piece.left > edge or not cells:
            cells.append([])
        cells[-1].append(piece)
        edge = max(edge, piece.right)
    return cells


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces at the same height, each row from left to right, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.middle, p.left)):
        if rows and abs(piece.middle - rows[-1][0].middle) < 0.5 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of pieces that stand in no columns: what stands beside something is a cell of its line."""
    return [_line(row) for row in _rows(pieces)]


def _line(row: list[Piece]) -> Line:
    size = median(p.size for p in row)
    words, cells = row[0].text, False
    for before, piece in itertools.pairwise(row):
        near = piece.left - before.right < 0.6 * size
        marked = before is row[0] and _MARK.fullmatch(before.text) is not None
        cells = cells or not (near or marked)
        words += (" " if near or marked else GAP) + piece.text
    return Line(
        words, row[0].left, max(p.right for p in row), min(p.top for p in row), max(p.bottom for p in row),
        all(p.bold for p in row), cells,
    )  # fmt: skip

"""The letters of a PDF page with their places, from PDFium.

Of what was tried on eight pages: pypdfium2 (PDFium, BSD and Apache) 6 ms and
20 MB, pypdf 60 ms and 36 MB, pdfminer.six 165 ms and 35 MB, pdfplumber 230 ms
and 48 MB; PyMuPDF's licence is not ours. pypdf gives no places to tell columns
by, and pdfminer put a list's items after the paragraphs that follow it. Only
the letters and their boxes are taken from PDFium: which of them make a line, a
column and a paragraph is decided in the modules beside this one.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0x2010: "-", 0x2011: "-"}
_BULLETS = {
    0xF0B7: "•",
    0xF0A7: "•",
    0xF0D8: "•",
    0xF076: "•",
    0xF0FC: "•",
    0x25CF: "•",
    0x25AA: "•",
    0x25E6: "•",
}
_SPACES = frozenset({0x20, 0xA0, 0x09, 0x2002, 0x2003, 0x2009, 0x202F})
_SPACE_AT = 0.17
_PIECE_AT = 1.15


@dataclass(frozen=True)
class Piece:
    """Words on one baseline with no wide gap. Places in points from the top left; ``size`` is the height."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    bold: bool = False

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Sheet:
    """One page: its pieces, its height, how many letters it has, and how many of them nobody can name."""

    pieces: list[Piece]
    height: float
    letters: int
    unknown: int
    drawn: bool


@dataclass(frozen=True)
class _Letter:
    sign: str
    left: float
    right: float
    low: float
    high: float
    base: float
    angle: int
    bold: bool


def read_sheet(page: pdfium.PdfPage) -> Sheet:
    """The pieces of a page, in no order that matters."""
    text = page.get_textpage()
    try:
        letters = list(_letters(text.raw, text.count_chars()))
    finally:
        text.close()
    unknown = sum(one.sign == "\ufffd" for one in letters)
    drawn = not letters and next(page.get_objects(max_depth=2), None) is not None
    if not letters:
        return Sheet([], page.get_height(), 0, 0, drawn)
    angle = Counter(one.angle for one in letters).most_common(1)[0][0]
    # What stands across the rest is a stamp or a watermark.
    upright = [_turned(one, angle) for one in letters if one.angle == angle]
    left, low, right, high = page.get_mediabox()
    top, height = {
        90: (right, right - left),
        180: (-low, high - low),
        270: (-left, right - left),
    }.get(angle, (high, high - low))
    pieces = [_flipped(piece, top) for piece in _pieces(upright)]
    return Sheet(pieces, height, len(letters), unknown, drawn)


def _letters(text: raw.FPDF_TEXTPAGE, count: int) -> Iterator[_Letter]:
    box, x, y, flags = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    bold, was_space = False, True
    last: _Letter | None = None
    for n in range(count):
        code = raw.FPDFText_GetUnicode(text, n)
        hyphen = code in _HYPHENS
        if (raw.FPDFText_IsGenerated(text, n) == 1 and not hyphen) or code in {0x0A, 0x0D}:
            was_space = True
            continue
        raw.FPDFText_GetLooseCharBox(text, n, box)
        if box.right <= box.left and code not in _SPACES:
            continue
        raw.FPDFText_GetCharOrigin(text, n, x, y)
        if was_space:
            length = raw.FPDFText_GetFontInfo(text, n, name, len(name), flags)
            bold = b"bold" in name.value.lower() if 0 < length <= len(name) else False
        was_space = code in _SPACES
        angle = round(math.degrees(raw.FPDFText_GetCharAngle(text, n))) % 360
        sign = " " if was_space else _HYPHENS.get(code) or _BULLETS.get(code) or _sign(code)
        low, high, base = box.bottom, box.top, y.value
        if hyphen and last is not None and last.low < low and high < last.high:
            # A hyphen at the end of a line comes with a box of its own ink.
            low, high, base = last.low, last.high, last.base
        last = _Letter(sign, box.left, box.right, low, high, base, angle, bold)
        yield last


def _sign(code: int) -> str:
    """The character of a code; what no font has named is the replacement character."""
    if code < 0x20 or 0xD800 <= code < 0xE000 or 0xE000 <= code < 0xF900 or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def _turned(one: _Letter, angle: int) -> _Letter:
    """A letter of a page that is written sideways, with its places as if it were not."""
    if angle in {90, 270}:
        # PDFium turns clockwise: at 90 the line runs down the page.
        sign = -1 if angle == 90 else 1
        along = sorted((sign * one.low, sign * one.high))
        across = sorted((-sign * one.left, -sign * one.right))
        return replace(one, left=along[0], right=along[1], low=across[0], high=across[1], base=across[0])
    if angle == 180:
        return replace(one, left=-one.right, right=-one.left, low=-one.high, high=-one.low, base=-one.base)
    return one


def _pieces(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """Letters that follow each other on one baseline, cut at wide gaps."""
    run: list[_Letter] = []
    for one in letters:
        if run and not _follows(run[-1], one):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _follows(before: _Letter, one: _Letter) -> bool:
    if (before.left, before.right, before.base) == (one.left, one.right, one.base):
        # Two letters of one ligature.
        return True
    size = max(before.high - before.low, one.high - one.low, 1.0)
    gap = one.left - before.right
    return abs(one.base - before.base) < 0.25 * size and -0.5 * size < gap < _PIECE_AT * size


def _flipped(run: list[_Letter], top: float) -> Piece:
    out: list[str] = []
    before: _Letter | None = None
    for one in run:
        if before is not None and one.left - before.right > _SPACE_AT * max(
            one.high - one.low, before.high - before.low
        ):
            out.append(" ")
        out.append(one.sign)
        before = one
    shown = [one for one in run if one.sign != " "] or run
    return Piece(
        " ".join("".join(out).split()),
        min(one.left for one in shown),
        max(one.right for one in shown),
        top - max(one.high for one in shown),
        top - min(one.low for one in shown),
        sum(one.bold for one in shown) * 2 > len(shown),
    )

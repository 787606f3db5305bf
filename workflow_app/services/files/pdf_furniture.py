"""What a page prints at its top and foot, and which is no part of the text: headers, footers, page numbers.

A line is such a thing when the same words (whatever the numbers in them) stand
at the same height near the edge of most pages; and a page number is one on a
single page too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workflow_app.services.files.pdf_page import Piece, Sheet

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:side|page|s\.)?\s*[-–]?\s*\d{1,3}\s*(?:(?:av|of|/)\s*\d{1,3})?\s*[-–]?", re.IGNORECASE
)
_ZONE = 0.09
_EDGE = 0.085
_LEAST = 55.0
"""Points from the edge that are looked at on the smallest page: headers keep their height there."""


def without_furniture(sheets: Sequence[Sheet]) -> list[list[Piece]]:
    """The pieces of each page without what repeats at its edges."""
    seen: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        seen.update({_key(piece) for piece in sheet.pieces if _at_edge(piece, sheet, _ZONE)})
    pages = sum(bool(sheet.pieces) for sheet in sheets)
    # On facing pages each header stands on every other one.
    enough = max(2, round(pages * 0.4))
    return [[p for p in sheet.pieces if not _furniture(p, sheet, seen, enough)] for sheet in sheets]


def _furniture(piece: Piece, sheet: Sheet, seen: Counter[tuple[str, int]], enough: int) -> bool:
    if _at_edge(piece, sheet, _ZONE) and max(seen[key] for key in _near(piece)) >= enough:
        return True
    return _at_edge(piece, sheet, _EDGE) and _PAGE_NUMBER.fullmatch(piece.text) is not None


def _at_edge(piece: Piece, sheet: Sheet, zone: float) -> bool:
    depth = max(zone * sheet.height, _LEAST)
    return piece.bottom < depth or piece.top > sheet.height - depth


def _key(piece: Piece) -> tuple[str, int]:
    return _DIGITS.sub("#", piece.text.lower()), round(piece.top / 3)


def _near(piece: Piece) -> list[tuple[str, int]]:
    words, at = _key(piece)
    return [(words, at - 1), (words, at), (words, at + 1)]

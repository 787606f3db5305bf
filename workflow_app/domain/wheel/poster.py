"""The wheel with its list on one sheet of A4, as it is hung on the wall.

The list is set here, since a picture of its own has no page beside it. Wheel and
letters shrink together until everything has room; a year with more than a sheet
can hold gets a longer sheet rather than letters nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from workflow_app.domain.wheel.drawing import ACROSS, DOWN, FONT, INK, QUIET, fitted, round_part
from workflow_app.domain.wheel.model import KINDS, STATES, Kind, Line, Mark, State, Wheel
from workflow_app.domain.wheel.shapes import drawn

WIDTH, HEIGHT = 712.0, 1034.0
"""What is left of an A4 sheet inside its margins of 16 and 18 mm, in the same proportion."""

_TOP, _ROW, _FOOT, _GAP = 66.0, 20.0, 26.0, 26.0
_SIZES = (13.5, 12.5, 11.5, 10.5, 9.5, 8.5)
_WHEELS = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.46)
_EASY = 9.5
"""Letters of this size are read without trouble: on paper it is 6.7 points."""
_LETTER = 0.53
"""Width of a letter, of its size: a generous mean, as no font is at hand."""


@dataclass(frozen=True)
class _Set:
    """A line of the list as it is set: its lines of text, each with its weight, and its height."""

    line: Line
    texts: tuple[tuple[str, str], ...]
    height: float


def poster_svg(wheel: Wheel, lines: Sequence[Line]) -> str:
    """The sheet as an ``<svg>`` document of its own; ``lines`` are in the order of their numbers."""
    words = wheel.words
    signs = _signs(wheel)
    legend = len(signs) * _ROW + 6
    size, share, columns = _fitting(lines, HEIGHT - _TOP - legend - _FOOT)
    below = _TOP + DOWN * share + legend
    height = max(HEIGHT, below + _tallest(columns) + _FOOT)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wheel-poster" role="img" '
        f'lang="{escape(words.language)}" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" aria-labelledby="poster-title poster-desc" '
        f'font-family="{escape(FONT)}" fill="{INK}">',
        f'<title id="poster-title">{escape(words.title)}</title>',
        f'<desc id="poster-desc">{escape(words.description)}</desc>',
        f'<rect width="{WIDTH:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        *_heading(words.heading),
        f'<g transform="translate({(WIDTH - ACROSS * share) / 2:.1f} {_TOP}) scale({share})">',
        f"{round_part(wheel)}</g>",
        *_legend(signs, _TOP + DOWN * share + 16),
        *_list(columns, below, size),
    ]
    if not lines:
        parts.append(_text(WIDTH / 2, below + 20, words.nothing, 15, middle=True))
    parts.append(_text(0, height - 6, words.footer, 9.5, ink=QUIET))
    return "\n".join([*parts, "</svg>"])


def _fitting(lines: Sequence[Line], height: float) -> tuple[float, float, list[list[_Set]]]:
    """The best of the ways in which wheel and list stand in this height; the smallest where none does."""
    found = None
    for count in (2, 3):
        for size in _SIZES:
            columns = _columns([_set(line, size, count) for line in lines], count)
            room = height - _tallest(columns)
            share = next((share for share in _WHEELS if DOWN * share <= room), None)
            # Letters are read, and the wheel is looked at; the smallest letters are a last resort.
            worth = 1.8 * (share or 0.0) + 1.5 * size / _SIZES[0] - (size < _EASY)
            if share is not None and (found is None or worth > found[0]):
                found = worth, size, share, columns
    return found[1:] if found is not None else (size, _WHEELS[-1], columns)


def _set(line: Line, size: float, count: int) -> _Set:
    letters = int((_width(count) - size * 3.1) / (size * _LETTER))
    head = " · ".join(part for part in (line.when, line.stands) if part)
    texts = [(words, "700") for words in fitted(head, letters, 2)]
    texts += [(words, "400") for words in fitted(line.what, letters, 4)]
    if line.who:
        texts += [(words, "quiet") for words in fitted(line.who, letters, 2)]
    return _Set(line, tuple(texts), len(texts) * size * 1.26 + size * 0.75)


def _width(count: int) -> float:
    return (WIDTH - _GAP * (count - 1)) / count


def _columns(found: list[_Set], count: int) -> list[list[_Set]]:
    """Columns read downwards, as near to the same height as can be."""
    columns: list[list[_Set]] = []
    for more in range(count, 0, -1):
        wanted, column = sum(s.height for s in found) / more, list[_Set]()
        while found and (more == 1 or not column or _height(column) + found[0].height / 2 <= wanted):
            column.append(found.pop(0))
        columns.append(column)
    return columns


def _height(column: Sequence[_Set]) -> float:
    return sum(s.height for s in column)


def _tallest(columns: Sequence[Sequence[_Set]]) -> float:
    return max(_height(column) for column in columns)


def _list(columns: Sequence[Sequence[_Set]], top: float, size: float) -> Iterator[str]:
    for place, column in enumerate(columns):
        x, y = place * (_width(len(columns)) + _GAP), top
        for entry in column:
            yield drawn(entry.line.mark, x + size * 1.3, y + size * 1.15, size * 1.05)
            base = y + size
            for words, weight in entry.texts:
                ink, heavy = (QUIET, "400") if weight == "quiet" else (INK, weight)
                yield _text(x + size * 3.1, base, words, size, weight=heavy, ink=ink)
                base += size * 1.26
            y += entry.height


def _heading(heading: str) -> Iterator[str]:
    size = 30.0 if len(heading) <= 40 else 24.0 if len(heading) <= 52 else 19.0
    for number, words in enumerate(fitted(heading, int(WIDTH / (size * 0.55)), 2)):
        yield _text(WIDTH / 2, 32 + number * size * 1.15, words, size, weight="700", middle=True)


def _signs(wheel: Wheel) -> list[list[tuple[Kind, State, str]]]:
    """The kinds and states that are on this wheel, each with its word, in rows that fit the sheet."""
    words, rows = wheel.words, list[list[tuple[Kind, State, str]]]()
    kinds = [k for k in KINDS if any(m.kind == k for m in wheel.marks)]
    states = [s for s in STATES if any(m.state == s for m in wheel.marks)]
    told: list[tuple[Kind, State, str]] = [(k, "open", words.kinds.get(k, k)) for k in kinds]
    groups = [told]
    if states != ["open"]:
        first: Kind = kinds[0] if kinds else "meeting"
        groups.append([(first, s, words.states.get(s, s)) for s in states])
    for group in groups:
        row: list[tuple[Kind, State, str]] = []
        for sign in group:
            if row and sum(_wide(word) for _, _, word in (*row, sign)) > WIDTH:
                rows.append(row)
                row = []
            row.append(sign)
        rows += [row] if row else []
    return rows


def _wide(word: str) -> float:
    return len(word) * 6.2 + 34


def _legend(rows: Sequence[Sequence[tuple[Kind, State, str]]], y: float) -> Iterator[str]:
    for place, row in enumerate(rows):
        x = (WIDTH - sum(_wide(word) for _, _, word in row)) / 2
        for kind, state, word in row:
            yield drawn(Mark(None, kind, state), x + 8, y + place * _ROW - 4, 7.5)
            yield _text(x + 20, y + place * _ROW, word, 11)
            x += _wide(word)


def _text(
    x: float, y: float, words: str, size: float, *, weight: str = "400", ink: str = INK, middle: bool = False
) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-weight="{weight}" fill="{ink}"{anchor}>'
        f"{escape(words)}</text>"
    )

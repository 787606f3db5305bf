"""The wheel itself as SVG: twelve months, the weeks, the marks, and what is of the whole year in the middle.

Colours are presentation attributes, so that a strict content security policy has
nothing to object to, and no script and no font of our own is needed. To a
screen reader it is one picture with a name; the table
beside it has everything again, in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from html import escape

from workflow_app.domain.wheel.model import Mark, Wheel
from workflow_app.domain.wheel.placing import INNER, OUTER, angle_of, at, place
from workflow_app.domain.wheel.shapes import COLOURS, drawn

INK, QUIET, EDGE, NOW = "#172b26", "#4b5b57", "#c9d2cd", "#b3261e"
FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

# Winter from December, and so on; the second is the paler ground under the marks.
_SEASONS = (
    ("#d8e5ef", "#f6f9fb"), ("#dcebd5", "#f7faf5"), ("#f8ecc2", "#fdfaf0"), ("#f3ddc9", "#fcf7f2"),
)  # fmt: skip

WEEKS_FROM, MONTHS_FROM, RIM = 264.0, 281.0, 318.0
ACROSS, DOWN = 712.0, 700.0
"""Width and height of the wheel with what stands around it."""

_HUB_LETTERS = 21
"""Letters that fit on a line in the middle."""


def wheel_svg(wheel: Wheel) -> str:
    """The wheel as an ``<svg>`` element of a page; its name is an attribute, as a page has one title."""
    words = wheel.words
    named = f"{words.title}. {words.description}"
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" class="wheel" role="img" '
            f'lang="{escape(words.language)}" viewBox="0 0 {ACROSS:.0f} {DOWN:.0f}" '
            f'aria-label="{escape(named)}" font-family="{escape(FONT)}" fill="{INK}">',
            round_part(wheel),
            "</svg>",
        ]
    )


def round_part(wheel: Wheel) -> str:
    """Everything within the picture, its middle moved to the middle of it."""
    radius, placed = place(wheel.marks)
    parts = [f'<g transform="translate({ACROSS / 2:.0f} {DOWN / 2:.0f})">']
    parts += _months(wheel)
    parts.append('<g class="wheel-weeks">' + "".join(_weeks(wheel.year)) + "</g>")
    parts += [_span(mark) for mark in wheel.marks if mark.dated and mark.first != mark.last]
    for spot in placed:
        x, y = at(spot.angle, OUTER + 1)
        colour = COLOURS[spot.mark.kind]
        parts.append(
            f'<path d="M{x:.1f} {y:.1f}L{spot.x:.1f} {spot.y:.1f}" stroke="{colour}" stroke-width="1.3"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>'
        )
    if wheel.today is not None and wheel.today.year == wheel.year:
        parts.append(_today(wheel.today, wheel.words.today))
    parts += [drawn(spot.mark, spot.x, spot.y, radius) for spot in placed]
    parts += _middle(wheel)
    return "\n".join([*parts, "</g>"])


def ring(first: float, last: float, inner: float, outer: float, look: str) -> str:
    """A piece of a ring between two angles."""
    large = 1 if last - first > 180 else 0
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (
        at(first, outer), at(last, outer), at(last, inner), at(first, inner),
    )  # fmt: skip
    return (
        f'<path d="M{ax:.1f} {ay:.1f}A{outer} {outer} 0 {large} 1 {bx:.1f} {by:.1f}'
        f'L{cx:.1f} {cy:.1f}A{inner} {inner} 0 {large} 0 {dx:.1f} {dy:.1f}Z" {look}/>'
    )


def _months(wheel: Wheel) -> Iterator[str]:
    for month in range(1, 13):
        first = date(wheel.year, month, 1)
        following = date(wheel.year + month // 12, month % 12 + 1, 1)
        begin, end = angle_of(first, end=False), angle_of(following - timedelta(days=1), end=True)
        deep, pale = _SEASONS[month % 12 // 3]
        yield ring(begin, end, INNER, MONTHS_FROM, f'fill="{pale}" stroke="{EDGE}" stroke-width="1"')
        yield ring(begin, end, MONTHS_FROM, RIM, f'fill="{deep}" stroke="#ffffff" stroke-width="2"')
        yield _along((begin + end) / 2, (MONTHS_FROM + RIM) / 2, wheel.words.months[month - 1], 19, "600")


def _along(angle: float, radius: float, words: str, size: float, weight: str) -> str:
    """Words along the ring; in the lower half turned, so that nobody reads upside down."""
    lower = 90 < angle < 270
    x, y = at(angle, radius)
    turn = angle + 180 if lower else angle
    return (
        f'<text transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})" y="{size * 0.35:.1f}" '
        f'text-anchor="middle" font-size="{size:g}" font-weight="{weight}">{escape(words)}</text>'
    )


def _weeks(year: int) -> Iterator[str]:
    """ISO weeks: a tick at each Monday, the number in the middle of the week."""
    monday = date(year, 1, 1) - timedelta(days=date(year, 1, 1).weekday())
    while monday.year <= year:
        if monday.year == year:
            (ax, ay), (bx, by) = (at(angle_of(monday, end=False), r) for r in (WEEKS_FROM, MONTHS_FROM - 1))
            yield f'<path d="M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}" stroke="{EDGE}"/>'
        thursday = monday + timedelta(days=3)
        # At the seam the last week and the first would stand on top of each other.
        if thursday.year == year and angle_of(thursday) < 357:
            number = str(thursday.isocalendar().week)
            yield _along(angle_of(thursday), (WEEKS_FROM + MONTHS_FROM) / 2, number, 9.5, "400")
        monday += timedelta(days=7)


def _span(mark: Mark) -> str:
    """Where the day lies between two: a band along the rim, as far as it is in this year."""
    assert mark.first is not None
    assert mark.last is not None
    first = max(mark.first, date(mark.last.year, 1, 1))
    look = f'fill="{COLOURS[mark.kind]}" fill-opacity="0.35"'
    return ring(angle_of(first, end=False), angle_of(mark.last, end=True), OUTER - 5, OUTER + 1, look)


def _today(today: date, word: str) -> str:
    angle = angle_of(today)
    (ax, ay), (bx, by), (x, y) = at(angle, INNER), at(angle, MONTHS_FROM), at(angle, RIM + 17)
    (cx, cy), (dx, dy) = at(angle, RIM - 3), at(angle, RIM + 10)
    wide = len(word) * 8.0 + 16
    return (
        f'<g class="wheel-today"><path d="M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}" stroke="{NOW}" '
        f'stroke-width="2" stroke-dasharray="7 4"/><path d="M{cx:.1f} {cy:.1f}L{dx:.1f} {dy:.1f}" '
        f'stroke="{NOW}" stroke-width="3"/><rect x="{x - wide / 2:.1f}" y="{y - 11:.1f}" '
        f'width="{wide:.1f}" height="22" rx="11" fill="{NOW}"/><text x="{x:.1f}" y="{y + 5:.1f}" '
        f'text-anchor="middle" font-size="14" font-weight="600" fill="#ffffff">{escape(word)}</text></g>'
    )


def _middle(wheel: Wheel) -> Iterator[str]:
    yield f'<circle r="{INNER}" fill="#ffffff" stroke="{EDGE}" stroke-width="1.5"/>'
    undated = [mark for mark in wheel.marks if not mark.dated]
    name = fitted(wheel.words.name, _HUB_LETTERS, 2)
    y = -58.0 if undated else -8.0 - 10 * (len(name) - 1)
    yield (f'<text y="{y:.0f}" text-anchor="middle" font-size="46" font-weight="700">{wheel.year}</text>')
    for line in name:
        y += 21
        yield f'<text y="{y:.0f}" text-anchor="middle" font-size="15" fill="{QUIET}">{escape(line)}</text>'
    if undated:
        y += 28
        yield (
            f'<text y="{y:.0f}" text-anchor="middle" font-size="14" font-weight="600">'
            f"{escape(wheel.words.all_year)}</text>"
        )
        yield from _undated(undated, y + 24)


def _undated(marks: list[Mark], top: float) -> Iterator[str]:
    """Rows that grow shorter downwards, as the circle does; smaller marks where there are many."""
    radius, rows = next(
        (r, rows) for r, rows in ((16.0, (4, 3)), (12.5, (5, 5, 3)), (8.0, (9, 8, 7, 7, 5, 99)))
        if len(marks) <= sum(rows)
    )  # fmt: skip
    left, y = list(marks), top
    for count in rows:
        row, left = left[:count], left[count:]
        step = 2.3 * radius + 6
        for place_in_row, mark in enumerate(row):
            yield drawn(mark, (place_in_row - (len(row) - 1) / 2) * step, y, radius)
        y += 2 * radius + 5


def fitted(words: str, letters: int, lines: int) -> list[str]:
    """The words on at most so many lines of so many letters; what does not fit ends in an ellipsis."""
    out: list[str] = []
    for word in words.split():
        if out and len(out[-1]) + 1 + len(word) <= letters:
            out[-1] += f" {word}"
        else:
            out.append(word)
    if len(out) > lines:
        out[lines - 1] = f"{out[lines - 1]} …"
    return [line if len(line) <= letters + 3 else f"{line[: letters - 1]}…" for line in out[:lines]]


def sign_svg(mark: Mark) -> str:
    """One mark alone, to stand beside its words; said by them, so nothing to a screen reader."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="wheel-sign" viewBox="-22 -22 44 44" '
        f'aria-hidden="true" font-family="{escape(FONT)}">{drawn(mark, 0, 0, 17)}</svg>'
    )

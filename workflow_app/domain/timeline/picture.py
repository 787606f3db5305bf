"""The timeline as SVG: years across, a band for each kommune, a bar for each time in force.

Drawn by the server and without a script. Colours are presentation attributes,
so a style sheet wins over them. Nothing is told by colour alone: what is over
has an outline, what is half known is hatched, an open end fades, a gap is a
dashed frame with its days in it, and a table beside the picture says it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from workflow_app.domain.timeline.periods import Period, lanes
from workflow_app.domain.timeline.scale import Scale, shortened, text_width

WIDTH = 1100.0
SIZE, SMALL = 13.0, 11.5
LANE, PAD, HEAD = 19.0, 4.0, 44.0
MOST_LABEL = 210.0
TALLEST = 540.0
"""The height of one drawing, so that it stands whole on a sheet of A4 lying down, below a heading."""
FADE = 70.0

INK, QUIET, RULE, GROUND, BAND = "#16231f", "#55605b", "#dcd8cc", "#ffffff", "#f6f4ee"
RUNNING, OVER, OVER_EDGE, GAP, TODAY = "#0b6a53", "#d9e4df", "#6f8a80", "#a3201c", "#b4541a"
FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Bar:
    """A time in force. ``words`` stand in the bar where there is room, or else ``short`` where there is
    for that; ``running`` is in force today.
    """

    period: Period
    words: str
    running: bool
    short: str = ""


@dataclass(frozen=True)
class Hole:
    """A gap as it is drawn: from a day to a day, and its words where there is room."""

    first: date
    last: date
    words: str


@dataclass(frozen=True)
class Band:
    """A kommune: its name, its bars and its holes. ``note`` is said where it has neither."""

    name: str
    bars: tuple[Bar, ...] = ()
    holes: tuple[Hole, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Words:
    """What the picture says of itself: a title, a sentence that describes it, "today"."""

    title: str
    description: str
    today: str


def svgs(
    bands: Sequence[Band], words: Words, *, first_year: int, last_year: int, today: date
) -> tuple[str, ...]:
    """The drawing of ``bands`` over whole years: ``<svg>`` elements to stand under each other.

    Each has its own line of years and is no taller than :data:`TALLEST`, unless one kommune alone is.
    """
    label = min(MOST_LABEL, max((text_width(band.name, SIZE) for band in bands), default=0.0)) + 16
    scale = Scale(first_year, last_year, label, WIDTH - label - 8)
    sheets: list[list[Band]] = []
    room = 0.0
    for band in bands:
        room -= _height(band)
        if room < 0:
            sheets.append([])
            room = TALLEST - HEAD - _height(band)
        sheets[-1].append(band)
    return tuple(_svg(some, number, words, scale, today) for number, some in enumerate(sheets, start=1))


def _height(band: Band) -> float:
    return PAD * 2 + LANE * max(1, 1 + max(lanes([bar.period for bar in band.bars]), default=0))


def _svg(bands: Sequence[Band], sheet: int, words: Words, scale: Scale, today: date) -> str:
    tops, parts, said, y = [], list[str](), list[str](), HEAD
    for number, band in enumerate(bands):
        placed = lanes([bar.period for bar in band.bars])
        height = _height(band)
        tops.append((y, height))
        parts.append(_band(band, number, y, height, scale, placed))
        said.append(_said(band, y, scale, placed))
        y += height
    height = y + 4
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="img" viewBox="0 0 {WIDTH:.0f} '
        f'{height:.0f}" width="{WIDTH:.0f}" height="{height:.0f}" '
        f'aria-labelledby="tl-title-{sheet} tl-desc-{sheet}" '
        f'font-family="{escape(FONT)}" font-size="{SIZE}" fill="{INK}">',
        f'<title id="tl-title-{sheet}">{escape(words.title)}: {escape(bands[0].name)} – '
        f"{escape(bands[-1].name)}</title>",
        f'<desc id="tl-desc-{sheet}">{escape(words.description)}</desc>',
        _definitions() if sheet == 1 else "",
        f'<rect width="{WIDTH:.0f}" height="{height:.0f}" fill="{GROUND}"/>',
    ]
    shaded = [
        f'<rect class="tl-band" x="0" y="{top:.1f}" width="{WIDTH:.0f}" height="{tall:.1f}" fill="{BAND}"/>'
        for top, tall in tops[::2]
    ]
    # The words last, so that no line strikes them out.
    drawn = [*_years(scale, y), *parts, _today(scale, today, y, words.today), *said]
    return "\n".join([*head, *shaded, *drawn, "</svg>"])


def _definitions() -> str:
    stripes = (
        '<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" fill="{ground}"/><rect width="3" height="6" fill="{ink}"/></pattern>'
    )
    return "".join(
        [
            "<defs>",
            f'<linearGradient id="tl-fade"><stop offset="0" stop-color="{RUNNING}"/>'
            f'<stop offset="1" stop-color="{RUNNING}" stop-opacity="0"/></linearGradient>',
            stripes.format(id="tl-half", ground=GROUND, ink=OVER_EDGE),
            stripes.format(id="tl-half-running", ground=GROUND, ink=RUNNING),
            "</defs>",
        ]
    )


def _years(scale: Scale, bottom: float) -> list[str]:
    out = []
    step = scale.width / len(scale.years)
    every = next(n for n in (1, 2, 5, 10, 25, 100) if step * n >= text_width("2026", SMALL) + 6 or n == 100)
    for year in scale.years:
        x = scale.x(date(year, 1, 1))
        out.append(
            f'<line class="tl-year" x1="{x:.1f}" y1="{HEAD - 14:.1f}" x2="{x:.1f}" y2="{bottom:.1f}" '
            f'stroke="{RULE}"/>'
        )
        if (year - scale.first_year) % every == 0:
            middle = x + step / 2 if every == 1 else x + 4
            anchor = "middle" if every == 1 else "start"
            out.append(_text(middle, HEAD - 5, str(year), SMALL, f' fill="{QUIET}" text-anchor="{anchor}"'))
    return out


def _today(scale: Scale, today: date, bottom: float, word: str) -> str:
    if not scale.first_year <= today.year <= scale.last_year:
        return ""
    x, half = scale.x(today), text_width(word, SMALL) / 2 + 7
    middle = min(max(x, half + 1), WIDTH - half - 1)
    return (
        f'<g class="tl-today"><line x1="{x:.1f}" y1="20" x2="{x:.1f}" y2="{bottom:.1f}" stroke="{TODAY}" '
        f'stroke-width="2"/><rect x="{middle - half:.1f}" y="2" width="{2 * half:.1f}" height="19" rx="9" '
        f'fill="{TODAY}"/>'
        + _text(middle, 15.5, word, SMALL, ' fill="#ffffff" font-weight="600" text-anchor="middle"')
        + "</g>"
    )


def _band(band: Band, number: int, top: float, height: float, scale: Scale, placed: Sequence[int]) -> str:
    name = shortened(band.name, SIZE, scale.left - 14)
    out = [f'<g class="tl-kommune" data-number="{number}">']
    out.append(_text(8, top + PAD + LANE / 2 + SIZE * 0.36, name, SIZE, ' font-weight="600"'))
    out += [_hole(hole, top, height, scale) for hole in band.holes]
    out += [
        _bar(bar, top + PAD + LANE * lane + 2, scale) for bar, lane in zip(band.bars, placed, strict=True)
    ]
    return "".join([*out, "</g>"])


def _hole(hole: Hole, top: float, height: float, scale: Scale) -> str:
    x1, x2 = scale.x(hole.first), scale.x(hole.last, end=True)
    if x2 - x1 < 0.5:
        return ""
    return (
        f'<rect class="tl-gap" x="{x1:.1f}" y="{top + PAD - 1:.1f}" width="{max(2.0, x2 - x1):.1f}" '
        f'height="{height - 2 * PAD + 2:.1f}" fill="#fbe9e7" stroke="{GAP}" stroke-dasharray="3 2"/>'
    )


def _bar(bar: Bar, y: float, scale: Scale) -> str:
    signed, last, tall = bar.period.signed, bar.period.last, LANE - 4
    fill, edge, hatch = (RUNNING, RUNNING, "tl-half-running") if bar.running else (OVER, OVER_EDGE, "tl-half")
    x0, x1 = scale.x(signed.earliest), scale.x(signed.latest)
    x2 = scale.right if last is None else scale.x(last.earliest, end=True)
    x3 = x2 if last is None else scale.x(last.latest, end=True)
    if x3 - x0 < 0.5:
        return ""
    kind = "tl-bar" + (" tl-running" if bar.running else "") + (" tl-open" if last is None else "")
    out = [f'<g class="{kind}">']

    def piece(start: float, end: float, paint: str, line: str) -> None:
        if end - start > 0.4:
            out.append(
                f'<rect x="{start:.1f}" y="{y:.1f}" width="{end - start:.1f}" height="{tall:.1f}" rx="2" '
                f'fill="{paint}" stroke="{line}"/>'
            )

    piece(x0, x1, f"url(#{hatch})", edge)
    solid = x2 if last is not None else max(x1, x2 - FADE)
    piece(x1, solid, fill, edge)
    if last is None:
        piece(solid, x2, "url(#tl-fade)", "none")
    piece(max(x1, x2), x3, f"url(#{hatch})", edge)
    if x3 - x0 < 3:
        # A day or two in force is still seen.
        out.append(f'<rect x="{x0:.1f}" y="{y:.1f}" width="3" height="{tall:.1f}" fill="{edge}"/>')
    return "".join([*out, "</g>"])


def _said(band: Band, top: float, scale: Scale, placed: Sequence[int]) -> str:
    """The words of bars and holes, each where there is room for it."""
    out = []
    for hole in band.holes:
        x1, x2 = scale.x(hole.first), scale.x(hole.last, end=True)
        if text_width(hole.words, SMALL) + 6 <= x2 - x1:
            middle = top + PAD + LANE / 2 + SMALL * 0.36
            look = f' fill="{GAP}" text-anchor="middle"'
            out.append(_text((x1 + x2) / 2, middle, hole.words, SMALL, look))
    for bar, lane in zip(band.bars, placed, strict=True):
        x1, last = scale.x(bar.period.signed.latest), bar.period.last
        x2 = scale.right - FADE if last is None else scale.x(last.earliest, end=True)
        said = next((w for w in (bar.words, bar.short) if w and text_width(w, SMALL) + 10 <= x2 - x1), "")
        if said:
            middle = top + PAD + LANE * lane + LANE / 2 + SMALL * 0.36
            ink = "#ffffff" if bar.running else INK
            out.append(_text(x1 + 6, middle, said, SMALL, f' fill="{ink}"'))
    if band.note and not band.bars:
        note = shortened(band.note, SMALL, scale.width - 12)
        middle = top + PAD + LANE / 2 + SMALL * 0.36
        out.append(_text(scale.left + 6, middle, note, SMALL, f' fill="{QUIET}"'))
    return "".join(out)


def _text(x: float, y: float, words: str, size: float, extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{extra}>{escape(words)}</text>'

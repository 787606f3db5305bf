"""The look of a mark: a shape and a colour for its kind, and how it is drawn for how it stands.

Nothing is told by colour alone. Each kind has a shape of its own, so a wheel
printed in grey or seen by one who does not tell red from green says the same;
done is filled, open is hollow, missed has a sign of its own, cancelled is struck out,
and what is past and not documented is dashed and grey, since nobody has to do it any more.
Every colour has at least 4.5:1 against white, either way round (WCAG 2.1, 1.4.3).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from workflow_app.domain.wheel.model import Kind, Mark

GREY = "#5a6470"

COLOURS: Mapping[Kind, str] = MappingProxyType(
    {
        "meeting": "#0b5d45",
        "agenda": "#1a6480",
        "evaluation": "#6a3d9c",
        "council": "#1f3f8f",
        "revision": "#8a4700",
        "term": "#a3123a",
        "yearly": "#3d4b5c",
    }
)

# Corners of each shape: how many, and the angle of the first. A circle has none.
_CORNERS: Mapping[Kind, tuple[int, float]] = MappingProxyType(
    {
        "meeting": (0, 0),
        "agenda": (4, 0),
        "evaluation": (4, 45),
        "council": (6, 30),
        "revision": (8, 22.5),
        "term": (5, 0),
        "yearly": (0, 0),
    }
)
# A shape's corners reach farther out than a circle that looks as big.
_REACH: Mapping[int, float] = MappingProxyType({4: 1.2, 5: 1.15, 6: 1.1, 8: 1.05})


def drawn(mark: Mark, x: float, y: float, radius: float) -> str:
    """A mark with its number, its middle at ``x``, ``y``."""
    gone = mark.state in ("cancelled", "past")
    colour = GREY if gone else COLOURS[mark.kind]
    fill, ink = ("#ffffff", colour) if mark.state != "done" else (colour, "#ffffff")
    wide = max(1.6, radius * 0.15)
    dashes = f' stroke-dasharray="{wide * 1.6:.1f} {wide * 1.2:.1f}"' if gone else ""
    look = f'fill="{fill}" stroke="{colour}" stroke-width="{wide:.1f}"{dashes}'
    out = [f'<g class="wheel-mark wheel-{mark.kind} wheel-is-{mark.state}">']
    out.append(_outline(mark, x, y, radius - wide / 2, look))
    if mark.number is not None:
        size = radius * (1.12 if mark.number < 10 else 1.0 if mark.number < 100 else 0.78)
        out.append(
            f'<text x="{x:.1f}" y="{y + size * 0.36:.1f}" text-anchor="middle" font-size="{size:.1f}" '
            f'font-weight="700" fill="{ink}">{mark.number}</text>'
        )
    if mark.state == "cancelled":
        reach = radius * 0.72
        out.append(
            f'<path d="M{x - reach:.1f} {y + reach:.1f}L{x + reach:.1f} {y - reach:.1f}" stroke="{colour}" '
            f'stroke-width="{wide:.1f}"/>'
        )
    if mark.state == "missed":
        out.append(_warning(x + radius * 0.78, y - radius * 0.78, radius * 0.46))
    return "".join([*out, "</g>"])


def _outline(mark: Mark, x: float, y: float, radius: float, look: str) -> str:
    if mark.kind == "yearly":
        # Lying wide, as what belongs to no day but to the whole year.
        return (
            f'<rect x="{x - radius * 1.15:.1f}" y="{y - radius * 0.86:.1f}" width="{radius * 2.3:.1f}" '
            f'height="{radius * 1.72:.1f}" rx="{radius * 0.86:.1f}" {look}/>'
        )
    count, turn = _CORNERS[mark.kind]
    if not count:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}/>'
    reach = radius * _REACH[count] * (1.0 if mark.kind != "evaluation" else 1.02)
    corners = (math.radians(turn - 90 + n * 360 / count) for n in range(count))
    points = " ".join(f"{x + math.cos(a) * reach:.1f},{y + math.sin(a) * reach:.1f}" for a in corners)
    return f'<polygon points="{points}" stroke-linejoin="round" {look}/>'


def _warning(x: float, y: float, radius: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#a3123a" stroke="#ffffff"/>'
        f'<text x="{x:.1f}" y="{y + radius * 0.55:.1f}" text-anchor="middle" font-size="{radius * 1.6:.1f}" '
        'font-weight="700" fill="#ffffff">!</text>'
    )

"""Where each mark of a wheel stands so that none covers another.

Days run clockwise from 1 January at the top. A mark stands on the ray of its
own day, on the outermost ring that is free there; where the rings are full it
moves a little aside, and its leader still points to its day. A crowded year
gets smaller marks rather than marks on top of each other.

Lengths are in SVG units; angles in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflow_app.domain.wheel.model import Mark

INNER, OUTER = 122.0, 262.0
"""Marks stand between the edge of the middle and the rim."""

SIZES = (17.5, 14.0, 11.0, 8.5)
"""Radius of a mark, tried in this order until all have room."""

AIR = 3.0
"""Between two marks, at least."""

SIDESTEP = 3.5
"""How far aside a mark moves at a time."""

FARTHEST = 8
"""How many times it may."""


@dataclass(frozen=True)
class Placed:
    """A mark and its middle; ``angle`` is that of its day, where its leader begins."""

    mark: Mark
    x: float
    y: float
    angle: float


def angle_of(day: date, *, end: bool | None = None) -> float:
    """The angle of the middle of a day, or of its beginning (``end`` False) or end (True)."""
    first = date(day.year, 1, 1)
    length = (date(day.year, 12, 31) - first).days + 1
    within = 0.5 if end is None else float(end)
    return ((day - first).days + within) / length * 360


def at(angle: float, radius: float) -> tuple[float, float]:
    """The point at an angle, clockwise from the top, and a distance from the middle."""
    turned = math.radians(angle - 90)
    return math.cos(turned) * radius, math.sin(turned) * radius


def place(marks: Sequence[Mark]) -> tuple[float, tuple[Placed, ...]]:
    """The radius of the marks and where each dated one stands.

    Where even the smallest have no room, as no real year asks for, the last ones
    stand on the ray of their day all the same: the list beside them still tells
    one from another.
    """
    dated = sorted((m for m in marks if m.last is not None), key=lambda m: (m.last, m.number or 0))
    for radius in SIZES:
        placed = _placed(dated, radius, force=radius == SIZES[-1])
        if placed is not None:
            return radius, tuple(placed)
    raise AssertionError("the last size takes everything")


def _placed(marks: Sequence[Mark], radius: float, *, force: bool) -> list[Placed] | None:
    apart = (2 * radius + AIR) ** 2
    places = _places(radius)
    found: list[Placed] = []
    for mark in marks:
        assert mark.last is not None, "only dated ones stand on the rim"
        angle = angle_of(mark.last)
        spot = next((s for s in places if _free(angle + s[0], s[1], found, apart)), None)
        if spot is None and not force:
            return None
        aside, distance = spot or (0.0, OUTER - radius)
        found.append(Placed(mark, *at(angle + aside, distance), angle))
    return found


def _places(radius: float) -> list[tuple[float, float]]:
    """(degrees aside, distance from the middle), the ones most wanted first."""
    step = 2 * radius + AIR
    rings = int((OUTER - INNER - 2 * radius) // step) + 1
    asides = [sign * n * SIDESTEP for n in range(FARTHEST + 1) for sign in ((1, -1) if n else (1,))]
    outermost = OUTER - radius - 2
    options = [(abs(aside) / SIDESTEP + ring * 1.5, aside, ring) for aside in asides for ring in range(rings)]
    return [(aside, outermost - ring * step) for _, aside, ring in sorted(options)]


def _free(angle: float, distance: float, found: Sequence[Placed], apart: float) -> bool:
    # December has nothing to do on January's side.
    if not 0 < angle < 360:
        return False
    x, y = at(angle, distance)
    # The last ones placed are of the days just before, so one of them says no soonest.
    for spot in reversed(found):
        across, down = x - spot.x, y - spot.y
        if across * across + down * down < apart:
            return False
    return True

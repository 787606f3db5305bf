"""Choosing days so that they lie evenly apart: the small arithmetic under a year plan.

Positions are counted among the days that can be chosen, not in the calendar,
so a summer without meetings does not count as a long wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def spread(places: int, count: int, taken: Sequence[int] = ()) -> list[int]:
    """``count`` of the positions 0 … ``places`` - 1, as evenly apart as can be; sorted.

    ``taken`` positions are there already and are kept away from; they may lie
    before 0. As many as there are where there are too few. The first and the
    last are half a step from the ends: four of twelve are 1, 4, 7 and 10.
    """
    free = [p for p in range(places) if p not in set(taken)]
    count = min(count, len(free))
    if count <= 0:
        return []
    known = sorted(p for p in taken if p < places)
    start = min([0, *known])
    step = (places - start) / (count + len(known))
    fixed = set(known)
    stops = sorted({*free, *fixed})
    # best[n] at a stop: the least cost of reaching it with n of the chosen ones, and the way there.
    best: dict[tuple[int, int], tuple[float, list[int]]] = {}
    for stop in stops:
        for chosen in range(count + 1):
            mine = stop not in fixed
            before = chosen - 1 if mine else chosen
            if before < 0:
                continue
            ways: list[tuple[float, list[int]]] = []
            if before == 0 and not any(f < stop for f in fixed):
                ways.append((((stop - start + 0.5) - step / 2) ** 2, []))
            for earlier in (s for s in stops if s < stop):
                known_way = best.get((earlier, before))
                if known_way is not None and not any(earlier < f < stop for f in fixed):
                    ways.append((known_way[0] + (stop - earlier - step) ** 2, known_way[1]))
            if ways:
                cost, way = min(ways)
                best[stop, chosen] = (cost, [*way, stop] if mine else way)
    return _finished(best, places, step, count, max(fixed, default=-1))


def _finished(
    best: dict[tuple[int, int], tuple[float, list[int]]], places: int, step: float, count: int, last: int
) -> list[int]:
    """The cheapest way that has them all, the distance to the end counted as well."""
    ends = [
        (cost + ((places - stop - 0.5) - step / 2) ** 2, way)
        for (stop, chosen), (cost, way) in best.items()
        if chosen == count and stop >= last
    ]
    return min(ends, default=(inf, []))[1]

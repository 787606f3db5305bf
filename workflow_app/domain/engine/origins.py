"""Where ``@origin`` leads back to: the states a case came through and may return to.

An evaluation begun in ``reported`` may end in ``revised``; when the successor is
withdrawn the case resumes the evaluation, and from there still continues to
``reported``. So the origin is a way, not one state. It is kept as one text
("reported/annual_evaluation", the last is next), which the store need not read.
"""

from __future__ import annotations

from workflow_app.domain.definitions import ORIGIN, SAME, Transition

BETWEEN = "/"


def next_origin(origin: str | None) -> str | None:
    """The state the next ``@origin`` step leads to, or None when there is none."""
    return origin.rsplit(BETWEEN, 1)[-1] if origin else None


def states_behind(origin: str | None) -> tuple[str, ...]:
    """The states the case may still return to, the one it came through first at the front."""
    return tuple(origin.split(BETWEEN)) if origin else ()


def origin_after(transition: Transition, source: str, origin: str | None, to: str) -> str | None:
    """The case's origin once ``transition`` has led from ``source`` to ``to``."""
    way = origin.split(BETWEEN) if origin else []
    if transition.to == SAME and to == source:
        return origin
    if transition.to == ORIGIN:
        return BETWEEN.join(way[:-1]) or None
    if not transition.set_origin:
        return None
    if source in way:
        # Coming round again: a way never holds a state twice, so it cannot grow for ever.
        way = way[: way.index(source)]
    return BETWEEN.join([*way, source])

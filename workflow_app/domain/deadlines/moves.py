"""Which deadlines a corrected rule moves, to be seen before the correction is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from workflow_app.domain.deadlines.compute import compute
from workflow_app.domain.deadlines.model import Deadline, HouseRule, Move
from workflow_app.domain.history import History
from workflow_app.domain.rules import Rule


def moves(
    before: Sequence[Rule],
    after: Sequence[Rule],
    history: History,
    *,
    today: date,
    until: date,
    house_rules: Sequence[HouseRule] = (),
) -> tuple[Move, ...]:
    """The deadlines that come, go or change their dates when ``before`` becomes ``after``.

    A deadline is the same one if kind, source, party and year agree (for those
    without a year, its place among its like), so that a moved evaluation reads
    as moved and not as one gone and one come.
    """
    old = _named(compute(before, history, today=today, until=until, house_rules=house_rules))
    new = _named(compute(after, history, today=today, until=until, house_rules=house_rules))
    changed = []
    for name in {**old, **new}:
        was, becomes = old.get(name), new.get(name)
        if was is None or becomes is None or (was.earliest, was.latest) != (becomes.earliest, becomes.latest):
            one = becomes or was
            if one is not None:
                changed.append((one.earliest, Move(one.kind, was, becomes)))
    return tuple(move for _, move in sorted(changed, key=lambda pair: (pair[0], pair[1].kind)))


def _named(deadlines: Iterable[Deadline]) -> dict[tuple[object, ...], Deadline]:
    named: dict[tuple[object, ...], Deadline] = {}
    for deadline in deadlines:
        place = 0
        while (name := (deadline.kind, deadline.source, deadline.party, deadline.year, place)) in named:
            place += 1
        named[name] = deadline
    return named

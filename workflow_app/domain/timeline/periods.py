"""When agreements were in force one after another, and the days between that none covered.

A day that is half known stays an interval: a gap is told from the earliest it
can have begun to the latest it can have ended, and how much of it is certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workflow_app.domain.dates import Interval, add_days


@dataclass(frozen=True)
class Period:
    """One agreement's time in force: from its signing to its last day, None where none can be named."""

    signed: Interval
    last: Interval | None


@dataclass(frozen=True)
class Gap:
    """Days that no period covers. ``last`` is None where it lasts still.

    ``first`` and ``last`` are intervals: the day after an end and the day before
    a signing are as half known as those are.
    """

    first: Interval
    last: Interval | None

    def span(self, today: date) -> tuple[date, date]:
        """From the first day it can have begun to the last it can have had; to ``today`` while it lasts."""
        return self.first.earliest, self.last.latest if self.last is not None else today

    def days(self, today: date) -> tuple[int, int]:
        """How many days, at least (0 where it may not be one at all) and at most."""
        first, last = self.span(today)
        sure = (self.last.earliest if self.last is not None else today, self.first.latest)
        return max(0, (sure[0] - sure[1]).days + 1), (last - first).days + 1


def gaps(periods: Iterable[Period], today: date) -> tuple[Gap, ...]:
    """The gaps between periods, and the one that lasts today; none before the first signing.

    Periods may lie on top of each other, and end in another order than they began.
    """
    found: list[Gap] = []
    covered: Interval | None = None
    for period in sorted(periods, key=lambda p: (p.signed.latest, p.signed.earliest)):
        if covered is not None and period.signed.latest > add_days(covered.latest, 1):
            found.append(Gap(_after(covered), _before(period.signed, _after(covered))))
        if period.last is None:
            # In force for as long as anybody can say.
            return tuple(found)
        last = period.last if period.last.latest >= period.signed.latest else period.signed
        if covered is None or last.latest > covered.latest:
            covered = last
    if covered is not None and covered.latest < today:
        found.append(Gap(_after(covered), None))
    return tuple(found)


def _after(last: Interval) -> Interval:
    return last.map(lambda day: add_days(day, 1))


def _before(signed: Interval, first: Interval) -> Interval:
    """The last day of a gap that begins on ``first``; at the earliest the day before it began."""
    latest = add_days(signed.latest, -1)
    return Interval(min(latest, max(add_days(signed.earliest, -1), add_days(first.earliest, -1))), latest)


def lanes(periods: Sequence[Period]) -> tuple[int, ...]:
    """For each period the lane it is drawn in, so that none covers another; the lowest that is free.

    One that begins on the day another ends stands behind it: a successor is signed on that day.
    """
    order = sorted(range(len(periods)), key=lambda n: (periods[n].signed.earliest, n))
    ends: list[date] = []
    placed = [0] * len(periods)
    for n in order:
        period = periods[n]
        free = next((lane for lane, end in enumerate(ends) if end <= period.signed.earliest), len(ends))
        end = date.max if period.last is None else max(period.last.latest, period.signed.latest)
        ends[free : free + 1] = [end]
        placed[n] = free
    return tuple(placed)

"""A year's meetings proposed from the clauses: how many, spread over the year, on days that can be kept.

A proposal is no plan. Each day comes with why it was chosen, each day that was
passed over with why, and a person moves, adds and removes before anything is
saved. Nothing in here is an assumption about the agreement: weekday, free weeks
and the number of meetings are arguments, and the page shows them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, takewhile

from workflow_app.domain.dates import add_days
from workflow_app.domain.meetings.free_days import unsendable, unwise
from workflow_app.domain.meetings.spreading import spread
from workflow_app.domain.messages import Message, msg

AUTUMN = 7
"""The first month of the second half-year. "2 vår og 2 høst" is read as two in each half of the year."""


NEAREST = 21
"""Days between two meetings that are proposed; fewer where so many are asked for that it must be."""


@dataclass(frozen=True)
class Proposed:
    """One meeting proposed: its day, the last day to send its agenda, and why this day."""

    on: date
    agenda_by: date | None
    reasons: tuple[Message, ...]


@dataclass(frozen=True)
class Proposal:
    """The year's proposal. ``kept_clear`` are days of the chosen weekday left out, each with its reason.

    ``short_by`` is how many more were asked for than there is room for in what is left of the year.
    """

    meetings: tuple[Proposed, ...]
    kept_clear: tuple[Message, ...] = ()
    short_by: int = 0


@dataclass(frozen=True)
class Wish:
    """What a person asks a plan for. ``weekday`` 0 is Monday; ``weeks_off`` are ISO weeks.

    ``count`` is the meetings the year should have in all; ``spring`` and
    ``autumn`` divide them where the clause does. ``lead`` is the days between
    an agenda and its meeting, None where no clause says. Nothing is proposed
    before ``earliest`` or after ``latest``.
    """

    year: int
    count: int
    weekday: int
    weeks_off: Collection[int]
    lead: int | None = None
    spring: int | None = None
    autumn: int | None = None
    earliest: date = date.min
    latest: date = date.max


def propose(wish: Wish, taken: Iterable[date] = ()) -> Proposal:
    """Meetings for the year beside those ``taken`` (planned or held in it already).

    A half-year that is named by the clause is filled by itself. The number is
    what is still missing; where too few days are left, as many as there are.
    """
    have = sorted({day for day in taken if day.year == wish.year})
    days = _weekdays(wish)
    clear = {day: reason for day in days if (reason := _kept_clear(day, wish)) is not None}
    found: list[date] = []
    short = 0
    for part, count in _parts(wish, have):
        inside = [d for d in days if d not in clear and d in part]
        chosen, missing = _choose(inside, count, have, _nearest(wish))
        found += chosen
        short += missing
    meetings = tuple(_proposed(day, wish, clear, days) for day in sorted(found))
    return Proposal(meetings, tuple(clear.values()), short)


def _nearest(wish: Wish) -> int:
    """The fewest days between two meetings: a year that is nearly over is not filled week by week."""
    return min(NEAREST, 365 // (2 * wish.count)) if wish.count else NEAREST


def _kept_clear(day: date, wish: Wish) -> Message | None:
    """Why a day is passed over: itself, or because its agenda would be due when nobody sends one."""
    reason = unwise(day, wish.weeks_off)
    if reason is None and wish.lead is not None:
        late = unsendable(add_days(day, -wish.lead))
        reason = msg("${day}: ${reason}", day=day, reason=late) if late else None
    return reason


def _weekdays(wish: Wish) -> list[date]:
    """Every day of the wished weekday in the year that is not too early or too late."""
    first = date(wish.year, 1, 1)
    first += timedelta((wish.weekday - first.weekday()) % 7)
    every = (first + timedelta(7 * n) for n in range(53))
    return [d for d in every if d.year == wish.year and wish.earliest <= d <= wish.latest]


@dataclass(frozen=True)
class _Part:
    """A part of the year, by its first and last month."""

    first: int
    last: int

    def __contains__(self, day: date) -> bool:
        return self.first <= day.month <= self.last


def _parts(wish: Wish, have: Sequence[date]) -> list[tuple[_Part, int]]:
    """The parts of the year and how many meetings each still lacks."""
    if wish.spring is None or wish.autumn is None or wish.spring + wish.autumn != wish.count:
        return [(_Part(1, 12), max(0, wish.count - len(have)))]
    halves = ((_Part(1, AUTUMN - 1), wish.spring), (_Part(AUTUMN, 12), wish.autumn))
    return [(part, max(0, n - sum(d in part for d in have))) for part, n in halves]


def _choose(days: Sequence[date], count: int, have: Sequence[date], nearest: int) -> tuple[list[date], int]:
    if not days or not count:
        return [], count
    # A meeting that is there already stands where it would stand among the days to choose from.
    places = [place for day in have if (place := _place(day, days)) is not None]
    for fewer in range(count, 0, -1):
        chosen = [days[p] for p in spread(len(days), fewer, places)]
        if _apart(chosen, have, nearest):
            return chosen, count - len(chosen)
    return [], count


def _apart(chosen: Sequence[date], have: Sequence[date], nearest: int) -> bool:
    """Whether no chosen day is nearer than ``nearest`` days to another meeting."""
    every = sorted({*chosen, *have})
    new = set(chosen)
    return all(
        (later - earlier).days >= nearest
        for earlier, later in pairwise(every)
        if earlier in new or later in new
    )


def _place(day: date, days: Sequence[date]) -> int | None:
    before = sum(1 for _ in takewhile(lambda d: d <= day, days))
    if before:
        return before - 1 if abs((days[before - 1] - day).days) < 7 else None
    return -((days[0] - day).days // 7) if day < days[0] else None


def _proposed(day: date, wish: Wish, clear: Collection[date], days: Sequence[date]) -> Proposed:
    reasons = [msg("week ${week}", week=day.isocalendar().week)]
    if wish.spring is not None and wish.autumn is not None and wish.spring + wish.autumn == wish.count:
        if day.month < AUTUMN:
            reasons.append(msg("one of the ${count} in the spring", count=wish.spring))
        else:
            reasons.append(msg("one of the ${count} in the autumn", count=wish.autumn))
    beside = {add_days(day, -7), add_days(day, 7)} & set(clear) & set(days)
    if beside:
        reasons.append(msg("beside a week that is kept free"))
    agenda_by = None if wish.lead is None else add_days(day, -wish.lead)
    return Proposed(day, agenda_by, tuple(reasons))

"""The years, and halves of years, that a clause of the kind "so many a year" is counted in.

Such a clause names no day, so it is counted over the calendar year. It asks for
a whole year's number, and does not say what a part of a year must have:

- The first cycle is the first one that is wholly within the agreement, counted
  from the first day of its period or, where no clause names one, from the
  signing. An agreement signed on 3 December owes no four meetings that year.
- Where the period began before the signing, as "2025–2027" signed in February
  does, the year of the signing is planned like any other, but not missed: the
  parties may have had too little of it left.
- The last cycle is cut by the end of the agreement, and not missed either.

What is not missed is moot once it is over. The cycles exist from the recorded
signing on: the year wheel of a draft would promise what nobody has agreed to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflow_app.domain.dates import Interval, clipped
from workflow_app.domain.deadlines.facts import Facts
from workflow_app.domain.deadlines.model import Status
from workflow_app.domain.deadlines.term import period_start
from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule

YEAR = (1, 12)
SPRING = (1, 6)
AUTUMN = (7, 12)

WHOLE_YEAR = msg("the clause names no day; counted over the calendar year").text
SIGNED_IN_IT = msg("the agreement was signed when this time had begun, so it does not count as missed").text
ENDS_IN_IT = msg("the agreement ends before this time is over, so it does not count as missed").text
ONLY_SHOULD = msg("the clause says should, so it does not count as missed").text
IF_WISHED = msg("the clause asks for it where it is wished, so it does not count as missed").text

_WISHED = re.compile(
    r"\b(?:(?:om|dersom|hvis|viss|når) (?:det (?:er|blir) )?(?:ønskelig|ønskjeleg|ønsket|ønskt|ønska)"
    r"|(?:ved|etter) (?:behov|ønske))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cycle:
    """A year or a half of one; ``doubts`` say why it is not missed where the agreement has only a part."""

    year: int
    first: date
    last: date
    doubts: tuple[str, ...] = ()

    @property
    def span(self) -> Interval:
        """Its first and last day."""
        return Interval(self.first, self.last)

    def has(self, day: date) -> bool:
        """Whether the day is within it."""
        return self.first <= day <= self.last


def cycles(facts: Facts, months: tuple[int, int] = YEAR) -> Iterator[Cycle]:
    """The cycles from the first to the last that the agreement has, up to the horizon.

    ``months`` are the first and last month of each. None before a signing is recorded.
    """
    signing = facts.history.signing
    if signing is None:
        return
    period = period_start(facts.rules)
    start = period.latest if period is not None else signing.latest
    last_day = min(_ends(facts), default=date.max)
    for year in range(start.year, min(facts.until.year, last_day.year) + 1):
        first, last = date(year, months[0], 1), clipped(year, months[1], 31)
        if first < start or last < signing.latest or first > last_day:
            continue
        doubts: tuple[str, ...] = (SIGNED_IN_IT,) if first < signing.latest else ()
        if last > last_day:
            last, doubts = last_day, (*doubts, ENDS_IN_IT)
        yield Cycle(year, first, last, doubts)


def _ends(facts: Facts) -> Iterator[date]:
    if facts.last_day is not None:
        yield facts.last_day.latest
    if facts.over_on is not None:
        yield facts.over_on


def doubts_of(rule: Rule) -> tuple[str, ...]:
    """Why what the clause asks for is not missed: it says "bør", or "om ønskelig"."""
    if rule.values.get("strength") == "should":
        return (ONLY_SHOULD,)
    return (IF_WISHED,) if _WISHED.search(" ".join(rule.quote.split())) else ()


@dataclass(frozen=True)
class Standing:
    """How far a cycle has come: ``done`` so many times, its number reached by entry ``met_by``."""

    cycle: Cycle
    status: Status
    done: int
    met_by: int | None = None


def standing(
    facts: Facts, cycle: Cycle, floor: int, entries: Sequence[int], doubts: Sequence[str]
) -> Standing:
    """Met by the entry that reached ``floor``; else missed when it is over, or moot where in doubt."""
    if len(entries) >= floor:
        return Standing(cycle, "met", len(entries), entries[floor - 1])
    if facts.today <= cycle.last:
        return Standing(cycle, "open", len(entries))
    return Standing(cycle, "moot" if doubts or cycle.doubts else "missed", len(entries))


def newest_missed(stood: Iterable[Standing]) -> date | None:
    """The last day of the newest missed cycle: the only one that still reminds."""
    return max((s.cycle.last for s in stood if s.status == "missed"), default=None)


def undocumented(facts: Facts, stood: Standing, newest: date | None) -> bool:
    """Whether a missed cycle reminds nobody: a newer one is missed too, or the agreement is over."""
    return stood.status == "missed" and (stood.cycle.last != newest or facts.over)

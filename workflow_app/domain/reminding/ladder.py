"""The ladders: on which days before and after a deadline somebody is reminded of it.

A ladder per kind of deadline is data, :data:`LADDERS`, each with its why. A kommune may
set its own for the ordinary ones. A rung that falls on a day off moves to the
working day before, so that it is read in time; the deadline itself never moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from workflow_app.domain.dates import add_days
from workflow_app.domain.workdays import working_day_before

ESCALATION = "escalation"
"""The name of the rung on which the mayor or the station chief is told."""

MOST_DAYS = 366
"""The longest a first reminder may come before its day."""


@dataclass(frozen=True)
class Rung:
    """One reminder of one deadline. ``days`` are counted from the deadline, negative before it.

    ``day`` is the working day it falls on.
    """

    days: int
    day: date

    @property
    def name(self) -> str:
        """What the rung is called for ever, whatever ladder it stands in."""
        return rung_name(self.days)


@dataclass(frozen=True)
class Ladder:
    """The reminders of one kind of deadline.

    ``before`` are days before, the longest first, 0 for the day itself. ``weeks``
    is for how many weeks it is said again each week after. ``escalate_after`` is
    after how many days overdue the leader is told; None is never. ``stale_after`` is
    after how many days overdue a reminder that was missed is no longer caught up; None is never.
    """

    before: tuple[int, ...] = (90, 30, 7, 0)
    weeks: int = 8
    escalate_after: int | None = 14
    stale_after: int | None = None

    def rungs(self, latest: date) -> tuple[Rung, ...]:
        """The rungs of a deadline on ``latest``, in order; several may fall on one working day."""
        days = [*(-before for before in self.before), *(7 * week for week in range(1, self.weeks + 1))]
        return tuple(Rung(n, working_day_before(add_days(latest, n))) for n in days)

    def last_before(self, days: int) -> bool:
        """Whether the rung is one of the last two before the day, when whoever decides must hear of it."""
        return days > 0 or -days in self.before[-2:]


ORDINARY = "ordinary"
"""The name of the ladder of every kind that has none of its own; the one a kommune may set."""

LADDERS: Mapping[str, Ladder] = MappingProxyType(
    {
        # Long enough ahead for a matter to reach a kommunestyre, which meets every sixth
        # week or so; and said again until somebody has done it or told why not.
        ORDINARY: Ladder(),
        # It comes by itself. What can still be done has its own deadline, the notice.
        "renewal": Ladder(before=(30, 0), weeks=0, escalate_after=None),
        # Some weeks of work at most, several times a year, for people who know it is coming.
        # It is caught up as long as the meeting, a week later as a rule, is still to come.
        "agenda": Ladder(before=(7, 0), weeks=0, escalate_after=None, stale_after=6),
        # The year's own duties have no day. They are named while something can still be planned
        # and once more while it can be held; after New Year once, for what was done and not entered.
        "meeting": Ladder(before=(90, 30), weeks=1, escalate_after=None, stale_after=60),
        "task": Ladder(before=(90, 30), weeks=1, escalate_after=None, stale_after=60),
        "attendance": Ladder(before=(90, 30), weeks=1, escalate_after=None, stale_after=60),
    }
)
"""Kind of deadline → its ladder."""

CHOICES = frozenset({"expiry", "notice", "option"})
"""The kinds that follow the ordinary ladder to their day: after it there is nothing left to choose."""

KINDS = (
    "revision", "evaluation", "expiry", "renewal", "notice", "option",
    "report", "agenda", "meeting", "task", "attendance",
)  # fmt: skip
"""Every kind of deadline there are reminders of, in the order they are listed."""


@dataclass(frozen=True)
class Settings:
    """A kommune's own choice: the ordinary ladder, and the kinds it wants no reminders of.

    Raises ``ValueError`` for days that are not in falling order from :data:`MOST_DAYS`
    to 0: the day itself is always a rung, so that nobody is reported to the leader unheard.
    """

    before: tuple[int, ...] = LADDERS[ORDINARY].before
    weeks: int = LADDERS[ORDINARY].weeks
    escalate_after: int | None = LADDERS[ORDINARY].escalate_after
    off: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        falling = tuple(sorted(set(self.before), reverse=True))
        if self.before != falling or not falling or falling[-1] != 0 or falling[0] > MOST_DAYS:
            raise ValueError(f"days in falling order from {MOST_DAYS} to 0, not {self.before}")
        if self.weeks < 0 or (self.escalate_after is not None and self.escalate_after < 1):
            raise ValueError("weeks and days after the deadline are counted from it onwards")

    def ladder(self, kind: str) -> Ladder | None:
        """The ladder of a kind of deadline; None where there are to be no reminders of it."""
        if kind in self.off:
            return None
        own = LADDERS.get(kind)
        if own is None:
            after = (0, None) if kind in CHOICES else (self.weeks, self.escalate_after)
            return Ladder(self.before, *after)
        return replace(own, weeks=min(own.weeks, self.weeks))

    @property
    def horizon(self) -> int:
        """How many days ahead a deadline can be and still have a rung."""
        return max(self.before[0], *(ladder.before[0] for ladder in LADDERS.values()))


def rung_name(days: int) -> str:
    """ "before_30", "day" or "after_7"; what the reminders made are kept by."""
    if days == 0:
        return "day"
    return f"before_{-days}" if days < 0 else f"after_{days}"


def rung_days(name: str) -> int | None:
    """The days of a rung's name, negative before the deadline; None for :data:`ESCALATION`."""
    if name == ESCALATION:
        return None
    if name == "day":
        return 0
    side, _, days = name.partition("_")
    return -int(days) if side == "before" else int(days)

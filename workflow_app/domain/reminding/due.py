"""Which rung is due today, after whatever nights were missed and however the clock has jumped.

Only the newest rung that has passed is ever sent, and nothing is sent where
something was said since that rung's day or just before it: so a month without a server is caught
up by one reminder, and a deadline that becomes known late begins with one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workflow_app.domain.dates import add_days
from workflow_app.domain.reminding.ladder import ESCALATION, Ladder, Rung, rung_days
from workflow_app.domain.workdays import is_working_day

JUST_NOW = 3
"""For so many days after it was caught up, or brought before the leader, nothing more is said of it."""


@dataclass(frozen=True)
class Made:
    """A rung that was dealt with, and when. ``sent`` is False where a later one took its place.

    ``late`` is whether it was caught up, on a later day than its own.
    """

    on: date
    sent: bool
    late: bool = False


@dataclass(frozen=True)
class Due:
    """The rung to send today, and the earlier ones that are passed over with it."""

    rung: Rung
    skipped: tuple[Rung, ...] = ()


def due(ladder: Ladder, latest: date, today: date, made: Mapping[str, Made]) -> Due | None:
    """The rung of a deadline on ``latest`` to send ``today``; None where there is none.

    ``made`` are the rungs dealt with so far, by name. Nothing is sent on a day off. A
    clock that was wrongly ahead has not told anybody anything yet: what it passed over
    may come again, what it sent may not.
    """
    if not is_working_day(today) or _stale(ladder, latest, today):
        return None
    passed = [rung for rung in ladder.rungs(latest) if rung.day <= today]
    if not passed:
        return None
    newest = passed[-1]
    before = made.get(newest.name)
    if before is not None and before.sent:
        return None
    told = [m for name, m in made.items() if m.sent and name != ESCALATION and m.on <= today]
    if any(m.on >= newest.day for m in told) or _said_just_now(newest, made, today):
        return None
    return Due(newest, tuple(rung for rung in passed[:-1] if rung.name not in made))


def escalation_day(ladder: Ladder, latest: date, today: date, made: Mapping[str, Made]) -> date | None:
    """The first day on which the leader may be told of a missed deadline; None where never, or not yet known.

    Counted from the deadline, or from when it was first said that its day had come, where that
    was later: nobody is reported before having been asked, an old paper agreement that is
    entered today is nobody's omission of yesterday, and neither is a month without a server.
    None also where the leader was told already.
    """
    if ladder.escalate_after is None or ESCALATION in made:
        return None
    told = [m.on for name, m in made.items() if m.sent and m.on <= today and (rung_days(name) or 0) >= 0]
    return add_days(max(latest, min(told)), ladder.escalate_after) if told else None


def escalates(ladder: Ladder, latest: date, today: date, made: Mapping[str, Made]) -> bool:
    """Whether the leader is to be told today. A day off waits for the next working day: never too early."""
    day = escalation_day(ladder, latest, today, made)
    return day is not None and day <= today and is_working_day(today)


def said_within(today: date, made: Mapping[str, Made], days: int) -> bool:
    """Whether those whose work it is were reminded in the last ``days`` days, today among them."""
    told = (m.on for name, m in made.items() if m.sent and name != ESCALATION and m.on <= today)
    return any(today <= add_days(on, days) for on in told)


def next_day(ladder: Ladder, latest: date, today: date, made: Mapping[str, Made]) -> date | None:
    """The next day after ``today`` on which something of this deadline falls due; None where nothing does."""
    sent = {name for name, one in made.items() if one.sent}
    days = [r.day for r in ladder.rungs(latest) if r.day > today and r.name not in sent]
    leader = escalation_day(ladder, latest, today, made)
    if leader is not None:
        days.append(max(leader, add_days(today, 1)))
    return min(days, default=None)


def _said_just_now(rung: Rung, made: Mapping[str, Made], today: date) -> bool:
    """Whether it was said a day or two before the rung, outside the ladder's own steps.

    What was caught up on Tuesday needs no saying on Wednesday. The day itself is always said.
    """
    outside = [
        m.on for name, m in made.items() if m.sent and (m.late or name == ESCALATION) and m.on <= today
    ]
    return rung.days != 0 and any(rung.day <= add_days(on, JUST_NOW) for on in outside)


def _stale(ladder: Ladder, latest: date, today: date) -> bool:
    return ladder.stale_after is not None and today > add_days(latest, ladder.stale_after)

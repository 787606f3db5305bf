"""What each deadline was before it moved, read from the trail: how a calendar knows an update from an event.

A calendar program keeps an event by its UID and believes a newer one by its
SEQUENCE (RFC 5545, section 3.8.7.4). Both could be kept in a table that every
write brings up to date; but then a table says what the trail says already, is
wrong whenever a write path forgets it, and a GET would have to repair it. So
nothing is kept. The entries that can move a deadline are numbered in the order
they were made, the deadlines are computed as they stood after each of them, and
an event's SEQUENCE is the number of the entry that last changed it. Entries are
only ever added, so it can only grow; whoever restores a backup or asks another
process gets the same answer.

Only the newer entries are gone through one by one (:func:`replayed`); what has
not changed since then has the number of the last one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow_app.domain.deadlines import Deadline


@dataclass(frozen=True)
class Step:
    """A moment at which deadlines may have changed: the ``number`` of its last entry, and its time."""

    number: int
    at: datetime


@dataclass(frozen=True)
class Standing:
    """A deadline, the number and time of the entry that last changed it, and whether it fell away by it."""

    deadline: Deadline
    sequence: int
    changed_at: datetime
    fallen: bool = False


@dataclass(frozen=True)
class Ending:
    """That the agreement's last day became ``last`` (None: there is none), and when that was entered."""

    at: datetime
    last: date | None


def replayed(steps: Sequence[Step], computed: Callable[[Step], Iterable[Deadline]]) -> list[Standing]:
    """How each deadline stands after the last of ``steps``, and those that fell away in one of them.

    ``steps`` are in order; the first is where the telling begins. ``computed``
    gives the deadlines as they stood right after a step. One that is moot is
    not there.
    """
    standing: dict[str, Standing] = {}
    for step in steps:
        found = {d.key: d for d in computed(step) if d.status != "moot"}
        for key, deadline in found.items():
            before = standing.get(key)
            if before is None or before.fallen or told(before.deadline) != told(deadline):
                standing[key] = Standing(deadline, step.number, step.at)
            else:
                # How it stands today is the day's doing, and no change of the event.
                standing[key] = replace(before, deadline=deadline)
        for key, before in standing.items():
            if key not in found and not before.fallen:
                standing[key] = Standing(before.deadline, step.number, step.at, fallen=True)
    return list(standing.values())


def told(deadline: Deadline) -> tuple[object, ...]:
    """What a calendar shows of a deadline; when any of it changes, the event is a new version of itself."""
    return (
        deadline.earliest, deadline.latest, done(deadline), deadline.progress, deadline.quote,
        str(deadline.rule_sentence), deadline.assumptions,
    )  # fmt: skip


def done(deadline: Deadline) -> bool:
    """Whether it has been done, early, in time or late."""
    return deadline.status == "met" or deadline.met_by is not None

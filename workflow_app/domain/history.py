"""What has happened to an agreement, as far as it meets or moves a deadline.

The trail tells everything; a service folds it into this small record, and the
deadline function counts from it. ``entry`` is always the number of the trail
entry the fact is read from, so that a met deadline can point to its proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflow_app.domain.dates import Interval, as_interval

EvaluationOutcome = Literal["continues", "reviewed_unchanged", "to_be_revised"]
MeetingStatus = Literal["planned", "cancelled", "held"]
MatterOutcome = Literal["noted", "adopted", "postponed", "sent_back"]
Occasion = Literal["agreement", "evaluation", "termination", "lapse"]
"""What a matter puts before the kommunestyre: the agreement itself, or what became of it."""


@dataclass(frozen=True)
class EvaluationDone:
    """An evaluation both coordinators approved: it meets the ``year`` it names."""

    year: int
    on: date
    outcome: EvaluationOutcome
    entry: int


@dataclass(frozen=True)
class Extension:
    """A new last day, by agreement or, with ``by_option``, by using the next option."""

    new_last_day: date
    on: date
    entry: int
    by_option: bool = False


@dataclass(frozen=True)
class Termination:
    """A notice given, and the day it takes effect: the last day in force."""

    given_on: date
    effective_on: date
    entry: int


@dataclass(frozen=True)
class MatterDone:
    """The outcome of a matter before one party's kommunestyre.

    ``year`` is the year evaluated where the ``occasion`` is an evaluation.
    """

    party: str
    outcome: MatterOutcome
    meeting_date: date
    entry: int
    occasion: Occasion = "agreement"
    year: int | None = None

    @property
    def dealt_with(self) -> bool:
        """Whether the council has had the agreement; "utsatt" and "sendt tilbake" are not that."""
        return self.outcome in ("noted", "adopted")


@dataclass(frozen=True)
class MeetingFact:
    """A meeting of the politiråd as it now stands, each step by the entry that told it.

    ``on`` is the day it is planned for, or was held. ``entry`` is the last one
    that named the day. ``invited_on`` is the day the agenda went out first.
    """

    number: int
    on: date
    status: MeetingStatus
    entry: int
    invited_on: date | None = None
    invited_entry: int | None = None
    held_entry: int | None = None


@dataclass(frozen=True)
class YearlyDone:
    """A task done or a visit made: it counts in the ``year`` it names, for the clause of that key.

    ``clause`` is :func:`workflow_app.domain.deadlines.clause_key` of the rule.
    """

    kind: Literal["task", "attendance"]
    clause: str
    year: int
    on: date
    entry: int


@dataclass(frozen=True)
class History:
    """Everything that meets, moves or ends a deadline; an empty one is an unsigned draft.

    ``signed`` is the recorded signing (by ``sign`` or ``register``); it stands
    above any date written in the text. ``municipal`` has the keys of the
    municipal parties, each with a kommunestyre of its own. ``lapsed_on`` is the
    first day no longer in force. ``successor_signed_on`` is the day an agreement
    that takes its place was signed, whichever way; ``replaced_on`` the same day
    where that one says that it replaces it, so that it ends by itself.
    """

    signed: date | Interval | None = None
    evaluations: tuple[EvaluationDone, ...] = ()
    extensions: tuple[Extension, ...] = ()
    terminated: Termination | None = None
    successor_signed_on: date | Interval | None = None
    successor_entry: int | None = None
    replaced_on: date | Interval | None = None
    matters: tuple[MatterDone, ...] = ()
    adopted_on: date | None = None
    lapsed_on: date | None = None
    municipal: tuple[str, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    yearly: tuple[YearlyDone, ...] = ()

    @property
    def held(self) -> tuple[MeetingFact, ...]:
        """The meetings held, in order of day."""
        held = (m for m in self.meetings if m.status == "held")
        return tuple(sorted(held, key=lambda m: (m.on, m.number)))

    @property
    def signing(self) -> Interval | None:
        """The recorded signing as an interval, or None."""
        return None if self.signed is None else as_interval(self.signed)

    @property
    def options_used(self) -> int:
        """How many options have been used so far."""
        return sum(1 for extension in self.extensions if extension.by_option)

    @property
    def reviews(self) -> tuple[EvaluationDone, ...]:
        """The evaluations that discharge a revision, in order of day."""
        reviewed = (e for e in self.evaluations if e.outcome == "reviewed_unchanged")
        return tuple(sorted(reviewed, key=lambda e: (e.on, e.entry)))

"""From rules and history to deadlines: every kind of counting, in order of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from workflow_app.domain.deadlines.agendas import agendas
from workflow_app.domain.deadlines.ends import expiry, notices_and_renewals, options
from workflow_app.domain.deadlines.evaluations import evaluations
from workflow_app.domain.deadlines.facts import Facts, gather
from workflow_app.domain.deadlines.meetings import meetings
from workflow_app.domain.deadlines.model import YEARLY, Deadline, HouseRule
from workflow_app.domain.deadlines.occasions import council_occasions
from workflow_app.domain.deadlines.reports import reports
from workflow_app.domain.deadlines.revisions import revisions
from workflow_app.domain.deadlines.yearly import yearly
from workflow_app.domain.history import History
from workflow_app.domain.rules import Rule

# A new kind of deadline is one more function here.
COUNTINGS: tuple[Callable[[Facts], Iterator[Deadline]], ...] = (
    revisions,
    evaluations,
    expiry,
    notices_and_renewals,
    options,
    reports,
    council_occasions,
    agendas,
    meetings,
    yearly,
)


def compute(
    rules: Sequence[Rule],
    history: History,
    *,
    today: date,
    until: date,
    house_rules: Sequence[HouseRule] = (),
) -> tuple[Deadline, ...]:
    """Every deadline that can fall on or before ``until``, in order of date.

    ``today`` decides only what is open, missed or moot, never a date. Half-known
    dates give an earliest and a latest day; a deadline is included from its
    earliest. Two clauses that ask the same for the same day give one deadline,
    quoting the first. Raises ``KeyError`` or ``ValueError`` for a rule without
    the values of its form, which the reader and the correction form never make.
    """
    facts = gather(rules, history, house_rules, today, until)
    found: dict[object, Deadline] = {}
    for counting in COUNTINGS:
        for deadline in counting(facts):
            # Counting saturates at the last day there is; that day is no deadline.
            if deadline.earliest <= until and deadline.latest < date.max:
                found.setdefault(_sameness(deadline), deadline)
    return tuple(_placed(sorted(found.values(), key=_in_order)))


def _sameness(d: Deadline) -> tuple[object, ...]:
    return (d.kind, d.source, d.earliest, d.latest, d.party, d.occasion, d.year, d.meeting, _about(d))


def _about(d: Deadline) -> tuple[object, ...]:
    """Two guests in the same year are two deadlines, the same one named twice is one."""
    if d.rule is None or d.kind not in YEARLY:
        return ()
    return ((d.about or "").casefold(), d.floor)


def _placed(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    """Number those that would have the same key, in order; a later horizon only adds to the end."""
    before: Counter[str] = Counter()
    for d in deadlines:
        key = d.key
        yield replace(d, place=before[key]) if before[key] else d
        before[key] += 1


def _in_order(deadline: Deadline) -> tuple[object, ...]:
    return (deadline.earliest, deadline.latest, deadline.kind, deadline.party or "", deadline.quote)

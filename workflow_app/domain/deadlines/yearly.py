"""What a clause asks for so many times a year besides the meetings: a task, a visit, a guest.

A trygghetsvandring, PST in one meeting, the police in the kommunestyre. No
clause names the day, so the deadline is the year, and each time it is recorded
as done counts toward the number in the year it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from workflow_app.domain.deadlines.cycles import (
    WHOLE_YEAR,
    cycles,
    doubts_of,
    newest_missed,
    standing,
    undocumented,
)
from workflow_app.domain.deadlines.facts import Facts
from workflow_app.domain.deadlines.model import Deadline, clause_key
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule

YearlyKind = Literal["task", "attendance"]
KINDS: tuple[YearlyKind, ...] = ("task", "attendance")


def yearly(facts: Facts) -> Iterator[Deadline]:
    """One for each clause and year; of each clause only the newest missed year reminds."""
    if facts.history.signing is None:
        return
    for kind in KINDS:
        for rule in facts.of_kind(kind, "yearly"):
            yield from _of_clause(facts, kind, rule)


def _of_clause(facts: Facts, kind: YearlyKind, rule: Rule) -> Iterator[Deadline]:
    number, least = rule.values.get("per_year"), rule.values.get("per_year_min")
    floor = least or number or 1
    if least is None and number is None and "per_year_max" in rule.values:
        # "Inntil to ganger i året" asks for none.
        return
    key, doubts, sentence = clause_key(rule), doubts_of(rule), _sentence(kind, rule, floor)
    done = sorted((d.entry, d.year) for d in facts.history.yearly if (d.kind, d.clause) == (kind, key))
    stood = [
        standing(facts, cycle, floor, [entry for entry, year in done if year == cycle.year], doubts)
        for cycle in cycles(facts)
    ]
    newest = newest_missed(stood)
    target = max(number or floor, floor)
    for s in stood:
        yield Deadline.of(
            kind, s.cycle.span, rule, sentence, year=s.cycle.year,
            assumptions=(WHOLE_YEAR, *doubts, *s.cycle.doubts), progress=(s.done, target), floor=floor,
            status=s.status, met_by=s.met_by, undocumented=undocumented(facts, s, newest),
        )  # fmt: skip


def _sentence(kind: YearlyKind, rule: Rule, times: int) -> Message:
    about = rule.values.get("what" if kind == "task" else "who", "")
    if times == 1:
        return msg("Once each year: ${what}.", what=about)
    return msg("${count} times each year: ${what}.", count=times, what=about)

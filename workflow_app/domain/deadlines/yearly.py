"""What a clause asks for so many times a year besides the meetings: a task, a visit, a guest.

A trygghetsvandring, PST in one meeting, the police in the kommunestyre. No
clause names the day, so the deadline is the year, and each time it is recorded
as done counts toward the number in the year it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from workflow_app.domain.deadlines.cycles import (
    WHOLE_YEAR,
    Cycle,
    cycles,
    doubts_of,
    newest_reminds,
    standing,
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
            yield from newest_reminds(facts, _of_clause(facts, kind, rule))


def _of_clause(facts: Facts, kind: YearlyKind, rule: Rule) -> Iterator[Deadline]:
    key = clause_key(rule)
    done = sorted(
        (d for d in facts.history.yearly if (d.kind, d.clause) == (kind, key)), key=lambda d: d.entry
    )
    for cycle in cycles(facts):
        yield _deadline(facts, kind, rule, cycle, [d.entry for d in done if d.year == cycle.year])


def _deadline(facts: Facts, kind: YearlyKind, rule: Rule, cycle: Cycle, entries: list[int]) -> Deadline:
    number, least = rule.values.get("per_year"), rule.values.get("per_year_min")
    floor = least or number or 1
    doubts = doubts_of(rule)
    progress = (len(entries), max(number or floor, floor))
    deadline = Deadline.of(
        kind, cycle.span, rule, _sentence(kind, rule, floor), year=cycle.year,
        assumptions=(WHOLE_YEAR, *doubts, *cycle.doubts), progress=progress, floor=floor,
    )  # fmt: skip
    if len(entries) >= floor:
        return replace(deadline, status="met", met_by=entries[floor - 1])
    return replace(deadline, status=standing(facts, cycle, doubts))


def _sentence(kind: YearlyKind, rule: Rule, times: int) -> Message:
    about = rule.values.get("what" if kind == "task" else "who", "")
    if times == 1:
        return msg("Once each year: ${what}.", what=about)
    return msg("${count} times each year: ${what}.", count=times, what=about)

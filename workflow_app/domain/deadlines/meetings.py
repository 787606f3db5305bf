"""How many meetings of the politiråd each year, or each half of it, is to have.

A clause may name a number, a least number, or both: "4 møter pr år, minimum 2"
makes four the aim and two the floor, and reaching the floor meets it. Clauses
that ask the same twice are one obligation, the strictest of them. Where spring
and autumn have their own numbers, each half stands for itself, and the whole
year's number settles a half that had too few.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from workflow_app.domain.deadlines.cycles import (
    AUTUMN,
    SPRING,
    WHOLE_YEAR,
    YEAR,
    Standing,
    cycles,
    doubts_of,
    newest_missed,
    standing,
    undocumented,
)
from workflow_app.domain.deadlines.facts import Facts
from workflow_app.domain.deadlines.model import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule

HALF_YEARS = msg("spring is read as 1 January to 30 June, and autumn as 1 July to 31 December").text

Part = Literal["year", "spring", "autumn"]

_HALVES: tuple[Part, ...] = ("spring", "autumn")
_MONTHS: dict[Part, tuple[int, int]] = {"year": YEAR, "spring": SPRING, "autumn": AUTUMN}


@dataclass(frozen=True)
class Demand:
    """At least ``floor`` meetings in each cycle, and ``target`` as the aim; ``whole`` is the year's number.

    ``rule`` is the clause it quotes, the strictest one.
    """

    when: Part
    rule: Rule
    floor: int
    target: int
    doubts: tuple[str, ...] = ()
    whole: int | None = None

    @property
    def sentence(self) -> Message:
        """What is asked, in words."""
        words = _AIMED if self.target > self.floor else _ASKED
        return Message(words[self.when].text, {"count": self.target, "least": self.floor})


def demands(facts: Facts) -> tuple[Demand, ...]:
    """What the clauses ask for together: the year, or its halves where they are named, or both."""
    rules = list(facts.of_kind("meetings", "council"))
    halves = [d for when in _HALVES if (d := _strictest(when, rules)) is not None]
    year = _strictest("year", rules)
    if year is None or not halves:
        return tuple(halves) if year is None else (year,)
    in_halves = sum(d.floor for d in halves)
    halves = [replace(d, whole=year.floor) for d in halves]
    return (*halves,) if year.target <= in_halves else (*halves, year)


def _strictest(when: Part, rules: list[Rule]) -> Demand | None:
    """Of the clauses about this part of the year; those that only say "bør" raise the aim alone."""
    found = [d for rule in rules if (d := _demand(when, rule)) is not None]
    if not found:
        return None
    binding = [d for d in found if not d.doubts] or found
    strictest = max(binding, key=lambda d: d.floor)
    return replace(strictest, target=max(d.target for d in found))


def _demand(when: Part, rule: Rule) -> Demand | None:
    values = rule.values
    number, least = values.get("per_year"), values.get("per_year_min")
    if when != "year":
        number, least = values.get(when), None
    floor = least or number
    # "Inntil 4 møter" asks for none.
    return Demand(when, rule, floor, max(number or floor, floor), doubts_of(rule)) if floor else None


def meetings(facts: Facts) -> Iterator[Deadline]:
    """Each cycle's obligation, with how many were held of how many the clause asks for."""
    stood = [(demand, s) for demand in demands(facts) for s in _stood(facts, demand)]
    newest = newest_missed(s for _, s in stood)
    for demand, s in stood:
        assumed = (WHOLE_YEAR,) if demand.when == "year" else (HALF_YEARS,)
        yield Deadline.of(
            "meeting", s.cycle.span, demand.rule, demand.sentence, year=s.cycle.year,
            assumptions=(*assumed, *demand.doubts, *s.cycle.doubts), progress=(s.done, demand.target),
            floor=demand.floor, half=None if demand.when == "year" else demand.when,
            status=s.status, met_by=s.met_by, undocumented=undocumented(facts, s, newest),
        )  # fmt: skip


def _stood(facts: Facts, demand: Demand) -> Iterator[Standing]:
    held = facts.history.held
    for cycle in cycles(facts, _MONTHS[demand.when]):
        within = [m.held_entry or m.entry for m in held if cycle.has(m.on)]
        of_year = [m.held_entry or m.entry for m in held if m.on.year == cycle.year]
        found = standing(facts, cycle, demand.floor, within, demand.doubts)
        if found.status != "met" and demand.whole is not None and len(of_year) >= demand.whole:
            found = Standing(cycle, "met", len(within), of_year[demand.whole - 1])
        yield found


_ASKED: dict[Part, Message] = {
    "year": msg("Meetings to be held each year: ${count}."),
    "spring": msg("Meetings to be held each spring: ${count}."),
    "autumn": msg("Meetings to be held each autumn: ${count}."),
}

_AIMED: dict[Part, Message] = {
    "year": msg("Meetings aimed at each year: ${count}; at least ${least} must be held."),
    "spring": msg("Meetings aimed at each spring: ${count}; at least ${least} must be held."),
    "autumn": msg("Meetings aimed at each autumn: ${count}; at least ${least} must be held."),
}

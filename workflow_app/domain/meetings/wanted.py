"""How many meetings a year the agreement asks for: the number aimed at and the number that must be.

"4 møter pr år, minimum 2" aims at four and is broken below two. Several clauses
are taken together: the highest target, the highest floor. Where a clause says
only "minst to", two is both; where none counts meetings, nothing is wanted and
a person plans as she likes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule


@dataclass(frozen=True)
class Wanted:
    """``target`` is aimed at and ``floor`` must be, both 0 where no clause says; ``most`` is a ceiling.

    ``spring`` and ``autumn`` are how many of them belong in each half of the
    year, None where the clause does not divide them. ``clauses`` are the rules
    it was read from; ``at_least`` says that the floor is a clause's "minst".
    """

    target: int = 0
    floor: int = 0
    most: int | None = None
    spring: int | None = None
    autumn: int | None = None
    clauses: tuple[Rule, ...] = ()
    at_least: bool = False

    @property
    def divided(self) -> bool:
        """Whether the clause names the halves of the year."""
        return self.spring is not None and self.autumn is not None

    def standing(self, held: int) -> Message:
        """How far the year has come, in words: "2 of at least 2 held, aiming at 4"."""
        if not self.target and not self.floor:
            return msg("${held} held; no clause says how many there should be", held=held)
        if not self.floor:
            return msg("${held} held, aiming at ${target}", held=held, target=self.target)
        if self.target > self.floor:
            return msg(
                "${held} of at least ${floor} held, aiming at ${target}",
                held=held, floor=self.floor, target=self.target,
            )  # fmt: skip
        if self.at_least:
            return msg("${held} of at least ${floor} held", held=held, floor=self.floor)
        return msg("${held} of ${floor} held", held=held, floor=self.floor)


def wanted(rules: Iterable[Rule]) -> Wanted:
    """What the politiråd's own meeting clauses ask for together.

    A clause that only recommends ("bør") sets a target and no floor. Source:
    rules of kind ``meetings``, form ``council``; other bodies' meetings are
    ``attendance`` and never counted here.
    """
    own = tuple(r for r in rules if r.kind == "meetings" and r.form == "council" and r.dated)
    target = max((_number(r, "per_year") or _number(r, "per_year_min") for r in own), default=0)
    must = [r for r in own if r.values.get("strength", "must") == "must"]
    floor = max((_number(r, "per_year_min") or _number(r, "per_year") for r in must), default=0)
    ceilings = [n for r in own if (n := _number(r, "per_year_max"))]
    halves = next(((r.values["spring"], r.values["autumn"]) for r in own if _halves(r)), (None, None))
    most = min(ceilings, default=None)
    at_least = any(floor and _number(r, "per_year_min") == floor for r in must)
    return Wanted(max(target, floor), floor, most, halves[0], halves[1], own, at_least)


def _number(rule: Rule, name: str) -> int:
    return int(rule.values.get(name) or 0)


def _halves(rule: Rule) -> bool:
    return "spring" in rule.values and "autumn" in rule.values

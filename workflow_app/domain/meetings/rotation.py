"""Whose turn it is, where the agreement lets a post go round between the parties.

"Sekretærvervet veksler hvert andre år" says how long a
turn is and not who begins. That is chosen by a person, once, and every later
turn is counted from there; until then there is no turn, only the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow_app.domain.rules import Rule

SIDES = ("municipal", "police")
"""The two that a post goes round between: a clause names sides, never one of several kommuner."""

SECRETARY, CONVENER = "secretary", "convener"
"""The posts of a meeting that a clause may let go round."""

YEAR = 12
"""Months in a year: a turn is counted in whole calendar years, the shortest is one."""


@dataclass(frozen=True)
class Beginning:
    """A person's choice: the side whose turn began with the year ``year``."""

    side: str
    year: int


@dataclass(frozen=True)
class Turn:
    """A side's turn, from its first year to its last, both included; ``began`` is what it counts from."""

    side: str
    first: int
    last: int
    began: Beginning


def rotations(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The clauses that let a post go round, those without an interval as well."""
    return tuple(r for r in rules if r.kind == "rotation")


_CONVENES = re.compile(r"innkall|kalle inn|kalla inn|kaller inn|tilrettelegg", re.IGNORECASE)


def posts(rule: Rule) -> tuple[str, ...]:
    """The posts of a meeting the clause speaks of: "tilrettelegger og sekretær" is both.

    A chair or a host goes round as well, and is nothing this system keeps.
    """
    named = {SECRETARY: rule.values.get("what") == "secretary", CONVENER: bool(_CONVENES.search(rule.quote))}
    named[CONVENER] = named[CONVENER] or rule.values.get("what") == "convening"
    return tuple(post for post, spoken_of in named.items() if spoken_of)


def years_of_a_turn(rule: Rule) -> int | None:
    """How many calendar years a turn lasts; None where the clause gives no interval.

    "hvert andre år" is 24 months, two years. A turn of less than a year, or of
    months that make no whole year, is left to a person meeting by meeting.
    """
    months = int(rule.values.get("months") or 0) if rule.dated else 0
    return months // YEAR if months and months % YEAR == 0 else None


def turn_in(year: int, rule: Rule, beginnings: Sequence[Beginning]) -> Turn | None:
    """Whose turn ``year`` falls in; None where nobody chose who begins, or the clause has no interval.

    Counted from the newest beginning not after the year, the sides taking turns.
    """
    length = years_of_a_turn(rule)
    known = [b for b in beginnings if b.year <= year and b.side in SIDES]
    if length is None or not known:
        return None
    began = max(known, key=lambda b: b.year)
    passed = (year - began.year) // length
    side = began.side if passed % 2 == 0 else other_side(began.side)
    first = began.year + passed * length
    later = [b.year - 1 for b in beginnings if b.year > began.year]
    return Turn(side, first, min([first + length - 1, *later]), began)


def other_side(side: str) -> str:
    """The side that is not this one."""
    return SIDES[1] if side == SIDES[0] else SIDES[0]

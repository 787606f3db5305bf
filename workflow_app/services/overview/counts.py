"""How many agreements there are of each sort, whatever is filtered.

The numbers beside a filter are those one would see after choosing it, so each
leaves its own choice out. The database counts by state and by whom is waited
for in the order of an index, with what is due and in force as sums; a filter
on those two takes a statement more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement
from workflow_app.services.actors import Who
from workflow_app.services.overview.conditions import Ids, beside_the_counts, counted, due_by, in_force_on
from workflow_app.services.overview.wanted import DUE, NOBODY, Wanted, states_meant
from workflow_app.services.visibility import visible_to


@dataclass(frozen=True)
class Group:
    """So many agreements in one state, that wait for one; ``due`` and ``in_force`` of them are so many."""

    definition: str
    state: str
    waits_for: str
    number: int
    in_force: int
    due: tuple[int, ...]


@dataclass(frozen=True)
class Counts:
    """By (definition digest, state), by side, by due and by in force; and how many fit all filters."""

    states: Mapping[tuple[str, str], int]
    waits_for: Mapping[str, int]
    due: Mapping[str, int]
    in_force: Mapping[str, int]
    total: int


def counts(
    session: Session, who: Who, registry: Registry, wanted: Wanted, today: date, ids: Ids,
    many: bool,
) -> Counts:  # fmt: skip
    """Count what the reader may see; one statement, and one more for a filter on due and on in force."""

    def groups(*without: str) -> list[Group]:
        rows = session.execute(_statement(who, registry, wanted, today, ids, many, frozenset(without)))
        return [Group(row[0], row[1], row[2] or NOBODY, row[3], row[4], tuple(row[5:])) for row in rows]

    meant = states_meant(wanted.state, registry) if wanted.state else None

    def in_state(group: Group) -> bool:
        return meant is None or group.state in meant.get(group.definition, ())

    def of_side(group: Group) -> bool:
        return wanted.waits_for in ("", group.waits_for)

    def both(groups: Iterable[Group]) -> list[Group]:
        return [g for g in groups if in_state(g) and of_side(g)]

    found = groups()
    timed = both(groups("due") if wanted.due else found)
    valid = both(groups("in_force") if wanted.in_force else found)
    states, sides = Counter[tuple[str, str]](), Counter[str]()
    for group in found:
        states[group.definition, group.state] += group.number * of_side(group)
        sides[group.waits_for] += group.number * in_state(group)
    running = sum(g.in_force for g in valid)
    return Counts(
        states=states,
        waits_for=sides,
        due={code: sum(g.due[n] for g in timed) for n, code in enumerate(DUE)},
        in_force={"yes": running, "no": sum(g.number for g in valid) - running},
        total=sum(g.number for g in both(found)),
    )


@lru_cache(maxsize=256)
def _statement(
    who: Who, registry: Registry, wanted: Wanted, today: date, ids: Ids, many: bool,
    without: frozenset[str],
) -> Select[*tuple[Any, ...]]:  # fmt: skip
    """Kept for those who come again: making the conditions costs more than asking some of them."""
    timed = {
        name: c
        for name, c in counted(wanted, registry, today).items()
        if name in ("due", "in_force") and name not in without
    }
    seen = visible_to(who, registry, many=many, whole=True)
    alike = (Agreement.waits_for, Agreement._state, Agreement.definition_digest)
    return (
        select(
            Agreement.definition_digest,
            Agreement._state,
            Agreement.waits_for,
            func.count(),
            _of(in_force_on(today)),
            *(_of(due_by(code, today)) for code in DUE),
        )
        .where(and_(seen, beside_the_counts(wanted, ids), *timed.values()))
        .group_by(*alike)
    )


def _of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))

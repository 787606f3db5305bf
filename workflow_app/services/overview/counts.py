"""How many agreements there are of each sort, in one statement, whatever is filtered.

The numbers beside a filter are those one would see after choosing it, so each
leaves its own choice out. The database counts by state and by whom is waited
for in the order of an index, with what is due and in force as sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import True_

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement
from workflow_app.services.actors import Who
from workflow_app.services.overview.conditions import Ids, beside_the_counts, counted, due_by, in_force_on
from workflow_app.services.overview.wanted import DUE, NOBODY, Wanted, states_meant
from workflow_app.services.visibility import visible_to


@dataclass(frozen=True)
class Group:
    """The agreements in one state that wait for one.

    ``number`` of them fit the filters on due and in force; ``due`` has how many
    of those the filter on in force leaves are due by each code, ``timed`` how many
    the filter on due leaves, and ``running`` how many of these are in force.
    """

    definition: str
    state: str
    waits_for: str
    number: int
    timed: int
    running: int
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
    session: Session, who: Who, registry: Registry, wanted: Wanted, today: date, ids: Ids, many: bool
) -> Counts:
    """Count what the reader may see."""
    rows = session.execute(_statement(who, registry, wanted, today, ids, many))
    found = [Group(r[0], r[1], r[2] or NOBODY, r[3], r[4], r[5], tuple(r[6:])) for r in rows]
    meant = states_meant(wanted.state, registry) if wanted.state else None

    def in_state(group: Group) -> bool:
        return meant is None or group.state in meant.get(group.definition, ())

    def of_side(group: Group) -> bool:
        return wanted.waits_for in ("", group.waits_for)

    both = [group for group in found if in_state(group) and of_side(group)]
    states, sides = Counter[tuple[str, str]](), Counter[str]()
    for group in found:
        states[group.definition, group.state] += group.number * of_side(group)
        sides[group.waits_for] += group.number * in_state(group)
    running = sum(group.running for group in both)
    return Counts(
        states=states,
        waits_for=sides,
        due={code: sum(group.due[n] for group in both) for n, code in enumerate(DUE)},
        in_force={"yes": running, "no": sum(group.timed for group in both) - running},
        total=sum(group.number for group in both),
    )


@lru_cache(maxsize=256)
def _statement(
    who: Who, registry: Registry, wanted: Wanted, today: date, ids: Ids, many: bool
) -> Select[*tuple[Any, ...]]:
    """Kept for those who come again: making the conditions costs more than asking some of them."""
    filters = counted(wanted, registry, today)
    timed, valid = filters.get("due", true()), filters.get("in_force", true())
    seen = visible_to(who, registry, many=many, whole=True)
    alike = (Agreement.waits_for, Agreement._state, Agreement.definition_digest)
    return (
        select(
            Agreement.definition_digest,
            Agreement._state,
            Agreement.waits_for,
            _of(timed, valid),
            _of(timed),
            _of(timed, in_force_on(today)),
            *(_of(due_by(code, today), valid) for code in DUE),
        )
        .where(and_(beside_the_counts(wanted, ids), seen))
        .group_by(*alike)
    )


def _of(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    wanted = [condition for condition in conditions if not isinstance(condition, True_)]
    return func.sum(case((and_(*wanted), 1), else_=0)) if wanted else func.count()

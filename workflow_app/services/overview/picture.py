"""The whole picture of one reader: what is asked, what there is, how much of each, and a page of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.services.actors import Who
from workflow_app.services.overview.conditions import Ids, beside_the_counts, counted
from workflow_app.services.overview.counts import Counts, counts
from workflow_app.services.overview.places import Line, Page, Place, Reading
from workflow_app.services.overview.rows import every, page, without_agreement
from workflow_app.services.overview.scope import Scope, scope_of
from workflow_app.services.overview.wanted import Wanted
from workflow_app.services.visibility import sees_many, visible_to


@dataclass(frozen=True)
class Picture:
    """``without`` is how many kommuner without an agreement fit the filters, ``Counts.total`` how many
    agreements do; ``with_agreement`` and ``without_any`` leave the choice between the two out.
    """

    wanted: Wanted
    scope: Scope
    counts: Counts
    page: Page
    without: int
    with_agreement: int
    without_any: int


def picture(
    session: Session,
    who: Who,
    registry: Registry,
    wanted: Wanted,
    today: date,
    *,
    after: Place | None = None,
) -> Picture:
    """One page with its counts; a handful of statements. ``ValueError``: the place is not in the list."""
    many = sees_many(session, who)
    scope = scope_of(session, who, registry, today)
    reading = _reading(session, who, registry, wanted, today, scope, many)
    either = replace(wanted, agreement="")
    numbers = counts(session, who, registry, either, today, scope.ids(wanted), many)
    return Picture(
        wanted,
        scope,
        replace(numbers, total=0) if wanted.agreement == "none" else numbers,
        page(reading, after),
        len(reading.without),
        numbers.total,
        len(without_agreement(either, scope)),
    )


def lines(session: Session, who: Who, registry: Registry, wanted: Wanted, today: date) -> Iterator[Line]:
    """Every row that fits, in order: what goes into a file."""
    scope = scope_of(session, who, registry, today)
    return every(_reading(session, who, registry, wanted, today, scope, sees_many(session, who)))


def _reading(
    session: Session, who: Who, registry: Registry, wanted: Wanted, today: date, scope: Scope, many: bool
) -> Reading:
    condition = _condition(who, registry, wanted, today, scope.ids(wanted), many)
    return Reading(session, wanted, condition, scope, without_agreement(wanted, scope))


@lru_cache(maxsize=256)
def _condition(
    who: Who, registry: Registry, wanted: Wanted, today: date, ids: Ids, many: bool
) -> ColumnElement[bool]:
    """What may be seen and is asked for; kept for those who come again."""
    filters = counted(wanted, registry, today).values()
    return and_(*filters, beside_the_counts(wanted, ids), visible_to(who, registry, many=many))

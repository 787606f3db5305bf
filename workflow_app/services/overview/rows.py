"""The rows of the overview, page by page: agreements, and kommuner that have none.

Sorted by what is due first, by who has waited longest, or by kommune. A page
begins after the last row of the one before, never at a count of rows, as in
``services.listing``. A kommune without an agreement stands at its place in the
alphabet, or after all agreements where the order is another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from workflow_app.models.agreements import Agreement
from workflow_app.services import norway
from workflow_app.services.overview.alphabet import by_kommune
from workflow_app.services.overview.places import AGREEMENT, KOMMUNE, Line, Page, Place, Reading, row_at
from workflow_app.services.overview.scope import Scope
from workflow_app.services.overview.wanted import UNKNOWN, Wanted

PAGE = 30
"""Rows on a page."""

Column = InstrumentedAttribute[date | None] | InstrumentedAttribute[datetime | None]


def without_agreement(wanted: Wanted, scope: Scope) -> tuple[norway.Kommune, ...]:
    """The kommuner without an agreement that fit the filters: by name and number alone, no district known."""
    if wanted.of_agreements or wanted.district not in ("", UNKNOWN):
        return ()
    words = [norway.fold(word) for word in wanted.words.split()]
    return tuple(
        k
        for k in scope.without
        if wanted.party in ("", k.number)
        and all(w in k.number or any(w in norway.fold(name) for name in k.names) for w in words)
    )


def page(reading: Reading, after: Place | None = None, limit: int = PAGE) -> Page:
    """The page that begins after a place. ``ValueError`` for a place that is not (or no more) there."""
    found: list[Line] = []
    for line in _lines(reading, after, limit + 1):
        found.append(line)
        if len(found) > limit:
            return Page(tuple(found[:limit]), Place.of(found[limit - 1]))
    return Page(tuple(found))


def every(reading: Reading, at_once: int = 500) -> Iterator[Line]:
    """All rows in order, some hundreds at a time."""
    after: Place | None = None
    while True:
        some = page(reading, after, at_once)
        yield from some.lines
        if some.next is None:
            return
        after = some.next


def _lines(reading: Reading, after: Place | None, count: int) -> Iterator[Line]:
    if reading.wanted.sort == "kommune":
        yield from by_kommune(reading, after, count)
        return
    if after is None or after.kind == AGREEMENT:
        column = Agreement.waits_since if reading.wanted.sort == "since" else Agreement.next_due
        found = _sorted(reading, column, row_at(reading, after), count)
        yield from found
        if len(found) >= count:
            return
    yield from _after(reading.without, after)


def _after(kommuner: Sequence[norway.Kommune], after: Place | None) -> Sequence[norway.Kommune]:
    if after is None or after.kind != KOMMUNE:
        return kommuner
    numbers = [k.number for k in kommuner]
    return kommuner[numbers.index(after.ident) + 1 :]


def _sorted(
    reading: Reading,
    column: Column,
    at: Agreement | None,
    count: int,
) -> list[Agreement]:
    """Those with a value first, then those without: each half in the order of an index."""
    value = getattr(at, column.key) if at is not None else None
    valued, empty = _halves(reading.condition, column)
    rows: list[Agreement] = []
    if at is None or value is not None:
        if at is not None:
            valued = valued.where(column >= value, or_(column > value, Agreement.id > at.id))
        rows += reading.session.scalars(valued, {"count": count})
    if len(rows) < count:
        if at is not None and value is None:
            empty = empty.where(Agreement.id > at.id)
        rows += reading.session.scalars(empty, {"count": count - len(rows)})
    return rows


@lru_cache(maxsize=256)
def _halves(condition: ColumnElement[bool], column: Column) -> tuple[Select[Agreement], Select[Agreement]]:
    """Those with a value and those without; kept, as the condition is."""
    those = select(Agreement).where(condition).limit(bindparam("count"))
    return (
        those.where(column.is_not(None)).order_by(column, Agreement.id),
        those.where(column.is_(None)).order_by(Agreement.id),
    )

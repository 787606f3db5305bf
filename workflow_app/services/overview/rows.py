"""The rows of the overview, page by page: agreements, and kommuner that have none.

Sorted by what is due first, by who has waited longest, or by kommune. A page
begins after the last row of the one before, never at a count of rows, as in
``services.listing``. A kommune without an agreement stands at its place in the
alphabet, or after all agreements where the order is another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.services import norway
from workflow_app.services.overview.scope import Scope
from workflow_app.services.overview.wanted import UNKNOWN, Wanted

PAGE = 30
"""Rows on a page."""

AGREEMENT, KOMMUNE = "a", "k"

Column = InstrumentedAttribute[date | None] | InstrumentedAttribute[datetime | None]

Line = Agreement | norway.Kommune
"""A row: an agreement, or a kommune without one that the reader may see."""


@dataclass(frozen=True)
class Place:
    """Where in the list a page begins: after an agreement or a kommune, by id or number."""

    kind: str
    ident: str

    def __str__(self) -> str:
        return f"{self.kind}~{self.ident}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place that ``str`` wrote; ``ValueError`` for anything else."""
        kind, mark, ident = text.partition("~")
        if not mark or kind not in (AGREEMENT, KOMMUNE) or not 0 < len(ident) <= 40:
            raise ValueError(f"{text!r} is not a place in the overview")
        return cls(kind, ident)

    @classmethod
    def of(cls, line: Line) -> Place:
        """The place of a row."""
        return cls(AGREEMENT, line.id) if isinstance(line, Agreement) else cls(KOMMUNE, line.number)


@dataclass(frozen=True)
class Page:
    """One page; ``next`` is where the one after it begins, None at the end."""

    lines: tuple[Line, ...]
    next: Place | None = None


@dataclass(frozen=True)
class Reading:
    """What pages are read with: the filters, the condition they come to, the kommuner without agreements."""

    session: Session
    wanted: Wanted
    condition: ColumnElement[bool]
    scope: Scope
    without: tuple[norway.Kommune, ...]


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
        yield from _by_kommune(reading, after, count)
        return
    if after is None or after.kind == AGREEMENT:
        column = Agreement.waits_since if reading.wanted.sort == "since" else Agreement.next_due
        found = _sorted(reading, column, _at(reading, after), count)
        yield from found
        if len(found) >= count:
            return
    yield from _after(reading.without, after)


def _at(reading: Reading, after: Place | None) -> Agreement | None:
    if after is None or after.kind != AGREEMENT:
        return None
    found = reading.session.scalars(
        select(Agreement).where(Agreement.id == after.ident, reading.condition)
    ).one_or_none()
    if found is None:
        raise ValueError(f"{after.ident} is not in this list")
    return found


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


SOME_KOMMUNER = (12, 48, 192, 768)
"""Kommuner asked about at once: few at first, since they mostly fill a page, then ever more."""


def _by_kommune(reading: Reading, after: Place | None, count: int) -> Iterator[Line]:
    """By first kommune in the Norwegian alphabet, each one's agreements by what is due."""
    places = _places(reading.scope, reading.without)
    start, skip = _start(reading, places, after)
    sizes = iter(SOME_KOMMUNER)
    while start < len(places) and count > 0:
        some = places[start : start + next(sizes, SOME_KOMMUNER[-1])]
        start += len(some)
        at = _at(reading, skip) if skip is not None else None
        theirs = _theirs(reading, [party for party, _ in some if party is not None], at, count)
        for party, kommune in some:
            lines: list[Line] = list(theirs.get(party or 0, ()))
            if kommune is not None and Place.of(kommune) != skip:
                lines = [kommune]
            skip = None
            yield from lines[:count]
            count -= len(lines)
            if count <= 0:
                return


def _places(
    scope: Scope, without: Sequence[norway.Kommune]
) -> list[tuple[int | None, norway.Kommune | None]]:
    """Parties with agreements and kommuner without, in one alphabet."""
    named: list[tuple[tuple[tuple[str, str], str], int | None, norway.Kommune | None]] = [
        ((norway.sort_key(p.name), p.key), p.id, None) for p in scope.parties if p.id in scope.rank
    ]
    named += [((norway.sort_key(k.name), k.number), None, k) for k in without]
    return [(party, kommune) for _, party, kommune in sorted(named, key=lambda row: row[0])]


def _start(
    reading: Reading, places: Sequence[tuple[int | None, norway.Kommune | None]], after: Place | None
) -> tuple[int, Place | None]:
    """The kommune where the page begins, and the row of it that is the last of the page before."""
    if after is None:
        return 0, None
    if after.kind == KOMMUNE:
        numbers = [k.number if k else None for _, k in places]
        return numbers.index(after.ident), after
    at = _at(reading, after)
    assert at is not None, "an agreement, or ValueError"
    return [party for party, _ in places].index(first_kommune(at)), after


def first_kommune(agreement: Agreement) -> int:
    """The id of the kommune an agreement is sorted by: the first among its parties."""
    return min(agreement.parties, key=lambda p: p.position).party_id


def _theirs(
    reading: Reading, parties: Sequence[int], at: Agreement | None, count: int
) -> dict[int, list[Agreement]]:
    """The first ``count`` agreements of these kommuner, in their order, after ``at`` in the first of them."""
    if not parties:
        return {}
    # By another name than those the conditions ask by.
    first = aliased(AgreementParty)
    order = (Agreement.next_due.is_(None), Agreement.next_due, Agreement.id)
    wanted = (
        select(first.party_id, Agreement)
        .join(Agreement, and_(first.agreement_id == Agreement.id, first.position == 0))
        .where(first.party_id.in_(parties), reading.condition)
        .order_by(case({party: n for n, party in enumerate(parties)}, value=first.party_id), *order)
        .limit(count)
    )
    if at is not None:
        wanted = wanted.where(or_(first.party_id != first_kommune(at), _comes_after(at)))
    found: dict[int, list[Agreement]] = {}
    for party, agreement in reading.session.execute(wanted):
        found.setdefault(party, []).append(agreement)
    return found


def _comes_after(at: Agreement) -> ColumnElement[bool]:
    """Later in the order of what is due, those with nothing due last."""
    later = Agreement.id > at.id
    if at.next_due is None:
        return and_(Agreement.next_due.is_(None), later)
    same = and_(Agreement.next_due == at.next_due, later)
    return or_(Agreement.next_due.is_(None), Agreement.next_due > at.next_due, same)

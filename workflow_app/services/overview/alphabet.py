"""The overview in the Norwegian alphabet: by first kommune, those without an agreement among them.

No database sorts Å after Ø everywhere, so the kommuner are sorted here and asked
about some at a time, in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import aliased

from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.services import norway
from workflow_app.services.overview.places import KOMMUNE, Line, Place, Reading, row_at
from workflow_app.services.overview.scope import MUNICIPAL, Scope

SOME_KOMMUNER = (12, 48, 192, 768)
"""Kommuner asked about at once: few at first, since they mostly fill a page, then ever more."""


def by_kommune(reading: Reading, after: Place | None, count: int) -> Iterator[Line]:
    """By first kommune in the Norwegian alphabet, each one's agreements by what is due."""
    places = _places(reading.scope, reading.without)
    start, skip = _start(reading, places, after)
    sizes = iter(SOME_KOMMUNER)
    while start < len(places) and count > 0:
        some = places[start : start + next(sizes, SOME_KOMMUNER[-1])]
        start += len(some)
        at = row_at(reading, skip) if skip is not None else None
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
        ((norway.sort_key(p.name), p.key), p.id, None) for p in scope.parties if p.side == MUNICIPAL
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
    at = row_at(reading, after)
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

"""When agreements were in force, kommune by kommune, and the days between them.

Counted from the derived columns, so that fifty kommuner are one picture and not
fifty chronicles. Only of what the reader may see: a gap is a gap in that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import Session, aliased

from workflow_app.domain.dates import Interval
from workflow_app.domain.definitions import Registry
from workflow_app.domain.timeline.periods import Gap, Period, gaps
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.services import norway
from workflow_app.services.actors import Who
from workflow_app.services.overview.conditions import beside_the_counts
from workflow_app.services.overview.scope import MUNICIPAL, Known, Scope, scope_of
from workflow_app.services.overview.wanted import Wanted
from workflow_app.services.visibility import sees_many, visible_to

KOMMUNER = 50
"""Kommuner in one picture: what a sheet of A4 lying down holds."""

PERIODS = 150
"""Times in force in one picture, where kommuner have very many; a kommune is never divided."""

SOME = (12, 50, 200, 800)
"""Kommuner asked about at once: few at first, then ever more."""


@dataclass(frozen=True)
class Time:
    """One agreement as the timeline has it; ``period`` is None while it is not signed."""

    id: str
    title: str
    language: str
    state: str
    definition: str
    period: Period | None
    how: str | None

    def running(self, today: date) -> bool:
        """Whether it is in force that day."""
        period = self.period
        if period is None or period.signed.latest > today:
            return False
        return period.last is None or today <= period.last.latest


@dataclass(frozen=True)
class Strip:
    """A kommune: its agreements by the day of signing, those not signed last, and its gaps."""

    key: str
    name: str
    times: tuple[Time, ...]
    gaps: tuple[Gap, ...] = field(default=())


@dataclass(frozen=True)
class Timeline:
    """A picture's worth of kommuner. ``next`` is the key after which the next picture begins."""

    scope: Scope
    strips: tuple[Strip, ...]
    next: str | None = None


def timeline(
    session: Session,
    who: Who,
    registry: Registry,
    wanted: Wanted,
    today: date,
    *,
    after: str | None = None,
) -> Timeline:
    """The kommuner after the one with the key ``after``; ``LookupError`` where there is none such.

    Of the filters those on words, district and party count; each kommune is shown whole.
    """
    scope = scope_of(session, who, registry, today)
    kommuner = _kommuner(scope)
    keys = [p.key for p in kommuner]
    if after is not None and after not in keys:
        raise LookupError(f"{after!r} is no kommune of the timeline")
    start = keys.index(after) + 1 if after is not None else 0
    which = replace(Wanted(), words=wanted.words, district=wanted.district, party=wanted.party)
    seen = visible_to(who, registry, many=sees_many(session, who))
    condition = and_(seen, beside_the_counts(which, scope.ids(which)))
    strips: list[Strip] = []
    drawn = 0
    for strip in _strips(session, kommuner[start:], condition, today):
        if strips and (len(strips) == KOMMUNER or drawn + len(strip.times) > PERIODS):
            return Timeline(scope, tuple(strips), strips[-1].key)
        strips.append(strip)
        drawn += len(strip.times)
    return Timeline(scope, tuple(strips))


def _kommuner(scope: Scope) -> list[Known]:
    """The kommuner with an agreement the reader sees; a kommune's own people see their own alone."""
    known = [
        p for p in scope.parties if p.side == MUNICIPAL and p.has_agreement and (p.own or scope.whole_country)
    ]
    return sorted(known, key=lambda p: (norway.sort_key(p.name), p.key))


def _strips(
    session: Session, kommuner: Sequence[Known], condition: ColumnElement[bool], today: date
) -> Iterator[Strip]:
    sizes = iter(SOME)
    start = 0
    while start < len(kommuner):
        some = kommuner[start : start + next(sizes, SOME[-1])]
        start += len(some)
        theirs = _times(session, some, condition)
        for party in some:
            times = theirs.get(party.id)
            if times:
                periods = [time.period for time in times if time.period is not None]
                yield Strip(party.key, party.name, tuple(times), gaps(periods, today))


def _times(
    session: Session, kommuner: Sequence[Known], condition: ColumnElement[bool]
) -> dict[int, list[Time]]:
    # By another name than those the conditions ask by.
    link = aliased(AgreementParty)
    a = Agreement
    rows = session.execute(
        select(
            link.party_id, a.id, a.title, a.language, a._state, a.definition_digest, a.signed_on,
            a.signed_earliest, a.in_force_to, a.in_force_to_earliest, a.ends_how,
        )
        .join(a, link.agreement_id == a.id)
        .where(link.party_id.in_([p.id for p in kommuner]), condition)
        .order_by(a.signed_on.is_(None), a.signed_on, a.created_at, a.id)
    )  # fmt: skip
    found: dict[int, list[Time]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_time(row))
    return found


def _time(row: Row[*tuple[Any, ...]]) -> Time:
    _, ident, title, language, state, definition, signed, earliest, to, to_earliest, how = row
    period = None
    if signed is not None:
        last = None if to is None else Interval(to_earliest or to, to)
        period = Period(Interval(earliest or signed, signed), last)
    return Time(ident, title, language, state, definition, period, how)

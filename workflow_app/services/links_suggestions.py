"""Which agreements a text may mean when it says that it replaces or supplements another.

Asked from both ends: a paper that is filed late finds the later ones that name
its day. They are only proposed: a date in a clause fits more than one agreement now and
then, and a link that is wrong would end the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines.term import signing
from workflow_app.domain.definitions import Registry
from workflow_app.domain.history import History
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import rules_in
from workflow_app.services.errors import FieldErrors
from workflow_app.services.links import WAYS, Connection, connections
from workflow_app.services.links_checks import may_hang_together
from workflow_app.services.material import rules_of
from workflow_app.services.visibility import visible_to

LOOKED_AT = 40
"""Agreements of the same parties that are weighed, the newest first."""

SHOWN = 4
"""Candidates shown for one clause; the search finds the others."""


@dataclass(frozen=True)
class Candidate:
    """An agreement a clause may mean; ``fits`` where it was signed when the clause says."""

    agreement: Agreement
    signed: Interval | None
    fits: bool


@dataclass(frozen=True)
class Suggestion:
    """A clause that speaks of another agreement, and those it may mean, the likeliest first.

    ``way`` is what the draft would be to each of them, a key of ``links.WAYS``;
    "…_by" where the clause stands in the other's text.
    """

    way: str
    date: str | None
    quote: str
    candidates: tuple[Candidate, ...]


def unlinked_references(
    session: Session, agreement: Agreement, known: Sequence[Connection] | None = None
) -> list[Mapping[str, Any]]:
    """What the text says of other agreements and no link quotes yet, in the order of the text.

    ``known`` are all the agreement's connections, where they have been asked for already.
    """
    every = connections(session, agreement) if known is None else known
    quoted = {c.quote for c in every if c.outgoing}
    return [r for r in rules_of(session, agreement).references if r["quote"] not in quoted]


def suggestions(
    session: Session, agreement: Agreement, who: Who, registry: Registry, now: datetime
) -> tuple[Suggestion, ...]:
    """For each clause that is not linked yet, the agreements of ``who`` that it may mean."""
    near = [(a, _signed(session, a)) for a in _of_the_same_parties(session, agreement, who, registry)]
    found = [*_naming(session, agreement, [a for a, _ in near], registry, now)]
    for reference in unlinked_references(session, agreement):
        wanted = Interval.parse(reference["date"]) if reference.get("date") else None
        weighed = sorted(
            (Candidate(a, signed, _fits(signed, wanted)) for a, signed in near),
            key=lambda c: (not c.fits, _distance(c.signed, wanted)),
        )
        possible = _possible(session, agreement, reference["relation"], weighed, registry, now)
        found.append(
            Suggestion(reference["relation"], reference.get("date"), reference["quote"], tuple(possible))
        )
    return tuple(found)


def _naming(
    session: Session, agreement: Agreement, near: list[Agreement], registry: Registry, now: datetime
) -> Iterator[Suggestion]:
    """The signed ones whose text names an agreement of the day that this draft's text gives."""
    mine = _signed(session, agreement)
    for other in near if mine is not None else ():
        for reference in unlinked_references(session, other) if other.signed_on is not None else ():
            wanted = Interval.parse(reference["date"]) if reference.get("date") else None
            if not _fits(mine, wanted):
                continue
            relation = reference["relation"]
            try:
                may_hang_together(session, other, agreement, relation, registry, now)
            except FieldErrors:
                continue
            likely = Candidate(other, other.signing, fits=True)
            way = next(w for w, known in WAYS.items() if known == (relation, False))
            yield Suggestion(way, reference["date"], reference["quote"], (likely,))


def _of_the_same_parties(
    session: Session, agreement: Agreement, who: Who, registry: Registry
) -> list[Agreement]:
    shared = select(AgreementParty.agreement_id).where(
        AgreementParty.party_id.in_([p.party_id for p in agreement.parties])
    )
    return list(
        session.scalars(
            select(Agreement)
            .where(visible_to(who, registry), Agreement.id.in_(shared), Agreement.id != agreement.id)
            .order_by(Agreement.created_at.desc(), Agreement.id)
            .limit(LOOKED_AT)
        )
    )


def _signed(session: Session, agreement: Agreement) -> Interval | None:
    """The recorded day, or the one in the text of a paper that is not registered yet."""
    return agreement.signing or signing(rules_in(rules_of(session, agreement).rules), History())


def _fits(signed: Interval | None, wanted: Interval | None) -> bool:
    if signed is None or wanted is None:
        return False
    return signed.earliest <= wanted.latest and wanted.earliest <= signed.latest


def _distance(signed: Interval | None, wanted: Interval | None) -> int:
    """Days from the day named; without one the last signed comes first, and the undated last of all."""
    if signed is None:
        return 10**9
    return abs((signed.latest - (wanted.latest if wanted else date.max)).days)


def _possible(
    session: Session,
    agreement: Agreement,
    relation: str,
    weighed: list[Candidate],
    registry: Registry,
    now: datetime,
) -> Iterator[Candidate]:
    """The first few that could be linked at all; where some fit the date, those alone."""
    shown = 0
    some_fit = False
    for candidate in weighed:
        if shown == SHOWN or (some_fit and not candidate.fits):
            return
        try:
            may_hang_together(session, agreement, candidate.agreement, relation, registry, now)
        except FieldErrors:
            continue
        shown, some_fit = shown + 1, some_fit or candidate.fits
        yield candidate

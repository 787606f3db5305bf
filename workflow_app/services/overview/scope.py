"""What of the country one reader's overview is about: her parties, the kommuner, and which have an agreement.

That an agreement exists is a secret for those who may not see it. So everything
here is counted among those the reader may see, and a kommune of whose agreement
she knows nothing reads like one that has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from sqlalchemy import Select, case, exists, select
from sqlalchemy.orm import Session, aliased

from workflow_app.domain.definitions import Registry
from workflow_app.domain.trail import MUNICIPAL as MUNICIPAL
from workflow_app.domain.trail import POLICE as POLICE
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services import norway
from workflow_app.services.actors import Who
from workflow_app.services.overview.conditions import Ids, in_force_on
from workflow_app.services.overview.wanted import Wanted
from workflow_app.services.visibility import visible_to

MOST_WORDS = 8
"""More words than this in one search are not looked at; nobody types them."""


@dataclass(frozen=True)
class Known:
    """A party that the reader acts for or sees an agreement with."""

    id: int
    key: str
    side: str
    name: str
    district: str | None
    own: bool
    has_agreement: bool
    in_force: bool


@dataclass(frozen=True)
class Scope:
    """The parties a reader knows, and the kommuner her overview has rows for."""

    parties: tuple[Known, ...]
    whole_country: bool

    @cached_property
    def kommuner(self) -> tuple[norway.Kommune, ...]:
        """In Norwegian alphabetical order: all there are, or those the reader acts for."""
        if self.whole_country:
            return norway.kommuner()
        own = {p.key for p in self.parties if p.own}
        return tuple(k for k in norway.kommuner() if k.number in own)

    @cached_property
    def with_agreement(self) -> frozenset[str]:
        """The numbers of the kommuner that have an agreement the reader may see."""
        return frozenset(p.key for p in self.parties if p.side == MUNICIPAL and p.has_agreement)

    @cached_property
    def without(self) -> tuple[norway.Kommune, ...]:
        """Those with none that the reader may see."""
        return tuple(k for k in self.kommuner if k.number not in self.with_agreement)

    @cached_property
    def in_force(self) -> int:
        """How many kommuner have an agreement in force that the reader may see."""
        return sum(p.side == MUNICIPAL and p.in_force for p in self.parties)

    @cached_property
    def districts(self) -> tuple[norway.District, ...]:
        """The police districts of the police units she knows."""
        known = {p.district for p in self.parties if p.side == POLICE}
        return tuple(d for d in norway.districts() if d.slug in known)

    def ids(self, wanted: Wanted) -> Ids:
        """The ids that the filters on district and words come to."""
        units = (p.id for p in self.parties if wanted.district and p.district == wanted.district)
        words = wanted.words.split()[:MOST_WORDS]
        return Ids(tuple(units), tuple((word, self._named(word)) for word in words))

    def _named(self, word: str) -> tuple[int, ...]:
        """The parties whose name holds the word, whatever its capitals, or whose number it is."""
        typed = norway.fold(word)
        return tuple(p.id for p in self.parties if p.key == word or (typed and typed in norway.fold(p.name)))


def scope_of(session: Session, who: Who, registry: Registry, today: date) -> Scope:
    """Whom and what the reader's overview is about; one statement."""
    rows = session.execute(_statement(who, registry, today))
    # Sorted out here: as a condition the database would ask about each party twice.
    parties = tuple(
        Known(ident, key, side, name, district, bool(own), having > 0, having > 1)
        for ident, key, side, name, district, own, having in rows
        if own or having
    )
    return Scope(parties, _sees_country(who, parties))


@lru_cache(maxsize=64)
def _statement(
    who: Who, registry: Registry, today: date
) -> Select[int, str, str, str, str | None, bool, int]:
    # By other names than those the condition of what may be seen asks by.
    party, link = aliased(Party), aliased(AgreementParty)
    seen = visible_to(who, registry, many=True)
    theirs = select(Agreement.id).join(link, link.agreement_id == Agreement.id)
    theirs = theirs.where(link.party_id == party.id)
    has = exists(theirs.where(seen).correlate(party))
    running = exists(theirs.where(seen, in_force_on(today)).correlate(party))
    own = party.key.in_(sorted({h.party for h in who.holdings}))
    # Where one is in force, there is one: that needs no second question.
    having = case((running, 2), (has, 1), else_=0)
    told = (own.label("own"), having.label("having"))
    return select(party.id, party.key, party.side, party.name, party.district, *told)


def _sees_country(who: Who, parties: Iterable[Known]) -> bool:
    """The police and those who oversee ask which kommuner have no agreement; a kommune asks for itself."""
    if who.is_operator or any(h.role == "auditor" for h in who.holdings):
        return True
    return any(p.own and p.side == POLICE for p in parties)

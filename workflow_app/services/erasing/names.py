"""What somebody is and was called, so that it can be found where others wrote it.

A person's own row is found by its key. A name in somebody else's reason, in a list
of who came or as a case officer is found by its letters alone: the full name, the
user name and the address, as they are and as they once were, whole and in any case
of letters. Two things cannot be found so and are left: a name written in another
way ("Nordmann, Kari", "Kari"), and one that somebody else has too, since nothing
says which of the two was meant.

What is called by a name can be made to be called by it: an account named after words that
others wrote must not, when it is erased, take those words along. So letters count only
within the person's own parties and their agreements (:class:`Reach`), and in the middle of
a text only where it was written after the person had an account.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.agreements import AgreementParty
from workflow_app.models.people import Party, Person
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services.trail import INSTALLATION, agreement_chain, party_chain

TELLING = ("person_added", "person_changed")
"""The kinds of entries that hold what a person is called."""

CALLED = ("name", "username", "email")


@dataclass(frozen=True)
class Names:
    """What one person is looked for by. ``shared`` are those that somebody else has too."""

    known: frozenset[str]
    shared: frozenset[str] = frozenset()

    def whole(self, value: str | None) -> bool:
        """Whether the value is one of the names and nothing else."""
        return value is not None and _plain(value) in self.known

    def within(self, text: str | None) -> bool:
        """Whether one of the names stands in the text. A single word without digits or signs is none."""
        return bool(text) and self._pattern.search(_plain(text or "")) is not None

    def without(self, text: str, joint: str = ", ") -> str:
        """A list of names, such as "Kari Ås, Ola Ås", without the person's."""
        return joint.join(part for part in text.split(joint) if not self.whole(part))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        told = sorted((n for n in self.known if _telling(n)), key=len, reverse=True)
        words = "|".join(re.escape(n) for n in told)
        # Nothing is found where there is nothing to look for.
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)")


@dataclass(frozen=True)
class Reach:
    """Where a person is looked for by name: agreements by id, chains of the trail, and from when on."""

    agreements: frozenset[str]
    chains: frozenset[str]
    since: datetime

    def within(self, chain: str, at: datetime) -> bool:
        """Whether a text on this chain and of this time can speak of the person."""
        return chain in self.chains and at >= self.since


def reach_of(session: Session, person: Person, parties: Sequence[Party]) -> Reach:
    """The agreements and chains of these parties, from the day the person had an account."""
    mine = session.scalars(
        select(AgreementParty.agreement_id).where(AgreementParty.party_id.in_([p.id for p in parties]))
    )
    agreements = frozenset(mine)
    chains = {INSTALLATION, *(party_chain(p.key) for p in parties), *map(agreement_chain, agreements)}
    return Reach(agreements, frozenset(chains), person.created_at)


def names_of(session: Session, person: Person) -> Names:
    """Everything the person is and was called here; of one who is erased, nothing."""
    found = {_plain(v) for v in (person.name, person.username, person.email) if v}
    if person.erased_at is not None:
        return Names(frozenset())
    rows = session.execute(
        select(TrailEntry.body, TrailClear.value)
        .join(TrailClear, TrailClear.entry_id == TrailEntry.id)
        .where(
            TrailEntry.chain == INSTALLATION,
            TrailEntry.kind.in_(TELLING),
            TrailClear.field.in_(CALLED),
        )
    )
    own = person.id.encode()
    for body, value in rows:
        if own in body and decode(body).get("data", {}).get("person") == person.id:
            found.add(_plain(value))
    shared = _shared(session, person, found)
    return Names(frozenset(found - shared), frozenset(shared))


def _shared(session: Session, person: Person, found: set[str]) -> set[str]:
    others = session.execute(
        select(Person.name, Person.email).where(
            Person.id != person.id,
            Person.erased_at.is_(None),
            # Near enough to leave out a whole country; the letters decide below.
            or_(
                func.length(Person.name).in_({len(f) for f in found}),
                func.length(Person.email).in_({len(f) for f in found}),
            ),
        )
    )
    theirs = {_plain(value) for row in others for value in row if value}
    return found & theirs


def _plain(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).casefold().split())


def _telling(name: str) -> bool:
    return " " in name or (re.search(r"[^\W_]", name) is not None and re.search(r"[\W\d_]", name) is not None)

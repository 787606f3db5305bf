"""Lists of agreements: searched, filtered, and paged by key.

The order is by the day something is next due, those with nothing due last; the
opaque id settles ties, so that it is the same on every page. A page begins
after the last row of the one before, never at a count of rows: it costs the
same on page 200, and an agreement added meanwhile shifts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Permission, Registry
from workflow_app.domain.engine import permitted
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.norway import sort_key
from workflow_app.services.visibility import sees_many, visible_to

PAGE = 50
"""Agreements on a page."""

_WORDS = 8
"""More words than this in one search are not looked at; nobody types them."""


@dataclass(frozen=True)
class Key:
    """A place in the order: the day something is next due (None last), and the id."""

    due: date | None
    ident: str

    def __str__(self) -> str:
        return f"{self.due.isoformat() if self.due else ''}~{self.ident}"

    @classmethod
    def parse(cls, text: str) -> Key:
        """The key that ``str`` wrote; ``ValueError`` for anything else."""
        due, mark, ident = text.partition("~")
        if not mark or not 0 < len(ident) <= 40:
            raise ValueError(f"{text!r} is not a place in the list")
        return cls(date.fromisoformat(due) if due else None, ident)


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words in titles and names of parties, a state, a party's key."""

    words: str = ""
    state: str = ""
    party: str = ""

    @property
    def filtered(self) -> bool:
        """Whether anything at all was asked for."""
        return bool(self.words.strip() or self.state or self.party)


@dataclass(frozen=True)
class Found:
    """One page. ``before`` and ``after`` are where the pages on either side begin, None at an end."""

    rows: tuple[Agreement, ...]
    before: Key | None = None
    after: Key | None = None


def find(
    session: Session,
    who: Who,
    registry: Registry,
    wanted: Wanted,
    *,
    after: Key | None = None,
    before: Key | None = None,
    limit: int = PAGE,
) -> Found:
    """The page that begins after a key, or the one that ends before one; two statements at most."""
    condition = and_(visible_to(who, registry, many=sees_many(session, who)), *_conditions(wanted))
    if before is not None:
        rows = _backward(session, condition, before, limit + 1)
        more, rows = len(rows) > limit, rows[:limit][::-1]
        return Found(tuple(rows), _key(rows[0]) if more else None, _key(rows[-1]) if rows else None)
    rows = _forward(session, condition, after, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    return Found(
        tuple(rows),
        _key(rows[0]) if after is not None and rows else None,
        _key(rows[-1]) if more else None,
    )


def _key(agreement: Agreement) -> Key:
    return Key(agreement.next_due, agreement.id)


def _forward(
    session: Session, condition: ColumnElement[bool], after: Key | None, count: int
) -> list[Agreement]:
    """Those with a day first, then those without: each half in the order of an index."""
    rows: list[Agreement] = []
    if after is None or after.due is not None:
        dated = select(Agreement).where(condition, Agreement.next_due.is_not(None))
        if after is not None:
            dated = dated.where(
                Agreement.next_due >= after.due,
                or_(Agreement.next_due > after.due, Agreement.id > after.ident),
            )
        rows += session.scalars(dated.order_by(Agreement.next_due, Agreement.id).limit(count))
    if len(rows) < count:
        undated = select(Agreement).where(condition, Agreement.next_due.is_(None))
        if after is not None and after.due is None:
            undated = undated.where(Agreement.id > after.ident)
        rows += session.scalars(undated.order_by(Agreement.id).limit(count - len(rows)))
    return rows


def _backward(session: Session, condition: ColumnElement[bool], before: Key, count: int) -> list[Agreement]:
    """The same order read from the other end."""
    rows: list[Agreement] = []
    if before.due is None:
        undated = select(Agreement).where(
            condition, Agreement.next_due.is_(None), Agreement.id < before.ident
        )
        rows += session.scalars(undated.order_by(Agreement.id.desc()).limit(count))
    if len(rows) < count:
        dated = select(Agreement).where(condition, Agreement.next_due.is_not(None))
        if before.due is not None:
            dated = dated.where(
                Agreement.next_due <= before.due,
                or_(Agreement.next_due < before.due, Agreement.id < before.ident),
            )
        rows += session.scalars(
            dated.order_by(Agreement.next_due.desc(), Agreement.id.desc()).limit(count - len(rows))
        )
    return rows


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_named(word) for word in wanted.words.split()[:_WORDS]]
    if wanted.state:
        found.append(Agreement._state == wanted.state)
    if wanted.party:
        found.append(
            Agreement.id.in_(
                select(AgreementParty.agreement_id)
                .join(Party, Party.id == AgreementParty.party_id)
                .where(Party.key == wanted.party)
            )
        )
    return found


def _named(word: str) -> ColumnElement[bool]:
    """The word stands in the title, or in the name or number of a party.

    SQLite folds the case of ASCII letters only, so a word with æ, ø or å is
    looked for as it was typed, in capitals, in small letters and with a capital first.
    """
    forms = dict.fromkeys((word, word.lower(), word.upper(), word[:1].upper() + word[1:].lower()))
    parties = (
        select(AgreementParty.agreement_id)
        .join(Party, Party.id == AgreementParty.party_id)
        .where(or_(Party.kommune_number == word, *(Party.name.icontains(f, autoescape=True) for f in forms)))
    )
    return or_(Agreement.id.in_(parties), *(Agreement.title.icontains(f, autoescape=True) for f in forms))


def may_start(who: Who, registry: Registry) -> bool:
    """Whether a role of the person may write the draft of some definition."""
    roles = [h.role for h in who.holdings]
    return any(Permission.EDIT in permitted(d, d.initial, roles) for d in registry.definitions)


def parties_seen(session: Session, who: Who) -> Sequence[Party]:
    """The parties to filter by: those the person acts for and those they have agreements with.

    In Norwegian alphabetical order; one statement.
    """
    own = select(Party.id).where(Party.key.in_(sorted({h.party for h in who.holdings})))
    shared = select(AgreementParty.agreement_id).where(AgreementParty.party_id.in_(own))
    others = select(AgreementParty.party_id).where(AgreementParty.agreement_id.in_(shared))
    rows = session.scalars(select(Party).where(or_(Party.id.in_(own), Party.id.in_(others))))
    return sorted(rows, key=lambda p: (p.side, sort_key(p.name), p.key))

"""What a person may see, as a filter the database can apply.

The rights stand in the definitions: a role, in a state. For a list of thousands
they are turned into one WHERE, so that what is not yours is never even loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, false, func, or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Permission, Registry
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services.actors import Who

MANY = 400
"""From so many agreements on, a list is read in the order of an index and filtered on the way."""


def visible_to(
    who: Who, registry: Registry, *, many: bool = False, whole: bool = False
) -> ColumnElement[bool]:
    """A condition on ``Agreement``: true for those where a role of ``who`` may view in its state.

    The same rows either way. By default the person's own agreements are gathered
    first, which is best for the few or the hundred that most people have; with
    ``many`` (see :func:`sees_many`) each row is asked about as it comes, so that
    a page of a long list in the order of an index costs a page and not the list.
    With ``whole`` too, for those who count a long list, an index is read from end
    to end and each row looked up among the person's own.
    """
    roles_by_parties: dict[frozenset[str], set[str]] = defaultdict(set)
    for role, parties in held_by_role(who).items():
        roles_by_parties[parties].add(role)
    conditions = []
    for parties, roles in roles_by_parties.items():
        states = states_open_to(roles, registry)
        if states:
            conditions.append(and_(_open(states, registry, many), _has_party(parties, many, whole)))
    return or_(*conditions) if conditions else false()


def held_by_role(who: Who) -> dict[str, frozenset[str]]:
    """Role → the keys of the parties it is held for."""
    found: dict[str, set[str]] = defaultdict(set)
    for holding in who.holdings:
        found[holding.role].add(holding.party)
    return {role: frozenset(parties) for role, parties in found.items()}


def sees_many(session: Session, who: Who) -> bool:
    """Whether the parties a person acts for have at least :data:`MANY` agreements; one short statement."""
    few = _first_of(frozenset(h.party for h in who.holdings), MANY)
    return (session.scalar(few) or 0) >= MANY


@lru_cache(maxsize=256)
def _first_of(parties: frozenset[str], count: int) -> Select[int]:
    """How many agreements the parties have, counted no further than ``count``; kept for who comes again."""
    some = select(AgreementParty.party_id).where(AgreementParty.party_id.in_(_ids(parties)))
    return select(func.count()).select_from(some.limit(count).subquery())


def states_open_to(roles: Iterable[str], registry: Registry) -> dict[str, list[str]]:
    """By definition digest, the states in which one of the roles may view."""
    held = set(roles)
    out: dict[str, list[str]] = {}
    for definition in registry.definitions:
        names = [n for n, s in definition.states.items() if held & set(s.may.get(Permission.VIEW, ()))]
        if names:
            out[definition.digest] = names
    return out


def _open(states: Mapping[str, list[str]], registry: Registry, many: bool) -> ColumnElement[bool]:
    """In one of these states; where every state of a definition is meant, none is looked at."""
    every = [d.digest for d in registry.definitions if set(states.get(d.digest, ())) == set(d.states)]
    some = {digest: names for digest, names in states.items() if digest not in every}
    conditions = [Agreement.definition_digest.in_(every)] if every else []
    return or_(*conditions, in_states(some, many)) if some else or_(*conditions)


def in_states(states: Mapping[str, Iterable[str]], many: bool = False) -> ColumnElement[bool]:
    """A condition on ``Agreement``: it is in one of its definition's states, named by digest.

    With ``many`` in a form that no index serves: SQLite would gather the rows of
    every state and sort them, instead of reading a page in the order wanted.
    """
    state = Agreement._state.concat("") if many else Agreement._state
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for digest, names in states.items():
        alike[tuple(names)].append(digest)
    return or_(
        *(
            and_(Agreement.definition_digest.in_(digests), state.in_(names))
            for names, digests in alike.items()
        )
    )


def _has_party(parties: Iterable[str], many: bool, whole: bool) -> ColumnElement[bool]:
    mine = AgreementParty.party_id.in_(_ids(parties))
    if whole:
        # In a form that no index serves, so that the counts are read from theirs; and in order, since
        # SQLite makes an index of the person's own, and is quicker where they come sorted.
        ident = cast(Agreement.id, String) if many else Agreement.id
        theirs = select(AgreementParty.agreement_id).where(mine)
        return ident.in_(theirs.order_by(AgreementParty.agreement_id))
    if many:
        return exists().where(AgreementParty.agreement_id == Agreement.id, mine)
    return Agreement.id.in_(select(AgreementParty.agreement_id).where(mine))


def _ids(parties: Iterable[str]) -> Select[int]:
    return select(Party.id).where(Party.key.in_(sorted(set(parties))))

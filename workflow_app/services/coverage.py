"""Role coverage: which roles an agreement will need, and on which day nobody holds them.

"Nobody is mayor" must be known before a signature is asked for, so it is worked
out when an agreement is agreed, shown on its page, and told every night. What
is needed follows from the definition alone: every place of every step that can
still be reached. Thousands of agreements need only as many answers as there are
parties, since agreements in one state need the same of a party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Of, Registry
from workflow_app.domain.engine import workings
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party, Person, RoleAssignment

Places = frozenset[tuple[str, ...]]
"""Roles of which one at least must be held, for each place of a step."""


@dataclass(frozen=True, order=True)
class Gap:
    """A place of a party that nobody can fill from ``since`` on.

    ``roles`` are those of which one would do. ``since`` is the first day without
    anybody (the day asked about, where it is so today), ``until`` the first day
    on which somebody has it again, None where nobody is named. ``due`` is the
    deadline that falls into it, None where it is empty today. ``last`` is the
    number of the newest assignment that ended, which tells one gap from the next.
    """

    party: str
    roles: tuple[str, ...]
    name: str
    since: date
    until: date | None = None
    due: date | None = None
    last: int = 0

    def now(self, day: date) -> bool:
        """Whether the role is empty on ``day`` itself."""
        return self.since <= day


def uncovered(session: Session, agreement: Agreement, definition: Definition, day: date) -> list[Gap]:
    """The gaps of one agreement: roles nobody holds on ``day``, or at its next deadline."""
    if definition.states[agreement.state].final or agreement.replaced_on is not None:
        return []
    due = agreement.next_due if agreement.next_due and agreement.next_due > day else None
    wanted = {
        p.party: dict.fromkeys(
            needed(definition, agreement.state, p.party.side, agreement.council_clause), due
        )
        for p in agreement.parties
    }
    return _gaps(session, wanted, day)


def of_party(session: Session, party: Party, registry: Registry, day: date) -> list[Gap]:
    """The gaps of one party in all its agreements."""
    return all_uncovered(session, registry, day, party)


def all_uncovered(session: Session, registry: Registry, day: date, only: Party | None = None) -> list[Gap]:
    """The gaps of every party that has an agreement which still needs somebody; three statements."""
    wanted: dict[Party, dict[tuple[str, ...], date | None]] = defaultdict(dict)
    for party, definition, state, council, due in _needing(session, registry, day, only):
        for roles in needed(definition, state, party.side, council):
            known = wanted[party].get(roles)
            wanted[party][roles] = min((d for d in (known, due) if d is not None), default=None)
    return _gaps(session, wanted, day)


@lru_cache(maxsize=512)
def needed(definition: Definition, state: str, side: str, council: bool) -> Places:
    """What a party of ``side`` must have from ``state`` on: the places of every step still to come.

    ``council`` says whether a clause has the agreement laid before the kommunestyre;
    without one nobody is needed for that.
    """
    found: set[tuple[str, ...]] = set()
    for name in _ahead(definition, state):
        step = definition.transitions[name]
        if step.approvals is None or (step.approvals.of is Of.MATTER and not council):
            continue
        mine = tuple(role for role in step.approvals.roles if definition.side_of[role] == side)
        if mine:
            found |= {(role,) for role in mine} if step.approvals.each else {mine}
    # Where the role itself is needed, it is no news that it or another would do.
    return frozenset(p for p in found if len(p) == 1 or not any((role,) in found for role in p))


def _ahead(definition: Definition, state: str) -> frozenset[str]:
    """The names of the steps that can still be taken, now or later."""
    legal, seen, todo, names = workings(definition).legal, {state}, [state], set()
    while todo:
        here = todo.pop()
        for step in definition.transitions.values():
            if not legal(here, step.name):
                continue
            names.add(step.name)
            ahead = [t for t in definition.targets(step, here) if t in definition.states and t not in seen]
            seen.update(ahead)
            todo += ahead
    return frozenset(names)


def _needing(
    session: Session, registry: Registry, day: date, only: Party | None
) -> Iterable[tuple[Party, Definition, str, bool, date | None]]:
    open_states = [
        and_(
            Agreement.definition_digest == d.digest,
            Agreement._state.in_([name for name, state in d.states.items() if not state.final]),
        )
        for d in registry.definitions
    ]
    mine = true() if only is None else AgreementParty.party_id == only.id
    due = func.min(Agreement.next_due).filter(Agreement.next_due > day)
    grouped = (
        AgreementParty.party_id,
        Agreement.definition_digest,
        Agreement._state,
        Agreement.council_clause,
    )
    rows = session.execute(
        select(*grouped, due)
        .join(Agreement, Agreement.id == AgreementParty.agreement_id)
        .where(or_(*open_states), Agreement.replaced_on.is_(None), mine)
        .group_by(*grouped)
    ).all()
    parties = {p.id: p for p in session.scalars(select(Party).where(Party.id.in_({row[0] for row in rows})))}
    for party_id, digest, state, council, next_due in rows:
        yield parties[party_id], registry.by_digest(digest), state, bool(council), next_due


def _gaps(
    session: Session, wanted: Mapping[Party, Mapping[tuple[str, ...], date | None]], day: date
) -> list[Gap]:
    held: dict[tuple[int, str], list[RoleAssignment]] = defaultdict(list)
    rows = session.scalars(
        select(RoleAssignment)
        .join(Person, and_(Person.id == RoleAssignment.person_id, Person.active))
        .where(RoleAssignment.party_id.in_([party.id for party in wanted]))
        .order_by(RoleAssignment.from_date, RoleAssignment.id)
    )
    for row in rows:
        if row.to_date is None or row.to_date >= row.from_date:
            held[row.party_id, row.role].append(row)
    found = []
    for party, places in wanted.items():
        for roles, due in places.items():
            mine = [a for role in roles for a in held.get((party.id, role), ())]
            gap = _gap(mine, day, due or day)
            if gap is not None:
                since, until = gap
                last = max((a.id for a in mine if a.to_date and a.to_date < since), default=0)
                found.append(
                    Gap(party.key, roles, party.name, since, until, due if since > day else None, last)
                )
    return sorted(found, key=lambda gap: (gap.party, gap.roles))


def _gap(held: Iterable[RoleAssignment], day: date, until: date) -> tuple[date, date | None] | None:
    """The first day from ``day`` to ``until`` that no assignment covers, and when one begins again."""
    free = day
    for one in sorted(held, key=lambda a: a.from_date):
        if one.from_date > free:
            break
        if one.to_date is None:
            return None
        free = max(free, one.to_date + timedelta(days=1))
    if free > until:
        return None
    return free, min((a.from_date for a in held if a.from_date > free), default=None)

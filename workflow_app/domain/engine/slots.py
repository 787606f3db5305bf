"""Slots and rounds: whose yes is needed, whose has been given, and to what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from workflow_app.domain.case import Actor, Approval, Case, Holding, Round, Slot
from workflow_app.domain.dates import Interval, as_interval
from workflow_app.domain.definitions import Approvals, Definition, Of, Order, Transition


def slots(definition: Definition, transition: Transition, case: Case) -> tuple[Slot, ...]:
    """Every slot of ``transition`` for the parties of ``case``, in the definition's order."""
    approvals = transition.approvals
    if approvals is None:
        return ()
    side_of = definition.side_of
    if approvals.each:
        return tuple(
            Slot(party.key, (role,))
            for role in approvals.roles
            for party in case.parties
            if party.side == side_of[role]
        )
    return tuple(
        Slot(party.key, roles)
        for party in case.parties
        if (roles := tuple(role for role in approvals.roles if side_of[role] == party.side))
    )


def held_digest(transition: Transition, case: Case, data: Mapping[str, Any]) -> str | None:
    """What an approval of ``transition`` is bound to now; None where nobody has said.

    A proposal's digest covers what was proposed beside what it is proposed
    for, so that a different day opens a new round instead of being approved
    unseen by those who approved the first.
    """
    assert transition.approvals is not None
    of = transition.approvals.of
    base = case.digests.get(f"{of}:{transition.name}", case.digests.get(of))
    if of is not Of.PROPOSAL:
        return base
    if base is None:
        base = case.digests.get(Of.AGREEMENT)
    proposed = {f.name: _plain(data[f.name]) for f in transition.fields if f.binding and f.name in data}
    canonical = json.dumps(
        {"base": base, "data": proposed}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    return as_interval(value).written if isinstance(value, date | Interval) else value


def open_round(case: Case, transition: Transition, digest: str | None) -> Round | None:
    """The round of ``transition`` whose approvals count: bound to ``digest``, or any when that is None."""
    rounds = [r for r in case.rounds if r.transition == transition.name]
    if digest is not None:
        rounds = [r for r in rounds if r.digest == digest]
    return rounds[-1] if rounds else None


def stale(case: Case, transition: Transition, digest: str | None) -> tuple[Approval, ...]:
    """Approvals given to something that is not what is approved now."""
    if digest is None:
        return ()
    rounds = (r for r in case.rounds if r.transition == transition.name and r.digest != digest)
    return tuple(approval for r in rounds for approval in r.approvals)


def filled(places: Iterable[Slot], current: Round | None) -> Mapping[Slot, Approval]:
    """Slot → its approval in the round. An approval for a party that has left fills nothing."""
    given = {approval.slot: approval for approval in (current.approvals if current else ())}
    return MappingProxyType({slot: given[slot] for slot in places if slot in given})


def turn(approvals: Approvals, remaining: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Those of the remaining slots whose turn it is: all, or in order the first role's."""
    if approvals.order is Order.ANY or not remaining:
        return remaining
    position = {role: number for number, role in enumerate(approvals.roles)}
    first = min(position[slot.roles[0]] for slot in remaining)
    return tuple(slot for slot in remaining if position[slot.roles[0]] == first)


def holding_for(slot: Slot, actor: Actor) -> Holding | None:
    """The role the actor would fill ``slot`` in: an own one before an acting one."""
    fitting = [h for h in actor.holdings if h.party == slot.party and h.role in slot.roles]
    return min(fitting, key=lambda h: h.acting_for is not None, default=None)


def approved_by_side(case: Case, current: Round | None) -> Mapping[str, frozenset[str]]:
    """Side → the persons who have approved for one of its parties in the round."""
    side = {party.key: party.side for party in case.parties}
    people: dict[str, set[str]] = {}
    for approval in current.approvals if current else ():
        people.setdefault(side.get(approval.slot.party, ""), set()).add(approval.person)
    return MappingProxyType({name: frozenset(persons) for name, persons in people.items()})

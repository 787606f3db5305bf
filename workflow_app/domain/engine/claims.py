"""In what capacity somebody acts: the holdings that count here, and the slot they would fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workflow_app.domain.case import Actor, Approval, Case, Holding, Refusal, Refused, Slot
from workflow_app.domain.definitions import Approvals, Definition, Transition
from workflow_app.domain.engine import refusals
from workflow_app.domain.engine.slots import holding_for, turn
from workflow_app.domain.fields import Field, FieldType, InvalidData
from workflow_app.domain.guards import Facts
from workflow_app.domain.messages import msg


def narrowed(
    definition: Definition, case: Case, step: Transition, actor: Actor, raw: dict[str, Any]
) -> Actor:
    """The actor with only the holdings that count here; refused when none is left."""
    side = {party.key: party.side for party in case.parties}
    holdings = tuple(
        h
        for h in actor.holdings
        if h.role in step.roles and h.party in side and definition.side_of[h.role] == side[h.party]
    )
    if not holdings:
        raise Refused((refusals.missing_role(definition, step),), forbidden=True)
    party, roles = _wanted(step, raw)
    meant = tuple(h for h in holdings if party in (None, h.party) and (roles is None or h.role in roles))
    if not meant:
        raise Refused((refusals.not_for_that_party(definition, step, party or "–"),), forbidden=True)
    return replace(actor, holdings=meant)


def _wanted(step: Transition, raw: dict[str, Any]) -> tuple[str | None, tuple[str, ...] | None]:
    """Takes ``slot``, ``role`` and (unless it is a field) ``party`` out of the data."""
    slot, role = raw.pop("slot", None), raw.pop("role", None)
    party = raw.get("party") if any(f.name == "party" for f in step.fields) else raw.pop("party", None)
    if isinstance(slot, Slot):
        return slot.party, slot.roles
    wrong = {
        name: msg("“${value}” names no slot; leave it out, or name a role and a party you act for.",
                  value=str(value)[:60])
        for name, value in (("slot", slot), ("role", role), ("party", party))
        if not isinstance(value, str | None)
    }  # fmt: skip
    if wrong:
        raise InvalidData(wrong)
    if slot:
        role, _, party = slot.partition("@")
    return party or None, (role,) if role else None


def first_holding(actor: Actor) -> Holding:
    """The holding somebody acts in where any will do: an own one before an acting one."""
    return min(actor.holdings, key=lambda h: h.acting_for is not None)


def choose(
    definition: Definition,
    approvals: Approvals,
    actor: Actor,
    places: tuple[Slot, ...],
    given: Mapping[Slot, Approval],
    remaining: tuple[Slot, ...],
    fills: bool,
) -> tuple[Slot | None, Refusal | None, Approval | None]:
    """The slot to fill, or why there is none, or the actor's own approval made before.

    ``fills`` says whether the attempt would fill a slot at all: only such a one repeats an approval.
    """
    candidates = [slot for slot in places if holding_for(slot, actor) is not None]
    first = turn(approvals, remaining)
    for slot in candidates:
        if slot in first:
            return slot, None, None
    if any(slot in remaining for slot in candidates):
        return None, refusals.not_your_turn(definition, first), None
    mine = [given[slot] for slot in candidates if slot in given and given[slot].person == actor.person]
    if mine and fills:
        return mine[0].slot, refusals.already_approved(), mine[0]
    return None, refusals.slot_filled(definition, candidates[0]), None


def asked(step: Transition, facts: Facts) -> tuple[Field, ...]:
    """The fields the step asks of the actor; who shows a passkey is not asked for the password as well."""
    return tuple(f for f in step.fields if not (facts.passkey and f.type is FieldType.PASSWORD))

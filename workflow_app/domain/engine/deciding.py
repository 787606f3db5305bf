"""``decide``: one attempt at one transition, answered wholly before anything is touched.

The order of the questions is the order of the answers people get: is there such
a step and does it start here; may you at all; is what you filled in readable;
and then every reason at once why it cannot be done now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from workflow_app.domain.case import Actor, Case, Decision, Holding, Refusal, Refused, Round
from workflow_app.domain.definitions import FILL, RECORD, Approvals, Definition, Of, Outcome, Transition
from workflow_app.domain.engine import refusals
from workflow_app.domain.engine.claims import asked, choose, first_holding, narrowed
from workflow_app.domain.engine.machine import trigger_of, workings
from workflow_app.domain.engine.origins import next_origin, origin_after
from workflow_app.domain.engine.slots import (
    approved_by_side,
    filled,
    held_digest,
    holding_for,
    open_round,
    slots,
    stale,
)
from workflow_app.domain.fields import FieldType, clean
from workflow_app.domain.guards import GUARDS, Facts


def decide(
    definition: Definition,
    case: Case,
    transition: str,
    actor: Actor | None,
    facts: Facts,
    data: Mapping[str, Any] | None = None,
) -> Decision:
    """What ``actor`` doing ``transition`` now does, or why not.

    ``actor`` None is the clock, which makes automatic transitions and nothing
    else. ``data`` holds the transition's fields, as a form or JSON sends them,
    and may say which slot is meant: ``party`` and ``role``, or ``slot`` as
    "role@party"; otherwise it is the first open one the actor can fill.

    Raises :class:`Refused` (``forbidden`` when the right is missing, else with
    every refusal there is) and ``InvalidData`` when a field is wrong.
    """
    step = definition.transitions.get(transition)
    if step is None:
        raise Refused((refusals.unknown(transition),))
    return attempt(definition, case, step, actor, facts, data or {}, asking=False)


def attempt(
    definition: Definition,
    case: Case,
    step: Transition,
    actor: Actor | None,
    facts: Facts,
    data: Mapping[str, Any],
    *,
    asking: bool,
) -> Decision:
    """As :func:`decide`; ``asking`` leaves out fields, the guards that read them, and the password."""
    if not workings(definition).legal(case.state, step.name):
        raise Refused((refusals.not_from_here(definition, step, case),))
    if step.automatic is not None:
        return _by_the_clock(definition, case, step, actor, facts)
    if actor is None:
        raise Refused((refusals.not_due(step),), forbidden=True)
    raw = dict(data)
    actor = narrowed(definition, case, step, actor, raw)
    cleaned = {} if asking else clean(asked(step, facts), _with_proposed(case, step, raw))
    if step.approvals is None:
        holding = first_holding(actor)
        _guard(step, _told(definition, case, facts, actor, holding, None), cleaned, (), asking)
        return _moved(definition, case, step, Decision(step.name, None, holding=holding), None, cleaned)
    return _approve(definition, case, step, step.approvals, actor, facts, cleaned, asking)


def _with_proposed(case: Case, step: Transition, raw: dict[str, Any]) -> dict[str, Any]:
    """The data, with what the round's first approver proposed where the actor left it out."""
    if step.approvals is None or step.approvals.of is not Of.PROPOSAL:
        return raw
    current = open_round(case, step, None)
    proposed = current.data if current is not None else {}
    names = [f.name for f in step.fields if f.binding and f.name in proposed]
    return raw | {name: proposed[name] for name in names if raw.get(name) in (None, "")}


def _told(
    definition: Definition,
    case: Case,
    facts: Facts,
    actor: Actor,
    holding: Holding | None,
    current: Round | None,
) -> Facts:
    """The facts with what the case itself knows, so that no service can get it wrong."""
    sides = {party.key: party.side for party in case.parties}
    both = set(definition.sides) <= set(sides.values())
    return replace(
        facts,
        digest=case.digests.get("agreement", facts.digest),
        actor=actor.person,
        side=sides[holding.party] if holding else None,
        approved=approved_by_side(case, current),
        parties_set=both if facts.parties_set is None else facts.parties_set and both,
    )


def _guard(
    step: Transition, facts: Facts, data: Mapping[str, Any], before: tuple[Refusal, ...], asking: bool
) -> None:
    """Raise every refusal: those found before, and each guard's."""
    found = list(before)
    if facts.replaced and step.automatic is None:
        found.append(refusals.replaced())
    for name in step.guards:
        guard = GUARDS[name]
        if asking and guard.needs:
            continue
        if (refusal := guard(facts, data)) is not None:
            found.append(refusal)
    if found:
        raise Refused(tuple(found))


def _approve(
    definition: Definition,
    case: Case,
    step: Transition,
    approvals: Approvals,
    actor: Actor,
    facts: Facts,
    data: dict[str, Any],
    asking: bool,
) -> Decision:
    digest = None if asking and approvals.of is Of.PROPOSAL else held_digest(step, case, data)
    current = open_round(case, step, digest)
    places = slots(definition, step, case)
    given = filled(places, current)
    remaining = tuple(slot for slot in places if slot not in given)
    outcome = step.outcomes.get(data.get("outcome", "")) if step.outcomes else None
    fills = asking or not step.outcomes or (outcome is not None and outcome.to == FILL)
    slot, problem, repeated = choose(definition, approvals, actor, places, given, remaining, fills)
    if repeated is not None and not asking:
        return Decision(
            step.name,
            None,
            fills=repeated.slot,
            holding=Holding(repeated.role, repeated.slot.party, repeated.acting_for),
            remaining=remaining,
            repeated=True,
            digest=digest,
            origin=case.origin,
        )
    holding = holding_for(slot, actor) if slot is not None else None
    before = [problem] if problem is not None else []
    before += _unready(definition, case, step, approvals, facts, data, outcome, asking)
    _guard(step, _told(definition, case, facts, actor, holding, current), data, tuple(before), asking)
    left = tuple(place for place in remaining if place != slot)
    base = Decision(step.name, None, holding=holding, digest=digest, voids=stale(case, step, digest))
    if outcome is not None and outcome.to != FILL:
        return _moved(definition, case, step, replace(base, remaining=remaining), outcome, data)
    base = replace(base, fills=slot, remaining=left)
    if left or (asking and step.outcomes):
        return replace(base, origin=case.origin, effects=tuple(step.each_time), data=_kept(step, data))
    return _moved(definition, case, step, base, outcome, data)


def _unready(
    definition: Definition,
    case: Case,
    step: Transition,
    approvals: Approvals,
    facts: Facts,
    data: Mapping[str, Any],
    outcome: Outcome | None,
    asking: bool,
) -> list[Refusal]:
    """Refusals of the approvals as such: a side without a party, no password, no such outcome."""
    sides = {party.side for party in case.parties}
    found = []
    empty = [role for role in approvals.roles if definition.side_of[role] not in sides]
    if empty:
        found.append(refusals.no_party(definition, empty))
    if asking:
        return found
    if approvals.reauthenticate and not facts.reauthenticated:
        found.append(refusals.reauthenticate())
    if step.outcomes and outcome is None:
        found.append(refusals.unknown_outcome(step, str(data.get("outcome"))))
    return found


def _kept(step: Transition, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data without passwords: a decision is written down."""
    secret = {f.name for f in step.fields if f.type is FieldType.PASSWORD}
    return MappingProxyType({name: value for name, value in data.items() if name not in secret})


def _moved(
    definition: Definition,
    case: Case,
    step: Transition,
    base: Decision,
    outcome: Outcome | None,
    data: Mapping[str, Any],
) -> Decision:
    """The decision with the destination the machine gives, its effects, and the origin after it."""
    back = next_origin(case.origin)
    trigger = trigger_of(step, back, outcome.name if outcome else None)
    to = workings(definition).destination(case.state, trigger)
    if to is None:
        # The step starts here, so only an origin that leads nowhere can be missing.
        raise Refused((refusals.unknown_origin(step),))
    kept = _kept(step, data)
    if outcome is not None and outcome.to == RECORD:
        return replace(base, origin=case.origin, effects=tuple(step.each_time), data=kept)
    if outcome is not None and outcome.to != FILL:
        return replace(
            base, to=to, origin=None, effects=tuple(step.each_time) + tuple(outcome.effects), data=kept
        )
    effects = tuple(step.each_time) + tuple(step.effects) + (tuple(outcome.effects) if outcome else ())
    return replace(
        base, to=to, origin=origin_after(step, case.state, case.origin, to), effects=effects, data=kept
    )


def _by_the_clock(
    definition: Definition, case: Case, step: Transition, actor: Actor | None, facts: Facts
) -> Decision:
    if actor is not None:
        raise Refused((refusals.automatic(step),), forbidden=True)
    assert step.automatic is not None
    found: list[Refusal] = []
    if step.automatic.day_after is not None:
        last = getattr(facts, step.automatic.day_after)
        if last is None or facts.today <= last:
            found.append(refusals.not_due(step))
    else:
        refusal = GUARDS[step.automatic.when or ""](facts, {})
        found += [refusal] if refusal else []
    _guard(step, facts, {}, tuple(found), asking=False)
    return _moved(definition, case, step, Decision(step.name, None), None, {})

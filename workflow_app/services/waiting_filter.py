"""Which agreements can wait for a person, as a filter the database can apply.

A worklist over thousands must not load them all to ask the engine about each.
From the definitions and the roles held follows which states can wait for whom,
and from the approvals which places are taken. The filter lets through a few
too many at most (an order among roles is the engine's to judge), never too few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from workflow_app.domain.definitions import Definition, Registry, Transition
from workflow_app.models.agreements import Agreement, AgreementParty, ApprovalRound, ApprovalRow
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.proposals import CORRECT


def in_motion(registry: Registry) -> ColumnElement[bool]:
    """A condition on ``Agreement``: its state waits for somebody, or somebody has begun something."""
    states = [
        and_(
            Agreement.definition_digest == d.digest,
            Agreement._state.in_([name for name, state in d.states.items() if state.awaits]),
        )
        for d in registry.definitions
    ]
    begun = exists().where(ApprovalRound.agreement_id == Agreement.id, ApprovalRound.closed_at.is_(None))
    return or_(*states, begun, Agreement.proposed_rules.is_not(None))


def waits_for(who: Who, registry: Registry) -> ColumnElement[bool]:
    """A condition on ``Agreement``: a place that a role of ``who`` could fill is not filled yet."""
    held: dict[str, set[str]] = defaultdict(set)
    for holding in who.holdings:
        held[holding.role].add(holding.party)
    conditions = [c for d in registry.definitions for c in _in_definition(d, held)]
    return or_(*conditions) if conditions else false()


def _in_definition(definition: Definition, held: dict[str, set[str]]) -> Iterator[ColumnElement[bool]]:
    for step in definition.transitions.values():
        places = list(_places(definition, step, held))
        if not places:
            continue
        awaited = [name for name, state in definition.states.items() if step.name in state.awaits]
        open_here: list[ColumnElement[bool]] = [Agreement._state.in_(awaited)] if awaited else []
        beside = [name for name in step.sources if name not in awaited]
        if beside and step.approvals is not None:
            open_here.append(and_(Agreement._state.in_(beside), _begun(step)))
        if open_here:
            yield and_(Agreement.definition_digest == definition.digest, or_(*open_here), or_(*places))


def _places(
    definition: Definition, step: Transition, held: dict[str, set[str]]
) -> Iterator[ColumnElement[bool]]:
    """For each kind of place of the step: one of the person's parties is in it and has not filled it."""
    if step.approvals is not None and step.approvals.each:
        kinds: list[tuple[str, ...]] = [(role,) for role in step.approvals.roles]
    else:
        kinds = [
            roles
            for side in definition.sides
            if (roles := tuple(r for r in step.roles if definition.side_of[r] == side))
        ]
    for roles in kinds:
        mine = sorted({party for role in roles for party in held.get(role, ())})
        if mine:
            condition: list[ColumnElement[bool]] = [
                AgreementParty.agreement_id == Agreement.id,
                Party.key.in_(mine),
            ]
            if step.approvals is not None:
                condition.append(~_taken(step, "|".join(roles)))
            yield exists(
                select(AgreementParty.agreement_id)
                .join(Party, Party.id == AgreementParty.party_id)
                .where(*condition)
                .correlate(Agreement)
            )


def _taken(step: Transition, slot_role: str) -> ColumnElement[bool]:
    return exists(
        select(ApprovalRow.id)
        .join(ApprovalRound, ApprovalRound.id == ApprovalRow.round_id)
        .where(
            ApprovalRound.agreement_id == Agreement.id,
            ApprovalRound.closed_at.is_(None),
            ApprovalRound.transition == step.name,
            ApprovalRow.party_key == Party.key,
            ApprovalRow.slot_role == slot_role,
        )
        .correlate(Agreement, Party)
    )


def _begun(step: Transition) -> ColumnElement[bool]:
    """Somebody has approved the step although its state does not wait for it."""
    begun: ColumnElement[bool] = exists(
        select(ApprovalRound.id)
        .where(
            ApprovalRound.agreement_id == Agreement.id,
            ApprovalRound.closed_at.is_(None),
            ApprovalRound.transition == step.name,
        )
        .correlate(Agreement)
    )
    return or_(begun, Agreement.proposed_rules.is_not(None)) if step.name == CORRECT else begun

"""Which agreements can wait for a person, as a filter the database can apply.

A worklist over thousands must not load them all to ask the engine about each.
From the definitions and the roles held follows which states can wait for whom,
and from the approvals which places are taken. The filter lets through a few
too many at most (an order among roles is the engine's to judge), never too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from workflow_app.domain.definitions import Definition, Registry, Transition
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow
from workflow_app.services.actors import Who
from workflow_app.services.visibility import held_by_role, in_states
from workflow_app.services.waiting import CORRECT, for_the_council

_NOT_REPLACED = or_(Agreement.replaced_on.is_(None), Agreement.signed_on.is_(None))
"""What has been signed and replaced waits for nobody; a paper that is being filed still does."""


def in_motion(registry: Registry) -> ColumnElement[bool]:
    """A condition on ``Agreement``: its state waits for somebody, or somebody has begun something."""
    states = {d.digest: [n for n, state in d.states.items() if state.awaits] for d in registry.definitions}
    begun = exists().where(ApprovalRound.agreement_id == Agreement.id, ApprovalRound.closed_at.is_(None))
    moving = or_(in_states(states, many=True), begun, Agreement.proposed_rules.is_not(None))
    return and_(moving, _NOT_REPLACED)


def waits_for(who: Who, registry: Registry) -> ColumnElement[bool]:
    """A condition on ``Agreement``: a place that a role of ``who`` could fill is not filled yet."""
    found = [
        condition
        for definition in registry.definitions
        for role, parties in held_by_role(who).items()
        for condition in _for_role(definition, role, sorted(parties))
    ]
    return and_(or_(*found), _NOT_REPLACED) if found else false()


def _for_role(definition: Definition, role: str, parties: list[str]) -> Iterator[ColumnElement[bool]]:
    """What the role is awaited for; and what somebody has begun that it has a part in.

    Apart, since a place taken in what was begun is not taken in what is awaited.
    """
    mine = [step for step in definition.transitions.values() if role in step.roles]
    here = Agreement.definition_digest == definition.digest
    awaited = {name: set(state.awaits) for name, state in definition.states.items()}
    usual = [step for step in mine if any(step.name in names for names in awaited.values())]
    if usual:
        names = {step.name for step in usual}
        states = [state for state, waits in awaited.items() if names & waits]
        yield and_(
            in_states({definition.digest: states}, many=True),
            or_(Agreement.council_clause, Agreement._state.not_in(_awaiting_the_council(definition))),
            _free(definition, usual, role, parties),
        )
    beside = [
        step for step in mine if step.approvals and any(step.name not in awaited[s] for s in step.sources)
    ]
    if beside:
        yield and_(here, _begun(beside), _free(definition, beside, role, parties))


def _awaiting_the_council(definition: Definition) -> list[str]:
    steps = definition.transitions
    waiting = {name: state.awaits for name, state in definition.states.items() if state.awaits}
    return [name for name, awaits in waiting.items() if all(for_the_council(steps[a]) for a in awaits)]


def _free(
    definition: Definition, steps: Iterable[Transition], role: str, parties: list[str]
) -> ColumnElement[bool]:
    """One of the person's parties is in the agreement, and its place for the role is not taken."""
    approved = [step for step in steps if step.approvals is not None]
    free = ~_taken(definition, approved, role) if approved else true()
    return exists(
        select(AgreementParty.agreement_id)
        .join(Party, Party.id == AgreementParty.party_id)
        .where(AgreementParty.agreement_id == Agreement.id, Party.key.in_(parties), free)
        .correlate(Agreement)
    )


def _taken(definition: Definition, steps: Iterable[Transition], role: str) -> ColumnElement[bool]:
    """Somebody has filled the party's place for the role (or for it and others) in one of the steps."""
    names = [step.name for step in steps]
    side = definition.side_of[role]
    together = (s.roles for s in steps if s.approvals is not None and not s.approvals.each)
    places = {role} | {"|".join(r for r in roles if definition.side_of[r] == side) for roles in together}
    return exists(
        select(ApprovalRow.id)
        .join(ApprovalRound, ApprovalRound.id == ApprovalRow.round_id)
        .where(
            ApprovalRound.agreement_id == Agreement.id,
            ApprovalRound.closed_at.is_(None),
            ApprovalRound.transition.in_(names),
            ApprovalRow.party_key == Party.key,
            ApprovalRow.slot_role.in_(sorted(places)),
        )
        .correlate(Agreement, Party)
    )


def _begun(steps: Iterable[Transition]) -> ColumnElement[bool]:
    """Somebody has approved one of the steps, or proposed what one of them would approve."""
    names = [step.name for step in steps]
    begun: ColumnElement[bool] = exists(
        select(ApprovalRound.id)
        .where(
            ApprovalRound.agreement_id == Agreement.id,
            ApprovalRound.closed_at.is_(None),
            ApprovalRound.transition.in_(names),
        )
        .correlate(Agreement)
    )
    return or_(begun, Agreement.proposed_rules.is_not(None)) if CORRECT in names else begun

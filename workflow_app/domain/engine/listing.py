"""What a definition says about a case as it stands: rights, possibilities, whom it waits for.

All of it is derived when asked and never stored, so a page, a worklist and the
write path cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from workflow_app.domain.case import Actor, Case, CaseParty, Refusal, Refused, Slot
from workflow_app.domain.definitions import Definition, Of, Permission, Transition
from workflow_app.domain.engine.deciding import attempt
from workflow_app.domain.engine.machine import workings
from workflow_app.domain.engine.slots import filled, held_digest, open_round, slots, turn
from workflow_app.domain.guards import GUARDS, Facts


class Possible(NamedTuple):
    """One transition for one actor: may be tried when there are no refusals."""

    transition: str
    refusals: tuple[Refusal, ...]
    forbidden: bool

    @property
    def allowed(self) -> bool:
        """Whether the actor may try it now; fields and the guards on them come with the attempt."""
        return not self.refusals


def permitted(definition: Definition, state: str, roles: Iterable[str]) -> frozenset[Permission]:
    """The rights of somebody with ``roles`` in ``state``; an unknown state gives none."""
    held = set(roles)
    found = definition.states.get(state)
    return frozenset(right for right, may in found.may.items() if held & set(may)) if found else frozenset()


def possible(definition: Definition, case: Case, actor: Actor, facts: Facts) -> list[Possible]:
    """Every transition people make, in the definition's order, with why not where it cannot be done now."""
    out = []
    for step in definition.transitions.values():
        if step.automatic is not None:
            continue
        try:
            attempt(definition, case, step, actor, facts, {}, asking=True)
        except Refused as refused:
            out.append(Possible(step.name, refused.refusals, refused.forbidden))
        else:
            out.append(Possible(step.name, (), False))
    return out


def awaiting(definition: Definition, case: Case, facts: Facts | None = None) -> list[tuple[str, Slot]]:
    """Whom the case waits for now: the state's awaited transitions and their open slots.

    Of a transition that any one holder does at once there is a slot for every
    party that has such a role. With ``facts``, a way that a guard closes is
    left out while another stays open (an evaluation that continues does not
    wait for a revision); where all are closed the first listed stands, since
    somebody must still open it.
    """
    state = definition.states.get(case.state)
    names = [n for n in (state.awaits if state else ()) if workings(definition).legal(case.state, n)]
    steps = [definition.transitions[name] for name in names]
    if facts is not None and len(steps) > 1:
        steps = [step for step in steps if not _closed(step, facts)] or steps[:1]
    return [(step.name, slot) for step in steps for slot in _open(definition, step, case)]


def _closed(step: Transition, facts: Facts) -> bool:
    guards = [GUARDS[name] for name in step.guards]
    return any(guard(facts, {}) is not None for guard in guards if not guard.needs)


def _open(definition: Definition, step: Transition, case: Case) -> tuple[Slot, ...]:
    if step.approvals is None:
        return tuple(slot for party in case.parties if (slot := _anyone(definition, step, party)).roles)
    places = slots(definition, step, case)
    digest = None if step.approvals.of is Of.PROPOSAL else held_digest(step, case, {})
    given = filled(places, open_round(case, step, digest))
    return turn(step.approvals, tuple(slot for slot in places if slot not in given))


def _anyone(definition: Definition, step: Transition, party: CaseParty) -> Slot:
    return Slot(party.key, tuple(role for role in step.may if definition.side_of[role] == party.side))


def due_automatic(definition: Definition, case: Case, facts: Facts) -> str | None:
    """The automatic transition that is due now, or None.

    One at a time: make it and ask again. That ends, because a definition in
    which automatic transitions could go round is unsound.
    """
    for step in definition.transitions.values():
        if step.automatic is None:
            continue
        try:
            attempt(definition, case, step, None, facts, {}, asking=False)
        except Refused:
            continue
        return step.name
    return None

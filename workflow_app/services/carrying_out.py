"""Carrying out what the engine decided: the entry, the approval, the move, in this order.

Called by ``take_transition`` alone, after a yes and before anything else is
written. What is told in an entry's clear data is what a definition's fields
mark as harmless; names and free text go in as commitments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.case import Decision
from workflow_app.domain.dates import Interval, as_interval
from workflow_app.domain.definitions import Definition, Effect, Of, Registry, Transition
from workflow_app.domain.engine import workings
from workflow_app.domain.engine.origins import states_behind
from workflow_app.models.agreements import Agreement, swap_state
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.cases import Gathered
from workflow_app.services.chronicle import derived, read_chronicle
from workflow_app.services.effects import after_move, before_move
from workflow_app.services.mail.noticing import note
from workflow_app.services.material import close_rounds
from workflow_app.services.waiting import Standing
from workflow_app.services.waiting_since import COMPLETED as COMPLETED
from workflow_app.services.waiting_since import Asked, evaluation_under_way, waits


@dataclass(frozen=True)
class Step:
    """One accepted attempt: what is written to, by whom, when, and the rounds as they were.

    ``signoff`` is how an approval is given, for its entry; empty where being signed in is enough.
    """

    session: Session
    agreement: Agreement
    definition: Definition
    transition: Transition
    who: Who | None
    now: datetime
    gathered: Gathered
    signoff: Mapping[str, Any] = field(default_factory=dict)


def carry_out(step: Step, decision: Decision, registry: Registry) -> TrailEntry:
    """Write the accepted attempt and return its entry; raises nothing that was not a defect."""
    session, agreement = step.session, step.agreement
    told = before_move(session, agreement, step.definition, step.transition, decision, step.who, step.now)
    round_row = _round_for(step, decision) if decision.fills else None
    fires = decision.to is not None
    entry = trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="transition" if fires else ("approval" if decision.fills else "recorded"),
        now=step.now,
        actor=step.who.entry(decision.holding) if step.who else None,
        event_date=told.event_date,
        transition=step.transition.name,
        from_state=agreement.state if fires else None,
        to_state=decision.to,
        definition=agreement.definition_digest,
        agreement=agreement.digest,
        data=_public(step, decision, round_row) | told.data,
        private=_private(step.transition, decision) | told.private,
    )
    if round_row is not None:
        _approve(step, round_row, decision, entry)
    if fires:
        _move(step, decision, round_row, entry, told.changes)
        after_move(session, agreement, decision, step.who, step.now, registry)
    elif round_row is not None:
        for name, value in _waits(step, round_row, {}).items():
            setattr(agreement, name, value)
    note(session, agreement, entry)
    session.flush()
    return entry


def _round_for(step: Step, decision: Decision) -> ApprovalRound:
    """The open round for what is approved; one bound to something else is closed first, visibly."""
    mine = [r for r in step.gathered.rounds if r.transition == decision.transition]
    current = next((r for r in mine if r.digest == decision.digest), None)
    outdated = [r for r in mine if r.digest != decision.digest]
    if outdated:
        close_rounds(
            step.session,
            step.agreement,
            outdated,
            because="something_else_approved",
            who=step.who,
            now=step.now,
        )
    if current is None:
        assert decision.digest is not None, "the engine binds every approval"
        proposal = {
            f.name: _plain(decision.data[f.name]) for f in step.transition.fields if f.name in decision.data
        }
        bound = step.transition.approvals is not None and step.transition.approvals.of == "proposal"
        current = ApprovalRound(
            agreement_id=step.agreement.id,
            transition=decision.transition,
            digest=decision.digest,
            proposal=proposal if bound else {},
            opened_at=step.now,
            approvals=[],
        )
        step.session.add(current)
        if bound and proposal:
            # Whoever approves next must have seen what was proposed.
            step.agreement.version += 1
        step.session.flush()
    return current


def _approve(step: Step, round_row: ApprovalRound, decision: Decision, entry: TrailEntry) -> None:
    slot, holding = decision.fills, decision.holding
    assert slot is not None
    assert holding is not None
    assert step.who is not None, "only a person approves"
    round_row.approvals.append(
        ApprovalRow(
            slot_role="|".join(slot.roles),
            party_key=slot.party,
            role=holding.role,
            title=holding.title,
            person_id=step.who.person_id,
            acting_for=holding.acting_for,
            how=step.signoff.get("how", "session"),
            at=step.now,
            entry_id=entry.id,
        )
    )


def _move(
    step: Step,
    decision: Decision,
    round_row: ApprovalRound | None,
    entry: TrailEntry,
    changes: Mapping[str, Any],
) -> None:
    session, agreement = step.session, step.agreement
    assert decision.to is not None
    if round_row is not None:
        round_row.closed_at, round_row.closed_because = step.now, COMPLETED
    _close_outdated(step, round_row)
    moved = decision.to != agreement.state
    others = [
        r
        for r in step.gathered.rounds
        if r is not round_row and r.closed_at is None and not _still_counts(step, decision, r)
    ]
    if moved and others:
        close_rounds(session, agreement, others, because="state_changed", who=step.who, now=step.now)
    wanted: dict[str, Any] = {**changes, "origin": decision.origin}
    if moved:
        wanted["moved_at"] = step.now
    if wanted.get("signed_on", agreement.signed_on) is not None:
        # Only what has been signed has deadlines somebody must keep.
        wanted |= derived(read_chronicle(session, agreement, step.now.date()))
    wanted |= _waits(step, round_row, wanted | {"state": decision.to})
    if not swap_state(session, agreement, to=decision.to, entry=entry, **wanted):
        raise RuntimeError("the agreement moved although it was locked")


def _waits(step: Step, own: ApprovalRound | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Whom the agreement waits for once the step is done, from what is in hand: no statement of its own."""
    before = step.gathered.asked
    rounds = [r for r in before.rounds if r is not own] + ([own] if own is not None else [])
    # The oldest first, as they are read: what waits is told in that order.
    rounds.sort(key=lambda r: r.id)
    standing = Standing.of(step.agreement, changes)
    evaluation = before.evaluation
    if standing.evaluation_year is None:
        evaluation = None
    elif standing.evaluation_year != step.agreement.evaluation_year:
        evaluation = evaluation_under_way(step.session, step.agreement, standing.evaluation_year)
    asked = Asked(
        rounds=[r for r in rounds if r.closed_at is None],
        voided=[
            r for r in (*before.voided, *rounds) if r.closed_at is not None and r.closed_because != COMPLETED
        ],
        evaluation=evaluation,
        proposed_at=before.proposed_at if standing.proposed_rules is not None else None,
    )
    return waits(standing, step.definition, asked)


def _close_outdated(step: Step, own: ApprovalRound | None) -> None:
    """Where the step itself changed what is approved, close what was bound to the agreement as it was."""
    agreement = step.agreement
    if step.gathered.case.digests["agreement"] == agreement.digest:
        return
    bound = {
        name
        for name, other in step.definition.transitions.items()
        if other.approvals and other.approvals.of in (Of.AGREEMENT, Of.PROPOSAL)
    }
    others = [r for r in step.gathered.rounds if r is not own and r.closed_at is None]
    outdated = [r for r in others if r.transition in bound]
    close_rounds(step.session, agreement, outdated, because="rules_corrected", who=step.who, now=step.now)


def _still_counts(step: Step, decision: Decision, other: ApprovalRound) -> bool:
    """Whether a round begun for another transition outlives this move.

    It does where that transition can be taken from where the agreement now
    stands, or may come back to: a kommunestyre that has been told is not told
    again because an evaluation was begun meanwhile. A definition that wants
    otherwise has the effect ``void_approvals``.
    """
    if Effect.VOID_APPROVALS in decision.effects or decision.to is None:
        return False
    legal = workings(step.definition).legal
    return any(legal(state, other.transition) for state in (decision.to, *states_behind(decision.origin)))


def _public(step: Step, decision: Decision, round_row: ApprovalRound | None) -> dict[str, Any]:
    kept = {
        f.name: _plain(decision.data[f.name])
        for f in step.transition.fields
        if f.name in decision.data and not f.free_text and f.type != "password"
    }
    if round_row is not None and decision.fills is not None:
        kept |= {"round": round_row.id, "bound_to": decision.digest, "remaining": len(decision.remaining)}
        kept |= {"signoff": dict(step.signoff)} if step.signoff else {}
    return kept


def _private(step: Transition, decision: Decision) -> dict[str, str]:
    return {
        f.name: str(decision.data[f.name]) for f in step.fields if f.free_text and decision.data.get(f.name)
    }


def _plain(value: Any) -> Any:
    return as_interval(value).written if isinstance(value, date | Interval) else value

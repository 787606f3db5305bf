"""Whom one agreement waits for, and since when: asked of the engine, counted from the rounds.

The worklist, the page of the agreement and the derived columns long lists are
sorted by all ask here, so none can say another thing than the write path does.
No session: what it takes is given, so that a step can ask how things will stand
before its one statement is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflow_app.domain.case import Approval, Case, CaseParty, Round, Slot
from workflow_app.domain.definitions import SAME, Definition, Effect, Of, Transition
from workflow_app.domain.engine import awaiting, slots
from workflow_app.domain.guards import Facts
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion

CORRECT = "correct_rules"
"""The transition by which a proposed correction comes to count."""

Waiting = tuple[tuple[str, Slot], ...]
"""(transition, slot) for every place that is open."""


@dataclass(frozen=True)
class Standing:
    """What of an agreement decides whom it waits for; ``of`` may say how it will be after a step."""

    state: str
    origin: str | None
    digest: str
    signed_digest: str | None
    signed_on: date | None
    replaced_on: date | None
    evaluation_year: int | None
    proposed_rules: int | None
    council_clause: bool
    moved_at: datetime
    parties: tuple[CaseParty, ...]

    @classmethod
    def of(cls, agreement: Agreement, changes: Mapping[str, Any] | None = None) -> Standing:
        """As the agreement stands; ``changes`` are columns that a step is about to set."""
        names = [name for name in cls.__dataclass_fields__ if name != "parties"]
        values = {name: getattr(agreement, name) for name in names}
        values |= {name: value for name, value in (changes or {}).items() if name in values}
        return cls(**values, parties=tuple(CaseParty(p.party.key, p.party.side) for p in agreement.parties))

    @property
    def replaced(self) -> bool:
        """Whether it has been signed, and so has another that replaces it."""
        return self.replaced_on is not None and self.signed_on is not None


def for_the_council(step: Transition) -> bool:
    """A step that is awaited only where a clause of the agreement asks for it (``report``)."""
    return step.approvals is not None and step.approvals.of is Of.MATTER


def before_the_council(step: Transition) -> bool:
    """A step that a kommunestyre's matter does: what waits for it waits for the kommunestyre's meeting."""
    return Effect.RECORD_MATTER in step.each_time


def round_of(row: ApprovalRound) -> Round:
    """An open round as the engine sees it."""
    approvals = tuple(
        Approval(Slot(a.party_key, tuple(a.slot_role.split("|"))), a.person_id, a.role, a.acting_for)
        for a in row.approvals
    )
    return Round(row.transition, row.digest, approvals, row.proposal)


def waiting_in(
    agreement: Agreement | Standing,
    definition: Definition,
    rounds: Sequence[ApprovalRound],
    evaluation: EvaluationVersion | None = None,
) -> Waiting:
    """Whose turn it is in one agreement: (transition, slot) for every place still open.

    ``rounds`` are its open rounds, ``evaluation`` the newest version of the one
    under way. What somebody has begun beside the usual way (a signing on paper,
    an extension, a correction) comes first: it waits for the others by name.
    """
    standing = agreement if isinstance(agreement, Standing) else Standing.of(agreement)
    if standing.replaced:
        return ()
    digests = {"agreement": standing.digest, "matter": standing.signed_digest or standing.digest}
    if evaluation is not None:
        digests["evaluation"] = evaluation.sha256
    case = Case(
        state=standing.state,
        parties=standing.parties,
        origin=standing.origin,
        rounds=tuple(round_of(r) for r in rounds),
        digests=digests,
    )
    facts = Facts(
        today=standing.moved_at.date(),
        evaluation_year=standing.evaluation_year,
        evaluation_version=evaluation.number if evaluation else None,
        evaluation_outcome=evaluation.outcome if evaluation else None,
    )
    usual = [
        (name, slot)
        for name, slot in awaiting(definition, case, facts)
        if standing.council_clause or not for_the_council(definition.transitions[name])
    ]
    beside = _beside(standing, definition, case, rounds, {name for name, _ in usual})
    elsewhere = any(definition.transitions[name].to != SAME for name, _ in beside)
    begun = {r.transition for r in rounds if r.approvals}
    if elsewhere:
        # It is on its way out of this state by another door.
        usual = [(name, slot) for name, slot in usual if name in begun]
    return (*beside, *usual)


def _beside(
    standing: Standing, definition: Definition, case: Case, rounds: Iterable[ApprovalRound], usual: set[str]
) -> Waiting:
    """The open places of what was begun without being awaited."""
    steps = definition.transitions
    begun = {r.transition: r for r in rounds if r.transition not in usual and r.transition in steps}
    names = list(begun)
    if standing.proposed_rules is not None and CORRECT in steps and CORRECT not in begun:
        names.append(CORRECT)
    found = []
    for name in names:
        step = steps[name]
        if standing.state not in step.sources or (name in begun and not begun[name].approvals):
            continue
        taken = {(a.party_key, a.slot_role) for a in begun[name].approvals} if name in begun else set()
        places = slots(definition, step, case)
        found += [(name, s) for s in places if (s.party, "|".join(s.roles)) not in taken]
    return tuple(found)

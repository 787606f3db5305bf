"""For which side an agreement waits, and since when: what an impatient reader asks first.

Since when is since it waits for *that side*. A signing that waits for both waits
since it could begin; once the police have signed, it waits for the kommune since
then. Another kommune's yes changes nothing of that while one is missing, and an
approval that fell away because the text was changed sets both waiting anew.

Kept as columns of the agreement, so that a district can sort thousands by it;
derived from nothing but what :func:`~workflow_app.services.waiting.waiting_in`
is asked with, and rebuilt by ``avtaleflyt worklists``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from workflow_app.domain.definitions import Definition, Of
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.waiting import CORRECT, Standing, Waiting, before_the_council, waiting_in

BOTH, COUNCIL = "both", "council"
"""What ``waits_for`` says beside the name of a side: every side, or the kommunestyre alone."""

COMPLETED = "completed"
"""Why a round closed: every slot was filled and the transition fired."""


@dataclass(frozen=True)
class Asked:
    """What there is to ask with: the open rounds, those that fell away since the last move, and the rest.

    ``evaluation`` is the newest version of the one under way; ``proposed_at``
    is when the correction that stands was proposed.
    """

    rounds: Sequence[ApprovalRound] = ()
    voided: Sequence[ApprovalRound] = ()
    evaluation: EvaluationVersion | None = None
    proposed_at: datetime | None = None

    @property
    def written(self) -> EvaluationVersion | None:
        """The evaluation under way, once there is nothing left to write in it."""
        return self.evaluation if self.evaluation is not None and self.evaluation.complete else None


def standing_rounds(
    session: Session, agreement: Agreement
) -> tuple[list[ApprovalRound], list[ApprovalRound]]:
    """The open rounds, and those closed without success since the last move; oldest first, one statement."""
    fell = and_(ApprovalRound.closed_at > agreement.moved_at, ApprovalRound.closed_because != COMPLETED)
    rows = session.scalars(
        select(ApprovalRound)
        .where(ApprovalRound.agreement_id == agreement.id, or_(ApprovalRound.closed_at.is_(None), fell))
        .options(joinedload(ApprovalRound.approvals))
        .order_by(ApprovalRound.id)
    ).unique()
    found = list(rows)
    return [r for r in found if r.closed_at is None], [r for r in found if r.closed_at is not None]


def waits(standing: Standing, definition: Definition, asked: Asked) -> dict[str, Any]:
    """The columns ``waits_for``, ``waits_since`` and ``waiting`` of an agreement that stands so.

    ``waiting`` has, for each step that is awaited, its name, since when, and the
    places that are open: [{"step", "since" (ISO 8601, UTC), "places": [{"party",
    "roles"}], "written"}]; ``written`` is false while the evaluation under way is not finished.
    """
    waiting = waiting_in(standing, definition, asked.rounds, asked.evaluation)
    side = {party.key: party.side for party in standing.parties}
    told, since_by_side = [], dict[str, datetime]()
    for name in dict.fromkeys(step for step, _ in waiting):
        places = [slot for step, slot in waiting if step == name]
        sides = {side[slot.party] for slot in places}
        since = _since(standing, definition, asked, name, sides)
        told.append(
            {
                "step": name,
                "since": since.astimezone(UTC).isoformat(),
                "written": standing.evaluation_year is None or asked.written is not None,
                "places": [{"party": slot.party, "roles": list(slot.roles)} for slot in places],
            }
        )
        for one in sides:
            since_by_side[one] = min(since, since_by_side.get(one, since))
    return {
        "waits_for": _for(waiting, definition, set(since_by_side)),
        "waits_since": max(since_by_side.values(), default=None),
        "waiting": told,
    }


def _for(waiting: Waiting, definition: Definition, sides: set[str]) -> str | None:
    if not sides:
        return None
    if all(before_the_council(definition.transitions[name]) for name, _ in waiting):
        return COUNCIL
    return sides.pop() if len(sides) == 1 else BOTH


def _since(standing: Standing, definition: Definition, asked: Asked, name: str, sides: set[str]) -> datetime:
    """Since when the step waits for these sides: since it could begin, or the others had all said yes."""
    began = [standing.moved_at]
    began += [r.closed_at for r in asked.voided if r.transition == name and r.closed_at is not None]
    rounds = [r for r in asked.rounds if r.transition == name]
    step = definition.transitions[name]
    awaited = name in definition.states[standing.state].awaits
    if name == CORRECT and asked.proposed_at is not None:
        began.append(asked.proposed_at)
    elif not awaited:
        began += [r.opened_at for r in rounds[-1:]]
    elif step.approvals is not None and step.approvals.of is Of.EVALUATION and asked.written is not None:
        # Before, it waited to be written.
        began.append(asked.written.created_at)
    side = {party.key: party.side for party in standing.parties}
    others = [a.at for r in rounds[-1:] for a in r.approvals if side.get(a.party_key) not in sides]
    return max([*began, *others])


def asked_of(session: Session, agreement: Agreement) -> Asked:
    """Gather what there is to ask with; one statement, and one more for each of evaluation and correction."""
    rounds, voided = standing_rounds(session, agreement)
    year, proposed = agreement.evaluation_year, agreement.proposed_rules
    return Asked(
        rounds,
        voided,
        None if year is None else evaluation_under_way(session, agreement, year),
        None if proposed is None else proposal_made(session, agreement, proposed),
    )


def evaluation_under_way(session: Session, agreement: Agreement, year: int) -> EvaluationVersion | None:
    """The newest version of a year's evaluation, if anything is written."""
    return session.scalars(
        select(EvaluationVersion)
        .where(EvaluationVersion.agreement_id == agreement.id, EvaluationVersion.year == year)
        .order_by(EvaluationVersion.number.desc())
        .limit(1)
    ).first()


def proposal_made(session: Session, agreement: Agreement, number: int) -> datetime | None:
    """When the rules that a proposal would leave were laid before the others."""
    return session.scalars(
        select(RuleSet.created_at).where(RuleSet.agreement_id == agreement.id, RuleSet.number == number)
    ).one_or_none()


def refresh(session: Session, agreement: Agreement, definition: Definition | None = None) -> bool:
    """Set the columns of a locked agreement anew; whether any was behind.

    To be called wherever a text, rules, a round, an evaluation or a link changes
    outside ``take_transition``. Where the file of its definition is gone nobody
    can say whom it waits for, and what stood is left.
    """
    if definition is None:
        try:
            definition = workflow_definitions().by_digest(agreement.definition_digest)
        except KeyError:
            return False
    right = waits(Standing.of(agreement), definition, asked_of(session, agreement))
    return _set(agreement, right)


def _set(agreement: Agreement, right: Mapping[str, Any]) -> bool:
    behind = {name: value for name, value in right.items() if getattr(agreement, name) != value}
    for name, value in behind.items():
        setattr(agreement, name, value)
    return bool(behind)

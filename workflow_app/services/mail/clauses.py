"""The words of the agreement that a step answers to, so that a letter can quote them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Effect, Transition
from workflow_app.models.agreements import Agreement
from workflow_app.services.material import rules_of

ANSWERS_TO: dict[Effect, tuple[str, ...]] = {
    Effect.RECORD_MATTER: ("council",),
    Effect.OPEN_EVALUATION: ("evaluation",),
    Effect.CLOSE_EVALUATION: ("evaluation", "revision"),
    Effect.RECORD_SIGNING: ("signatories",),
    Effect.RECORD_EXTENSION: ("renewal",),
    Effect.RECORD_TERMINATION: ("termination",),
}
"""What a step does → the kinds of clause that ask for it, the nearest first."""


def clause_for(session: Session, agreement: Agreement, step: Transition) -> str | None:
    """The clause that asks for the step, in its own words; None where the agreement has none, or nobody
    has confirmed what was read from it.
    """
    kinds = [k for e in (*step.effects, *step.each_time) for k in ANSWERS_TO.get(e, ())]
    if step.automatic is not None and step.automatic.day_after is not None:
        kinds.append("validity")
    return quote(session, agreement, kinds) if kinds else None


def quote(session: Session, agreement: Agreement, kinds: list[str]) -> str | None:
    """The first confirmed clause of the first of these kinds that there is one of."""
    found = rules_of(session, agreement)
    if found.confirmed_at is None:
        return None
    for kind in kinds:
        for rule in found.rules:
            if rule["kind"] == kind and rule.get("quote"):
                return str(rule["quote"])
    return None

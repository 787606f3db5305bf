"""What a transition does besides moving the state: the definition's named effects.

Before the entry is written, an effect may add to what the entry tells and to
the columns changed with the move; after it, it may make what the move calls for
(a successor's draft). Which effects a transition has is for its definition to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.case import Decision
from workflow_app.domain.dates import as_interval
from workflow_app.domain.definitions import Definition, Effect, Registry, Transition
from workflow_app.domain.guards.validity import months_after
from workflow_app.models.agreements import Agreement
from workflow_app.models.seals import AGREEMENT, EVALUATION
from workflow_app.services import evaluations, matters, matters_entries, readings
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import rules_in
from workflow_app.services.material import rules_of
from workflow_app.services.sealing.outbox import to_be_sealed
from workflow_app.services.successors import make_successor, tell_those_before


@dataclass
class Told:
    """What the effects add to the entry, and the columns that change with the move."""

    event_date: date | str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Doing:
    """One accepted attempt, as an effect sees it."""

    session: Session
    agreement: Agreement
    transition: Transition
    decision: Decision
    who: Who | None
    now: datetime


def before_move(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    transition: Transition,
    decision: Decision,
    who: Who | None,
    now: datetime,
) -> Told:
    """Run the effects that come before the entry, in the definition's order."""
    told = Told()
    doing = Doing(session, agreement, transition, decision, who, now)
    for effect in decision.effects:
        if (act := _BEFORE.get(effect)) is not None:
            act(doing, told)
    open_year = told.changes.get("evaluation_year", agreement.evaluation_year)
    if open_year is None and decision.to in definition.evaluating:
        # Back in an evaluation that was to end in a successor, now withdrawn: that year is open again.
        told.changes["evaluation_year"] = evaluations.last_year(session, agreement)
    if transition.automatic is not None and agreement.replaced_on is not None:
        # The clock needs no reason; whoever reads the trail does.
        told.data["because"] = "replaced"
    return told


def after_move(
    session: Session,
    agreement: Agreement,
    decision: Decision,
    who: Who | None,
    now: datetime,
    registry: Registry,
) -> None:
    """Run the effects that need the move to have happened."""
    if Effect.MAKE_SUCCESSOR in decision.effects and who is not None:
        make_successor(session, agreement, who=who, now=now, registry=registry)
    if Effect.RECORD_SIGNING in decision.effects:
        tell_those_before(session, agreement, now)
        to_be_sealed(session, agreement.id, AGREEMENT, now=now)


def _record_agreed_digest(doing: Doing, told: Told) -> None:
    told.changes["agreed_digest"] = doing.agreement.digest


def _record_adopted_digest(doing: Doing, told: Told) -> None:
    told.changes["adopted_digest"] = doing.agreement.digest


def _record_signing(doing: Doing, told: Told) -> None:
    """On paper it was signed when that is named, as far as it is known; here, today."""
    signed = as_interval(doing.decision.data.get("signed_on") or doing.now.date())
    told.event_date = signed.written
    told.changes |= {
        # It was signed before it was registered, whatever is left of the month.
        "signed_on": min(signed.latest, doing.now.date()),
        "signed_earliest": None if signed.exact else signed.earliest,
        "signed_digest": doing.agreement.digest,
    }


def _record_matter(doing: Doing, told: Told) -> None:
    assert doing.decision.holding is not None
    data = doing.decision.data
    matter = matters.settle(
        doing.session,
        doing.agreement,
        data,
        party_key=data.get("party") or doing.decision.holding.party,
        default_kind="vedtak"
        if "adopted" in doing.transition.outcomes and "noted" not in doing.transition.outcomes
        else "referatsak",
        now=doing.now,
    )
    told.data |= {**matters_entries.public_fields(matter), "matter": matter.number}
    told.private |= matters_entries.private_fields(matter)


def _open_evaluation(doing: Doing, told: Told) -> None:
    told.changes["evaluation_year"] = doing.decision.data["year"]


def _close_evaluation(doing: Doing, told: Told) -> None:
    evaluation = evaluations.newest(doing.session, doing.agreement)
    assert evaluation is not None, "the guard evaluation_written let this through"
    told.data |= {
        "year": evaluation.year,
        "outcome": evaluation.outcome,
        "evaluation": evaluation.number,
        "evaluation_sha256": evaluation.sha256,
    }
    told.changes["evaluation_year"] = None
    to_be_sealed(doing.session, doing.agreement.id, EVALUATION, number=evaluation.year, now=doing.now)


def _apply_corrections(doing: Doing, told: Told) -> None:
    assert doing.who is not None
    applied = readings.apply_proposed(doing.session, doing.agreement, who=doing.who, now=doing.now)
    told.data["rules"] = applied.number


def _record_termination(doing: Doing, told: Told) -> None:
    """Where the day it ends is not named, the notice clause gives it; the guard saw that there is one."""
    if doing.decision.data.get("effective_date") is not None:
        return
    rules = rules_in(rules_of(doing.session, doing.agreement).rules)
    months = next(r.values["months"] for r in rules if r.kind == "termination" and r.dated)
    given = doing.decision.data["given_date"]
    told.data["effective_date"] = months_after(given, months).isoformat()


_BEFORE: dict[str, Callable[[Doing, Told], None]] = {
    Effect.RECORD_AGREED_DIGEST: _record_agreed_digest,
    Effect.RECORD_ADOPTED_DIGEST: _record_adopted_digest,
    Effect.RECORD_SIGNING: _record_signing,
    Effect.RECORD_MATTER: _record_matter,
    Effect.OPEN_EVALUATION: _open_evaluation,
    Effect.CLOSE_EVALUATION: _close_evaluation,
    Effect.APPLY_CORRECTIONS: _apply_corrections,
    Effect.RECORD_TERMINATION: _record_termination,
}
"""Void approvals and a recorded extension need nothing here: rounds close when the state
moves, and the extension's entry itself is the record."""

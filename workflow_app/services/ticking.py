"""The clock's own steps: automatic transitions that are due.

``avtaleflyt tick`` and the next POST make them; looking at a page never does.
Candidates are found by the derived end of validity and by withdrawn successors,
and each is decided by the engine from scratch, so a stale column can at worst
make the clock look twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from workflow_app.domain.definitions import Definition, Registry
from workflow_app.domain.engine import due_automatic
from workflow_app.models.agreements import Agreement
from workflow_app.models.links import REPLACES, AgreementLink
from workflow_app.services.cases import case_of, facts_for
from workflow_app.services.transitions import lock, take_transition

STEPS_AT_ONCE = 5
"""Automatic steps one agreement may take in a row; a sound definition never needs so many."""


def tick_one(session: Session, agreement: Agreement, now: datetime, *, registry: Registry) -> list[str]:
    """Make what is due for one locked agreement; the names of the transitions made."""
    definition = registry.by_digest(agreement.definition_digest)
    made: list[str] = []
    for _ in range(STEPS_AT_ONCE):
        timed = _timed(agreement, definition, now)
        if not timed:
            break
        case = case_of(session, agreement).case
        facts = facts_for(session, agreement, definition, today=now.date(), transitions=timed)
        name = due_automatic(definition, case, facts)
        if name is None:
            break
        take_transition(session, agreement, name, None, {}, now, registry=registry)
        made.append(name)
    return made


def tick_replaced(session: Session, signed: Agreement, now: datetime, *, registry: Registry) -> list[str]:
    """Make what is due for the agreements that ``signed`` replaces: one replaced long ago is over at once."""
    older = session.scalars(
        select(AgreementLink.older_id)
        .where(AgreementLink.newer_id == signed.id, AgreementLink.relation == REPLACES)
        .order_by(AgreementLink.older_id)
    ).all()
    made: list[str] = []
    for agreement in (lock(session, ident) for ident in older):
        if agreement is not None:
            made += tick_one(session, agreement, now, registry=registry)
    return made


def _timed(agreement: Agreement, definition: Definition, now: datetime) -> list[str]:
    """The automatic transitions worth asking the engine about: most agreements have none today."""
    over = agreement.effective_end is not None and agreement.effective_end < now.date()
    return [
        step.name
        for step in definition.transitions.values()
        if step.automatic and agreement.state in step.sources and (over or step.automatic.when)
    ]


def candidates(session: Session, now: datetime) -> list[str]:
    """The ids of agreements the clock may have something to do with, oldest end first."""
    successor = aliased(Agreement)
    withdrawn = select(successor.predecessor_id).where(successor._state == "withdrawn")
    return list(
        session.scalars(
            select(Agreement.id)
            .where(
                or_(
                    and_(Agreement.effective_end.is_not(None), Agreement.effective_end < now.date()),
                    and_(Agreement._state == "revised", Agreement.id.in_(withdrawn)),
                ),
                Agreement._state.not_in(("lapsed", "terminated", "withdrawn")),
            )
            .order_by(Agreement.effective_end, Agreement.id)
        )
    )


def tick(session: Session, now: datetime, *, registry: Registry) -> Iterator[tuple[str, str]]:
    """Make every automatic transition that is due; yields (agreement id, transition)."""
    for agreement_id in candidates(session, now):
        agreement = lock(session, agreement_id)
        if agreement is not None:
            for name in tick_one(session, agreement, now, registry=registry):
                yield agreement_id, name

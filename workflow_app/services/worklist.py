"""What waits for me, what waits for others, and which deadlines are coming.

Drawn from the definitions' ``awaits`` and the open rounds each time it is asked
for. The database narrows by party, state and role; the engine then says whose
turn it is, so the list and the write path cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from workflow_app.domain.case import Case, CaseParty, Slot
from workflow_app.domain.definitions import Definition, Registry
from workflow_app.domain.engine import awaiting
from workflow_app.models.agreements import Agreement, ApprovalRound
from workflow_app.services import evaluations
from workflow_app.services.actors import Who
from workflow_app.services.cases import round_of
from workflow_app.services.visibility import visible_to

SHOWN = 25
"""How many of each kind the worklist shows; the list of agreements has the rest."""


@dataclass(frozen=True)
class Item:
    """An agreement and the slots that are open in it: mine, or others'."""

    agreement: Agreement
    definition: Definition
    waiting: tuple[tuple[str, Slot], ...]
    mine: tuple[tuple[str, Slot], ...]
    since: datetime


@dataclass(frozen=True)
class Worklist:
    """The three lists of the page, each at most :data:`SHOWN` long; ``more`` says where one was cut."""

    mine: tuple[Item, ...]
    others: tuple[Item, ...]
    coming: tuple[Agreement, ...]
    more: bool


def worklist(session: Session, who: Who, registry: Registry, today: date) -> Worklist:
    """The worklist of ``who``: a handful of statements however many agreements there are."""
    seen = visible_to(who, registry)
    moving = _moving(registry)
    rows = list(
        session.scalars(
            select(Agreement)
            .where(seen, moving)
            .order_by(Agreement.next_due.is_(None), Agreement.next_due, Agreement.moved_at, Agreement.id)
            .limit(4 * SHOWN)
        )
    )
    rounds = _rounds(session, rows)
    items = [_item(session, a, registry, rounds.get(a.id, ()), who) for a in rows]
    mine = [i for i in items if i.mine]
    others = [i for i in items if i.waiting and not i.mine]
    coming = session.scalars(
        select(Agreement)
        .where(seen, Agreement.next_due.is_not(None))
        .order_by(Agreement.next_due, Agreement.id)
        .limit(SHOWN)
    )
    more = len(rows) == 4 * SHOWN or len(mine) > SHOWN or len(others) > SHOWN
    return Worklist(tuple(mine[:SHOWN]), tuple(others[:SHOWN]), tuple(coming), more)


def waiting_in(
    session: Session, agreement: Agreement, definition: Definition, rounds: Sequence[ApprovalRound]
) -> tuple[tuple[str, Slot], ...]:
    """Whose turn it is in one agreement: (transition, slot) for every place still open."""
    digests = {"agreement": agreement.digest, "matter": agreement.signed_digest or agreement.digest}
    outcome = None
    if agreement.evaluation_year is not None and (newest := evaluations.newest(session, agreement)):
        digests["evaluation"], outcome = newest.sha256, newest.outcome
    case = Case(
        state=agreement.state,
        parties=tuple(CaseParty(p.party.key, p.party.side) for p in agreement.parties),
        origin=agreement.origin,
        rounds=tuple(round_of(r) for r in rounds),
        digests=digests,
    )
    found = awaiting(definition, case)
    if outcome is not None:
        # An evaluation that continues does not wait for a revision, nor the other way round.
        closed = "continue" if outcome == "to_be_revised" else "revise"
        found = [(name, slot) for name, slot in found if name != closed] or found
    return tuple(found)


def _item(
    session: Session, agreement: Agreement, registry: Registry, rounds: Sequence[ApprovalRound], who: Who
) -> Item:
    definition = registry.by_digest(agreement.definition_digest)
    waiting = waiting_in(session, agreement, definition, rounds)
    held = {(h.party, h.role) for h in who.holdings}
    mine = tuple((name, slot) for name, slot in waiting if any((slot.party, role) in held for role in slot.roles))
    since = max([agreement.moved_at, *(a.at for r in rounds for a in r.approvals)])
    return Item(agreement, definition, waiting, mine, since)


def _moving(registry: Registry) -> ColumnElement[bool]:
    """States in which somebody is waited for."""
    return or_(
        *(
            and_(
                Agreement.definition_digest == d.digest,
                Agreement._state.in_([name for name, state in d.states.items() if state.awaits]),
            )
            for d in registry.definitions
        )
    )


def _rounds(session: Session, agreements: Sequence[Agreement]) -> dict[str, list[ApprovalRound]]:
    found: dict[str, list[ApprovalRound]] = {}
    rows = session.scalars(
        select(ApprovalRound)
        .where(ApprovalRound.agreement_id.in_([a.id for a in agreements]), ApprovalRound.closed_at.is_(None))
        .options(selectinload(ApprovalRound.approvals))
        .order_by(ApprovalRound.id)
    )
    for row in rows:
        found.setdefault(row.agreement_id, []).append(row)
    return found

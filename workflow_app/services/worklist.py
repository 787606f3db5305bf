"""What waits for me, what waits for others, and which deadlines are coming.

Drawn from the definitions' ``awaits`` and the open rounds each time it is asked
for. The database narrows by party, state, role and the approvals given; the
engine then says whose turn it is, so the list and the write path cannot
disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Select, not_, select
from sqlalchemy.orm import Session, selectinload

from workflow_app.domain.case import Slot
from workflow_app.domain.definitions import Definition, Registry
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion
from workflow_app.services.actors import Who
from workflow_app.services.visibility import sees_many, visible_to
from workflow_app.services.waiting import waiting_in as waiting_in
from workflow_app.services.waiting_filter import in_motion, waits_for

SHOWN = 15
"""How many of each kind the worklist shows; the list of agreements has the rest."""

COUNTED = 85
"""How many more are counted; a number beyond that helps nobody."""


@dataclass(frozen=True)
class Item:
    """An agreement and the places that are open in it: mine, or others'.

    ``since`` is when it last moved or was last approved: the moment from which
    it has waited. ``written`` says whether the evaluation under way has a text.
    """

    agreement: Agreement
    definition: Definition
    waiting: tuple[tuple[str, Slot], ...]
    mine: tuple[tuple[str, Slot], ...]
    since: datetime
    written: bool = True


@dataclass(frozen=True)
class Worklist:
    """The three lists of the page, each at most :data:`SHOWN` long.

    ``more_…`` count what is left out; they stop at :data:`COUNTED`, where
    ``counted_out`` has the name of the list: there are at least so many more.
    """

    mine: tuple[Item, ...]
    others: tuple[Item, ...]
    coming: tuple[Agreement, ...]
    more_mine: int = 0
    more_others: int = 0
    more_coming: int = 0
    counted_out: frozenset[str] = frozenset()


def worklist(session: Session, who: Who, registry: Registry) -> Worklist:
    """The worklist of ``who``: a handful of statements however many agreements there are."""
    selects = _selects(who, registry, sees_many(session, who))
    found = {name: list(session.scalars(statement)) for name, statement in selects.items()}
    agreements = _load(session, {ident for ids in found.values() for ident in ids[:SHOWN]})
    moving = [agreements[i] for name in ("mine", "others") for i in found[name][:SHOWN] if i in agreements]
    rounds, evaluated = _rounds(session, moving), _evaluations(session, moving)
    items = [_item(a, registry, rounds.get(a.id, ()), evaluated.get(a.id), who) for a in moving]
    # The engine has the last word: where it is not my turn yet, it waits for others.
    return Worklist(
        mine=tuple(sorted((i for i in items if i.mine), key=_urgency)),
        others=tuple(i for i in items if i.waiting and not i.mine)[:SHOWN],
        coming=tuple(agreements[i] for i in found["coming"][:SHOWN] if i in agreements),
        more_mine=max(0, len(found["mine"]) - SHOWN),
        more_others=max(0, len(found["others"]) - SHOWN),
        more_coming=max(0, len(found["coming"]) - SHOWN),
        counted_out=frozenset(name for name, ids in found.items() if len(ids) == SHOWN + COUNTED),
    )


def _urgency(item: Item) -> tuple[date, datetime]:
    """What is due first, then what has waited longest."""
    return item.agreement.next_due or date.max, item.since


@lru_cache(maxsize=256)
def _selects(who: Who, registry: Registry, many: bool) -> Mapping[str, Select[str]]:
    """For each list the first in its order, and as many more as are counted.

    Ids alone, since most are not shown. Kept for those who come again: making
    the conditions costs more than asking them.
    """
    seen = visible_to(who, registry, many=many)
    for_me = waits_for(who, registry)
    waited = (Agreement.moved_at, Agreement.id)
    ids = select(Agreement.id).where(seen).limit(SHOWN + COUNTED)
    return {
        "mine": ids.where(for_me).order_by(*waited),
        "others": ids.where(in_motion(registry), not_(for_me)).order_by(*waited),
        "coming": ids.where(Agreement.next_due.is_not(None)).order_by(Agreement.next_due, Agreement.id),
    }


def _load(session: Session, idents: set[str]) -> dict[str, Agreement]:
    if not idents:
        return {}
    rows = session.scalars(select(Agreement).where(Agreement.id.in_(sorted(idents))))
    return {row.id: row for row in rows}


def _item(
    agreement: Agreement,
    registry: Registry,
    rounds: Sequence[ApprovalRound],
    evaluation: EvaluationVersion | None,
    who: Who,
) -> Item:
    definition = registry.by_digest(agreement.definition_digest)
    waiting = waiting_in(agreement, definition, rounds, evaluation)
    held = {(h.party, h.role) for h in who.holdings}
    mine = tuple((n, slot) for n, slot in waiting if any((slot.party, role) in held for role in slot.roles))
    written = agreement.evaluation_year is None or (evaluation is not None and evaluation.complete)
    return Item(agreement, definition, waiting, mine, waited_since(agreement, rounds), written)


def waited_since(agreement: Agreement, rounds: Sequence[ApprovalRound]) -> datetime:
    """When the agreement last moved or was last approved."""
    return max([agreement.moved_at, *(a.at for r in rounds for a in r.approvals)])


def _rounds(session: Session, agreements: Sequence[Agreement]) -> Mapping[str, list[ApprovalRound]]:
    found: dict[str, list[ApprovalRound]] = {}
    if not agreements:
        return found
    rows = session.scalars(
        select(ApprovalRound)
        .where(ApprovalRound.agreement_id.in_([a.id for a in agreements]), ApprovalRound.closed_at.is_(None))
        .options(selectinload(ApprovalRound.approvals))
        .order_by(ApprovalRound.id)
    )
    for row in rows:
        found.setdefault(row.agreement_id, []).append(row)
    return found


def _evaluations(session: Session, agreements: Sequence[Agreement]) -> Mapping[str, EvaluationVersion]:
    """The newest version of the evaluation under way, by agreement."""
    years = {a.id: a.evaluation_year for a in agreements if a.evaluation_year is not None}
    if not years:
        return {}
    rows = session.scalars(
        select(EvaluationVersion)
        .where(EvaluationVersion.agreement_id.in_(list(years)))
        .order_by(EvaluationVersion.number)
    )
    return {row.agreement_id: row for row in rows if years[row.agreement_id] == row.year}

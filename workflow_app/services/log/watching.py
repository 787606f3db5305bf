"""How each of a party's witnesses is doing: how far it has come, and what is wrong with one that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from workflow_app.models.people import Party
from workflow_app.models.witnesses import Cosignature, Witness, WitnessPush
from workflow_app.services.log.witnesses import of_parties


@dataclass(frozen=True)
class Report:
    """One witness: the largest head it has cosigned (0: none), and when by its own clock.

    ``fault`` is a code of ``services.log.pushing.FAULTS``; ``next_at`` when it is asked again.
    """

    witness: Witness
    size: int = 0
    seen: datetime | None = None
    fault: str | None = None
    next_at: datetime | None = None


def reports(session: Session, party: Party) -> list[Report]:
    """The party's witnesses, those at work first; two statements."""
    found = of_parties(session, [party.id])
    largest = (
        select(func.max(Cosignature.size))
        .where(Cosignature.vkey == Witness.vkey)
        .correlate(Witness)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Witness.id, Cosignature.size, Cosignature.time, WitnessPush.fault, WitnessPush.next_at)
        .outerjoin(Cosignature, and_(Cosignature.vkey == Witness.vkey, Cosignature.size == largest))
        .outerjoin(WitnessPush, WitnessPush.vkey == Witness.vkey)
        .where(Witness.party_id == party.id)
    )
    known = {row.id: row for row in rows}
    return [_report(one, *known[one.id][1:]) for one in found]


def _report(
    witness: Witness, size: int | None, time: int | None, fault: str | None, next_at: datetime | None
) -> Report:
    seen = None if time is None else datetime.fromtimestamp(time, UTC)
    # A witness that comes by itself has no fault that we could know of.
    asked = witness.url is not None and witness.retired_at is None and fault is not None
    return Report(witness, size or 0, seen, fault if asked else None, next_at if asked else None)

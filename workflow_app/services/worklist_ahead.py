"""What is coming in an agreement whose next deadline is over already.

A list that is sorted by the oldest deadline nobody has met would show that one
for years, and never the agenda that is due tomorrow. For the few agreements
that most people have, both are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.services.chronicle import read_chronicle

FEW = 5
"""Of how many agreements the deadlines are counted anew; whoever follows more has the overview."""


def coming(
    session: Session, agreements: Sequence[Agreement], today: date
) -> list[tuple[Agreement, dict[str, Any]]]:
    """Each agreement's next deadline as JSON, and where that is over also the next ahead; in order of day.

    With more than :data:`FEW` agreements only what is stored with each.
    """
    found = [(a, a.next_deadline) for a in agreements if a.next_deadline]
    if len(agreements) <= FEW:
        found += [(a, ahead) for a, stored in found if (ahead := _ahead(session, a, stored, today))]
    return sorted(found, key=lambda f: (f[1]["latest"], f[0].id))


def _ahead(
    session: Session, agreement: Agreement, stored: dict[str, Any], today: date
) -> dict[str, Any] | None:
    if date.fromisoformat(stored["latest"]) >= today:
        return None
    open_ones = [
        d for d in read_chronicle(session, agreement, today).deadlines() if d.reminds and d.latest >= today
    ]
    first = min(open_ones, key=lambda d: (d.latest, d.kind), default=None)
    return first.to_json() if first is not None else None

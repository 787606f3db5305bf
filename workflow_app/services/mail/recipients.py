"""Who is to get a mail: those who hold a role on the day, acting holders among them.

Nobody whose account is ended is. Whether they have an address is asked when the
mail is sent: one who lacks it is shown to an administrator, and not silently left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from workflow_app.services.people_holdings import Holder, holders


def by_slot(session: Session, parties: Iterable[str], day: date) -> Mapping[tuple[str, str], list[Holder]]:
    """(party, role) → who holds it on ``day``, for all of these parties in one statement."""
    found: dict[tuple[str, str], list[Holder]] = {}
    for holder in holders(session, parties, day):
        found.setdefault((holder.party, holder.role), []).append(holder)
    return found

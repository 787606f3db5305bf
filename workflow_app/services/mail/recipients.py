"""Who is to get a mail: those who hold a role on the day, and can be written to.

Acting holders are among them, and nobody whose account is ended. Whether they
have an address is asked when the mail is sent: one who lacks it is shown to an
administrator, and not silently left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.people import Person
from workflow_app.services.people_holdings import Holder, holders


def people_in(session: Session, party_key: str, role: str, day: date) -> list[Person]:
    """Those who hold ``role`` for the party on ``day``, acting holders after own ones; each once."""
    found = dict.fromkeys(h.person for h in holders(session, [party_key], day, role=role))
    return persons(session, found)


def persons(session: Session, ids: Iterable[str]) -> list[Person]:
    """The people with these keys who have an account, in this order; two statements at most."""
    wanted = list(ids)
    if not wanted:
        return []
    rows = session.scalars(select(Person).where(Person.id.in_(wanted), Person.active))
    known = {row.id: row for row in rows}
    return [known[ident] for ident in wanted if ident in known]


def by_slot(session: Session, parties: Iterable[str], day: date) -> Mapping[tuple[str, str], list[Holder]]:
    """(party, role) → who holds it on ``day``, for all of these parties in one statement."""
    found: dict[tuple[str, str], list[Holder]] = {}
    for holder in holders(session, parties, day):
        found.setdefault((holder.party, holder.role), []).append(holder)
    return found

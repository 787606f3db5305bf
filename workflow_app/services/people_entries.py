"""Entries about people, parties and roles: one way to write them, so none forgets who did it.

The trail's own "nobody" is the system itself. A change made here with no actor
was made by whoever has the machine's command line, and its entry says that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.models.people import Party
from workflow_app.services import trail
from workflow_app.services.trail import EntryActor

CONSOLE = "console"
"""What ``by`` says in the data of an entry whose actor is the operator at the command line."""


def enter(
    session: Session,
    party: Party | None,
    kind: str,
    *,
    data: Mapping[str, Any],
    private: Mapping[str, str | None] | None = None,
    actor: EntryActor | None,
    now: datetime,
) -> None:
    """Append to the party's chain, or to the installation's where there is no party."""
    chain = trail.INSTALLATION if party is None else trail.party_chain(party.key)
    session.flush()
    by = {} if actor is not None else {"by": CONSOLE}
    trail.append(session, chain, kind=kind, now=now, actor=actor, data={**data, **by}, private=private)

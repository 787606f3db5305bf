"""The trail, for every other service: appending to it, reading it, checking it.

An entry is written in the transaction of what it tells of: both are there
afterwards or neither is; so is its leaf in the tree, or its place in the queue
for one (see ``services.log.tree``). Salts are drawn here, since the domain draws no lots.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.domain.trail import Opening, TrailError
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services.log import tree
from workflow_app.services.trail_check import verify_database
from workflow_app.services.trail_reading import clear, entries, head, openings

__all__ = [
    "INSTALLATION",
    "EntryActor",
    "agreement_chain",
    "append",
    "clear",
    "entries",
    "head",
    "openings",
    "party_chain",
    "verify_database",
]

INSTALLATION = "installation"
"""The chain of what concerns no agreement and no party."""


def agreement_chain(agreement_id: int | str) -> str:
    """The name of an agreement's chain."""
    return f"agreement/{agreement_id}"


def party_chain(key: str) -> str:
    """The name of a party's chain: roles, acting holders, keys, house rules, erasures."""
    return f"party/{key}"


@dataclass(frozen=True)
class EntryActor:
    """Who did it: an opaque person id, and the role, party and office it was done in."""

    person: str
    role: str | None = None
    party: str | None = None
    acting_for: str | None = None


def append(
    session: Session,
    chain: str,
    *,
    kind: str,
    now: datetime,
    actor: EntryActor | None = None,
    event_date: date | str | None = None,
    transition: str | None = None,
    from_state: str | None = None,
    to_state: str | None = None,
    definition: str | None = None,
    agreement: str | None = None,
    data: Mapping[str, Any] | None = None,
    private: Mapping[str, str | None] | None = None,
) -> TrailEntry:
    """Write the next entry of ``chain`` and flush it; committing is the caller's.

    ``now`` must be aware and keeps its offset. ``event_date`` is the day of the
    event where that is another; a string may give a month or a year alone
    ("2025-02"). ``definition`` and ``agreement`` are SHA-256 digests in hex.
    ``data`` is hashed in clear and can never be erased, so nothing personal
    goes in there: names and free text go in ``private``, of which only salted
    commitments are hashed; its empty values are skipped. ``actor`` None is the
    system itself.

    Raises :class:`~workflow_app.domain.trail.TrailError` for what cannot be
    entered, and SQLAlchemy's ``IntegrityError`` where another transaction took
    the same place in the chain first (a snapshot older than the chain's head).
    """
    if now.tzinfo is None:
        raise TrailError("tidspunktet mangler sone", "the time has no zone")
    _queue(session, chain)
    number, previous = head(session, chain)
    openings = {field: _open(value) for field, value in (private or {}).items() if value}
    optional: dict[str, Any] = {
        "event_date": event_date.isoformat() if isinstance(event_date, date) else event_date,
        "transition": transition,
        "from": from_state,
        "to": to_state,
        "definition": definition,
        "agreement": agreement,
        "data": dict(data) if data else None,
        "private": {f: trail.commitment(f, o.value, o.salt) for f, o in openings.items()} or None,
    }
    body = trail.encode(
        {
            "v": trail.VERSION,
            "chain": chain,
            "number": number + 1,
            "previous": previous,
            "kind": kind,
            "at": now.isoformat(),
            "actor": {k: v for k, v in vars(actor).items() if v is not None} if actor else None,
        }
        | {field: value for field, value in optional.items() if value is not None}
    )
    entry = TrailEntry(
        chain=chain,
        number=number + 1,
        kind=kind,
        transition=transition,
        hash=trail.entry_hash(body),
        previous=previous,
        body=body,
        at=now,
    )
    session.add(entry)
    # The clear values need the entry's id.
    session.flush()
    tree.integrate(session, entry)
    if openings:
        session.add_all(
            TrailClear(entry_id=entry.id, field=field, salt=opening.salt, value=opening.value)
            for field, opening in openings.items()
        )
        session.flush()
    return entry


def _queue(session: Session, chain: str) -> None:
    # SQLite has one writer at a time. On PostgreSQL those of one chain wait for each
    # other, and for nobody else: three mayors may sign at once.
    if session.get_bind(TrailEntry).dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(chain, 0))))


def _open(value: str) -> Opening:
    if "\0" in value:
        # PostgreSQL cannot keep it, and nobody wrote it on purpose.
        raise TrailError("teksten har et nulltegn", "the text has a null character")
    return Opening(secrets.token_bytes(trail.SALT_BYTES), value)

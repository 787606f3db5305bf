"""Giving entries that have no leaf yet their places, in batches.

On PostgreSQL an entry is committed without waiting for anybody but its own
chain, and lies in a queue. Any process may then be the sequencer: the server's
clock, the request that has just committed, a command. One at a time is, by an
advisory lock that ends with its transaction, so one that dies leaves nothing
half done and nobody locked out.

The queue is taken in the order of entry ids. A chain's entries are written one
transaction after the other (its own lock in ``services.trail``), so whoever sees
one entry sees all before it in the chain, with lower ids: the order within a
chain is kept in the tree.

On SQLite entries get their leaves as they are written and there is nothing to
do, but for what somebody put into the table past the write path.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, delete, exists, func, insert, literal, select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import leaf_hash
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf, TrailWaiting
from workflow_app.services.log import tree

BATCH = 1000
"""Entries that get their places in one transaction, at most."""

LOCK = 0x61767466_6C79_7401
"""The advisory lock of the sequencer; the bytes of a name, so that no other program's is the same."""


class Waiting(NamedTuple):
    """How many entries have no leaf yet, and since when the oldest has waited (None where none does)."""

    entries: int
    since: datetime | None


def sequence(session: Session, limit: int = BATCH) -> int:
    """Give the next entries of the queue their leaves, ``limit`` at most; committing is the caller's.

    Returns how many; 0 also where another is at it.
    """
    if session.connection().dialect.name == "postgresql" and not session.scalar(
        select(func.pg_try_advisory_xact_lock(LOCK))
    ):
        return 0
    rows = session.execute(
        select(TrailEntry.id, TrailEntry.body)
        .join(TrailWaiting, TrailWaiting.entry_id == TrailEntry.id)
        .order_by(TrailEntry.id)
        .limit(limit)
    ).all()
    if not rows:
        return 0
    # Hashed anew: a column that somebody bent must neither get into the tree nor bring it to a stop.
    tree.extend(session, [(row.id, leaf_hash(row.body)) for row in rows])
    session.execute(
        delete(TrailWaiting)
        .where(TrailWaiting.entry_id.in_([row.id for row in rows]))
        .execution_options(synchronize_session=False)
    )
    return len(rows)


def drain(engine: Engine, limit: int = BATCH) -> int:
    """Sequence until the queue is empty or another is at it, each batch a transaction; how many it were.

    Raises SQLAlchemy's errors; what was committed before stays.
    """
    done = 0
    while True:
        with Session(engine) as session, session.begin():
            made = sequence(session, limit)
        done += made
        if made < limit:
            return done


def keep_up(engine: Engine) -> int:
    """Take what is in the queue, for whoever has just written and passes by; on SQLite there is none.

    Returns how many entries got a place. Raises SQLAlchemy's errors.
    """
    return drain(engine) if engine.dialect.name == "postgresql" else 0


def enqueue_strays(session: Session) -> int:
    """Put into the queue what has neither a leaf nor a place there; how many it were.

    There are none unless entries were written past ``services.trail.append``. Looks at
    every entry, so it is for a command and not for a request.
    """
    stray = select(TrailEntry.id).where(
        ~exists(select(literal(1)).where(TrailLeaf.entry_id == TrailEntry.id)),
        ~exists(select(literal(1)).where(TrailWaiting.entry_id == TrailEntry.id)),
    )
    found = list(session.scalars(stray.order_by(TrailEntry.id)))
    if found:
        session.execute(insert(TrailWaiting), [{"entry_id": ident} for ident in found])
    return len(found)


def waiting(session: Session) -> Waiting:
    """What waits for the sequencer now."""
    count = session.scalar(select(func.count()).select_from(TrailWaiting)) or 0
    oldest = select(TrailEntry.at).where(
        TrailEntry.id == select(func.min(TrailWaiting.entry_id)).scalar_subquery()
    )
    return Waiting(count, session.scalar(oldest) if count else None)

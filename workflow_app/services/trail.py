"""Appending to the trail, reading it, and checking all of it in the database.

An entry is written in the transaction of what it tells of: both are there
afterwards or neither is. Salts are drawn here, since the domain draws no lots.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.domain.trail import Opening, Said, TrailError, Verdict, Walk
from workflow_app.models.trail import TrailClear, TrailEntry

INSTALLATION = "installation"
"""The chain of what concerns no agreement and no party."""

BATCH = 1000
"""Rows held at a time while the whole trail is checked."""


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


def head(session: Session, chain: str) -> tuple[int, str | None]:
    """How many entries ``chain`` has, and the hash of the last one (0 and None where none)."""
    last = session.execute(
        select(TrailEntry.number, TrailEntry.hash)
        .where(TrailEntry.chain == chain)
        .order_by(TrailEntry.number.desc())
        .limit(1)
    ).first()
    return (0, None) if last is None else (last.number, last.hash)


def entries(session: Session, chain: str, *, after: int = 0, limit: int = 50) -> list[TrailEntry]:
    """The entries of ``chain`` from number ``after`` + 1 on, at most ``limit`` of them."""
    return list(
        session.scalars(
            select(TrailEntry)
            .where(TrailEntry.chain == chain, TrailEntry.number > after)
            .order_by(TrailEntry.number)
            .limit(limit)
        )
    )


def clear(session: Session, entries: Iterable[TrailEntry]) -> dict[int, dict[str, str]]:
    """Entry id → field → clear value, for those that were not erased."""
    found = openings(session, [entry.id for entry in entries])
    return {key: {field: o.value for field, o in fields.items()} for key, fields in found.items()}


def openings(session: Session, entry_ids: Sequence[int]) -> dict[int, dict[str, Opening]]:
    """Entry id → field → salt and clear value; entries without any are left out."""
    found: dict[int, dict[str, Opening]] = {}
    for start in range(0, len(entry_ids), BATCH):
        some = entry_ids[start : start + BATCH]
        rows = session.execute(
            select(TrailClear.entry_id, TrailClear.field, TrailClear.salt, TrailClear.value)
            .where(TrailClear.entry_id.in_(some))
            .order_by(TrailClear.entry_id, TrailClear.field)
        )
        for row in rows:
            found.setdefault(row.entry_id, {})[row.field] = Opening(row.salt, row.value)
    return found


def verify_database(session: Session) -> Verdict:
    """Check every chain in the database: bytes, hashes, links, columns and clear values.

    Streams, in memory that does not grow with the trail. Whatever the database
    holds, the answer is a verdict and no exception.
    """
    checked: list[Said] = []
    place = ["", ""]
    try:
        _check_database(session, checked, place)
    except TrailError as fault:
        return Verdict(False, tuple(checked), fault.said)
    except Exception as error:
        # A database that somebody bent answers in as many ways as there are drivers.
        name = type(error).__name__
        nb, en = f"Sporet kan ikke leses ({name}){place[0]}.", f"The trail cannot be read ({name}){place[1]}."
        return Verdict(False, tuple(checked), Said(nb, en))
    return Verdict(True, tuple(checked))


def _check_database(session: Session, checked: list[Said], place: list[str]) -> None:
    columns = list(TrailEntry.__table__.columns)
    rows = session.execute(
        select(*columns).order_by(TrailEntry.chain, TrailEntry.number).execution_options(yield_per=BATCH)
    )
    walk = Walk()
    chains = size = opened = closed = 0
    for batch in rows.partitions():
        clear_values = openings(session, [row.id for row in batch])
        for row in batch:
            if row.chain != walk.chain:
                walk = Walk(row.chain)
                chains += 1
            entry = walk.step(row.body)
            _compare(row, entry, walk)
            fields = clear_values.get(row.id, {})
            closed += trail.check_openings(entry, fields)
            opened += len(fields)
            size += 1
            last = f"{walk.size} {walk.chain!r}"
            place[:] = [f" etter oppføring {last}", f" after entry {last}"]
    stray = session.scalar(
        select(TrailClear.entry_id)
        .where(~select(TrailEntry.id).where(TrailEntry.id == TrailClear.entry_id).exists())
        .limit(1)
    )
    if stray is not None:
        raise TrailError(
            f"Klartekst til en oppføring som ikke er der (id {stray}).",
            f"A clear value of an entry that is not there (id {stray}).",
        )
    checked.append(
        Said(
            f"{size} oppføringer i {chains} kjeder: kanonisk skrevet, tallet uten hull, hver lenket til den "
            "forrige, kolonnene lik innholdet.",
            f"{size} entries in {chains} chains: canonically written, numbered without gaps, each linked to "
            "the one before, the columns equal to the content.",
        )
    )
    checked.append(trail.said_openings(opened, closed))


def _compare(row: Row[Any], entry: dict[str, Any], walk: Walk) -> None:
    told = {
        "chain": (row.chain, entry["chain"]),
        "number": (row.number, entry["number"]),
        "kind": (row.kind, entry["kind"]),
        "transition": (row.transition, entry.get("transition")),
        "previous": (row.previous, entry["previous"]),
        "hash": (row.hash, walk.head),
        "at": (row.at, datetime.fromisoformat(entry["at"])),
    }
    for column, (stored, said) in told.items():
        if stored != said:
            place = f"{walk.size} i kjeden {walk.chain!r}", f"{walk.size} of the chain {walk.chain!r}"
            raise TrailError(
                f"Oppføring {place[0]}: kolonnen {column} er ikke det innholdet sier",
                f"Entry {place[1]}: the column {column} is not what the body says",
            )

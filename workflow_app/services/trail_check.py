"""Checking the whole trail where it lies: every chain, the tree over them, and what was signed of it.

The rules are the offline verifier's own; what is added is what only a database
can get wrong: columns that do not repeat the entry, clear values astray, leaves
that are not the entries', kept heads and cosignatures that nobody made.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.domain.trail import Held, Said, TrailError, Verdict, Walk
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services.log.checking import check_tree
from workflow_app.services.trail_check_signed import check_signed
from workflow_app.services.trail_reading import BATCH, openings

BY_BUNDLE = Said(
    "Hvem som hadde hvilken rolle, og hva passnøklene signerte, kontrolleres for hver avtale for seg: ta ut "
    "trail.zip og kjør verify på den.",
    "Who held which role, and what the passkeys signed, is checked for each agreement by itself: take out "
    "its trail.zip and run verify on that.",
)
"""What a check of the whole database leaves to the bundles."""


def verify_database(session: Session, held: Held | None = None) -> Verdict:
    """Check every chain in the database, the tree, and every head that was kept with what signed it.

    ``held`` is what the checker has from elsewhere: keys, and heads that stood
    on paper. Streams, in memory that does not grow with the trail. Whatever the
    database holds, the answer is a verdict and no exception.
    """
    checked: list[Said] = []
    unchecked: list[Said] = []
    place = ["", ""]
    try:
        _check_database(session, checked, place)
        checked.extend(check_tree(session))
        check_signed(session, held, checked, unchecked)
        unchecked.append(BY_BUNDLE)
    except TrailError as fault:
        return Verdict(False, tuple(checked), fault.said)
    except Exception as error:
        # A database that somebody bent answers in as many ways as there are drivers.
        name = type(error).__name__
        nb, en = f"Sporet kan ikke leses ({name}){place[0]}.", f"The trail cannot be read ({name}){place[1]}."
        return Verdict(False, tuple(checked), Said(nb, en))
    return Verdict(True, tuple(checked), unchecked=tuple(unchecked))


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
            walk.skim(row.body)
            entry = json.loads(row.body)
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

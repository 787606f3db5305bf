"""Entries read from a chain, taken out of their bytes: what the chronicle folds, and calendars fold again.

A calendar must know what a deadline was before it moved, so the same entries
are folded once whole and once for each step of the way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflow_app.models.trail import TrailEntry


@dataclass(frozen=True)
class Telling:
    """One entry. ``id`` grows with every entry of the whole trail, ``number`` counts in its own chain."""

    id: int
    chain: str
    number: int
    kind: str
    transition: str | None
    entry: dict[str, Any]


def read(session: Session, *wanted: ColumnElement[bool]) -> tuple[Telling, ...]:
    """The entries that fit, oldest first; one statement. Refused attempts tell nothing and are left out."""
    columns = (
        TrailEntry.id,
        TrailEntry.chain,
        TrailEntry.number,
        TrailEntry.kind,
        TrailEntry.transition,
        TrailEntry.body,
    )
    rows = session.execute(select(*columns).where(*wanted).order_by(TrailEntry.chain, TrailEntry.number))
    found = [Telling(*row[:5], json.loads(row[5])) for row in rows if row[3] != "refusal"]
    return tuple(sorted(found, key=lambda telling: telling.id))

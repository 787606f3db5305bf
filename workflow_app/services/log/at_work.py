"""Which heads of the log a witness speaks for its party on: from the first that tells of it to its end.

Read from the trail and by places in the log, as the verifier does
(``domain.trail.Offices``), and never by anybody's clock: whoever has a bundle or a
receipt must come to the same answer as our pages. A head from before a witness was
entered says nothing of whose it is, so what it cosigns of that counts for nobody.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import PARTY
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf

ADDED, RETIRED = "witness_added", "witness_retired"
"""The kinds of entry on a party's chain; each has the key in ``data.vkey``."""
EVER = 1 << 62
"""Larger than any log."""


# Put together once: it is asked on every page about an agreement.
_TOLD = (
    select(TrailEntry.chain, TrailEntry.kind, TrailEntry.body, TrailLeaf.number)
    .outerjoin(TrailLeaf, TrailLeaf.entry_id == TrailEntry.id)
    .where(TrailEntry.chain.in_(bindparam("chains", expanding=True)), TrailEntry.kind.in_((ADDED, RETIRED)))
    .order_by(TrailEntry.chain, TrailEntry.number)
)


class Span(NamedTuple):
    """The heads of ``first`` to ``last`` leaves, both included; ``ended``: whether the witness is retired."""

    first: int
    last: int = EVER
    ended: bool = False

    def covers(self, size: int) -> bool:
        """Whether the witness speaks for its party on the head of ``size`` leaves."""
        return self.first <= size <= self.last


def spans(session: Session, parties: Collection[str]) -> dict[tuple[str, str], Span]:
    """(party's key, vkey) → the heads it counts on, for each witness of these parties; one statement.

    A witness whose entry waits for its place in the log is not among them yet.
    """
    if not parties:
        return {}
    rows = session.execute(_TOLD, {"chains": [PARTY + key for key in parties]})
    found: dict[tuple[str, str], Span] = {}
    for chain, kind, body, number in rows:
        key = chain.removeprefix(PARTY), json.loads(body)["data"]["vkey"]
        if kind == ADDED and number is not None:
            found.setdefault(key, Span(number))
        elif kind == RETIRED and key in found:
            # The head that tells of the end is the first on which it counts no more.
            found[key] = Span(found[key].first, EVER if number is None else number - 1, True)
    return found

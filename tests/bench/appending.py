"""The tree's share of the write path: appending with ten leaves and with ten million, heads and proofs.

Nobody waits for ten million entries to be written: of such a tree only its
right edge is read, so only that is put there, with hashes of nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from tests.bench.stage import Stage, seconds
from tests.bench.steps import per_second
from workflow_app.domain.tlog.tiles import WIDTH, held
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.models.tree import TRIGGERS_SQLITE, TrailLeaf, TrailTileHead
from workflow_app.services import trail
from workflow_app.services.log import checkpoints, tree
from workflow_app.services.log.signer import new_signer

FEW, MANY = 10, 10_000_000
APPENDS = 4 * WIDTH
"""Entries appended for each figure: four tiles are filled on the way."""
_GAP = next(one for one in TRIGGERS_SQLITE if "trail_leaf_no_gap" in one)


def edge(session: Session, size: int) -> None:
    """The right edge of a tree of ``size`` leaves: each level's open tile, and the full one before it."""
    session.execute(text("DROP TRIGGER trail_leaf_no_gap"))
    start = max(0, held(1, size) - 1) * WIDTH
    session.execute(
        insert(TrailLeaf),
        [{"number": n + 1, "entry_id": 10**12 + n, "hash": os.urandom(32)} for n in range(start, size)],
    )
    session.execute(text(_GAP))
    level = 1
    while held(level, size):
        first = max(0, held(level + 1, size) - 1) * WIDTH
        session.execute(
            insert(TrailTileHead),
            [{"level": level, "number": n, "hash": os.urandom(32)} for n in range(first, held(level, size))],
        )
        level += 1


def with_leaves(folder: Path, size: int) -> dict[str, float]:
    """What it costs in a tree of ``size`` leaves: one durable append, the head, a proof of each kind."""
    engine = make_engine(f"sqlite:///{folder / f'{size}.sqlite'}")
    create_all(engine)
    sessions, signer, now = make_session_factory(engine), new_signer("bench/log"), datetime.now(UTC)
    with sessions.begin() as session:
        edge(session, size)

    def append() -> None:
        with sessions.begin() as session:
            trail.append(session, "bench/tree", kind="note", now=now)

    append()
    cpu = time.process_time()
    for _ in range(APPENDS):
        append()
    cpu = (time.process_time() - cpu) / APPENDS
    wall = seconds(append, 300)
    with sessions() as session:
        now_size = tree.tree_size(session)
        last = now_size - 1
        found = {
            "append_cpu_us": round(cpu * 1e6),
            "append_us": round(wall * 1e6),
            "head_ms": _ms(lambda: checkpoints.at(session, signer, now_size)),
            "inclusion_proof_ms": _ms(lambda: tree.inclusion(session, last, now_size)),
            "consistency_proof_ms": _ms(lambda: tree.consistency(session, last - 1, now_size)),
        }
    engine.dispose()
    return found


def _ms(call: Callable[[], object]) -> float:
    return round(seconds(call, 30) * 1000, 2)


@contextmanager
def without_a_tree() -> Iterator[None]:
    """The write path as it was before entries were leaves."""
    real = tree.integrate
    tree.integrate = lambda *_: None
    try:
        yield
    finally:
        tree.integrate = real


def measure(stage: Stage, folder: Path) -> dict[str, Any]:
    """Each figure beside its limit."""
    few, many = with_leaves(folder, FEW), with_leaves(folder, MANY)
    before: list[float] = []
    after: list[float] = []
    for _ in range(3):
        after.append(per_second(stage, stage.draft(), 60))
        with without_a_tree():
            before.append(per_second(stage, stage.draft(), 60))
    return {
        "with_10_leaves": few,
        "with_10_million_leaves": many,
        "append_10_million_over_10": round(many["append_cpu_us"] / few["append_cpu_us"], 2),
        "limit_append_10_million_over_10": 1.25,
        "steps_per_s": round(max(after)),
        "steps_per_s_without_a_tree": round(max(before)),
        "steps_kept": round(max(after) / max(before), 2),
        "limit_steps_kept": 0.8,
    }

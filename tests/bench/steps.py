"""The write path: durable transitions a second, beside bare commits, and with a long history."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from tests.bench.stage import REGISTRY, Stage, bare_commits, entries
from workflow_app.services.transitions import lock, take_transition

CYCLE = (("slt", "agree", {}), ("politikontakt", "agree", {}), ("slt", "reopen", {"reason": "målt"}))


def take(stage: Stage, ident: str, who: str, name: str, data: dict[str, Any]) -> None:
    """One durable step."""
    with stage.sessions.begin() as db:
        agreement = lock(db, ident)
        assert agreement is not None
        taken = take_transition(
            db, agreement, name, stage.who[who], data, datetime.now(UTC), registry=REGISTRY
        )
        assert taken.done, taken.refusals


def per_second(stage: Stage, ident: str, cycles: int) -> float:
    """Steps a second over so many cycles of agree, agree, reopen."""
    started = time.perf_counter()
    for _ in range(cycles):
        for who, name, data in CYCLE:
            take(stage, ident, who, name, data)
    return 3 * cycles / (time.perf_counter() - started)


def measure(stage: Stage) -> dict[str, Any]:
    """Transitions a second beside their limit, and with 4,000 earlier entries beside 4."""
    short, long = stage.draft(), stage.draft()
    entries(stage, long, 4000)
    per_second(stage, short, 20)
    return {
        "bare_orm_commits_per_s": round(bare_commits(stage, 500)),
        "transitions_per_s": round(per_second(stage, short, 150)),
        "aim_transitions_per_s": 300,
        "with_few_entries_per_s": round(per_second(stage, stage.draft(), 60)),
        "with_4000_entries_per_s": round(per_second(stage, long, 60)),
    }

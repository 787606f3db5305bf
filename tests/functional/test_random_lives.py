"""Five hundred random lives through the database, step by step beside an independent model.

What the engine's own ten thousand lives hold for ``decide`` must hold for the
write path: the same answer, the same state, the approvals that stand, an entry
for every step and refusal, and chains that verify from the first byte to the
last. SQLite keeps the database in memory; everything else is as in production.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.pool import StaticPool

from tests.functional.living import Life, World
from tests.support.life import LIFE_ADOPTED, LIFE_REPORTED, Row
from tests.support.workflows import REGISTRY
from workflow_app.domain.trail import AGREEMENT, DEFINITIONS, PARTY, verify_bundle
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine
from workflow_app.models.trail import TrailEntry
from workflow_app.services.bundle import export
from workflow_app.services.log.signer import Signer
from workflow_app.services.trail_check import verify_database

LONG = os.environ.get("AVTALEFLYT_FUZZ") == "long"
"""The same lives each time, so that what must have been seen has been; others each time in the long run."""
LIVES = 5_000 if LONG else 504
SEEN: Counter[str] = Counter()
SIGNER = Signer("lives.example/trail", bytes(range(32)))


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A database in memory, with people in it."""
    engine = make_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    create_all(engine)
    yield World(engine)
    engine.dispose()


def live(world: World, definition_id: str, rows: list[Row], events: bytes) -> None:
    """One life, as long as the bytes last or until a final state."""
    definition = REGISTRY.newest(definition_id)
    life = Life(world, definition, rows, events[0])
    SEEN["lives"] += 1
    for which, who in zip(events[1::2], events[2::2], strict=False):
        SEEN[life.step(which, who)] += 1
        if definition.states[life.model.state].final:
            SEEN[life.step(which, who)] += 1
            break


def random_lives(world: World, definition_id: str, rows: list[Row]) -> None:
    """Half of the lives, in this order of things."""

    @settings(
        max_examples=LIVES // 2, deadline=None, database=None, derandomize=not LONG,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(st.binary(min_size=9, max_size=21))
    def lives(events: bytes) -> None:
        live(world, definition_id, rows, events)

    lives()


def test_no_divergence_in_five_hundred_lives_and_the_chains_hold(world: World) -> None:
    random_lives(world, "politiradsavtale", LIFE_REPORTED)
    random_lives(world, "politiradsavtale_vedtak", LIFE_ADOPTED)
    assert SEEN["lives"] >= 500
    # A search that never gets anywhere proves nothing.
    done = {"agree", "sign", "report", "adopt", "begin_evaluation", "continue", "revise", "revise_on_request",
            "extend", "terminate", "withdraw", "reopen", "register"}  # fmt: skip
    assert done - set(SEEN) == set(), SEEN
    assert {"collected", "repeated", "recorded", "refused", "forbidden", "changed"} <= set(SEEN), SEEN
    with world.sessions() as db:
        verdict = verify_database(db)
        assert verdict.ok, verdict.first_fault
        assert db.scalars(select(func.count()).select_from(TrailEntry)).one() > 4_000
        # Whatever honest lives do, nobody who checks their bundles may take it for a forgery.
        chains = db.scalars(select(TrailEntry.chain).distinct().order_by(TrailEntry.chain)).all()
        parties = [chain for chain in chains if chain.startswith(PARTY)]
        for chain in [chain for chain in chains if chain.startswith(AGREEMENT)][::10]:
            packed = export(db, chain, {}, extra_chains=parties, signer=SIGNER, registry=REGISTRY)
            assert DEFINITIONS.encode() in packed
            told = verify_bundle(packed)
            assert told.ok, told.first_fault

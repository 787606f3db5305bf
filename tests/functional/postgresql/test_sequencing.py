"""Many write at once and nobody waits for all: yet every entry gets one place, in its chain's order.

Against a real PostgreSQL server. Eight writers, two sequencers, and one that is
killed with a batch half done.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from workflow_app.domain.trail import Frontier, verify_consistency, verify_inclusion
from workflow_app.migrations import upgrade
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf, TrailWaiting
from workflow_app.services import trail
from workflow_app.services.log import sequencer, tree
from workflow_app.services.log.checking import check_tree

pytestmark = pytest.mark.xdist_group("postgresql")

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PROCESS = Path(__file__).with_name("sequencer_process.py")
WRITERS, EACH, CHAINS = 8, 45, 3


@pytest.fixture
def engine(postgresql: str) -> Iterator[Engine]:
    made = make_engine(postgresql, pool_size=WRITERS)
    yield made
    made.dispose()


def append(engine: Engine, chain: str, number: int = 1) -> None:
    """So many entries, each a transaction."""
    sessions = make_session_factory(engine)
    for n in range(number):
        with sessions.begin() as session:
            trail.append(session, chain, kind="note", now=NOW, data={"n": n}, private={"reason": f"{n}"})


def start(url: str, *words: str) -> subprocess.Popen[str]:
    """Another process that sequences, ready to."""
    command = [sys.executable, str(PROCESS), url, *words]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def stopped(process: subprocess.Popen[str]) -> int:
    """What a process did before it was told to stop."""
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return int(out)


def test_eight_writers_two_sequencers_and_one_that_is_killed(engine: Engine, postgresql: str) -> None:
    append(engine, "before", 3)
    dying = start(postgresql, "10", "die")
    assert dying.stdout is not None
    assert dying.stdout.readline() == "in\n"
    assert sequencer.drain(engine) == 0, "another is at it"
    dying.kill()
    dying.communicate()
    first, second = start(postgresql, "7"), start(postgresql, "100")
    with ThreadPoolExecutor(WRITERS) as writers:
        chains = [f"agreement/{n % CHAINS}" for n in range(WRITERS)]
        list(writers.map(lambda chain: append(engine, chain, EACH), chains))
    done = stopped(first) + stopped(second) + sequencer.drain(engine)
    with Session(engine) as session:
        size = tree.tree_size(session)
        assert size == done == WRITERS * EACH + 3
        assert sequencer.waiting(session) == (0, None)
        # Every entry has one leaf, no gaps, each chain in order, heads of tiles right.
        check_tree(session)
        whole, half = Frontier(), None
        for leaf in session.scalars(select(TrailLeaf.hash).order_by(TrailLeaf.number)):
            whole.append(leaf)
            half = whole.root() if whole.size == size // 2 else half
        assert tree.root(session, size) == whole.root()
        for index, proof in tree.inclusions(session, range(0, size, 7), size).items():
            leaf = session.scalars(select(TrailLeaf.hash).where(TrailLeaf.number == index + 1)).one()
            verify_inclusion(leaf, index, size, proof, whole.root())
        assert half is not None
        verify_consistency(size // 2, size, half, whole.root(), tree.consistency(session, size // 2, size))


def test_an_entry_waits_for_its_place_and_says_since_when(engine: Engine) -> None:
    append(engine, "agreement/1", 2)
    with Session(engine) as session:
        assert tree.tree_size(session) == 0
        entries = session.scalars(select(TrailEntry.id)).all()
        assert tree.positions(session, entries) == {}
        assert sequencer.waiting(session) == (2, NOW)
        assert "2 entries wait for their place" in check_tree(session)[-1].en
    assert sequencer.drain(engine, limit=1) == 2
    with Session(engine) as session:
        assert sorted(tree.positions(session, entries).values()) == [0, 1]


def test_what_a_transaction_that_failed_wrote_waits_for_nothing(engine: Engine) -> None:
    with Session(engine) as session:
        trail.append(session, "agreement/1", kind="note", now=NOW)
        session.rollback()
    append(engine, "agreement/2")
    assert sequencer.drain(engine) == 1
    with Session(engine) as session:
        check_tree(session)


def test_entries_past_the_write_path_are_found_and_given_places(engine: Engine) -> None:
    append(engine, "agreement/1", 2)
    with engine.begin() as connection:
        connection.execute(
            text("DELETE FROM trail_waiting WHERE entry_id = (SELECT max(id) FROM trail_entry)")
        )
    assert sequencer.drain(engine) == 1
    with Session(engine) as session, session.begin():
        assert sequencer.enqueue_strays(session) == 1
    assert sequencer.drain(engine) == 1
    with Session(engine) as session:
        check_tree(session)


@pytest.mark.parametrize("table", ["trail_leaf", "trail_tile_head", "checkpoint"])
def test_triggers_refuse_every_change(engine: Engine, table: str) -> None:
    append(engine, "agreement/1", 2)
    sequencer.drain(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO trail_tile_head VALUES (9, 1, '\\x00')"))
        connection.execute(text("INSERT INTO checkpoint VALUES (9, '\\x00', '\\x00', now())"))
    column = "note" if table == "checkpoint" else "hash"
    for sql in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        for role in ("origin", "replica"):
            with engine.connect() as connection:
                connection.execute(text(f"SET session_replication_role = {role}"))
                with pytest.raises(DBAPIError, match="append-only"):
                    connection.execute(text(sql))


@pytest.mark.parametrize(("number", "word"), [(5, "no gaps"), (2, "duplicate key")])
def test_a_leaf_stands_behind_the_one_before_it(engine: Engine, number: int, word: str) -> None:
    append(engine, "agreement/1", 2)
    sequencer.drain(engine)
    with engine.connect() as connection, pytest.raises(DBAPIError, match=word):
        connection.execute(text(f"INSERT INTO trail_leaf VALUES ({number}, 99, '\\x00')"))


def test_a_database_from_before_the_tree_gets_leaves_for_all_its_entries(postgresql_server: object) -> None:
    url = postgresql_server.database(empty=True)  # type: ignore[attr-defined]  # a Server
    engine = make_engine(url)
    upgrade(engine, "0010")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO trail_entry (chain, number, kind, hash, body, at) SELECT 'a', n, 'k',"
                " encode(sha256(convert_to('x' || n, 'UTF8')), 'hex'), convert_to('y' || n, 'UTF8'), now()"
                " FROM generate_series(1, 300) AS n"
            )
        )
    upgrade(engine)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(TrailLeaf)) == 300
        assert session.scalar(select(func.count()).select_from(TrailWaiting)) == 0
        leaves = [bytes(leaf) for leaf in session.scalars(select(TrailLeaf.hash).order_by(TrailLeaf.number))]
        whole = Frontier()
        for leaf in leaves:
            whole.append(leaf)
        assert tree.root(session, 300) == whole.root()
    append(engine, "b")
    assert sequencer.drain(engine) == 1
    engine.dispose()


def test_whoever_only_looks_sees_one_moment(engine: Engine) -> None:
    """A check that counted leaves before a batch and checkpoints after it would ring for nothing."""
    append(engine, "agreement/1", 3)
    with Session(engine.execution_options(avtaleflyt_read_only=True)) as looking:
        assert tree.tree_size(looking) == 0
        assert sequencer.drain(engine) == 3
        assert tree.tree_size(looking) == 0
        assert sequencer.waiting(looking).entries == 3
        check_tree(looking)
    with Session(engine) as session:
        assert tree.tree_size(session) == 3

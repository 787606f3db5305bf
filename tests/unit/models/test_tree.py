"""Nothing changes a leaf, a tile's head or a kept checkpoint: not the ORM, not SQL by hand on the file."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, inspect, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.models.trail import TrailIsAppendOnly
from workflow_app.models.tree import (
    TRIGGERS_POSTGRESQL,
    TRIGGERS_SQLITE,
    Checkpoint,
    TrailLeaf,
    TrailTileHead,
    TrailWaiting,
)

AT = datetime(2020, 4, 30, 10, tzinfo=UTC)
TABLES = ("trail_leaf", "trail_tile_head", "checkpoint")


@pytest.fixture
def filled(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Three leaves, a head and a checkpoint, committed."""
    with sessions.begin() as session:
        for number in (1, 2, 3):
            session.add(TrailLeaf(entry_id=number * 10, hash=bytes([number]) * 32))
            session.flush()
        session.add(TrailTileHead(level=1, number=0, hash=bytes(32)))
        session.add(Checkpoint(size=3, root=bytes(32), note=b"note", at=AT))
        session.add(TrailWaiting(entry_id=40))
    return sessions


def contents(sessions: sessionmaker[Session]) -> list[object]:
    """Everything that is kept."""
    with sessions() as session:
        return [tuple(row) for table in TABLES for row in session.execute(text(f"SELECT * FROM {table}"))]


def test_numbers_are_given_without_gaps(filled: sessionmaker[Session]) -> None:
    with filled() as session:
        assert session.scalars(select(TrailLeaf.number).order_by(TrailLeaf.number)).all() == [1, 2, 3]


@pytest.mark.parametrize("model", [TrailLeaf, TrailTileHead, Checkpoint])
def test_the_orm_refuses(filled: sessionmaker[Session], model: type[TrailLeaf]) -> None:
    before = contents(filled)
    with filled() as session:
        row = session.scalars(select(model)).first()
        assert row is not None
        setattr(row, "note" if isinstance(row, Checkpoint) else "hash", b"x" * 32)
        with pytest.raises(TrailIsAppendOnly, match="UPDATE"):
            session.flush()
    with filled() as session:
        session.delete(session.scalars(select(model)).first())
        with pytest.raises(TrailIsAppendOnly, match="DELETE"):
            session.commit()
    for bulk in (delete(model), update(model).values(number=9) if model is not Checkpoint else delete(model)):
        with filled() as session, pytest.raises(TrailIsAppendOnly, match="bulk"):
            session.execute(bulk)
    assert contents(filled) == before


def test_the_queue_may_be_emptied(filled: sessionmaker[Session]) -> None:
    with filled.begin() as session:
        session.execute(delete(TrailWaiting))
    with filled() as session:
        assert session.scalar(select(func.count()).select_from(TrailWaiting)) == 0


CHANGES = [
    *(f"DELETE FROM {table}" for table in TABLES),
    *(f"UPDATE {table} SET rowid = rowid" for table in TABLES),
    "UPDATE trail_leaf SET number = 4 WHERE number = 3",
    "UPDATE trail_leaf SET entry_id = 99 WHERE number = 3",
    "INSERT OR REPLACE INTO trail_leaf VALUES (3, 30, x'00')",
    "INSERT OR REPLACE INTO trail_leaf VALUES (4, 30, x'00')",
    "INSERT OR REPLACE INTO trail_leaf VALUES (3, 99, x'00')",
    "INSERT INTO trail_leaf VALUES (2, 99, x'00')",
    "INSERT INTO trail_leaf (entry_id, hash) VALUES (30, x'00')",
    "INSERT INTO trail_leaf VALUES (5, 50, x'00')",
    "INSERT INTO trail_leaf VALUES (0, 50, x'00')",
    "INSERT INTO trail_leaf VALUES (-1, 50, x'00')",
    "INSERT OR REPLACE INTO trail_tile_head VALUES (1, 0, x'00')",
    "INSERT OR REPLACE INTO checkpoint VALUES (3, x'00', x'00', '2020-01-01')",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_triggers_refuse_sql(filled: sessionmaker[Session], tmp_path: Path, sql: str) -> None:
    before = contents(filled)
    with filled() as session, pytest.raises(IntegrityError, match=r"append-only|no gaps"):
        session.execute(text(sql))
    connection = sqlite3.connect(tmp_path / "test.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|no gaps"):
        connection.execute(sql)
    connection.close()
    assert contents(filled) == before


@pytest.mark.parametrize("table", [*TABLES, "trail_waiting"])
def test_no_foreign_key_can_cascade_into_the_tree(engine: Engine, table: str) -> None:
    assert inspect(engine).get_foreign_keys(table) == []


def test_both_databases_have_a_trigger_for_every_way_of_changing() -> None:
    assert len(TRIGGERS_SQLITE) == len(set(TRIGGERS_SQLITE)) == 10
    statements = " ".join(TRIGGERS_POSTGRESQL)
    assert statements.count("ENABLE ALWAYS TRIGGER") == statements.count("CREATE TRIGGER") == 7

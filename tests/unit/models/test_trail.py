"""Nothing changes an entry: not the ORM, not SQL by hand on the very file."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.models.base import Base
from workflow_app.models.trail import (
    TRIGGERS_POSTGRESQL,
    TRIGGERS_SQLITE,
    TrailClear,
    TrailEntry,
    TrailIsAppendOnly,
)

AT = datetime(2020, 4, 30, 10, tzinfo=UTC)


def row(number: int, chain: str = "agreement/1") -> TrailEntry:
    """An entry as the table takes it; its bytes are of no concern here."""
    return TrailEntry(chain=chain, number=number, kind="k", hash=f"{number:064x}", body=b"{}", at=AT)


@pytest.fixture
def filled(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Three entries and a clear value, committed."""
    with sessions.begin() as session:
        session.add_all(row(number) for number in (1, 2, 3))
        session.add(TrailClear(entry_id=1, field="reason", salt=bytes(32), value="fordi"))
    return sessions


def count(sessions: sessionmaker[Session]) -> tuple[int | None, int | None]:
    """How many entries and clear values there are."""
    with sessions() as session:
        entries = session.scalar(select(func.count()).select_from(TrailEntry).where(TrailEntry.kind == "k"))
        return entries, session.scalar(select(func.count()).select_from(TrailClear))


def test_the_orm_refuses_a_changed_entry_before_it_writes_anything(filled: sessionmaker[Session]) -> None:
    with filled() as session:
        session.scalars(select(TrailEntry).where(TrailEntry.number == 2)).one().kind = "other"
        session.add(row(4))
        with pytest.raises(TrailIsAppendOnly, match="UPDATE"):
            session.flush()
    assert count(filled) == (3, 1)


def test_the_orm_refuses_a_deleted_entry(filled: sessionmaker[Session]) -> None:
    with filled() as session:
        session.delete(session.scalars(select(TrailEntry).where(TrailEntry.number == 2)).one())
        with pytest.raises(TrailIsAppendOnly, match="DELETE"):
            session.commit()
    assert count(filled) == (3, 1)


def test_the_orm_refuses_a_changed_clear_value_and_lets_it_be_erased(filled: sessionmaker[Session]) -> None:
    with filled() as session:
        session.scalars(select(TrailClear)).one().value = "derfor"
        with pytest.raises(TrailIsAppendOnly, match="trail_clear"):
            session.flush()
    with filled.begin() as session:
        session.delete(session.scalars(select(TrailClear)).one())
    assert count(filled) == (3, 0)


def test_setting_an_entry_to_what_it_was_is_no_change(filled: sessionmaker[Session]) -> None:
    with filled.begin() as session:
        session.scalars(select(TrailEntry).where(TrailEntry.number == 2)).one().kind = "k"


@pytest.mark.parametrize(
    "statement",
    [update(TrailEntry).values(kind="x"), delete(TrailEntry), update(TrailClear).values(value="x")],
    ids=str,
)
def test_the_orm_refuses_bulk_changes(filled: sessionmaker[Session], statement: object) -> None:
    with filled() as session, pytest.raises(TrailIsAppendOnly, match="bulk"):
        session.execute(statement)  # type: ignore[call-overload]
    assert count(filled) == (3, 1)


def test_clear_values_may_be_erased_in_bulk(filled: sessionmaker[Session]) -> None:
    with filled.begin() as session:
        session.execute(delete(TrailClear).where(TrailClear.entry_id == 1))
    assert count(filled) == (3, 0)


CHANGES = [
    "UPDATE trail_entry SET kind = 'x' WHERE number = 2",
    "UPDATE OR REPLACE trail_entry SET number = 1 WHERE number = 2",
    "UPDATE trail_entry SET id = 99 WHERE number = 3",
    "DELETE FROM trail_entry WHERE number = 3",
    "DELETE FROM trail_entry",
    "INSERT OR REPLACE INTO trail_entry SELECT * FROM trail_entry WHERE id = 2",
    "REPLACE INTO trail_entry (chain, number, kind, hash, body, at)"
    " SELECT chain, number, 'x', hash, body, at FROM trail_entry WHERE number = 2",
    "INSERT INTO trail_entry SELECT * FROM trail_entry WHERE id = 2"
    " ON CONFLICT (id) DO UPDATE SET kind = 'x'",
    "UPDATE trail_clear SET value = 'x'",
    "UPDATE trail_clear SET entry_id = 2",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_triggers_refuse_sql_through_sqlalchemy(filled: sessionmaker[Session], sql: str) -> None:
    with filled() as session, pytest.raises(IntegrityError, match=r"append-only|not changed"):
        session.execute(text(sql))
    assert count(filled) == (3, 1)


@pytest.mark.parametrize("sql", CHANGES)
def test_triggers_refuse_sql_on_the_file_itself(
    filled: sessionmaker[Session], tmp_path: Path, sql: str
) -> None:
    connection = sqlite3.connect(tmp_path / "test.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|not changed"):
        connection.execute(sql)
    connection.close()
    assert count(filled) == (3, 1)


def test_a_number_of_a_chain_is_taken_once(filled: sessionmaker[Session]) -> None:
    with filled() as session, pytest.raises(IntegrityError):
        session.execute(
            insert(TrailEntry.__table__).values(  # type: ignore[arg-type]
                chain="agreement/1", number=2, kind="k", hash="0" * 64, body=b"{}", at=AT
            )
        )
    with filled.begin() as session:
        session.add(row(1, "agreement/2"))


@pytest.mark.parametrize(
    ("column", "index"),
    [("kind", "ix_trail_entry_chain_kind_number"), ("transition", "ix_trail_entry_chain_transition_number")],
)
def test_the_last_of_its_kind_is_found_without_reading_the_chain(
    engine: Engine, column: str, index: str
) -> None:
    sql = f"SELECT hash FROM trail_entry WHERE chain = 'a' AND {column} = 'k' ORDER BY number DESC LIMIT 1"
    with engine.connect() as connection:
        plan = " ".join(str(step) for step in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
    assert index in plan
    assert "TEMP B-TREE" not in plan


def test_the_head_is_found_by_the_unique_index(engine: Engine) -> None:
    sql = "SELECT hash FROM trail_entry WHERE chain = 'a' ORDER BY number DESC LIMIT 1"
    with engine.connect() as connection:
        plan = " ".join(str(step) for step in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
    assert "USING INDEX" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("table", ["trail_entry", "trail_clear"])
def test_no_foreign_key_can_cascade_into_the_trail(engine: Engine, table: str) -> None:
    assert inspect(engine).get_foreign_keys(table) == []


def test_making_the_tables_twice_makes_the_triggers_once(engine: Engine) -> None:
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        made = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        )
    ours = {name for name in made if name.startswith(("trail_entry", "trail_clear"))}
    assert ours == {s.split()[2] for s in TRIGGERS_SQLITE}


def test_both_databases_have_a_trigger_for_every_way_of_changing() -> None:
    """PostgreSQL's statements are run against a server elsewhere; here only that none was forgotten."""
    statements = " ".join(TRIGGERS_POSTGRESQL)
    for words in (
        "BEFORE UPDATE OR DELETE ON trail_entry",
        "BEFORE TRUNCATE ON trail_entry",
        "BEFORE UPDATE ON trail_clear",
    ):
        assert words in statements
    assert statements.count("ENABLE ALWAYS TRIGGER") == statements.count("CREATE TRIGGER")
    assert "%" not in statements

"""A migrated database is the one the models describe, triggers included, and an upgrade loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from workflow_app import migrations
from workflow_app.migrations import (
    BrokenReference,
    UnknownDatabase,
    create_all,
    current,
    head,
    metadata,
    upgrade,
)
from workflow_app.models.database import make_engine


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    yield engine
    engine.dispose()


def schema(engine: Engine) -> dict[tuple[str, str], str]:
    """Every table, index and trigger by its own words, without white space."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_master"
            " WHERE name NOT LIKE 'sqlite_%' AND name != 'alembic_version'"
        ).all()
    return {(kind, name): "".join((sql or "").split()) for kind, name, sql in rows}


def test_an_empty_database_becomes_what_the_models_describe(empty: Engine) -> None:
    assert upgrade(empty) == (None, head())
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata()) == []


def test_triggers_are_those_of_the_models(empty: Engine, engine: Engine) -> None:
    upgrade(empty)
    migrated, made = schema(empty), schema(engine)
    triggers = {key: sql for key, sql in made.items() if key[0] == "trigger"}
    assert triggers, "the trail is guarded by triggers"
    assert {key: sql for key, sql in migrated.items() if key[0] == "trigger"} == triggers
    assert migrated.keys() == made.keys()


def test_a_second_upgrade_changes_nothing(empty: Engine) -> None:
    upgrade(empty)
    before = schema(empty)
    assert upgrade(empty) == (head(), head())
    assert schema(empty) == before


def test_tables_without_a_version_are_left_alone(empty: Engine) -> None:
    create_all(empty)
    before = schema(empty)
    with pytest.raises(UnknownDatabase, match="no version"):
        upgrade(empty)
    assert schema(empty) == before


def test_a_step_that_fails_leaves_the_database_as_it_was(
    empty: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(config: Config, _revision: str) -> None:
        config.attributes["connection"].exec_driver_sql("CREATE TABLE half_done (id INTEGER)")
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(command, "upgrade", fails)
    with pytest.raises(RuntimeError, match="disk"):
        upgrade(empty)
    assert schema(empty) == {}


def test_an_upgrade_that_would_leave_a_broken_reference_is_refused(empty: Engine) -> None:
    with migrations.unconstrained(empty) as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (parent INTEGER REFERENCES parent (id))")
        connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
        connection.exec_driver_sql("INSERT INTO child VALUES (1)")
    with pytest.raises(BrokenReference, match="'child'"), migrations.unconstrained(empty) as connection:
        connection.exec_driver_sql("DELETE FROM parent")
    with empty.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM parent").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_versions_stand_in_one_line() -> None:
    scripts = ScriptDirectory(str(migrations.FOLDER))
    assert scripts.get_heads() == [head()]
    numbers = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_current_of_an_empty_database_is_nothing(empty: Engine) -> None:
    with empty.connect() as connection:
        assert current(connection) is None

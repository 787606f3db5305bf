"""Entries from before the tree get their leaves, in the order in which they were written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.orm import Session

from workflow_app.domain.trail import Frontier, leaf_hash
from workflow_app.migrations import upgrade
from workflow_app.models.database import make_engine
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf
from workflow_app.services import trail
from workflow_app.services.log import tree
from workflow_app.services.log.checking import check_tree

MANY = 1000
NOW = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Engine]:
    """A database of the version before, with two chains that were written in turn."""
    engine = make_engine(f"sqlite:///{tmp_path / 'before.sqlite'}")
    upgrade(engine, "0010")
    rows = []
    for n in range(MANY):
        body = b'{"n":%d}' % n
        rows.append(
            # Ids have holes: a transaction that was thrown away took some with it.
            {"id": 3 * n + 1, "chain": f"agreement/{n % 2}", "number": n // 2 + 1, "kind": "k",
             "hash": leaf_hash(body).hex(), "body": body, "at": NOW}
        )  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(TrailEntry.__table__), rows)  # type: ignore[arg-type]
    yield engine
    engine.dispose()


def test_every_entry_has_its_leaf_in_the_order_of_writing(before: Engine) -> None:
    upgrade(before, "0011")
    with Session(before) as session:
        assert tree.tree_size(session) == MANY
        assert tree.positions(session, [1, 4, 3 * MANY - 2]) == {1: 0, 4: 1, 3 * MANY - 2: MANY - 1}
        whole = Frontier()
        for n in range(MANY):
            whole.append(leaf_hash(b'{"n":%d}' % n))
        assert tree.root(session, MANY) == whole.root()
        check_tree(session)
        assert session.scalar(text("SELECT count(*) FROM trail_tile_head")) == MANY // 256


def test_the_tree_grows_on_from_there(before: Engine) -> None:
    upgrade(before)
    with Session(before) as session, session.begin():
        for n in range(30):
            trail.append(session, "agreement/9", kind="note", now=NOW, data={"n": n})
    with Session(before) as session:
        assert tree.tree_size(session) == MANY + 30
        check_tree(session)


def test_a_hash_that_somebody_bent_is_not_taken_for_the_entrys(before: Engine) -> None:
    """The leaf is of the bytes; that the column says otherwise shows in a check."""
    with before.begin() as connection:
        connection.execute(text("DROP TRIGGER trail_entry_no_update"))
        connection.execute(text("UPDATE trail_entry SET hash = 'not even hex' WHERE id = 1"))
    upgrade(before, "0011")
    with Session(before) as session:
        first = session.scalars(select(TrailLeaf.hash).where(TrailLeaf.number == 1)).one()
    assert first == leaf_hash(b'{"n":0}')


def test_an_empty_database_gets_an_empty_tree(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    upgrade(engine)
    with Session(engine) as session:
        assert tree.tree_size(session) == 0
    engine.dispose()

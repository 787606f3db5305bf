"""Whatever was bent in the tree's tables is found and named, and a whole tree is said to be whole."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.trail import TrailError
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.services import trail
from workflow_app.services.log import checkpoints
from workflow_app.services.log.checking import check_tree
from workflow_app.services.log.signer import new_signer

NOW = datetime(2020, 4, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred entries of three chains in turn, and three kept checkpoints; copied for each test."""
    file = tmp_path_factory.mktemp("model") / "model.sqlite"
    engine, signer = make_engine(f"sqlite:///{file}"), new_signer("example.com/log")
    create_all(engine)
    with Session(engine) as session, session.begin():
        checkpoints.store(session, checkpoints.current(session, signer), NOW)
        for n in range(300):
            trail.append(session, f"agreement/{n % 3}", kind="note", now=NOW)
        checkpoints.store(session, checkpoints.at(session, signer, 100), NOW)
        checkpoints.store(session, checkpoints.current(session, signer), NOW)
    engine.dispose()
    return file


@pytest.fixture
def written(model: Path, tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """The model's copy."""
    copyfile(model, tmp_path / "test.sqlite")
    engine = make_engine(f"sqlite:///{tmp_path / 'test.sqlite'}")
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def bent(written: sessionmaker[Session], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database's file in the hands of somebody who can drop triggers."""
    connection = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.close()


def test_a_whole_tree_is_whole(written: sessionmaker[Session]) -> None:
    with written() as session:
        said = [one.en for one in check_tree(session)]
    assert said[0].startswith("The tree: 300 leaves without gaps")
    assert said[1].startswith("3 checkpoints that were kept")
    assert len(said) == 2


def test_an_empty_tree_is_whole(session: Session) -> None:
    assert check_tree(session)[0].en.startswith("The tree: 0 leaves")


SWAP = """UPDATE trail_leaf SET number = -1 WHERE number = {0};
UPDATE trail_leaf SET number = {0} WHERE number = {1};
UPDATE trail_leaf SET number = {1} WHERE number = -1;
DELETE FROM checkpoint"""

BENDINGS = {
    "UPDATE trail_leaf SET hash = zeroblob(32) WHERE number = 5": "leaf 5 is not the hash",
    "UPDATE trail_entry SET hash = previous WHERE id = 7": "leaf 7 is not the hash",
    "DELETE FROM trail_leaf WHERE number = 17": "leaf 17 is missing",
    "DELETE FROM trail_leaf WHERE number = 300": "checkpoint of 300 leaves was kept, .* only 299",
    "DELETE FROM trail_leaf WHERE number = 300; DELETE FROM checkpoint": "neither a leaf nor .*id 300",
    "DELETE FROM trail_entry WHERE id = 300": "leaf 300 is not the hash",
    SWAP.format(1, 4): "head of tile 0 of level 0",
    SWAP.format(290, 293): "entry 98 of the chain 'agreement/1' stands before",
    "UPDATE checkpoint SET root = zeroblob(32) WHERE size = 0": "checkpoint of 0 leaves has another root",
    "UPDATE checkpoint SET root = zeroblob(32) WHERE size = 100": "checkpoint of 100 leaves has another",
    "UPDATE checkpoint SET root = zeroblob(32) WHERE size = 300": "checkpoint of 300 leaves has another",
    "UPDATE trail_tile_head SET hash = zeroblob(32)": "head of tile 0 of level 0 is not",
    "DELETE FROM trail_tile_head": "head of tile 0 of level 0 is not",
    "INSERT INTO trail_tile_head VALUES (1, 1, zeroblob(32))": "2 heads of level 1, and there should be 1",
    "INSERT INTO trail_tile_head VALUES (0, 0, zeroblob(32))": "heads of level 0",
    "INSERT INTO trail_waiting VALUES (7)": "in the queue that does not belong there .id 7",
    "INSERT INTO trail_waiting VALUES (777)": "in the queue that does not belong there .id 777",
}


@pytest.mark.parametrize("sql", BENDINGS, ids=range(len(BENDINGS)))
def test_bending_the_tree_shows(written: sessionmaker[Session], bent: sqlite3.Connection, sql: str) -> None:
    bent.executescript(sql)
    with written() as session, pytest.raises(TrailError) as caught:
        check_tree(session)
    assert re.search(BENDINGS[sql], caught.value.said.en), caught.value.said.en
    assert caught.value.said.nb.startswith("Treet: ")

"""Entries get their places as they are written, and every root and proof is that of the leaves."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, insert, select, text
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.tlog.nodes import MissingHashes
from workflow_app.domain.tlog.proofs import NoSuchProof
from workflow_app.domain.tlog.tiles import Tile
from workflow_app.domain.trail import EMPTY_ROOT, Frontier, verify_consistency, verify_inclusion
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf, TrailTileHead
from workflow_app.services import trail
from workflow_app.services.log import tree

NOW = datetime(2020, 4, 30, 12, tzinfo=UTC)


def add(session: Session, number: int = 1, chain: str = "agreement/1") -> list[TrailEntry]:
    return [trail.append(session, chain, kind="note", now=NOW, data={"n": n}) for n in range(number)]


def plant(session: Session, number: int) -> list[bytes]:
    """So many leaves without entries, as the sequencer plants them."""
    start = tree.tree_size(session)
    leaves = [hashlib.sha256(b"\x00%d" % n).digest() for n in range(start, start + number)]
    tree.extend(session, [(10**6 + start + n, leaf) for n, leaf in enumerate(leaves)])
    return leaves


def test_an_entry_is_a_leaf_in_the_same_transaction(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        first, second = add(session, 2)
    with sessions() as session:
        add(session, 3)
        session.rollback()
    with sessions.begin() as session:
        (third,) = add(session)
    with sessions() as session:
        assert tree.tree_size(session) == 3
        assert tree.positions(session, [first.id, second.id, third.id]) == {
            first.id: 0,
            second.id: 1,
            third.id: 2,
        }
        assert tree.position(session, 99) is None
        leaves = session.scalars(select(TrailLeaf).order_by(TrailLeaf.number)).all()
        assert [leaf.hash.hex() for leaf in leaves] == [first.hash, second.hash, third.hash]


def test_an_empty_tree(session: Session) -> None:
    assert tree.tree_size(session) == 0
    assert tree.root(session, 0) == EMPTY_ROOT
    assert tree.tile(session, Tile(0, 0, 1)) is None
    with pytest.raises(NoSuchProof):
        tree.inclusion(session, 0, 0)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, list[bytes]]:
    """A tree of more than one level of tiles: 66,000 leaves."""
    from workflow_app.migrations import create_all
    from workflow_app.models.database import make_engine

    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('grown') / 'tree.sqlite'}")
    create_all(engine)
    with Session(engine) as session, session.begin():
        leaves = plant(session, 66_000)
    return engine, leaves


def test_roots_and_proofs_are_those_of_the_leaves(grown: tuple[Engine, list[bytes]]) -> None:
    engine, leaves = grown
    wanted = {1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 66_000}
    frontier, roots = Frontier(), {}
    for leaf in leaves:
        frontier.append(leaf)
        if frontier.size in wanted:
            roots[frontier.size] = frontier.root()
    with Session(engine) as session:
        for size, root in roots.items():
            assert tree.root(session, size) == root
            indexes = {0, size // 2, size - 1}
            for index, proof in tree.inclusions(session, indexes, size).items():
                assert proof == tree.inclusion(session, index, size)
                verify_inclusion(leaves[index], index, size, proof, root)
            for first in (one for one in roots if one <= size):
                verify_consistency(first, size, roots[first], root, tree.consistency(session, first, size))
        with pytest.raises(MissingHashes):
            tree.root(session, 66_001)


def test_a_client_that_only_has_tiles_finds_the_same_root(grown: tuple[Engine, list[bytes]]) -> None:
    """Tiles put together by a client of its own, as C2SP tlog-tiles describes them."""
    engine, leaves = grown
    with Session(engine) as session:
        size, level, whole = 66_000, 0, b""
        assert tree.tile(session, Tile(0, 257)) is None
        assert tree.tile(session, Tile(0, 257, 209)) is None
        assert tree.tile(session, Tile(3, 0, 1)) is None
        hashes = leaves
        while hashes:
            for number in range(len(hashes) // 256 + 1):
                here = hashes[256 * number : 256 * number + 256]
                if here:
                    assert tree.tile(session, Tile(level, number, len(here))) == b"".join(here)
            hashes = [mth(hashes[256 * n : 256 * n + 256]) for n in range(len(hashes) // 256)]
            level += 1
        whole = tree.root(session, size)
    assert level == 3
    assert mth(leaves) == whole


def mth(hashes: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, over leaf hashes, layer by layer."""
    while len(hashes) > 1:
        odd = [hashes[-1]] if len(hashes) % 2 else []
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        hashes = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in pairs] + odd
    return hashes[0]


def test_appending_reads_nothing_of_the_tree_but_where_a_tile_is_filled(
    engine: Engine, session: Session
) -> None:
    plant(session, 254)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    for filled in (False, True, False):
        statements.clear()
        add(session)
        about = [one.split("(")[0].split()[:3] for one in statements if "trail_leaf" in one or "tile" in one]
        leaf, head = ["INSERT", "INTO", "trail_leaf"], ["INSERT", "INTO", "trail_tile_head"]
        assert about == ([leaf, ["SELECT", "trail_leaf.hash", "FROM"], head] if filled else [leaf])


def test_the_plan_of_a_tile_is_a_range_of_the_key(engine: Engine) -> None:
    with engine.connect() as connection:
        for sql in (
            "SELECT hash FROM trail_leaf WHERE number > 256 AND number <= 512 ORDER BY number",
            "SELECT max(number) FROM trail_leaf",
            "SELECT hash FROM trail_tile_head WHERE level = 1 AND number >= 0 AND number < 9 ORDER BY number",
        ):
            plan = " ".join(str(step) for step in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
            assert "SEARCH" in plan
            assert "TEMP B-TREE" not in plan


@settings(max_examples=15)
@given(st.lists(st.integers(1, 600), min_size=1, max_size=4))
def test_it_does_not_matter_in_which_portions_leaves_come(portions: list[int]) -> None:
    from workflow_app.migrations import create_all
    from workflow_app.models.database import make_engine

    engine = make_engine("sqlite://")
    create_all(engine)
    with Session(engine) as session:
        leaves = [leaf for portion in portions for leaf in plant(session, portion)]
        whole = Frontier()
        for leaf in leaves:
            whole.append(leaf)
        assert tree.root(session, len(leaves)) == whole.root()
        heads = session.execute(select(TrailTileHead.level, TrailTileHead.number)).all()
        assert sorted(map(tuple, heads)) == [(1, n) for n in range(len(leaves) // 256)]
    engine.dispose()


def test_a_database_that_was_never_asked_for_an_id_gives_one(session: Session) -> None:
    """The number comes from the database and not from us, also where leaves were planted by number."""
    session.execute(insert(TrailLeaf), [{"number": 1, "entry_id": 1000, "hash": bytes(32)}])
    (entry,) = add(session)
    assert tree.position(session, entry.id) == 1


def test_a_missing_leaf_stops_nobody_from_writing_and_is_made_good(session: Session) -> None:
    """The tile that the 256th leaf fills has no root while one is missing, and gets it when that is back."""
    plant(session, 255)
    for name in ("trail_leaf_no_delete", "trail_leaf_no_replace"):
        session.execute(text(f"DROP TRIGGER {name}"))
    leaf = session.execute(text("DELETE FROM trail_leaf WHERE number = 7 RETURNING entry_id, hash")).one()
    add(session, 2)
    with pytest.raises(MissingHashes, match="255 of 256"):
        tree.tile(session, Tile(0, 0))
    with pytest.raises(MissingHashes, match="255 of 256"):
        tree.close_left_open(session)
    session.execute(text("INSERT INTO trail_leaf VALUES (7, :entry_id, :hash)"), dict(leaf._mapping))
    with pytest.raises(MissingHashes):
        tree.root(session, 257)
    assert tree.close_left_open(session) == 1
    assert tree.close_left_open(session) == 0
    assert tree.root(session, 257)
    whole = Frontier()
    for hash_ in session.scalars(select(TrailLeaf.hash).order_by(TrailLeaf.number)):
        whole.append(hash_)
    assert tree.root(session, 257) == whole.root()

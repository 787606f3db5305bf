"""A whole database is whole; bent in any way that it can know of, it says where."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session, sessionmaker

from tests.support.proved import KOMMUNE, SIGNER, WITNESSED
from workflow_app.domain.trail import Held, note_bytes, parse_note
from workflow_app.models.trail import TrailClear
from workflow_app.services import parties, trail, trail_check
from workflow_app.services.log import checkpoints, cosigning, keys, tree, witnesses
from workflow_app.services.trail_check import verify_database

NOW = datetime(2020, 4, 30, 12, 0, 5, 123456, tzinfo=timezone(timedelta(hours=2)))
CHAIN = trail.agreement_chain(1)


def add(session: Session, number: int = 1, chain: str = CHAIN) -> None:
    """Append ``number`` entries with two private fields each."""
    for n in range(number):
        trail.append(
            session,
            chain,
            kind="transition",
            now=NOW,
            actor=trail.EntryActor("p1", "mayor", "3103"),
            transition="sign",
            private={"reason": f"grunn {n}", "title": "varaordfører"},
        )


@pytest.fixture
def written(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Three chains, committed."""
    with sessions.begin() as session:
        add(session, 4)
        add(session, 2, trail.party_chain("3103"))
        trail.append(session, trail.INSTALLATION, kind="made", now=NOW.astimezone(UTC), data={"v": 1})
    return sessions


@pytest.fixture
def bent(written: sessionmaker[Session], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database's file in the hands of somebody who can drop triggers."""
    connection = sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.close()


def test_a_whole_database_is_whole(written: sessionmaker[Session]) -> None:
    with written() as session:
        verdict = verify_database(session)
    assert verdict.ok
    assert verdict.checked[0].en.startswith("7 entries in 3 chains:")
    assert (
        verdict.checked[1].en
        == "12 names and free texts are those entered; 0 are erased or were not handed out."
    )


def test_an_empty_database_has_nothing_wrong(session: Session) -> None:
    verdict = verify_database(session)
    assert verdict.ok
    assert verdict.checked[0].en.startswith("0 entries in 0 chains")


def test_more_than_one_batch(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail_check, "BATCH", 3)
    add(session, 10)
    verdict = verify_database(session)
    assert verdict.ok
    assert verdict.checked[1].en.startswith("20 names")


def test_what_was_erased_does_not_break_the_trail(written: sessionmaker[Session]) -> None:
    with written.begin() as session:
        session.execute(delete(TrailClear).where(TrailClear.field == "title"))
    with written() as session:
        verdict = verify_database(session)
        assert verdict.ok
        assert (
            verdict.checked[1].nb
            == "6 navn og fritekster er de som ble ført inn; 6 er slettet eller ikke utlevert."
        )
        assert "title" not in next(iter(trail.clear(session, trail.entries(session, CHAIN)).values()))


BENDINGS = {
    "UPDATE trail_entry SET body = replace(body, 'mayor', 'major') WHERE id = 2": "Entry 2 .*not bytes",
    "UPDATE trail_entry SET body = CAST(replace(body, 'mayor', 'major') AS BLOB) WHERE id = 2": "column hash",
    "UPDATE trail_entry SET body = CAST(body || ' ' AS BLOB) WHERE id = 2": "Entry 2 .*not canonically",
    "UPDATE trail_entry SET body = x'' WHERE id = 1": "Entry 1 .*not JSON",
    "DELETE FROM trail_entry WHERE id = 1": "Entry 1 .*number 2 stands here",
    "DELETE FROM trail_entry WHERE id = 2": "Entry 2 .*number 3 stands here",
    "DELETE FROM trail_entry WHERE id = 4": "clear value of an entry that is not there",
    "UPDATE trail_entry SET chain = 'agreement/9' WHERE id = 4": "Entry 1 of the chain 'agreement/9'",
    "UPDATE trail_entry SET number = number + 1 WHERE id = 4": "column number",
    "UPDATE trail_entry SET kind = 'other' WHERE id = 3": "Entry 3 .*column kind",
    "UPDATE trail_entry SET transition = NULL WHERE id = 3": "column transition",
    "UPDATE trail_entry SET hash = previous WHERE id = 3": "column hash",
    "UPDATE trail_entry SET previous = hash WHERE id = 3": "column previous",
    "UPDATE trail_entry SET at = '2021-01-01 00:00:00.000000' WHERE id = 3": "column at",
    "UPDATE trail_entry SET at = 'i går' WHERE id = 3": "cannot be read",
    "UPDATE trail_clear SET value = 'derfor' WHERE entry_id = 2 AND field = 'reason'": "Entry 2 .*'reason'",
    "UPDATE trail_clear SET salt = zeroblob(32) WHERE entry_id = 2": "Entry 2 .*not the one",
    "UPDATE trail_clear SET salt = x'00' WHERE entry_id = 2 AND field = 'reason'": "not 32 bytes",
    "UPDATE trail_clear SET field = 'name' WHERE entry_id = 2 AND field = 'reason'": "no field 'name'",
    "INSERT INTO trail_clear VALUES (99, 'reason', zeroblob(32), 'x')": "entry that is not there",
    "DROP TABLE trail_clear": "cannot be read",
    "ALTER TABLE trail_entry RENAME COLUMN body TO content": "cannot be read",
}


@pytest.mark.parametrize("sql", BENDINGS)
def test_bending_the_database_shows(
    written: sessionmaker[Session], bent: sqlite3.Connection, sql: str
) -> None:
    bent.execute(sql)
    with written() as session:
        verdict = verify_database(session)
    assert not verdict.ok
    assert verdict.first_fault is not None
    assert re.search(BENDINGS[sql], verdict.first_fault.en), verdict.first_fault.en


def test_swapped_salts_show(written: sessionmaker[Session], bent: sqlite3.Connection) -> None:
    salts = dict(bent.execute("SELECT field, salt FROM trail_clear WHERE entry_id = 1").fetchall())
    for field, other in (("reason", "title"), ("title", "reason")):
        bent.execute(
            "UPDATE trail_clear SET salt = ? WHERE entry_id = 1 AND field = ?", (salts[other], field)
        )
    with written() as session:
        assert not verify_database(session).ok


def cut(bent: sqlite3.Connection) -> None:
    """The tail of a chain and another chain whole, gone with their clear values, and the tree closed up."""
    bent.execute("DELETE FROM trail_entry WHERE id = 4 OR chain = 'installation'")
    bent.execute("DELETE FROM trail_clear WHERE entry_id = 4")
    kept = bent.execute(
        "SELECT entry_id, hash FROM trail_leaf WHERE entry_id IN (SELECT id FROM trail_entry) ORDER BY number"
    ).fetchall()
    bent.execute("DELETE FROM trail_leaf")
    bent.executemany("INSERT INTO trail_leaf (entry_id, hash) VALUES (?, ?)", kept)


def test_what_the_database_alone_cannot_show(
    written: sessionmaker[Session], bent: sqlite3.Connection
) -> None:
    """Whoever cuts with care leaves a whole trail behind: only what others hold can tell."""
    with written() as session:
        root = tree.root(session, 7)
    cut(bent)
    with written() as session:
        assert verify_database(session).ok
        on_paper = verify_database(session, Held(heads=((7, root),)))
    assert on_paper.first_fault is not None
    assert "history was rewritten" in on_paper.first_fault.en


def test_a_cut_with_leaves_left_shows(written: sessionmaker[Session], bent: sqlite3.Connection) -> None:
    bent.execute("DELETE FROM trail_entry WHERE chain = 'installation'")
    with written() as session:
        verdict = verify_database(session)
    assert verdict.first_fault is not None
    assert "leaf 7 is not the hash of its entry" in verdict.first_fault.en


# What was signed


@pytest.fixture
def signed(written: sessionmaker[Session]) -> sessionmaker[Session]:
    """The same under a log with a key, its head cosigned by a witness."""
    with written.begin() as session:
        keys.enter(session, SIGNER, NOW)
        parties.add_municipal(session, "3103", now=NOW)
        witnesses.register(session, parties.find(session, "3103"), KOMMUNE.vkey, now=NOW, real_now=WITNESSED)
        head = checkpoints.current(session, SIGNER)
        text = parse_note(head.note).text
        body = note_bytes(text, [KOMMUNE.line(text, int(WITNESSED.timestamp()))])
        cosigning.accept(session, cosigning.read(body), SIGNER, WITNESSED)
    return written


def test_kept_heads_and_cosignatures_are_checked(signed: sessionmaker[Session]) -> None:
    with signed() as session:
        size = tree.tree_size(session)
        held = Held((SIGNER.key, KOMMUNE.key), ((size, tree.root(session, size)),))
        verdict = verify_database(session, held)
        stranger = verify_database(session, Held((replace(SIGNER, seed=bytes(32)).key,)))
    assert verdict.ok, verdict.first_fault
    told = [said.en for said in verdict.checked]
    assert "1 checkpoints are signed by the log, and 1 cosignatures by witnesses fit." in told
    assert told[-1] == f"The head that you hold over {size} entries is the beginning of the log."
    assert verdict.unchecked == (trail_check.BY_BUNDLE,)
    assert stranger.first_fault is not None
    assert "is the log's" in stranger.first_fault.en


def test_a_log_without_a_key_is_said_to_have_none(written: sessionmaker[Session]) -> None:
    with written() as session:
        assert "has no key" in verify_database(session).unchecked[0].en


FORGERIES = {
    "UPDATE cosignature SET time = time + 1": "cosignature of 'moss.example/vitne' .*its time is another",
    "UPDATE cosignature SET blob = zeroblob(72)": "cosignature of .*does not fit",
    "UPDATE checkpoint SET note = CAST(replace(note, 'avtaler', 'avtalen') AS BLOB)": "of the log's keys",
    "UPDATE checkpoint SET note = CAST(replace(note, x'0a31300a', x'0a390a') AS BLOB)": "text says another",
    "UPDATE checkpoint SET note = x''": "The checkpoint of .*no signatures",
    "DELETE FROM log_key": "none of the log's keys",
    "UPDATE checkpoint SET root = zeroblob(32)": "another root than the leaves give",
}


@pytest.mark.parametrize("sql", FORGERIES)
def test_a_forged_head_or_cosignature_shows(
    signed: sessionmaker[Session], bent: sqlite3.Connection, sql: str
) -> None:
    bent.execute(sql)
    with signed() as session:
        verdict = verify_database(session)
    assert verdict.first_fault is not None
    assert re.search(FORGERIES[sql], verdict.first_fault.en), verdict.first_fault.en


def test_a_cut_below_a_kept_head_shows(signed: sessionmaker[Session], bent: sqlite3.Connection) -> None:
    cut(bent)
    with signed() as session:
        verdict = verify_database(session)
    assert verdict.first_fault is not None
    assert "was kept, but there are only" in verdict.first_fault.en


def test_a_file_that_is_no_database_gets_a_verdict(tmp_path: Path) -> None:
    from workflow_app.models.database import make_engine

    (tmp_path / "noise.sqlite").write_bytes(b"not a database at all" * 500)
    engine = make_engine(f"sqlite:///{tmp_path / 'noise.sqlite'}")
    with Session(engine) as session:
        verdict = verify_database(session)
    engine.dispose()
    assert verdict.exit_code == 1
    assert verdict.first_fault is not None
    assert "cannot be read" in verdict.first_fault.en

"""Appending: dense, linked, all or nothing, one after another; and what a check of it all sees."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import transaction
import zope.sqlalchemy
from sqlalchemy import Engine, delete, event, select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain import trail as domain
from workflow_app.domain.trail import TrailError
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services import trail
from workflow_app.services.trail import EntryActor

NOW = datetime(2020, 4, 30, 12, 0, 5, 123456, tzinfo=timezone(timedelta(hours=2)))
CHAIN = trail.agreement_chain(1)
MAYOR = EntryActor("p1", "mayor", "3103")


def add(session: Session, number: int = 1, chain: str = CHAIN) -> list[TrailEntry]:
    """Append ``number`` entries with two private fields each."""
    return [
        trail.append(
            session,
            chain,
            kind="transition",
            now=NOW,
            actor=MAYOR,
            transition="sign",
            private={"reason": f"grunn {n}", "title": "varaordfører"},
        )
        for n in range(number)
    ]


def test_the_first_entry_has_no_link_and_the_next_has_one(session: Session) -> None:
    first, second = add(session, 2)
    assert (first.number, first.previous) == (1, None)
    assert (second.number, second.previous) == (2, first.hash)
    assert trail.head(session, CHAIN) == (2, second.hash)
    assert trail.head(session, "agreement/2") == (0, None)


def test_the_body_says_what_was_given_and_leaves_out_what_was_not(session: Session) -> None:
    full = trail.append(
        session,
        CHAIN,
        kind="transition",
        now=NOW,
        actor=EntryActor("p1", "mayor", "3103", "p2"),
        event_date=date(2020, 4, 29),
        transition="sign",
        from_state="negotiated",
        to_state="signed",
        definition="ab" * 32,
        agreement="cd" * 32,
        data={"year": 2020},
        private={"reason": "fordi", "title": "", "note": None},
    )
    told = domain.decode(full.body)
    commitment = told.pop("private")
    assert told == {
        "v": 1,
        "chain": "agreement/1",
        "number": 1,
        "previous": None,
        "kind": "transition",
        "at": "2020-04-30T12:00:05.123456+02:00",
        "actor": {"person": "p1", "role": "mayor", "party": "3103", "acting_for": "p2"},
        "event_date": "2020-04-29",
        "transition": "sign",
        "from": "negotiated",
        "to": "signed",
        "definition": "ab" * 32,
        "agreement": "cd" * 32,
        "data": {"year": 2020},
    }
    assert list(commitment) == ["reason"]
    assert b"fordi" not in full.body
    bare = trail.append(session, CHAIN, kind="tick", now=NOW, event_date="2020-02", data={}, private={})
    assert domain.decode(bare.body) == {
        "v": 1,
        "chain": "agreement/1",
        "number": 2,
        "previous": full.hash,
        "kind": "tick",
        "at": "2020-04-30T12:00:05.123456+02:00",
        "actor": None,
        "event_date": "2020-02",
    }


def test_salts_are_fresh_for_every_field_and_entry(session: Session) -> None:
    for _ in range(3):
        trail.append(session, CHAIN, kind="k", now=NOW, private={"a": "same", "b": "same"})
    salts = session.scalars(select(TrailClear.salt)).all()
    assert len(set(salts)) == 6
    assert {len(salt) for salt in salts} == {32}


@pytest.mark.parametrize(
    "wrong",
    [
        {"now": datetime(2020, 4, 30)},
        {"data": {"share": 0.5}},
        {"data": {"at": NOW}},
        {"private": {"reason": "\ud800"}},
        {"private": {"reason": "a\0b"}},
        {"kind": ""},
        {"definition": "politiradsavtale"},
        {"event_date": "igår"},
    ],
    ids=str,
)
def test_what_cannot_be_entered_is_refused_and_nothing_written(
    session: Session, wrong: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"kind": "k", "now": NOW} | wrong
    with pytest.raises(TrailError):
        trail.append(session, CHAIN, **given)
    assert trail.head(session, CHAIN) == (0, None)


def test_pages_of_entries_and_their_clear_values(session: Session) -> None:
    add(session, 5)
    page = trail.entries(session, CHAIN, after=2, limit=2)
    assert [entry.number for entry in page] == [3, 4]
    assert trail.clear(session, page) == {
        page[0].id: {"reason": "grunn 2", "title": "varaordfører"},
        page[1].id: {"reason": "grunn 3", "title": "varaordfører"},
    }
    assert trail.clear(session, []) == {}


def test_an_append_costs_the_same_after_many(engine: Engine, session: Session) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    add(session)
    first = list(statements)
    add(session, 200)
    statements.clear()
    add(session)
    assert statements == [sql for sql in first if not sql.startswith("BEGIN")]
    assert len(statements) == 3


def test_a_rollback_leaves_neither_entry_nor_hole(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        add(session, 2)
    with sessions() as session:
        add(session, 3)
        session.rollback()
    with sessions.begin() as session:
        (after,) = add(session)
        assert after.number == 3
    with sessions() as session:
        assert trail.verify_database(session).ok
        assert len(session.scalars(select(TrailClear)).all()) == 6


def test_it_works_where_the_transaction_manager_commits(engine: Engine) -> None:
    manager = transaction.TransactionManager(explicit=True)
    factory = sessionmaker(engine, expire_on_commit=False)

    def begin() -> Session:
        session = factory()
        zope.sqlalchemy.register(session, transaction_manager=manager)
        manager.begin()
        return session

    add(begin())
    manager.commit()
    add(begin(), 3)
    manager.abort()
    with factory() as session:
        assert trail.head(session, CHAIN)[0] == 1
        assert trail.verify_database(session).ok


def test_writers_at_once_make_one_chain(sessions: sessionmaker[Session]) -> None:
    """Eight connections, twenty-five entries each, two chains: no number lost, none twice."""
    errors: list[Exception] = []

    def write(chain: str) -> None:
        try:
            for _ in range(25):
                with sessions.begin() as session:
                    add(session, chain=chain)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(f"agreement/{n % 2}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with sessions() as session:
        assert trail.head(session, "agreement/0")[0] == trail.head(session, "agreement/1")[0] == 100
        assert trail.verify_database(session).ok


# Checking the whole database


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
        verdict = trail.verify_database(session)
    assert verdict.ok
    assert verdict.checked[0].en.startswith("7 entries in 3 chains:")
    assert (
        verdict.checked[1].en
        == "12 names and free texts are those entered; 0 are erased or were not handed out."
    )


def test_an_empty_database_has_nothing_wrong(session: Session) -> None:
    verdict = trail.verify_database(session)
    assert verdict.ok
    assert verdict.checked[0].en.startswith("0 entries in 0 chains")


def test_more_than_one_batch(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "BATCH", 3)
    add(session, 10)
    verdict = trail.verify_database(session)
    assert verdict.ok
    assert verdict.checked[1].en.startswith("20 names")


def test_what_was_erased_does_not_break_the_trail(written: sessionmaker[Session]) -> None:
    with written.begin() as session:
        session.execute(delete(TrailClear).where(TrailClear.field == "title"))
    with written() as session:
        verdict = trail.verify_database(session)
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
        verdict = trail.verify_database(session)
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
        assert not trail.verify_database(session).ok


def test_what_the_database_alone_cannot_show(
    written: sessionmaker[Session], bent: sqlite3.Connection
) -> None:
    """A tail cut off with its clear values, or a chain gone whole: only what others hold can tell."""
    bent.execute("DELETE FROM trail_entry WHERE id = 4 OR chain = 'installation'")
    bent.execute("DELETE FROM trail_clear WHERE entry_id = 4")
    with written() as session:
        assert trail.verify_database(session).ok


def test_a_file_that_is_no_database_gets_a_verdict(tmp_path: Path) -> None:
    from workflow_app.models.database import make_engine

    (tmp_path / "noise.sqlite").write_bytes(b"not a database at all" * 500)
    engine = make_engine(f"sqlite:///{tmp_path / 'noise.sqlite'}")
    with Session(engine) as session:
        verdict = trail.verify_database(session)
    engine.dispose()
    assert verdict.exit_code == 1
    assert verdict.first_fault is not None
    assert "cannot be read" in verdict.first_fault.en

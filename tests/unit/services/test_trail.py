"""Appending: dense, linked, all or nothing, one after another."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
import transaction
import zope.sqlalchemy
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain import trail as domain
from workflow_app.domain.trail import TrailError
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services import trail
from workflow_app.services.trail import EntryActor
from workflow_app.services.trail_check import verify_database

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


def test_an_append_costs_the_same_after_many(engine: Engine, session: Session) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    add(session)
    first = list(statements)
    add(session, 200)
    statements.clear()
    add(session)
    assert statements == [sql for sql in first if not sql.startswith("BEGIN")]
    # The chain's head is read; entry, leaf and clear values are written.
    assert len(statements) == 4


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
        assert verify_database(session).ok
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
        assert verify_database(session).ok


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
        assert verify_database(session).ok

"""Tokens: shown once, with a scope and an end, found in one statement."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.people import Person
from workflow_app.services import people, tokens, trail
from workflow_app.services.errors import Conflict, NotThere, ServiceError

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def kari(session: Session) -> Person:
    return people.add_person(session, username="slt.moss", name="Kari Nordmann", now=NOW)


def test_the_clear_token_is_nowhere_in_the_database(session: Session, kari: Person) -> None:
    clear, token = tokens.issue(session, kari, "read", now=NOW)
    other, _ = tokens.issue(session, kari, "read", now=NOW)
    assert clear != other
    assert clear not in str(vars(token))
    session.commit()
    dump = "\n".join(session.connection().connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert token.token_sha256 in dump
    assert clear.removeprefix("avtaleflyt_") not in dump
    for entry in trail.entries(session, trail.INSTALLATION):
        assert token.token_sha256.encode() not in entry.body


def test_found_with_person_and_scope_in_one_statement(session: Session, engine: Engine, kari: Person) -> None:
    clear, token = tokens.issue(session, kari, "write", now=NOW)
    session.commit()
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    bearer = tokens.find(session, clear, NOW)
    assert bearer is not None
    assert (bearer.person.username, bearer.scope, bearer.token_id) == ("slt.moss", "write", token.id)
    assert bearer.may_write
    assert len([s for s in seen if s.startswith("SELECT")]) == 1


def test_a_reading_token_may_not_write(session: Session, kari: Person) -> None:
    clear, _ = tokens.issue(session, kari, "read", now=NOW)
    bearer = tokens.find(session, clear, NOW)
    assert bearer is not None
    assert not bearer.may_write


def test_it_dies_at_its_end(session: Session, kari: Person) -> None:
    clear, token = tokens.issue(session, kari, "read", now=NOW)
    assert token.expires_at == NOW + 90 * DAY
    assert tokens.find(session, clear, token.expires_at - timedelta(seconds=1)) is not None
    assert tokens.find(session, clear, token.expires_at) is None


@pytest.mark.parametrize("until", [NOW, NOW - DAY, NOW + 366 * DAY + timedelta(seconds=1)])
def test_an_end_that_has_been_or_is_too_far_off(session: Session, kari: Person, until: datetime) -> None:
    with pytest.raises(ServiceError, match="must end between 2026-03-02 and 2027-03-02"):
        tokens.issue(session, kari, "read", until=until, now=NOW)


@pytest.mark.parametrize("scope", ["", "admin", "READ"])
def test_an_unknown_scope(session: Session, kari: Person, scope: str) -> None:
    with pytest.raises(ServiceError, match="choose read, write"):
        tokens.issue(session, kari, scope, now=NOW)


def test_ended_at_once_and_only_once(session: Session, kari: Person) -> None:
    clear, token = tokens.issue(session, kari, "read", now=NOW)
    tokens.end(session, token.id, now=NOW)
    assert tokens.find(session, clear, NOW) is None
    with pytest.raises(Conflict, match=r"number 1 is over already"):
        tokens.end(session, token.id, now=NOW)
    with pytest.raises(NotThere, match="no token with the number 77"):
        tokens.end(session, 77, now=NOW)


def test_issued_and_ended_are_entries(session: Session, kari: Person) -> None:
    _, token = tokens.issue(session, kari, "read", now=NOW)
    tokens.end(session, token.id, now=NOW)
    _, issued, ended = [decode(e.body) for e in trail.entries(session, trail.INSTALLATION)]
    assert (issued["kind"], ended["kind"]) == ("token_issued", "token_ended")
    assert issued["data"]["scope"] == "read"
    assert issued["data"]["person"] == ended["data"]["person"] == kari.id
    assert issued["data"]["token"] == ended["data"]["token"] == token.id


@pytest.mark.parametrize(
    "bearer", ["", "avtaleflyt_", "x" * 54, "avtaleflyt_" + "æ" * 43, "\ud800", "a" * 10**6]
)
def test_any_other_string_is_nobody(session: Session, kari: Person, bearer: str) -> None:
    tokens.issue(session, kari, "read", now=NOW)
    assert tokens.find(session, bearer, NOW) is None


def test_an_ended_person_has_none_even_if_none_was_ended(session: Session, kari: Person) -> None:
    clear, _ = tokens.issue(session, kari, "read", now=NOW)
    kari.active = False
    session.flush()
    assert tokens.find(session, clear, NOW) is None


def test_the_list_shows_the_live_ones_of_one_person(session: Session, kari: Person) -> None:
    ola = people.add_person(session, username="ordforer.moss", name="Ola Nordmann", now=NOW)
    first, _, third = (tokens.issue(session, who, "read", now=NOW)[1].id for who in (kari, ola, kari))
    tokens.end(session, first, now=NOW)
    assert [t.id for t in tokens.list_tokens(session, NOW, person=kari)] == [third]
    assert [t.id for t in tokens.list_tokens(session, NOW, person=kari, ended=True)] == [first, third]
    assert len(tokens.list_tokens(session, NOW)) == 2
    assert tokens.list_tokens(session, NOW + 91 * DAY) == []

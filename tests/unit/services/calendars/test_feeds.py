"""Addresses of calendars: shown once, found in one statement, over when they are taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from workflow_app.models.people import Person
from workflow_app.services import parties, people, trail
from workflow_app.services.calendars import feeds
from workflow_app.services.errors import Conflict, NotThere
from workflow_app.services.trail import EntryActor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def kari(session: Session) -> Person:
    return people.add_person(session, username="slt.moss", name="Kari Nordmann", now=NOW)


def make(session: Session, person: Person) -> tuple[str, int]:
    clear, feed = feeds.make(session, person.id, actor=EntryActor(person.id), now=NOW)
    return clear, feed.id


def test_the_clear_token_is_nowhere_in_the_database(session: Session, kari: Person) -> None:
    clear, _ = make(session, kari)
    assert clear != make(session, kari)[0]
    session.commit()
    dump = "\n".join(session.connection().connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert clear[-4:] in dump, "enough to know one from another"
    assert clear.removeprefix("avtalekalender_")[:-4] not in dump


def test_found_in_one_statement_and_only_whole(session: Session, engine: Engine, kari: Person) -> None:
    clear, ident = make(session, kari)
    session.commit()
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    found = feeds.find(session, clear)
    assert found is not None
    assert (found.id, found.person.username, found.party) == (ident, "slt.moss", None)
    assert len([s for s in seen if s.startswith("SELECT")]) == 1
    for other in (
        "",
        clear[:-1],
        clear + "x",
        clear.upper(),
        "avtaleflyt_" + clear[15:],
        f" {clear}",
        "æ" * 58,
    ):
        assert feeds.find(session, other) is None


def test_a_party_goes_along_with_its_feed(session: Session, kari: Person) -> None:
    moss = parties.add_municipal(session, "3103", now=NOW)
    clear, _ = feeds.make(session, kari.id, party=moss, actor=EntryActor(kari.id), now=NOW)
    found = feeds.find(session, clear)
    assert found is not None
    assert found.party is moss
    assert found.agreement_id is None


def test_taken_back_by_its_own_person_once(session: Session, kari: Person) -> None:
    clear, ident = make(session, kari)
    ola = people.add_person(session, username="ola", name="Ola Nordmann", now=NOW)
    with pytest.raises(NotThere):
        feeds.revoke(session, ola.id, ident, actor=EntryActor(ola.id), now=NOW)
    feeds.revoke(session, kari.id, ident, actor=EntryActor(kari.id), now=NOW)
    assert feeds.find(session, clear) is None
    assert feeds.live(session, kari.id) == []
    with pytest.raises(Conflict):
        feeds.revoke(session, kari.id, ident, actor=EntryActor(kari.id), now=NOW)
    with pytest.raises(NotThere):
        feeds.revoke(session, kari.id, 999, actor=EntryActor(kari.id), now=NOW)


def test_an_ended_person_has_no_feed(session: Session, kari: Person) -> None:
    clear, _ = make(session, kari)
    people.end_person(session, kari, now=NOW)
    assert feeds.find(session, clear) is None


def test_making_and_taking_back_are_entries_without_the_token(session: Session, kari: Person) -> None:
    clear, ident = make(session, kari)
    feeds.revoke(session, kari.id, ident, actor=EntryActor(kari.id), now=NOW)
    told = [e for e in trail.entries(session, trail.INSTALLATION) if e.kind.startswith("calendar_feed")]
    assert [e.kind for e in told] == ["calendar_feed_made", "calendar_feed_revoked"]
    assert all(clear.encode() not in e.body for e in told)


def test_there_is_a_limit(session: Session, kari: Person) -> None:
    for _ in range(feeds.MOST):
        make(session, kari)
    with pytest.raises(Conflict, match=str(feeds.MOST)):
        make(session, kari)
    feeds.revoke(session, kari.id, feeds.live(session, kari.id)[0].id, actor=EntryActor(kari.id), now=NOW)
    make(session, kari)

"""Sessions: random, revocable, dead when idle or old, new at sign-in, and read without writing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from workflow_app.models.people import LoginSession, Person
from workflow_app.services import sessions

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def kari(session: Session) -> Person:
    person = Person(username="slt.moss", name="Kari Nordmann", created_at=NOW)
    session.add(person)
    session.flush()
    return person


def current(session: Session, cookie: str, now: datetime = NOW) -> sessions.Current:
    found = sessions.look_up(session, cookie, now)
    assert found is not None
    return found


def test_the_cookie_is_random_and_not_stored(session: Session, kari: Person) -> None:
    cookie, row = sessions.open_session(session, NOW, person=kari)
    other, _ = sessions.open_session(session, NOW, person=kari)
    assert cookie != other
    assert len(cookie) == 43  # 32 bytes
    assert cookie not in str(vars(row))
    assert current(session, cookie).person is kari
    assert current(session, cookie).csrf_token not in (cookie, row.token_sha256)


@pytest.mark.parametrize("cookie", ["", "x", "æ" * 43, "A" * 43, "a" * 100_000, "\ud800" * 43])
def test_any_other_value_is_nobody(session: Session, kari: Person, cookie: str) -> None:
    sessions.open_session(session, NOW, person=kari)
    assert sessions.look_up(session, cookie, NOW) is None


def test_the_stored_hash_itself_opens_nothing(session: Session, kari: Person) -> None:
    _, row = sessions.open_session(session, NOW, person=kari)
    assert sessions.look_up(session, row.token_sha256, NOW) is None


def test_looking_up_is_one_statement_and_writes_nothing(
    session: Session, engine: Engine, kari: Person
) -> None:
    cookie, _ = sessions.open_session(session, NOW, person=kari)
    session.commit()
    session.expunge_all()
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    found = sessions.look_up(session, cookie, NOW + timedelta(minutes=5))
    assert found is not None
    assert found.person is not None
    assert found.person.name == "Kari Nordmann"
    assert len([s for s in seen if s.startswith("SELECT")]) == 1
    assert not [s for s in seen if s.startswith(("UPDATE", "INSERT", "DELETE"))]


def test_it_dies_when_idle_for_eight_hours(session: Session, kari: Person) -> None:
    cookie, _ = sessions.open_session(session, NOW, person=kari)
    assert sessions.look_up(session, cookie, NOW + 8 * HOUR - timedelta(seconds=1)) is not None
    assert sessions.look_up(session, cookie, NOW + 8 * HOUR) is None


def test_use_keeps_it_alive_but_not_beyond_a_day(session: Session, kari: Person) -> None:
    cookie, _ = sessions.open_session(session, NOW, person=kari)
    for hours in (6, 12, 18, 23):
        at = NOW + hours * HOUR
        sessions.touch(session, current(session, cookie, at), at)
    assert sessions.look_up(session, cookie, NOW + 24 * HOUR - timedelta(seconds=1)) is not None
    assert sessions.look_up(session, cookie, NOW + 24 * HOUR) is None


def test_lifetimes_can_be_set(session: Session, kari: Person) -> None:
    short = sessions.Lifetimes(idle=timedelta(minutes=10))
    cookie, _ = sessions.open_session(session, NOW, person=kari, lifetimes=short)
    assert sessions.look_up(session, cookie, NOW + timedelta(minutes=11), short) is None


def test_use_is_noted_at_most_once_a_minute_and_never_backwards(session: Session, kari: Person) -> None:
    cookie, row = sessions.open_session(session, NOW, person=kari)
    assert not current(session, cookie, NOW + timedelta(seconds=59)).stale
    later = NOW + timedelta(seconds=60)
    stale = current(session, cookie, later)
    assert stale.stale
    sessions.touch(session, stale, later)
    # Another request of the same minute read the row before that and comes late.
    sessions.touch(session, stale, later - timedelta(seconds=30))
    session.refresh(row)
    assert row.seen_at == later


def test_signing_in_gives_everything_anew(session: Session, kari: Person) -> None:
    planted, _ = sessions.open_session(session, NOW, language="nn")
    before = current(session, planted)
    assert before.person is None
    cookie, row = sessions.sign_in(session, kari, NOW, old=before)
    assert sessions.look_up(session, planted, NOW) is None
    after = current(session, cookie)
    assert after.person is kari
    assert after.csrf_token != before.csrf_token
    assert (after.language, row.language) == ("nn", "nn")


def test_an_anonymous_session_is_short(session: Session) -> None:
    cookie, _ = sessions.open_session(session, NOW)
    assert sessions.look_up(session, cookie, NOW + 2 * HOUR) is None


def test_revoking_one_and_all_but_one(session: Session, kari: Person) -> None:
    ola = Person(username="ordforer.moss", name="Ola Nordmann", created_at=NOW)
    session.add(ola)
    session.flush()
    a, b, c = (sessions.open_session(session, NOW, person=kari)[0] for _ in range(3))
    his, _ = sessions.open_session(session, NOW, person=ola)
    assert sessions.revoke(session, current(session, a).key, NOW)
    assert sessions.look_up(session, a, NOW) is None
    assert not sessions.revoke(session, "0" * 64, NOW)
    assert sessions.revoke_all(session, kari.id, NOW, but=current(session, b)) == 1
    assert sessions.look_up(session, b, NOW) is not None
    assert sessions.look_up(session, c, NOW) is None
    assert sessions.look_up(session, his, NOW) is not None


def test_an_ended_person_has_no_session_even_if_none_was_revoked(session: Session, kari: Person) -> None:
    cookie, _ = sessions.open_session(session, NOW, person=kari)
    kari.active = False
    session.flush()
    assert sessions.look_up(session, cookie, NOW) is None


def test_only_what_is_long_expired_is_purged(session: Session, kari: Person) -> None:
    sessions.open_session(session, NOW - timedelta(days=3), person=kari)
    cookie, _ = sessions.open_session(session, NOW, person=kari)
    assert sessions.purge(session, NOW) == 1
    assert [row.created_at for row in session.scalars(select(LoginSession))] == [NOW]
    assert sessions.look_up(session, cookie, NOW) is not None


def test_the_language_of_a_browser(session: Session) -> None:
    cookie, _ = sessions.open_session(session, NOW)
    sessions.set_language(session, current(session, cookie), "en")
    assert current(session, cookie).language == "en"

"""Guessing gets slower and slower, and the log of it names nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow_app.models.people import SecurityEvent
from workflow_app.services.throttle import LOGIN_FAILED, LOGIN_SUCCEEDED, Subject, Throttle

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
THROTTLE = Throttle(key=b"test")
KARI = THROTTLE.name("slt.moss")
HALL = THROTTLE.client("192.0.2.7")


def fail(session: Session, times: int, *, subject: Subject = KARI, at: datetime = NOW) -> None:
    for _ in range(times):
        THROTTLE.record(session, LOGIN_FAILED, [subject], at)


def test_four_failures_cost_nothing_and_the_fifth_half_a_minute(session: Session) -> None:
    fail(session, 4)
    assert THROTTLE.wait_until(session, [KARI], NOW) is None
    fail(session, 1)
    assert THROTTLE.wait_until(session, [KARI], NOW) == NOW + timedelta(seconds=30)
    assert THROTTLE.wait_until(session, [KARI], NOW + timedelta(seconds=29)) is not None
    assert THROTTLE.wait_until(session, [KARI], NOW + timedelta(seconds=30)) is None


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(session: Session) -> None:
    fail(session, 4)
    waits = []
    for _ in range(8):
        fail(session, 1)
        until = THROTTLE.wait_until(session, [KARI], NOW)
        assert until is not None
        waits.append(int((until - NOW).total_seconds()))
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_failures_are_forgotten_after_a_quarter_of_an_hour(session: Session) -> None:
    fail(session, 5)
    later = NOW + timedelta(minutes=15)
    assert THROTTLE.wait_until(session, [KARI], later) is None
    fail(session, 4, at=later)
    assert THROTTLE.wait_until(session, [KARI], later) is None


def test_a_success_forgives_the_name_but_not_the_address(session: Session) -> None:
    for _ in range(20):
        THROTTLE.record(session, LOGIN_FAILED, [KARI, HALL], NOW)
    THROTTLE.record(session, LOGIN_SUCCEEDED, [KARI, HALL], NOW)
    assert THROTTLE.wait_until(session, [KARI], NOW) is None
    assert THROTTLE.wait_until(session, [HALL], NOW) is not None


def test_an_address_gets_more_than_a_name_and_they_do_not_mix(session: Session) -> None:
    fail(session, 19, subject=HALL)
    assert THROTTLE.wait_until(session, [KARI, HALL], NOW) is None
    fail(session, 1, subject=HALL)
    assert THROTTLE.wait_until(session, [KARI, HALL], NOW) is not None
    assert THROTTLE.wait_until(session, [KARI], NOW) is None
    assert THROTTLE.client("slt.moss").hash != KARI.hash


def test_the_longer_of_two_waits_holds(session: Session) -> None:
    fail(session, 7)
    fail(session, 20, subject=HALL)
    assert THROTTLE.wait_until(session, [KARI, HALL], NOW) == NOW + timedelta(seconds=120)


def test_no_spelling_of_a_name_escapes(session: Session) -> None:
    fail(session, 5)
    for spelling in ("SLT.Moss", " slt.moss ", "ｓｌｔ.moss"):
        assert THROTTLE.name(spelling).hash == KARI.hash


def test_the_log_has_neither_name_nor_address_and_needs_the_key(session: Session) -> None:
    THROTTLE.record(session, LOGIN_FAILED, [KARI, HALL], NOW)
    rows = session.execute(select(SecurityEvent.__table__)).all()
    assert "moss" not in str(rows)
    assert "192.0.2.7" not in str(rows)
    assert Throttle(key=b"another").name("slt.moss").hash != KARI.hash


def test_any_string_is_a_subject() -> None:
    assert len({THROTTLE.name(text).hash for text in ("", "\ud800", "æ", "x" * 100_000)}) == 4


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 1800), st.booleans()), max_size=25), st.integers(0, 1800))
def test_nobody_waits_longer_than_the_longest_wait(
    session: Session, events: list[tuple[int, bool]], asked: int
) -> None:
    session.execute(delete(SecurityEvent))
    now = NOW + timedelta(seconds=asked)
    past = sorted((s, good) for s, good in events if s <= asked)
    for seconds, good in past:
        kind = LOGIN_SUCCEEDED if good else LOGIN_FAILED
        THROTTLE.record(session, kind, [KARI], NOW + timedelta(seconds=seconds))
    until = THROTTLE.wait_until(session, [KARI], now)
    recent = [good for s, good in past if s > asked - 900]
    failures = recent[::-1].index(True) if True in recent else len(recent)
    if failures < 5:
        assert until is None
    elif until is not None:
        assert now < until <= now + THROTTLE.longest_wait

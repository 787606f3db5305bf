"""Signing in: one sentence for every wrong thing, the throttle, and hashes that are renewed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.models.people import Person, SecurityEvent
from workflow_app.services import people, people_login
from workflow_app.services.passwords import Passwords
from workflow_app.services.people_login import LoginRefused
from workflow_app.services.throttle import Throttle

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CHEAP = Passwords(time_cost=1, memory_kib=8, lanes=1)
GOOD = "tre blå hester i trappen"


def login(session: Session, username: str, password: str, now: datetime = NOW, client: str = "c") -> Person:
    return people_login.authenticate(session, username, password, client, now, passwords=CHEAP)


def refused(session: Session, username: str, password: str, now: datetime = NOW) -> LoginRefused:
    with pytest.raises(LoginRefused) as caught:
        login(session, username, password, now)
    return caught.value


@pytest.fixture
def kari(session: Session) -> Person:
    return people.add_person(
        session, username="slt.moss", name="Kari Nordmann", password=GOOD, now=NOW, hashing=CHEAP
    )


def test_the_right_one_comes_in_however_the_name_is_written(session: Session, kari: Person) -> None:
    assert login(session, "slt.moss", GOOD) is kari
    assert login(session, " SLT.Moss", GOOD) is kari


def test_unknown_wrong_ended_and_without_a_password_sound_the_same(session: Session, kari: Person) -> None:
    people.add_person(session, username="uten.passord", name="Ola Nordmann", now=NOW)
    gone = people.add_person(
        session, username="sluttet", name="Eva Prøve", password=GOOD, now=NOW, hashing=CHEAP
    )
    people.end_person(session, gone, now=NOW)
    answers = [
        refused(session, "slt.moss", "feil passord her"),
        refused(session, "ukjent", GOOD),
        refused(session, "sluttet", GOOD),
        refused(session, "uten.passord", GOOD),
        refused(session, "uten.passord", "nobody has this password"),
        refused(session, "æ'; DROP TABLE person; --", GOOD),
        refused(session, "", ""),
        refused(session, "\ud800", "\ud800"),
        refused(session, "slt.moss\x00", GOOD),
    ]
    assert {(a.code, str(a), a.retry_after) for a in answers} == {
        ("wrong", "The user name or the password is wrong.", None)
    }


def test_an_ended_account_is_shut_even_with_a_password_left(session: Session, kari: Person) -> None:
    kari.active = False
    session.flush()
    assert refused(session, "slt.moss", GOOD).code == "wrong"


def test_an_unknown_name_is_throttled_like_a_known_one(session: Session, kari: Person) -> None:
    for username in ("slt.moss", "ukjent"):
        codes = [refused(session, username, "feil passord her").code for _ in range(6)]
        assert codes == ["wrong"] * 5 + ["throttled"]


def test_while_waiting_even_the_right_password_is_not_looked_at(session: Session, kari: Person) -> None:
    for _ in range(5):
        refused(session, "slt.moss", "feil passord her")
    answer = refused(session, "slt.moss", GOOD, NOW + timedelta(seconds=10))
    assert (answer.code, answer.retry_after) == ("throttled", 20)
    assert str(answer) == "Too many wrong attempts. Wait 1 min and try again."
    assert login(session, "slt.moss", GOOD, NOW + timedelta(seconds=30)) is kari


def test_hammering_while_waiting_does_not_prolong_the_wait(session: Session, kari: Person) -> None:
    for _ in range(5):
        refused(session, "slt.moss", "feil passord her")
    for second in range(1, 30):
        assert refused(session, "slt.moss", "feil", NOW + timedelta(seconds=second)).code == "throttled"
    assert login(session, "slt.moss", GOOD, NOW + timedelta(seconds=30)) is kari


def test_reauthentication_shares_the_throttle_with_login(session: Session, kari: Person) -> None:
    for _ in range(3):
        refused(session, "slt.moss", "feil passord her")
    for _ in range(2):
        with pytest.raises(LoginRefused, match="The password is wrong"):
            people_login.reauthenticate(session, kari, "feil passord her", NOW, passwords=CHEAP)
    with pytest.raises(LoginRefused) as caught:
        people_login.reauthenticate(session, kari, GOOD, NOW, passwords=CHEAP)
    assert caught.value.code == "throttled"
    assert refused(session, "slt.moss", GOOD).code == "throttled"
    people_login.reauthenticate(session, kari, GOOD, NOW + timedelta(minutes=1), passwords=CHEAP)


def test_an_ended_person_is_not_reauthenticated(session: Session, kari: Person) -> None:
    kari.active = False
    with pytest.raises(LoginRefused, match="The password is wrong"):
        people_login.reauthenticate(session, kari, GOOD, NOW, passwords=CHEAP)


def test_many_names_from_one_address_are_throttled(session: Session, kari: Person) -> None:
    for number in range(20):
        assert refused(session, f"navn{number}", "feil passord her").code == "wrong"
    assert refused(session, "slt.moss", GOOD).code == "throttled"
    assert login(session, "slt.moss", GOOD, client="another") is kari


def test_a_hash_of_old_parameters_is_renewed_at_login(session: Session, kari: Person) -> None:
    old, stronger = kari.password_hash, Passwords(time_cost=2, memory_kib=16, lanes=1)
    login(session, "slt.moss", GOOD)
    assert kari.password_hash == old
    people_login.authenticate(session, "slt.moss", GOOD, "c", NOW, passwords=stronger)
    assert kari.password_hash != old
    assert kari.password_hash is not None
    assert not stronger.outdated(kari.password_hash)
    assert stronger.verify(kari.password_hash, GOOD)


def test_a_wrong_password_renews_nothing(session: Session, kari: Person) -> None:
    old, stronger = kari.password_hash, Passwords(time_cost=2, memory_kib=16, lanes=1)
    with pytest.raises(LoginRefused):
        people_login.authenticate(session, "slt.moss", "feil passord her", "c", NOW, passwords=stronger)
    assert kari.password_hash == old


def test_racing_guesses_get_five_tries_together(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, session.begin():
        people.add_person(
            session, username="slt.moss", name="Kari Nordmann", password=GOOD, now=NOW, hashing=CHEAP
        )
    codes: list[str] = []
    start = threading.Barrier(12)

    def guess(number: int) -> None:
        start.wait()
        with sessions() as session, session.begin():
            codes.append(refused(session, "slt.moss", f"gjetning nummer {number}").code)

    racers = [threading.Thread(target=guess, args=(n,)) for n in range(12)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(codes) == ["throttled"] * 7 + ["wrong"] * 5
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(SecurityEvent)) == 10


def test_the_throttle_can_be_set(session: Session, kari: Person) -> None:
    strict = Throttle(per_name=1)
    with pytest.raises(LoginRefused, match="wrong"):
        people_login.authenticate(session, "slt.moss", "feil", "c", NOW, passwords=CHEAP, throttle=strict)
    with pytest.raises(LoginRefused, match="Too many"):
        people_login.authenticate(session, "slt.moss", GOOD, "c", NOW, passwords=CHEAP, throttle=strict)

"""People: added once, ended at once and for ever, and named in the trail by a key alone."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.trail import decode
from workflow_app.models.people import Person
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services import people, sessions, tokens, trail
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.passwords import Passwords
from workflow_app.services.trail import EntryActor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CHEAP = Passwords(time_cost=1, memory_kib=8, lanes=1)
GOOD = "tre blå hester i trappen"


def add(session: Session, username: str = "slt.moss", name: str = "Kari Nordmann", **more: Any) -> Person:
    return people.add_person(session, username=username, name=name, now=NOW, hashing=CHEAP, **more)


def test_a_person_is_added_as_typed_but_for_superfluous_space(session: Session) -> None:
    kari = add(session, " SLT.Moss ", "  Kari   Nordmann ", email=" kari@moss.example.no ", language="nn")
    assert (kari.username, kari.name) == ("slt.moss", "Kari Nordmann")
    assert (kari.email, kari.language) == ("kari@moss.example.no", "nn")
    assert kari.active
    assert not kari.is_operator
    assert kari.password_hash is None


def test_the_entry_has_the_key_alone_in_clear_and_no_password_at_all(session: Session) -> None:
    kari = add(session, email="kari@moss.example.no", password=GOOD, operator=True, actor=EntryActor("p0"))
    people.set_password(session, kari, "fire grønne katter ute", now=NOW, hashing=CHEAP)
    rows = list(session.scalars(select(TrailEntry)))
    raw = b"".join(row.body for row in rows)
    for secret in ("Kari", "slt.moss", "@", GOOD, "katter", "argon2", str(kari.password_hash)):
        assert secret.encode() not in raw
    added = decode(rows[0].body)
    assert added["chain"] == "installation"
    assert added["actor"] == {"person": "p0"}
    assert added["data"] == {"person": kari.id, "operator": True}
    assert set(added["private"]) == {"name", "username", "email"}
    assert trail.clear(session, rows)[rows[0].id]["name"] == "Kari Nordmann"
    assert "argon2" not in str([(c.field, c.value) for c in session.scalars(select(TrailClear))])
    assert trail.verify_database(session).ok


def test_a_user_name_is_taken_for_ever(session: Session) -> None:
    kari = add(session)
    people.end_person(session, kari, now=NOW)
    with pytest.raises(Conflict, match="is taken; choose another"):
        add(session, "SLT.moss", "Eva Prøve")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("username", "", "username"),
        ("username", "x", "username"),
        ("username", "to ord", "username"),
        ("username", "-strek", "username"),
        ("username", "slt.möss", "username"),
        ("username", "sӏt.moss", "username"),  # a Cyrillic letter that looks like l
        ("username", "x" * 101, "username"),
        ("username", "\ud800\ud800", "username"),
        ("name", "", "empty"),
        ("name", " \n ", "empty"),
        ("name", "x" * 201, "long"),
        ("name", "Kari\x00Nordmann", "characters"),
        ("name", "Kari\ud800", "characters"),
        ("email", "kari", "email"),
        ("email", "kari@moss", "email"),
        ("email", "kari@moss.no\nBcc: x@y.no", "email"),
        ("email", "a@b@c.no", "email"),
        ("email", "x" * 250 + "@a.no", "email"),
        ("language", "sv", "language"),
        ("password", "kort", "password_short"),
        ("password", "slt.moss2026", "password_common"),
    ],
)
def test_a_wrong_field_is_one_sentence_and_nothing_is_written(
    session: Session, field: str, value: str, code: str
) -> None:
    fields: dict[str, Any] = {"username": "slt.moss", "name": "Kari Nordmann"} | {field: value}
    with pytest.raises(ServiceError) as caught:
        people.add_person(session, now=NOW, hashing=CHEAP, **fields)
    assert caught.value.code == code
    assert session.scalars(select(Person)).all() == []
    assert session.scalars(select(TrailEntry)).all() == []


def test_ending_takes_sessions_tokens_and_the_password(session: Session) -> None:
    kari = add(session, password=GOOD)
    cookie, row = sessions.open_session(session, NOW, person=kari)
    clear, token = tokens.issue(session, kari, "write", now=NOW)
    people.end_person(session, kari, now=NOW)
    # Each by itself, not only because the person is ended.
    assert (row.revoked_at, token.revoked_at) == (NOW, NOW)
    assert sessions.look_up(session, cookie, NOW) is None
    assert tokens.find(session, clear, NOW) is None
    assert (kari.active, kari.password_hash) == (False, None)
    for again in (
        lambda: people.end_person(session, kari, now=NOW),
        lambda: people.set_password(session, kari, GOOD, now=NOW, hashing=CHEAP),
        lambda: tokens.issue(session, kari, "read", now=NOW),
    ):
        with pytest.raises(Conflict, match=r"«slt\.moss» is ended already"):
            again()


def test_a_new_password_ends_the_other_sessions(session: Session) -> None:
    kari = add(session, password=GOOD)
    mine, other = (sessions.open_session(session, NOW, person=kari)[0] for _ in range(2))
    keep = sessions.look_up(session, mine, NOW)
    people.set_password(session, kari, "fire grønne katter ute", keep=keep, now=NOW, hashing=CHEAP)
    assert sessions.look_up(session, mine, NOW) is not None
    assert sessions.look_up(session, other, NOW) is None
    assert CHEAP.verify(kari.password_hash, "fire grønne katter ute")


def test_operators_come_and_go_with_an_entry_each(session: Session) -> None:
    kari = add(session)
    for operator in (True, True, False):
        people.set_operator(session, kari, operator, now=NOW)
    kinds = [e.kind for e in trail.entries(session, trail.INSTALLATION)]
    assert kinds == ["person_added", "operator_given", "operator_ended"]


def test_the_list_is_in_norwegian_order(session: Session) -> None:
    for number, name in enumerate(["Åse By", "Ærlig Mann", "Zara Li", "Øyvind Hei", "Anna Å"]):
        person = add(session, f"p{number}", name)
    people.end_person(session, person, now=NOW)
    assert [p.name for p in people.list_people(session)] == ["Zara Li", "Ærlig Mann", "Øyvind Hei", "Åse By"]
    assert people.list_people(session, ended=True)[0].name == "Anna Å"


def test_find_suggests_near_user_names(session: Session) -> None:
    kari = add(session)
    assert people.find(session, "SLT.MOSS") is kari
    with pytest.raises(NotThere, match=r"Did you mean slt\.moss\?"):
        people.find(session, "stl.moss")
    for odd in ("q", "", "\ud800", "' OR 1=1"):
        with pytest.raises(NotThere, match="add the person first"):
            people.find(session, odd)


def test_of_two_who_take_one_user_name_at_once_one_gets_it(sessions: sessionmaker[Session]) -> None:
    start, outcomes = threading.Barrier(2), []

    def take(name: str) -> None:
        start.wait()
        try:
            with sessions() as session, session.begin():
                add(session, "slt.moss", name)
            outcomes.append("added")
        except Conflict as conflict:
            outcomes.append(conflict.code)

    racers = [threading.Thread(target=take, args=(name,)) for name in ("Kari Nordmann", "Eva Prøve")]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(outcomes) == ["added", "username_taken"]
    with sessions() as session:
        assert len(session.scalars(select(Person)).all()) == 1
        assert len(trail.entries(session, trail.INSTALLATION)) == 1


def test_a_wrong_address_is_mended_with_an_entry_that_does_not_show_it(session: Session) -> None:
    kari = add(session, email="kari@mos.example.no", language="nb")
    changed = people.change_person(
        session, kari, email=" kari@moss.example.no ", name="Kari Nordmann", language="nn", now=NOW
    )
    assert changed == ("email", "language")
    assert (kari.email, kari.language, kari.name) == ("kari@moss.example.no", "nn", "Kari Nordmann")
    row = list(session.scalars(select(TrailEntry)))[-1]
    assert decode(row.body)["data"]["changed"] == ["email", "language"]
    assert b"@" not in row.body
    assert trail.clear(session, [row])[row.id] == {"email": "kari@moss.example.no"}
    assert people.change_person(session, kari, email="", now=NOW) == ("email",)
    assert kari.email is None
    assert trail.verify_database(session).ok


def test_nothing_new_is_no_entry_and_what_is_wrong_changes_nothing(session: Session) -> None:
    kari = add(session, email="kari@moss.example.no")
    assert people.change_person(session, kari, email="kari@moss.example.no", now=NOW) == ()
    with pytest.raises(ServiceError, match="is not an e-mail address"):
        people.change_person(session, kari, name="Kari Berg", email="kari", now=NOW)
    assert kari.name == "Kari Nordmann"
    people.end_person(session, kari, now=NOW)
    with pytest.raises(Conflict, match=r"«slt\.moss» is ended already"):
        people.change_person(session, kari, name="Kari Berg", now=NOW)
    assert [e.kind for e in trail.entries(session, trail.INSTALLATION)] == ["person_added", "person_ended"]


@pytest.mark.parametrize("address", ["bjørn@moss.example.no", "a..b@moss.example.no", "kari@-moss.no"])
def test_an_address_no_mail_can_go_to_is_refused_when_it_is_typed(session: Session, address: str) -> None:
    with pytest.raises(ServiceError) as caught:
        add(session, email=address)
    assert caught.value.code == "email"
    assert add(session, email="kari@rødøy.example.no").email == "kari@rødøy.example.no"

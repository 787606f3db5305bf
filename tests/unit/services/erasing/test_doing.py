"""Erasing a person: all that was hers is gone from the file, every proof stays whole."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.unit.services.erasing.conftest import (
    BEFORE,
    EARLIER,
    EMAIL,
    NAME,
    NOW,
    THROTTLE,
    TODAY,
    USERNAME,
    World,
)
from workflow_app.domain.trail import decode
from workflow_app.models.meetings import Attendance, Decision
from workflow_app.models.passkeys import Passkey
from workflow_app.models.people import Party, Person, SecurityEvent
from workflow_app.models.proceedings import ApprovalRound, Matter
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services import people, trail
from workflow_app.services.erasing import doing, nightly
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.people_roles import give_role
from workflow_app.services.trail import EntryActor
from workflow_app.services.trail_check import verify_database

ADMIN = EntryActor("a" * 32, "administrator", "3103")
STRINGS = (NAME, BEFORE, USERNAME, EMAIL, EARLIER, "Fjellvik")
WORDS = ("Jeg syntes det lød bedre slik.", "Vi trenger ett år til.")


def erase(session: Session, key: str, because: str = "Har sluttet og ber om det.") -> bool:
    person = session.get(Person, key)
    assert person is not None
    return doing.erase(session, person, because=because, actor=ADMIN, now=NOW, throttle=THROTTLE)


def found_in(written: bytes) -> list[str]:
    """Which of the words stand in it: as they are, in small letters, or as JSON writes them."""
    small = written.lower()
    return [
        word
        for word in (*STRINGS, *WORDS)
        if word.encode() in written
        or word.lower().encode() in small
        or json.dumps(word)[1:-1].encode() in written
    ]


def entries(session: Session, kind: str) -> list[TrailEntry]:
    return list(session.scalars(select(TrailEntry).where(TrailEntry.kind == kind).order_by(TrailEntry.id)))


def test_no_byte_of_the_database_names_her_any_more(world: World) -> None:
    assert found_in(world.bytes_on_disk()) == [*STRINGS, *WORDS]
    with Session(world.engine) as session, session.begin():
        assert erase(session, world.person)
    nightly.flush_journal(world.engine)
    # Overwritten where it stood, and not only left out of what a query finds.
    assert found_in(world.bytes_on_disk()) == []
    with world.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("BEGIN")
    assert found_in(world.bytes_on_disk()) == []
    assert world.person.encode() in world.bytes_on_disk()


def test_every_proof_stays_whole(db: Session, world: World) -> None:
    hashes = list(db.scalars(select(TrailEntry.hash).order_by(TrailEntry.id)))
    assert verify_database(db).ok
    erase(db, world.person)
    assert list(db.scalars(select(TrailEntry.hash).order_by(TrailEntry.id)))[: len(hashes)] == hashes
    verdict = verify_database(db)
    assert verdict.ok
    assert any("slettet" in said.nb for said in verdict.checked)


def test_what_is_hers_goes_and_what_is_others_stays(db: Session, world: World) -> None:
    before = {(c.entry_id, c.field): c.value for c in db.scalars(select(TrailClear))}
    erase(db, world.person)
    after = {(c.entry_id, c.field) for c in db.scalars(select(TrailClear))}
    gone = sorted(value for key, value in before.items() if key not in after)
    named = [USERNAME, BEFORE, EARLIER, NAME, EMAIL, "Fjellvik-koordinator", f"{NAME.upper()} var syk."]
    assert gone == sorted([*named, WORDS[0]])
    kept = {value for key, value in before.items() if key in after}
    assert {"Tittelen er avtalens", "Skrevet to ganger."} <= kept


def test_the_entry_stands_on_the_chain_of_every_party_of_hers(db: Session, world: World) -> None:
    erase(db, world.person)
    found = entries(db, "person_erased")
    assert {e.chain for e in found} == {"installation", "party/3103"}
    for entry in found:
        said = decode(entry.body)
        assert said["data"] == {"person": world.person, "values": 8}
        assert said["actor"]["person"] == ADMIN.person
    assert {c["reason"] for c in trail.clear(db, found).values()} == {"Har sluttet og ber om det."}


def test_beside_the_log(db: Session, world: World) -> None:
    erase(db, world.person)
    db.flush()
    person = db.get(Person, world.person)
    assert person is not None
    assert (person.name, person.username, person.active) == ("", f"erased-{world.person}", False)
    assert (person.email, person.language, person.password_hash) == (None, None, None)
    meeting = db.scalars(select(Decision).where(Decision.text == "Følges opp.")).one().meeting
    rows = db.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id).order_by(Attendance.id))
    assert [(a.name, a.email, a.deputy_for) for a in rows] == [
        ("", None, None),
        ("", None, None),
        ("Ola Annen", None, "Kari Annen"),
    ]
    assert meeting.decisions[0].responsible == ""
    assert db.scalars(select(Matter).where(Matter.case_officer == "")).one() is not None
    proposal = db.scalars(select(ApprovalRound).where(ApprovalRound.transition == "extend")).one().proposal
    assert proposal == {"basis": "option"}
    passkey = db.scalars(select(Passkey)).one()
    assert (passkey.key, passkey.name, passkey.credential_id, passkey.public_key) == ("c" * 64, "", b"", b"")
    removed = entries(db, "passkey_removed")[0]
    assert decode(removed.body)["data"]["person"] == world.person
    hers = [THROTTLE.name(USERNAME).hash, THROTTLE.client("192.0.2.7").hash]
    left = db.scalars(select(SecurityEvent.subject).where(SecurityEvent.subject.in_(hers))).all()
    assert left == hers[1:]


def test_the_plan_counts_what_will_go_and_changes_nothing(db: Session, world: World) -> None:
    person = db.get(Person, world.person)
    assert person is not None
    plan = doing.make_plan(db, person, now=NOW, throttle=THROTTLE)
    assert (plan.values, plan.own_words, plan.shared, plan.obstacles) == (8, 1, False, ())
    assert {name: n for name, n in plan.beside.items() if n} == {
        "ways_in": 2, "passkeys": 1, "feeds": 1, "mails": 1, "failures": 1, "titles": 3, "attendance": 3,
        "written_as_names": 2, "proposals": 1,
    }  # fmt: skip
    assert [p.key for p in plan.parties] == ["3103"]
    assert not db.new
    assert not db.dirty
    erase(db, world.person)
    again = doing.make_plan(db, person, now=NOW, throttle=THROTTLE)
    assert (again.values, set(again.beside.values())) == (0, {0})


def test_twice_is_once(db: Session, world: World) -> None:
    assert erase(db, world.person)
    assert not erase(db, world.person)
    assert len(entries(db, "person_erased")) == 2


@pytest.mark.parametrize("because", ["", "  ", "x" * 501, f"{NAME} ber om det", f"se {EMAIL}"])
def test_the_reason_is_there_and_names_nobody(db: Session, world: World, because: str) -> None:
    with pytest.raises(FieldErrors) as wrong:
        erase(db, world.person, because)
    assert set(wrong.value.fields) == {"because"}
    assert NAME not in str(wrong.value)


def test_who_still_holds_something_is_told_what_to_do_first(db: Session, world: World) -> None:
    person = db.get(Person, world.person)
    party = db.scalars(select(Party).where(Party.key == "3103")).one()
    assert person is not None
    give_role(db, person, party, "mayor", from_date=TODAY, now=NOW)
    people.set_operator(db, person, True, now=NOW)
    with pytest.raises(Conflict) as refused:
        erase(db, world.person)
    said = str(refused.value.message)
    assert "hand it over or end it first" in said
    assert "operates the installation" in said
    assert db.get(Person, world.person).name == NAME  # type: ignore[union-attr]


def test_a_restored_backup_is_erased_again_whatever_it_holds(db: Session, world: World) -> None:
    person = db.get(Person, world.person)
    party = db.scalars(select(Party).where(Party.key == "3103")).one()
    assert person is not None
    give_role(db, person, party, "mayor", from_date=TODAY - timedelta(days=3), now=NOW)
    keys = [world.person, "f" * 32]
    assert doing.again(db, keys, now=NOW, throttle=THROTTLE) == 1
    assert doing.again(db, keys, now=NOW, throttle=THROTTLE) == 0
    assert person.name == ""
    assert person.erased_at == NOW
    said = decode(entries(db, "person_erased")[0].body)
    assert said["data"] == {"again": True, "by": "console", "person": world.person, "values": 8}
    assert doing.erased(db) == [(world.person, NOW)]
    assert people.holdings(db, person.id, TODAY) == ()
    assert verify_database(db).ok


def test_an_account_named_after_what_others_wrote_does_not_take_it_along(db: Session, world: World) -> None:
    """Neither what stood there before the account, nor anything of parties that are not its own."""
    moss, stange = (db.scalars(select(Party).where(Party.key == key)).one() for key in ("3103", "3413"))
    early, late = NOW - timedelta(days=9), NOW + timedelta(days=1)
    for party, at in ((moss, early), (stange, late), (moss, late)):
        trail.append(
            db, trail.party_chain(party.key), kind="house_rule", now=at, actor=ADMIN,
            private={"reason": f"{at.date()}: her var vi ikke enige."},
        )  # fmt: skip
    trap = people.add_person(db, username="felle.1", name="ikke enige", now=NOW)
    held = give_role(db, trap, moss, "auditor", from_date=TODAY - timedelta(days=3), now=NOW)
    held.to_date = TODAY - timedelta(days=1)
    db.flush()
    doing.erase(db, trap, because="Har sluttet.", actor=ADMIN, now=late, throttle=THROTTLE)
    left = [v for v in db.scalars(select(TrailClear.value)) if "vi ikke enige" in v]
    assert sorted(left) == sorted([f"{d.date()}: her var vi ikke enige." for d in (early, late)])
    told = decode(entries(db, "person_erased")[0].body)["data"]
    assert told["values"] == 3, "the account's own two, and what was written of it since"

"""Adding, naming and removing passkeys: what the chains say, who is told, and what is turned away."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.soft_authenticator import EDDSA, ES256, RS256, SoftAuthenticator, b64
from tests.unit.services.passkeys.conftest import HERE, NOW, registered
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person
from workflow_app.models.trail import TrailEntry
from workflow_app.services import parties, people, people_acting, people_roles
from workflow_app.services.errors import Conflict, FieldErrors, NotThere
from workflow_app.services.passkeys import keys, options, registering
from workflow_app.services.passkeys.keys import Because
from workflow_app.services.people_login import LoginRefused
from workflow_app.services.trail import EntryActor

TODAY = NOW.date()


def said(session: Session, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Chain and data of every entry of a kind, as they were hashed."""
    rows = session.scalars(select(TrailEntry).where(TrailEntry.kind == kind).order_by(TrailEntry.id))
    return [(row.chain, json.loads(row.body)["data"]) for row in rows]


@pytest.mark.parametrize(("algorithm", "kty"), [(ES256, "EC"), (EDDSA, "OKP"), (RS256, "RSA")])
def test_each_kind_of_key_is_told_in_the_words_of_rfc_7517(
    session: Session, kari: Person, device: SoftAuthenticator, algorithm: int, kty: str
) -> None:
    made = registered(session, kari, device, algorithm=algorithm)
    ((chain, data),) = said(session, "passkey_added")
    assert chain == "installation"
    assert set(data) == {"key", "public_key", "rp_id", "origins", "person"}
    assert (data["public_key"]["kty"], data["key"], data["rp_id"]) == (kty, made.key, "avtale.example")
    numbers = device.credentials[0].key.public_key()
    if algorithm == ES256:
        x = numbers.public_numbers().x.to_bytes(32, "big")
        assert data["public_key"] == {"kty": "EC", "crv": "P-256", "x": b64(x), "y": data["public_key"]["y"]}
    assert [m.kind for m in session.scalars(select(Mail))] == ["passkey_added"]


def test_every_party_of_the_person_is_told_once_and_later_ones_when_a_role_begins(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    moss, stange = (parties.add_municipal(session, n, now=NOW) for n in ("3103", "3413"))
    for party in (stange, moss):
        people_roles.give_role(session, kari, party, "mayor", from_date=TODAY, now=NOW)
    made = registered(session, kari, device)
    assert [chain for chain, _ in said(session, "passkey_added")] == ["party/3103", "party/3413"]

    people_roles.give_role(session, kari, moss, "administrator", from_date=TODAY, now=NOW)
    våler = parties.add_municipal(session, "3114", now=NOW)
    other = people.add_person(session, username="fast.ordforer", name="Ola Prøve", now=NOW)
    people_roles.give_role(session, other, våler, "mayor", from_date=TODAY, now=NOW)
    people_acting.add_acting(
        session, kari, other, våler, "mayor", from_date=TODAY, to_date=date(2026, 12, 31), now=NOW
    )
    told = said(session, "passkey_added")
    assert [chain for chain, _ in told] == ["party/3103", "party/3413", "party/3114"]
    assert all(data["key"] == made.key for _, data in told)

    by = EntryActor(person=other.id, role="administrator", party="3103")
    keys.remove(session, kari.id, made.id, because=Because.ADMINISTRATOR, reason="Mistet telefonen", actor=by,
                now=NOW, real_now=NOW)  # fmt: skip
    gone = said(session, "passkey_removed")
    assert [chain for chain, _ in gone] == ["party/3103", "party/3114", "party/3413"]
    assert gone[0][1] == {"key": made.key, "person": kari.id, "because": "administrator"}
    body = json.loads(
        session.scalars(select(TrailEntry.body).where(TrailEntry.kind == "passkey_removed")).first() or b""
    )
    assert (set(body["private"]), body["actor"]["person"]) == ({"reason"}, other.id)
    assert b"telefon" not in b"".join(session.scalars(select(TrailEntry.body))).lower()

    people_roles.give_role(session, kari, moss, "council_secretary", from_date=TODAY, now=NOW)
    assert len(said(session, "passkey_added")) == 3, "a removed one is not brought along"


def test_a_removed_one_never_comes_back_and_nobody_reaches_anothers(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    made = registered(session, kari, device)
    with pytest.raises(NotThere):
        keys.rename(session, "somebody else", made.id, "Min")
    assert keys.rename(session, kari.id, made.id, "  Jobb   telefon ").name == "Jobb telefon"
    actor = EntryActor(person=kari.id)
    with pytest.raises(FieldErrors):
        keys.remove(
            session, kari.id, made.id, because=Because.OPERATOR, reason=" ", actor=None, now=NOW, real_now=NOW
        )
    for reason in ("Mistet\0", "Mistet\x1b[2J", "\ud800"):
        with pytest.raises(FieldErrors):
            keys.remove(
                session, kari.id, made.id, because=Because.ADMINISTRATOR, reason=reason, actor=actor, now=NOW,
                real_now=NOW,
            )  # fmt: skip
    keys.remove(session, kari.id, made.id, because=Because.OWNER, actor=actor, now=NOW, real_now=NOW)
    assert keys.keys_of(session, kari.id) == []
    with pytest.raises(NotThere):
        keys.remove(session, kari.id, made.id, because=Because.OWNER, actor=actor, now=NOW, real_now=NOW)
    answer = device.create(options.to_register(session, kari, NOW, site=HERE))
    registering.add(session, kari, answer, "Ny", site=HERE, now=NOW, real_now=NOW)
    with pytest.raises(LoginRefused) as spent:
        registering.add(session, kari, answer, "Ny", site=HERE, now=NOW, real_now=NOW + timedelta(hours=1))
    assert spent.value.code == "passkey_expired"
    with pytest.raises(Conflict) as taken:
        registering.add(session, kari, answer, "Ny", site=HERE, now=NOW, real_now=NOW)
    assert taken.value.code == "passkey_taken"


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x07b", "\ud800"])
def test_a_name_that_is_none_is_said_to_be(session: Session, name: str) -> None:
    with pytest.raises(FieldErrors):
        keys.name_of(name)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("unverified", "passkey_unusable"),
        ("elsewhere", "passkey_origin"),
        ("assertion", "passkey_unreadable"),
        ("broken", "passkey_unusable"),
        ("another's", "passkey_expired"),
        ("two ids", "passkey_unreadable"),
    ],
)
def test_what_is_no_passkey_for_us_is_turned_away(
    session: Session, kari: Person, device: SoftAuthenticator, fault: str, code: str
) -> None:
    other = people.add_person(session, username="annen", name="Eva Prøve", now=NOW)
    asked = options.to_register(session, other if fault == "another's" else kari, NOW, site=HERE)
    device.verifies = fault != "unverified"
    device.origin = "https://avtale.example.evil.example" if fault == "elsewhere" else device.origin
    answer = device.create(asked)
    if fault == "assertion":
        answer = device.get({"challenge": asked["challenge"]})
    if fault == "broken":
        answer["response"]["attestationObject"] = b64(b"\xa1\x00")
    if fault == "two ids":
        answer["id"] = answer["rawId"] = b64(bytes(32))
    with pytest.raises(LoginRefused) as refused:
        registering.add(session, kari, answer, "Telefon", site=HERE, now=NOW, real_now=NOW)
    assert refused.value.code == code
    assert keys.keys_of(session, kari.id) == []


def test_there_is_an_end_to_how_many(session: Session, kari: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "MOST", 1)
    registered(session, kari, SoftAuthenticator("https://avtale.example"))
    with pytest.raises(Conflict):
        options.to_register(session, kari, NOW, site=HERE)

"""The register: whose key may look after whom, and that each change is an entry with the key in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, TODAY, two_parties
from tests.support.witnessing import Cosigner
from workflow_app.domain.trail import LOG_KEY, VerifierKey, decode, key_id, vkey_text
from workflow_app.models.people import Party
from workflow_app.models.trail import TrailEntry
from workflow_app.models.witnesses import Witness, WitnessPush
from workflow_app.services import parties
from workflow_app.services.errors import Conflict, FieldErrors, NotThere, ServiceError
from workflow_app.services.log import keys, watching, witnesses
from workflow_app.services.log.signer import new_signer
from workflow_app.services.trail import EntryActor

REAL = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KEY = Cosigner("moss.example/1")


@pytest.fixture
def moss(session: Session) -> Party:
    two_parties(session)
    return parties.find(session, "3103")


def told(session: Session, chain: str) -> list[tuple[str, dict[str, Any]]]:
    rows = select(TrailEntry.body).where(TrailEntry.chain == chain, TrailEntry.kind.like("witness%"))
    entries = [decode(body) for body in session.scalars(rows.order_by(TrailEntry.number))]
    return [(entry["kind"], entry["data"]) for entry in entries]


def register(session: Session, party: Party, vkey: str = KEY.vkey, **more: Any) -> Witness:
    return witnesses.register(session, party, vkey, now=NOW, real_now=REAL, **more)


def code(session: Session, party: Party, vkey: str = KEY.vkey, **more: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        register(session, party, vkey, **more)
    assert str(caught.value.message)
    return caught.value.code


def test_registering_and_retiring_stand_in_the_partys_chain_with_the_key(
    session: Session, moss: Party
) -> None:
    actor = EntryActor("p" * 32, "administrator", "3103")
    made = register(session, moss, f" {KEY.vkey}\n", url="https://w.example/x/", actor=actor)
    assert (made.name, made.vkey, made.url) == ("moss.example/1", KEY.vkey, "https://w.example/x")
    witnesses.move(session, made, None, now=NOW)
    witnesses.retire(session, made, "key_exposed", actor=actor, now=NOW, real_now=REAL + timedelta(hours=1))
    assert told(session, "party/3103") == [
        ("witness_added", {"vkey": KEY.vkey, "url": "https://w.example/x"}),
        ("witness_moved", {"vkey": KEY.vkey, "by": "console"}),
        ("witness_retired", {"vkey": KEY.vkey, "because": "key_exposed"}),
    ]
    for again in (
        lambda: witnesses.retire(session, made, "replaced", now=NOW, real_now=REAL),
        lambda: witnesses.move(session, made, None, now=NOW),
    ):
        with pytest.raises(Conflict):
            again()
    assert code(session, moss) == "witness_known", "a retired key never comes back"


def test_one_key_may_serve_several_of_one_side_and_never_both(session: Session, moss: Party) -> None:
    stange = parties.add_municipal(session, "3413", now=NOW)
    register(session, moss)
    register(session, stange)
    assert code(session, moss) == "witness_known"
    police = parties.find(session, POLICE)
    assert code(session, police) == "other_side"
    # The same key under another name is the same witness.
    renamed = VerifierKey(
        "police.example/1", key_id("police.example/1", 4, KEY.known.public), 4, KEY.known.public
    )
    assert code(session, police, vkey_text(renamed)) == "other_side"
    assert code(session, moss, vkey_text(renamed)) == "witness_known"


def test_the_logs_own_key_is_nobodys_witness(session: Session, moss: Party) -> None:
    signer = new_signer("log.example/x")
    keys.enter(session, signer, REAL)
    public = signer.key.public
    disguised = VerifierKey("w.example/1", key_id("w.example/1", 4, public), 4, public)
    assert code(session, moss, vkey_text(disguised)) == "invalid"


@pytest.mark.parametrize(
    "vkey",
    [
        "", "x", "a+b+c", KEY.vkey[:-1], KEY.vkey + "x", KEY.vkey.replace("moss", "mess"), "x" * 5000,
        vkey_text(VerifierKey("a", key_id("a", LOG_KEY, b"k" * 32), LOG_KEY, b"k" * 32)),
    ],
)  # fmt: skip
def test_what_is_no_witnesss_key(session: Session, moss: Party, vkey: str) -> None:
    assert code(session, moss, vkey) == "invalid"
    assert told(session, "party/3103") == []


@pytest.mark.parametrize(
    "url",
    ["", "w.example", "ftp://w.example", "http://", "https://w.example/?a=1", "https://w.example/#a",
     "file:///etc/passwd", "https://[", "https://w.example:0", "https://w.example/\n",
     "https://" + "a" * 600],
)  # fmt: skip
def test_what_is_no_address(session: Session, moss: Party, url: str) -> None:
    if url.endswith("\n"):
        assert register(session, moss, url=url).url == "https://w.example", "what a terminal adds is no fault"
    else:
        assert code(session, moss, url=url) == "invalid"


def test_a_party_that_is_no_more_gets_no_witness(session: Session, moss: Party) -> None:
    parties.end(session, moss, last_day=TODAY, now=NOW)
    assert code(session, moss) == "party_ended"


def test_a_witness_is_found_by_its_number_or_its_key(session: Session, moss: Party) -> None:
    made = register(session, moss)
    for which in (str(made.id), made.vkey, f" {made.vkey} "):
        assert witnesses.find(session, moss, which) is made
    for which in ("", "0", "x", "9" * 30, "²"):
        with pytest.raises(NotThere):
            witnesses.find(session, moss, which)
    with pytest.raises(NotThere):
        witnesses.find(session, parties.find(session, POLICE), made.vkey)
    with pytest.raises(FieldErrors):
        witnesses.retire(session, made, "", now=NOW, real_now=REAL)


def test_what_went_wrong_at_one_address_says_nothing_of_the_next(session: Session, moss: Party) -> None:
    made = register(session, moss, url="https://w.example")
    session.add(WitnessPush(vkey=made.vkey, size=7, failures=3, fault="silent", tried_at=REAL, next_at=REAL))
    session.flush()
    assert [one.fault for one in watching.reports(session, moss)] == ["silent"]
    witnesses.move(session, made, "https://v.example", now=NOW)
    session.flush()
    found = watching.reports(session, moss)
    assert [(one.fault, one.size, one.seen) for one in found] == [(None, 0, None)]
    witnesses.retire(session, made, "replaced", now=NOW, real_now=REAL)
    register(session, moss, Cosigner("other.example/1").vkey)
    session.flush()
    assert [one.witness.name for one in watching.reports(session, moss)] == [
        "other.example/1",
        "moss.example/1",
    ]

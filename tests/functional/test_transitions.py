"""Refused politely: the wrong role, the wrong moment, somebody was first, and what the trail keeps of it."""

from __future__ import annotations

import pytest

from tests.functional.conftest import PASSWORD, PEOPLE, Program, Site
from tests.functional.test_life import kinds, negotiated, start
from workflow_app.models.people import SecurityEvent
from workflow_app.models.trail import TrailEntry
from workflow_app.services.trail import agreement_chain


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def test_a_refused_attempt_is_an_entry_that_survives_its_409(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"])
    refused = moss["slt"].do(ident, "report", status=409, outcome="noted")
    assert refused["refusals"][0]["code"] == "not_from_here"
    with site.session() as db:
        entry = db.query(TrailEntry).filter_by(chain=agreement_chain(ident), kind="refusal").one()
    assert b'"codes":["not_from_here"]' in entry.body


def test_the_wrong_role_is_told_who_may(site: Site, moss: dict[str, Program]) -> None:
    ident = negotiated(site, moss)
    refused = moss["slt"].do(ident, "sign", status=403, password=PASSWORD)
    assert refused["error"] == "missing_role"
    assert "ordfører" in refused["message"]
    assert "politistasjonssjef" in refused["message"]


def test_a_stale_version_changes_nothing(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"])
    old = moss["slt"].get(f"/agreements/{ident}")["version"] - 1
    refused = moss["slt"].post(
        f"/agreements/{ident}/transitions/agree", {"version": old, "data": {}}, status=409
    )
    assert refused["error"] == "stale_version"
    assert moss["slt"].get(f"/agreements/{ident}")["approvals"] == []


def test_three_may_sign_on_the_version_they_saw(site: Site, moss: dict[str, Program]) -> None:
    """Somebody else's approval in the same round does not move the version."""
    ident = negotiated(site, moss)
    seen = moss["ordforer"].get(f"/agreements/{ident}")["version"]
    body = {"version": seen, "data": {"password": PASSWORD}}
    moss["ordforer"].post(f"/agreements/{ident}/transitions/sign", body)
    assert moss["stasjonssjef"].post(f"/agreements/{ident}/transitions/sign", body)["state"] == "signed"


def test_the_same_yes_twice_is_one_yes(site: Site, moss: dict[str, Program]) -> None:
    ident = negotiated(site, moss)
    moss["ordforer"].do(ident, "sign", password=PASSWORD)
    before = kinds(site, ident)
    told = moss["ordforer"].do(ident, "sign", password=PASSWORD)
    assert len(told["approvals"]) == 1
    assert kinds(site, ident) == before


def test_a_wrong_password_goes_to_the_security_log_and_not_to_the_trail(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = negotiated(site, moss)
    before = kinds(site, ident)
    refused = moss["ordforer"].do(ident, "sign", status=422, password="ikke dette passordet")
    assert refused["fields"]["password"] == "Passordet er feil."
    assert kinds(site, ident) == before
    with site.session() as db:
        assert db.query(SecurityEvent).filter_by(kind="reauthentication_failed").count() == 1


def test_without_a_password_nobody_signs(site: Site, moss: dict[str, Program]) -> None:
    ident = negotiated(site, moss)
    refused = moss["ordforer"].do(ident, "sign", status=422)
    assert "password" in refused["fields"]


def test_an_unknown_field_is_named(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"])
    refused = moss["slt"].do(ident, "withdraw", status=422, reason="Ja", favourite_colour="blå")
    assert "favourite_colour" in refused["fields"]


def test_moss_cannot_see_that_the_draft_of_stange_exists(site: Site, moss: dict[str, Program]) -> None:
    stange = site.program("slt.stange")
    import base64

    from tests.functional.conftest import TEXT

    made = stange.post(
        "/agreements/add",
        {"filename": "a.txt", "content_base64": base64.b64encode(TEXT.encode()).decode(),
         "municipal": [site.party["stange"]], "police": [site.party["politi.stange"]],
         "definition": "politiradsavtale"},
        status=201,
    )  # fmt: skip
    theirs = moss["slt"].get(f"/agreements/{made['id']}", status=404)
    nothing = moss["slt"].get("/agreements/zzzzzzzzzz", status=404)
    assert theirs == nothing
    assert (
        moss["slt"].post(f"/agreements/{made['id']}/transitions/agree", {"data": {}}, status=404) == nothing
    )


def test_a_program_that_only_reads_cannot_write(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"])
    reader = site.program("slt.moss", scope="read")
    assert reader.get(f"/agreements/{ident}")["state"] == "draft"
    assert (
        reader.post(f"/agreements/{ident}/transitions/agree", {"data": {}}, status=403)["error"]
        == "forbidden"
    )


def test_a_body_that_is_not_json_gets_one_sentence(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"])
    slt = moss["slt"]
    for raw in (b"{", b"[]", b"\xff\xfe", b'{"version": NaN}', b"[" * 100_000):
        answer = slt.client.post(
            f"/agreements/{ident}/transitions/agree", raw,
            headers={"Authorization": f"Bearer {slt.token}", "Accept": "application/json",
                     "Content-Type": "application/json"}, status=400,
        )  # fmt: skip
        assert answer.json["message"]


def test_a_last_signature_sent_twice_is_one_signature(site: Site, moss: dict[str, Program]) -> None:
    ident = negotiated(site, moss)
    moss["ordforer"].do(ident, "sign", password=PASSWORD)
    seen = moss["stasjonssjef"].get(f"/agreements/{ident}")["version"]
    body = {"version": seen, "data": {"password": PASSWORD}}
    first = moss["stasjonssjef"].post(f"/agreements/{ident}/transitions/sign", body)
    before = kinds(site, ident)
    again = moss["stasjonssjef"].post(f"/agreements/{ident}/transitions/sign", body)
    assert (first["state"], again["state"]) == ("signed", "signed")
    assert kinds(site, ident) == before


def test_a_program_in_a_browsers_session_finds_its_token_in_any_answer(site: Site) -> None:
    browser = site.browser("slt.moss")
    asking = {"Accept": "application/json"}
    for path in ("/", "/agreements", "/parties"):
        told = browser.get(path, headers=asking).json["csrf_token"]
        assert len(told) > 20
    refused = browser.get("/agreements/zzzzzzzzzz", headers=asking, status=404).json
    assert refused["csrf_token"] == told

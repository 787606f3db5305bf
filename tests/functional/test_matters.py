"""The matters through HTTP: prepared by one's own kommune, frozen as a PDF, given their outcome."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest

from tests.functional.conftest import PEOPLE, Program, Site
from tests.functional.pages_support import encoded, form, has_form, press, radio
from tests.functional.test_life import negotiated, signed


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def prepare(who: Program, ident: str, status: int = 200, **fields: Any) -> Any:
    """Prepare a matter by program."""
    return who.post(f"/agreements/{ident}/matters", {"action": "prepare", **fields}, status)


def test_a_secretary_prepares_freezes_and_records(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = signed(site, moss), site.browser("sekretaer.moss")
    found = form(browser.get(f"/agreements/{ident}/matters"), "archive_case")
    found["archive_case"], found["case_number"], found["meeting_date"] = "25/123", "RS 12/25", "2025-03-20"
    radio(found, "referatsak")
    page = found.submit("submit", status=303).follow()
    [card] = page.html.select(".matter")
    assert card.select_one("time")["datetime"] == "2025-03-20"
    frozen = press(form(page, "matter"), "freeze", status=303).follow()
    [told] = moss["slt"].get(f"/agreements/{ident}/matters")["matters"]
    paper = browser.get(f"/agreements/{ident}/matters/1.pdf")
    assert hashlib.sha256(paper.body).hexdigest() == told["frozen_sha256"]
    assert not has_form(frozen, "archive_case"), "the paper goes to the meeting as it is"
    assert not frozen.html.select("a[href$='/transitions/report']"), "the meeting has not been held"
    site.today = date(2025, 3, 20)
    page = browser.get(f"/agreements/{ident}/matters")
    assert page.html.select("a[href$='/transitions/report']")
    outcome = {"action": "outcome", "outcome": "noted"}
    no_key = moss["sekretaer"].post(f"/agreements/{ident}/matters", {**outcome, "party": {"key": 1}}, 422)
    assert list(no_key["fields"]) == ["party"]
    told = moss["sekretaer"].post(f"/agreements/{ident}/matters", outcome)["matters"][0]
    assert (told["outcome"], told["case_number"]) == ("noted", "RS 12/25")
    assert moss["slt"].get(f"/agreements/{ident}")["state"] == "reported"
    assert browser.get(f"/agreements/{ident}/matters/1.pdf").body == paper.body


def test_a_change_keeps_what_is_not_named_and_null_takes_it_away(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = negotiated(site, moss)
    prepare(
        moss["slt"], ident, meeting_date="2025-04-01", legal_basis="offl. § 13", committee="Kommunestyret"
    )
    [matter] = prepare(moss["sekretaer"], ident, legal_basis=None, case_officer="Saksbehandler")["matters"]
    assert (matter["meeting_date"], matter["committee"]) == ("2025-04-01", "Kommunestyret")
    assert (matter["legal_basis"], matter["case_officer"]) == (None, "Saksbehandler")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"meeting_date": "2025-03-09"}, ["meeting_date"]),
        ({"meeting_date": "2025-02-31"}, ["meeting_date"]),
        ({"meeting_date": "31.03.2025"}, ["meeting_date"]),
        ({"archive_case": "tjue"}, ["archive_case"]),
        ({"kind": "orientering"}, ["kind"]),
        ({"proposal": 7}, ["proposal"]),
        ({"party": "9999", "meeting_date": "2025-04-01"}, ["party"]),
        ({"party": 3103, "meeting_date": "2025-04-01"}, ["party"]),
        ({"room": "12"}, ["room"]),
        ({"action": "burn"}, ["action"]),
        ({"action": "freeze"}, ["matter"]),
    ],
)
def test_a_program_is_told_which_field_is_wrong(
    site: Site, moss: dict[str, Program], fields: dict[str, Any], wrong: list[str]
) -> None:
    ident = signed(site, moss)
    assert sorted(prepare(moss["slt"], ident, 422, **fields)["fields"]) == wrong
    assert moss["slt"].get(f"/agreements/{ident}/matters")["matters"] == []


def test_a_person_gets_the_form_back_as_it_was_filled_in(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    found = form(site.browser("slt.moss").get(f"/agreements/{ident}/matters"), "archive_case")
    found["proposal"], found["meeting_date"] = "Saken tas til orientering.", "2025-03-01"
    page = found.submit("submit", status=422)
    again = form(page, "archive_case")
    assert again["proposal"].value == "Saken tas til orientering."
    assert again["meeting_date"].value == "2025-03-01"
    assert page.html.select("[aria-invalid=true]")


def test_a_paper_is_frozen_for_a_meeting_ahead_and_only_once(site: Site, moss: dict[str, Program]) -> None:
    ident, freeze = signed(site, moss), {"action": "freeze", "matter": 1}
    path = f"/agreements/{ident}/matters"
    moss["slt"].post(path, freeze, status=404)
    prepare(moss["slt"], ident, case_number="RS 1/25")
    assert list(moss["slt"].post(path, freeze, status=422)["fields"]) == ["meeting_date"]
    prepare(moss["slt"], ident, meeting_date="2025-03-20")
    site.today = date(2025, 3, 21)
    assert list(moss["slt"].post(path, freeze, status=422)["fields"]) == ["meeting_date"]
    prepare(moss["slt"], ident, meeting_date="2025-03-21")
    moss["slt"].post(path, freeze)
    assert moss["slt"].post(path, freeze, status=409)["error"] == "matter_frozen"
    assert prepare(moss["slt"], ident, 409, case_number="RS 2/25")["error"] == "matter_frozen"


def test_a_matter_is_its_own_kommunes(site: Site, moss: dict[str, Program]) -> None:
    from tests.functional.conftest import TEXT

    made = moss["slt"].post(
        "/agreements/add",
        {
            "filename": "a.txt",
            "content_base64": encoded(TEXT),
            "municipal": [site.party["moss"], site.party["stange"]],
            "police": [site.party["politi.moss"]],
            "definition": "politiradsavtale",
        },
        status=201,
    )
    ident = made["id"]
    stange = {first: site.program(f"{first}.stange") for first in ("slt", "ordforer", "sekretaer")}
    moss["slt"].post(f"/agreements/{ident}/rules", {"confirm": True})
    for who in (moss["slt"], stange["slt"], moss["politikontakt"]):
        who.do(ident, "agree")
    assert prepare(moss["slt"], ident, 403, party=site.party["stange"])["error"] == "not_your_kommune"
    assert list(prepare(moss["slt"], ident, 422)["fields"]) == ["party"], "with several, one is named"
    told = prepare(stange["sekretaer"], ident, party=site.party["stange"], meeting_date="2025-04-01")
    assert told["matters"][0]["party"] == site.party["stange"]
    moss["slt"].post(f"/agreements/{ident}/matters", {"action": "freeze", "matter": 1}, status=403)
    page = site.browser("slt.moss").get(f"/agreements/{ident}/matters")
    forms = {f.id: f["party"].value for f in page.forms.values() if "archive_case" in f.fields}
    assert list(forms.values()) == [site.party["moss"]]
    ids = [e["id"] for e in page.html.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("who", ["ordforer", "politikontakt", "stasjonssjef"])
def test_others_see_but_do_not_prepare(site: Site, moss: dict[str, Program], who: str) -> None:
    ident = signed(site, moss)
    prepare(moss[who], ident, 403, meeting_date="2025-04-01")
    page = site.browser(f"{who}.moss").get(f"/agreements/{ident}/matters")
    assert not has_form(page, "archive_case")
    assert page.html.select(".kommune .closed")


def test_an_outcome_goes_the_way_of_every_step(site: Site, moss: dict[str, Program]) -> None:
    ident, path = signed(site, moss), ""
    path = f"/agreements/{ident}/matters"
    prepare(moss["slt"], ident, meeting_date="2025-03-20")
    outcome = {"action": "outcome", "outcome": "noted"}
    refused = moss["slt"].post(path, outcome, status=409)
    assert [r["code"] for r in refused["refusals"]] == ["meeting_not_ahead"]
    assert moss["ordforer"].post(path, outcome, status=403)["error"] == "missing_role"
    assert moss["slt"].post(path, {**outcome, "outcome": "shrugged"}, status=422)["error"] == "invalid"
    stale = {**outcome, "version": 1}
    assert moss["slt"].post(path, stale, status=409)["refusals"][0]["code"] == "stale_version"
    site.today = date(2025, 3, 20)
    moss["slt"].post(path, {"action": "outcome", "outcome": "postponed"})
    assert moss["slt"].get(f"/agreements/{ident}")["state"] == "signed"
    told = prepare(moss["slt"], ident, meeting_date="2025-04-20")
    assert [m["outcome"] for m in told["matters"]] == ["postponed", None]


def test_where_the_council_adopts_it_is_a_matter_for_decision(site: Site, moss: dict[str, Program]) -> None:
    ident = negotiated(site, moss, definition="politiradsavtale_vedtak")
    [matter] = prepare(moss["slt"], ident, meeting_date="2025-03-10", case_number="PS 4/25")["matters"]
    assert matter["kind"] == "vedtak"
    body = {"action": "outcome", "outcome": "adopted", "decision": "Kommunestyret vedtar avtalen."}
    told = moss["sekretaer"].post(f"/agreements/{ident}/matters", body)
    assert told["matters"][0]["outcome"] == "adopted"
    assert moss["slt"].get(f"/agreements/{ident}")["state"] == "reported"


@pytest.mark.parametrize("action", [["freeze"], {"freeze": 1}, None])
def test_an_action_that_is_no_word_is_a_field_that_is_wrong(
    site: Site, moss: dict[str, Program], action: Any
) -> None:
    ident = signed(site, moss)
    prepare(moss["slt"], ident)
    for path in (f"/agreements/{ident}/matters", f"/agreements/{ident}/matters/1"):
        assert list(moss["slt"].post(path, {"action": action}, status=422)["fields"]) == ["action"]

"""The kommuner and police units an agreement can be made between."""

from __future__ import annotations

from datetime import UTC, datetime

from webtest import TestApp

from tests.functional.conftest import TODAY, Site
from tests.functional.looking_support import english, words
from workflow_app.services import parties


def test_the_twin_has_the_keys_that_adding_an_agreement_takes(site: Site) -> None:
    told = site.program("ordforer.moss").get("/parties")
    assert [(p["key"], p["number"], p["name"], p["language"]) for p in told["municipal"]] == [
        ("3103", "3103", "Moss kommune", "nb"),
        ("3413", "3413", "Stange kommune", "nb"),
    ]
    assert {p["slug"] for p in told["police"]} == {site.party["politi.moss"], site.party["politi.stange"]}
    assert all(p["key"] == p["slug"] for p in told["police"])


def test_an_ended_party_cannot_be_chosen(site: Site) -> None:
    with site.session() as db, db.begin():
        party = parties.find(db, site.party["politi.stange"])
        parties.end(db, party, last_day=TODAY.replace(year=2024), now=datetime.now(UTC))
    told = site.program("slt.moss").get("/parties")
    assert [p["key"] for p in told["police"]] == [site.party["politi.moss"]]


def test_the_page_is_searched_by_name_number_and_another_language(site: Site) -> None:
    browser = english(site, "slt.moss")
    page = words(browser.get("/parties"))
    assert "Moss kommune 3103" in page
    assert "Your roles: SLT coordinator" in page
    assert "Øst politidistrikt" in page
    found = words(browser.get("/parties?q=STANGE"))
    assert "Stange kommune 3413" in found
    assert "3103" not in found
    assert "Stange kommune" in words(browser.get("/parties?q=3413"))
    assert "None found" in words(browser.get("/parties?q=%3F%3F"))


def test_nobody_sees_them_without_signing_in(site: Site) -> None:
    TestApp(site.app).get("/parties", headers={"Accept": "application/json"}, status=401)

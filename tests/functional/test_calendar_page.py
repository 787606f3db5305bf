"""The page of calendar addresses, as a person uses it: make, copy, take back."""

from __future__ import annotations

import pytest

from tests.functional.calendar_support import Moss, english_moss, fetch, signed
from tests.functional.conftest import Site
from tests.functional.looking_support import english, words
from tests.functional.pages_support import form, wrong
from workflow_app.services.calendars import feeds


@pytest.fixture
def moss(site: Site) -> Moss:
    return english_moss(site)


def test_an_address_is_shown_once_works_and_can_be_taken_back(site: Site, moss: Moss) -> None:
    signed(site, moss)
    browser = english(site, "slt.moss")
    page = browser.get("/calendar")
    assert "You have no calendar address." in words(page)
    made = form(page, "about").submit("action", index=0)
    address = made.html.select_one("#address")["value"]
    assert address.startswith("http://localhost/calendar.ics?token=")
    assert made.html.select_one(".new-address a.ds-button")["href"] == address.replace("http:", "webcal:")
    assert made.headers["Cache-Control"] == "no-store"
    assert fetch(site, address.removeprefix("http://localhost")).content_type == "text/calendar"
    again = browser.get("/calendar")
    assert address not in again.text
    assert f"ends with {address[-4:]}" in words(again)
    gone = form(again, "feed").submit("action", index=0).follow()
    assert "taken back" in words(gone)
    assert "You have no calendar address." in words(gone)
    fetch(site, address.removeprefix("http://localhost"), 404)


def test_an_agreement_and_a_party_can_be_chosen_by_their_links(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    browser = english(site, "slt.moss")
    for path in (f"agreements/{ident}", f"parties/{site.party['moss']}"):
        link = browser.get(f"/{path}/year").html.select_one(".year-ways a[href*=calendar]")["href"]
        page = browser.get(link)
        assert form(page, "about")["about"].value == path
        made = form(page, "about").submit("action", index=0)
        assert f"/{path}/calendar.ics?token=" in made.html.select_one("#address")["value"]


def test_a_counterpartys_wheel_leads_to_its_calendar(site: Site, moss: Moss) -> None:
    signed(site, moss)
    path = f"parties/{site.party['politi.moss']}"
    page = english(site, "slt.moss").get(f"/calendar?about={path}")
    assert form(page, "about")["about"].value == path
    stranger = english(site, "slt.stange").get(f"/calendar?about={path}")
    assert form(stranger, "about")["about"].value == "mine"
    assert path not in stranger.text.replace("came_from", "").split("<main", 1)[1]


@pytest.mark.parametrize("about", ["", "agreements/", "agreements/nothere", "parties/3413", "x/y", "mine "])
def test_what_is_not_there_or_not_yours_is_one_answer_on_the_page(site: Site, moss: Moss, about: str) -> None:
    browser = english(site, "slt.moss")
    choosing = form(browser.get("/calendar"), "about")
    choosing["about"].force_value(about)
    page = choosing.submit("action", index=0, status=422)
    assert wrong(page) == ["about"]
    assert "Choose what the calendar is to show" in words(page)
    assert moss["slt"].post("/calendar", {"about": about}, status=422)["fields"].keys() == {"about"}


@pytest.mark.parametrize("feed", ["", "x", "1.0", "-1", "9" * 30])
def test_a_number_that_is_none_is_said_to_be_none(site: Site, moss: Moss, feed: str) -> None:
    moss["slt"].post("/calendar", {"action": "revoke", "feed": feed}, status=422)


def test_nobody_has_more_addresses_than_can_be_kept_count_of(
    site: Site, moss: Moss, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)
    for _ in range(2):
        moss["slt"].post("/calendar", {"about": "mine"}, status=201)
    told = moss["slt"].post("/calendar", {"about": "mine"}, status=409)
    assert told["error"] == "too_many_feeds"
    page = form(english(site, "slt.moss").get("/calendar"), "about").submit("action", index=0, status=409)
    assert "take back one you no longer use" in words(page)


def test_the_address_names_the_site_as_people_know_it(site: Site, moss: Moss) -> None:
    site.app.registry.settings["avtaleflyt.public_url"] = "https://avtaleflyt.kommune.example/x/"
    made = moss["slt"].post("/calendar", {"about": "mine"}, status=201)
    assert made["url"].startswith("https://avtaleflyt.kommune.example/x/calendar.ics?token=")
    assert made["webcal"].startswith("webcal://avtaleflyt.kommune.example/x/")


def test_the_calendar_for_a_program_is_json_with_the_same_in_it(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    told = moss["slt"].get(f"/agreements/{ident}/calendar.ics")
    evaluation = next(e for e in told["events"] if e["category"] == "Evaluation")
    assert (evaluation["day"], evaluation["cancelled"]) == ("2025-12-31", False)
    assert evaluation["url"].startswith(f"http://localhost/agreements/{ident}/")

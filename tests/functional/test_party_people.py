"""A party's page by role: who sees it, what each sees there, and the small changes of its people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.functional.conftest import PEOPLE, TODAY, Site
from tests.functional.door_support import OBSERVING, OPERATOR, furnish, house
from tests.functional.looking_support import english, words
from tests.functional.pages_support import form, has_form, wrong

MOSS = "/parties/3103"
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()
NEXT_WEEK = (TODAY + timedelta(days=7)).isoformat()
FIRST = [*PEOPLE, *OBSERVING]


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[Site]:
    """A site with auditors and administrators."""
    site = house(tmp_path)
    yield site
    site.app.registry["engine"].dispose()


def small(page: Any, action: str) -> Any:
    """The small form with this action."""
    forms = page.forms.values()
    return next(f for f in forms if "action" in f.fields and f["action"].value == action)


@pytest.mark.parametrize("first", FIRST)
def test_who_sees_what(open_house: Site, first: str) -> None:
    site = open_house
    furnish(site, "signed")
    own_police = "/parties/" + site.party["politi.moss"]
    program = site.program(f"{first}.moss")
    of_police = first in ("politikontakt", "stasjonssjef")
    # The administrator sees no agreement, and so has no counterparty.
    assert program.get(MOSS)["name"] == "Moss kommune"
    program.get(own_police, status=404 if first == "admin" else 200)
    nothing = program.get("/parties/9999", status=404)
    assert program.get("/parties/3413", status=404)["message"] == nothing["message"]
    told = program.get(MOSS)
    assert told["may_administer"] is (first == "admin")
    assert bool(told["agreements"]) is (first != "admin")
    page = words(english(site, f"{first}.moss").get(MOSS))
    assert ("Who held what before" in page) is (first in ("admin", "revisor"))
    assert ("Change who holds what" in page) is (first == "admin")
    if not of_police:
        program.get(f"{MOSS}/handover", status=200 if first == "admin" else 403)


def test_a_draft_is_no_counterparty_of_those_who_do_not_see_it(open_house: Site) -> None:
    furnish(open_house, "draft")
    open_house.program("ordforer.moss").get("/parties/" + open_house.party["politi.moss"])
    open_house.program("sekretaer.moss").get("/parties/" + open_house.party["politi.moss"], status=404)


def test_the_operator_and_those_of_others_see_nothing(open_house: Site) -> None:
    furnish(open_house, "signed")
    for username in (OPERATOR, "slt.stange", "admin.stange"):
        open_house.program(username).get(MOSS, status=404)
        open_house.program(username).post(MOSS, {"action": "end_role"}, status=404)


def test_the_list_of_parties_leads_only_where_one_may_go(open_house: Site) -> None:
    furnish(open_house, "signed")
    page = open_house.browser("slt.moss").get("/parties").text
    assert 'href="/parties/3103"' in page
    assert f'href="/parties/{open_house.party["politi.moss"]}"' in page
    assert 'href="/parties/3413"' not in page


def test_a_role_ends_without_a_successor(open_house: Site) -> None:
    browser = english(open_house, "admin.moss")
    filled = small(browser.get(MOSS), "end_role")
    filled["assignment"].select(text="mayor: Ordforer Moss")
    filled["last_day"] = YESTERDAY
    done = filled.submit(status=303).follow()
    assert "Nobody holds this role" in words(done)
    assert "Ordforer Moss 1 January 2015 9 March 2025" in words(done)
    # An administrator of a party without an agreement is told of no gap: nothing needs a mayor yet.
    assert "has nobody as" not in words(done)


def test_the_last_administrator_hands_over_and_does_not_end(open_house: Site) -> None:
    browser = english(open_house, "admin.moss")
    filled = small(browser.get(MOSS), "end_role")
    filled["assignment"].select(text="administrator: admin moss")
    page = filled.submit(status=409)
    assert wrong(page) == ["end_role-assignment"]
    assert "Nobody else administers Moss kommune on 11 March 2025" in words(page)


def test_an_acting_holder_for_a_while(open_house: Site) -> None:
    site = open_house
    browser = english(site, "admin.moss")
    filled = small(browser.get(MOSS), "add_acting")
    filled["office"].select(text="mayor: Ordforer Moss")
    filled["username"], filled["title"] = "sekretaer.moss", "Varaordfører"
    filled["to"] = YESTERDAY
    assert wrong(filled.submit(status=422)) == ["add_acting-to"]
    filled["to"] = NEXT_WEEK
    page = filled.submit(status=303).follow()
    assert "Sekretaer Moss Varaordfører, acting for Ordforer Moss" in words(page)
    roles = {c["role"] for c in site.program("sekretaer.moss").get(MOSS)["acting"]}
    assert roles == {"mayor"}
    stop = small(page, "end_acting")
    stop["last_day"] = YESTERDAY
    over = stop.submit(status=303).follow()
    assert "acting for Ordforer Moss" not in words(over)


def test_one_from_the_other_side_does_not_act(open_house: Site) -> None:
    furnish(open_house, "draft")
    filled = small(english(open_house, "admin.moss").get(MOSS), "add_acting")
    filled["office"].select(text="mayor: Ordforer Moss")
    filled["username"], filled["to"] = "stasjonssjef.moss", NEXT_WEEK
    page = filled.submit(status=409)
    assert wrong(page) == ["add_acting-username"]
    assert "nobody sits on both sides of the table" in words(page)


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "end_role", "assignment": "999", "last_day": YESTERDAY},
        {"action": "end_role", "assignment": "-1", "last_day": YESTERDAY},
        {"action": "end_role", "assignment": "1", "last_day": "i går"},
        {"action": "end_role", "assignment": "1"},
        {"action": "add_acting", "office": "x"},
        {"action": "end_acting", "acting": "7", "last_day": YESTERDAY},
        {"action": "no_such_thing"},
        {},
    ],
)
def test_what_cannot_be_is_said(open_house: Site, sent: dict[str, str]) -> None:
    admin = open_house.program("admin.moss")
    before = admin.get(MOSS)
    refused = admin.post(MOSS, sent, status=422)
    assert refused["fields"]
    assert admin.get(MOSS) == before


def test_a_role_of_another_party_is_not_ended_from_here(open_house: Site) -> None:
    site = open_house
    theirs = site.program("admin.stange").get("/parties/3413")["roles"][0]["number"]
    sent = {"action": "end_role", "assignment": str(theirs), "last_day": YESTERDAY}
    site.program("admin.moss").post(MOSS, sent, status=422)
    assert site.program("admin.stange").get("/parties/3413")["roles"][0]["to"] is None


def test_gaps_are_said_on_the_party_on_the_agreement_and_where_it_is_agreed(open_house: Site) -> None:
    site, draft = open_house, furnish(open_house, "draft")
    admin = site.program("admin.moss")
    mayor = next(r for r in admin.get(MOSS)["roles"] if r["role"] == "mayor")
    admin.post(MOSS, {"action": "end_role", "assignment": str(mayor["number"]), "last_day": YESTERDAY})
    assert "Moss kommune has nobody as mayor now." in words(english(site, "admin.moss").get(MOSS))
    slt = english(site, "slt.moss")
    assert "Nobody is mayor for Moss kommune today" in words(slt.get(draft.path))
    signed = furnish(site, "draft", "stange")
    stange = site.program("admin.stange")
    contact = next(r for r in stange.get("/parties/3413")["roles"] if r["role"] == "slt_coordinator")
    stange.post(
        "/parties/3413", {"action": "end_role", "assignment": str(contact["number"]), "last_day": YESTERDAY}
    )
    contact_page = english(site, "politikontakt.stange")
    assert "Stange kommune has nobody as SLT coordinator now." in words(contact_page.get(signed.path))
    agree = contact_page.get(f"{signed.path}/transitions/agree")
    assert "Stange kommune has nobody as SLT coordinator now." in words(agree)
    assert has_form(agree, "version"), "a warning stops nobody"
    assert form(agree, "version").submit(status=303)


@pytest.mark.parametrize("action", [["end_role"], {"end_role": 1}, None])
def test_an_action_that_is_no_word_is_a_field_that_is_wrong(open_house: Site, action: Any) -> None:
    answer = open_house.program("admin.moss").post(MOSS, {"action": action}, status=422)
    assert list(answer["fields"]) == ["action"]

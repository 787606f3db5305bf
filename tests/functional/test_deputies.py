"""Deputies at meetings: where a clause allows them, named by the party's own, with no right to anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.conftest import CHEAP, PASSWORD, TEXT, TODAY, Site
from tests.functional.door_support import furnish, house
from tests.functional.looking_support import drafts, english, words
from tests.functional.pages_support import form, has_form, press, wrong
from workflow_app.services import deputies, people
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.transitions import lock

ALLOWED = TEXT.replace(
    "## 3.", "Det kan utnevnes faste stedfortredere for dem som møter i politirådet.\n\n## 3."
)
QUOTE = "Det kan utnevnes faste stedfortredere for dem som møter i politirådet."


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[Site]:
    """A site with somebody who holds nothing."""
    site = house(tmp_path)
    with site.session() as db, db.begin():
        people.add_person(
            db, username="vara.moter", name="Vara Møter", password=PASSWORD, now=site.now, hashing=CHEAP
        )
    yield site
    site.app.registry["engine"].dispose()


@pytest.fixture
def agreement(open_house: Site) -> str:
    """An agreement whose clause allows deputies."""
    (made,) = drafts(open_house, 1, text=ALLOWED)
    return made


def named(site: Site, agreement: str, username: str = "vara.moter") -> None:
    program = site.program("slt.moss")
    path = f"/agreements/{agreement}/deputies"
    version = program.get(path)["version"]
    program.post(path, {"version": version, "office": "3103 mayor", "username": username})


def test_named_beside_the_clause_and_ended(open_house: Site, agreement: str) -> None:
    browser = english(open_house, "slt.moss")
    page = browser.get(f"/agreements/{agreement}").click("Deputies at meetings")
    assert QUOTE in words(page)
    filled = form(page, "username")
    filled["office"] = "3103 mayor"
    filled["username"] = "vara.moter"
    done = press(filled, "add", status=303).follow()
    assert "Vara Møter mayor, Moss kommune since 10 March 2025" in words(done)
    assert "A deputy at meetings was named for Moss kommune." in words(
        browser.get(f"/agreements/{agreement}/trail")
    )
    assert "Vara Møter" in words(english(open_house, "ordforer.moss").get("/parties/3103"))
    over = press(form(done, "deputy"), "end", status=303).follow()
    assert "until 10 March 2025" in words(over)


def test_a_deputy_gets_no_right_at_all(open_house: Site, agreement: str) -> None:
    site = open_house
    named(site, agreement)
    deputy = site.program("vara.moter")
    nothing = deputy.get("/agreements/zzzzzzzzzz", status=404)
    assert deputy.get(f"/agreements/{agreement}", status=404) == nothing
    for step in workflow_definitions().newest("politiradsavtale").transitions:
        deputy.get(f"/agreements/{agreement}/transitions/{step}", status=404)
        deputy.post(f"/agreements/{agreement}/transitions/{step}", {"data": {}}, status=404)
    assert deputy.get("/agreements")["agreements"] == []
    deputy.get("/parties/3103", status=404)
    front = deputy.get("/")
    assert (front["mine"], front["others"]) == ([], [])


def test_one_with_a_role_of_their_own_gets_none_of_the_other_ones(open_house: Site, agreement: str) -> None:
    """The secretary stands in for the mayor at a meeting, and still does not sign."""
    site = open_house
    named(site, agreement, "sekretaer.moss")
    for first in ("slt", "politikontakt"):
        site.program(f"{first}.moss").do(agreement, "agree")
    secretary = site.program("sekretaer.moss")
    step = secretary.get(f"/agreements/{agreement}/transitions/sign")
    assert not step["allowed"]
    secretary.do(agreement, "sign", status=403, password=PASSWORD)


def test_without_the_clause_it_is_refused_in_a_sentence(open_house: Site) -> None:
    site, made = open_house, furnish(open_house, "signed")
    page = english(site, "slt.moss").get(f"{made.path}/deputies")
    assert "No confirmed clause of this agreement allows deputies at its meetings" in words(page)
    assert not has_form(page, "username")
    sent = {"office": "3103 mayor", "username": "vara.moter"}
    refused = site.program("slt.moss").post(f"{made.path}/deputies", sent, status=409)
    assert refused["error"] == "no_deputy_clause"


def test_each_party_names_its_own(open_house: Site, agreement: str) -> None:
    path = f"/agreements/{agreement}/deputies"
    sent = {"office": "3103 mayor", "username": "vara.moter"}
    refused = open_house.program("politikontakt.moss").post(path, sent, status=403)
    assert refused["error"] == "deputies_of_others"
    page = open_house.browser("politikontakt.moss").get(path)
    offices = [o[0] for o in form(page, "username")["office"].options]
    police = open_house.party["politi.moss"]
    assert offices == [f"{police} politikontakt", f"{police} station_chief"]
    open_house.program("slt.stange").post(path, sent, status=404)
    open_house.program("admin.moss").post(path, sent, status=404)


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({"office": "3103 mayor", "username": "nobody"}, "username"),
        ({"office": "3103 mayor", "username": ""}, "username"),
        ({"office": "3103 station_chief", "username": "vara.moter"}, "office"),
        ({"office": "9999 mayor", "username": "vara.moter"}, "office"),
        ({"office": "3103 mayor", "username": "stasjonssjef.moss"}, "username"),
        ({"office": "3103 mayor", "username": "vara.moter", "from": "snart"}, "from"),
        ({"office": "3103 mayor", "username": "vara.moter", "to": "2020-01-01"}, "to"),
    ],
)
def test_wrong_fields(open_house: Site, agreement: str, sent: dict[str, str], where: str) -> None:
    browser = english(open_house, "slt.moss")
    page = browser.get(f"/agreements/{agreement}/deputies")
    filled = form(page, "username")
    for name, value in sent.items():
        if name == "office":
            filled[name].force_value(value)
        else:
            filled[name] = value
    again = press(filled, "add", expect_errors=True)
    assert again.status_int in (409, 422)
    assert wrong(again) == [where]
    assert form(again, "username")["username"].value == sent["username"]


def test_deputies_for_the_day_of_a_meeting(open_house: Site, agreement: str) -> None:
    named(open_house, agreement)
    with open_house.session() as db, db.begin():
        held = lock(db, agreement)
        assert held is not None
        assert [d.person.username for d in deputies.deputies_for(db, held, TODAY)] == ["vara.moter"]
        assert deputies.deputies_for(db, held, TODAY.replace(day=9)) == []
        people.end_person(db, people.find(db, "vara.moter"), now=open_house.now)
        assert deputies.deputies_for(db, held, TODAY) == []

"""Which workflow a draft follows: said with its reason on the rules page, and chosen there by a person."""

from __future__ import annotations

import pytest

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from tests.functional.pages_support import encoded, form, fresh, press
from tests.functional.test_life import kinds
from workflow_app.services.trail_check import verify_database

ADOPTED = TEXT.replace("legges frem for kommunestyret som referatsak", "vedtas av kommunestyret")
NOTED, DECIDED = "politiradsavtale", "politiradsavtale_vedtak"


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def test_the_page_says_what_the_text_suggests_and_by_which_words(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = fresh(site, moss["slt"], content_base64=encoded(ADOPTED))
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    assert (told["suggested_definition"], told["definition"]["id"]) == (DECIDED, DECIDED)
    assert told["suggested_because"]["quote"] == "Avtalen vedtas av kommunestyret."
    note = site.browser("ordforer.moss").get(f"/agreements/{ident}/rules").html.select_one(".order")
    assert "Avtalen vedtas av kommunestyret." in note.select_one("blockquote").text
    assert not note.select("form"), "who may not edit the draft chooses nothing"
    silent = fresh(site, moss["slt"])
    told = moss["slt"].get(f"/agreements/{silent}/rules")
    assert (told["suggested_definition"], told["suggested_because"]) == (NOTED, None)
    assert not site.browser("slt.moss").get(f"/agreements/{silent}/rules").html.select(".order .differs")


def test_a_person_chooses_the_other_one_while_it_is_a_draft(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    before = moss["slt"].get(f"/agreements/{ident}")
    found = form(browser.get(f"/agreements/{ident}/rules"), "definition")
    assert found["definition"].value == NOTED
    found["definition"] = DECIDED
    page = press(found, "definition", status=303).follow()
    assert page.html.select(".order .differs")
    after = moss["slt"].get(f"/agreements/{ident}")
    assert after["definition"]["id"] == DECIDED
    assert after["version"] == before["version"] + 1
    assert "adopt" in {t["name"] for t in after["transitions"]}
    assert kinds(site, ident)[-1][0] == "definition_chosen"
    assert "vedtas" in site.browser("slt.moss").get(f"/agreements/{ident}/trail").text
    with site.session() as db:
        assert verify_database(db).ok


def test_a_program_chooses_too_and_is_told_why_not(site: Site, moss: dict[str, Program]) -> None:
    ident = fresh(site, moss["slt"])
    path = f"/agreements/{ident}/rules"
    told = moss["slt"].post(path, {"definition": DECIDED})
    assert told["definition"]["id"] == DECIDED
    assert moss["slt"].post(path, {"definition": DECIDED}, status=422)["error"] == "nothing_changed"
    unknown = moss["slt"].post(path, {"definition": "noe_annet"}, status=422)
    assert list(unknown["fields"]) == ["definition"]
    moss["ordforer"].post(path, {"definition": NOTED}, status=403)
    stale = {"definition": NOTED, "version": told["version"] - 1}
    assert moss["slt"].post(path, stale, status=409)["error"] == "stale_version"


def test_after_the_first_approval_the_choice_is_fixed_until_that_is_void(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = fresh(site, moss["slt"])
    path = f"/agreements/{ident}/rules"
    moss["slt"].post(path, {"confirm": True})
    moss["slt"].do(ident, "agree")
    assert moss["slt"].post(path, {"definition": DECIDED}, status=409)["error"] == "definition_fixed"
    assert not site.browser("slt.moss").get(path).html.select(".order form")
    told = moss["slt"].get(path)
    moss["slt"].post(path, {"corrections": [{"index": told["rules"][0]["index"], "remove": True}]})
    assert moss["slt"].post(path, {"definition": DECIDED})["definition"]["id"] == DECIDED
    moss["slt"].post(path, {"definition": NOTED, "confirm": False})
    moss["slt"].post(path, {"confirm": True})
    for who in ("slt", "politikontakt"):
        moss[who].do(ident, "agree")
    refused = moss["slt"].post(path, {"definition": DECIDED}, status=409)
    assert refused["error"] == "definition_fixed"
    assert not site.browser("slt.moss").get(path).html.select(".order")

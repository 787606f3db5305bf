"""A correction is shown with the deadlines it moves before it is saved; showing it writes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from tests.functional.pages_support import encoded, fresh, press, with_button, wrong
from tests.functional.test_life import kinds, signed
from tests.functional.test_rules import rule, rule_form

TWICE = TEXT.replace("undertegner.", "undertegner. Avtalen revideres årlig.")


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def shown(page: Any) -> str:
    """What the preview says, with single spaces."""
    return " ".join(page.html.select_one("#preview").text.split())


def test_a_program_sees_what_moves_and_nothing_is_written(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    path = f"/agreements/{ident}/rules"
    before, entries = moss["slt"].get(path), kinds(site, ident)
    body = {
        "version": before["version"],
        "corrections": [{"index": rule(before, "evaluation")["index"], "rule": {"month": 6, "day": 1}}],
        "preview": True,
    }
    told = moss["slt"].post(path, body)
    assert [m["kind"] for m in told["moves"]] == ["evaluation"] * 3
    assert (told["moves"][0]["before"]["latest"], told["moves"][0]["after"]["latest"]) == (
        "2025-12-31", "2025-06-01",
    )  # fmt: skip
    [change] = told["changes"]
    assert (change["before"]["month"], change["after"]["month"]) == (12, 6)
    assert rule(told, "evaluation")["month"] == 12, "the rules are told as they stand"
    assert moss["slt"].get(path) == before
    assert kinds(site, ident) == entries
    stale = moss["slt"].post(path, body | {"version": before["version"] - 1}, status=409)
    assert stale["error"] == "stale_version"
    assert moss["ordforer"].post(path, body, status=403)


def test_a_person_sees_old_and_new_and_the_moves_then_saves_or_changes_it(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    path = f"/agreements/{ident}/rules"
    before, entries = moss["slt"].get(path), kinds(site, ident)
    index = rule(before, "evaluation")["index"]
    found = rule_form(browser.get(path), index, "value.month")
    found["value.month"], found["value.day"], found["note"] = "6", "1", "Etter møtet"
    page = press(found, "preview:correct", status=200)
    assert "31. desember 2025 blir 1. juni 2025" in shown(page)
    assert page.html.select("#preview del")
    assert page.html.select("#preview ins")
    assert moss["slt"].get(path) == before
    assert kinds(site, ident) == entries

    again = with_button(page, "change")
    back = press(again, "change", status=200)
    held = rule_form(back, index, "value.month")
    assert (held["value.month"].value, held["note"].value) == ("6", "Etter møtet")
    assert back.html.find(id=f"rule-{index}").find("details").has_attr("open")

    press(again, "correct", status=303)
    assert rule(moss["slt"].get(path), "evaluation")["month"] == 6


def test_a_correction_that_moves_no_deadline_says_so(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    index = rule(moss["slt"].get(f"/agreements/{ident}/rules"), "meetings")["index"]
    found = rule_form(browser.get(f"/agreements/{ident}/rules"), index, "value.per_year_min")
    found["value.per_year_min"] = "3"
    page = press(found, "preview:correct", status=200)
    assert not page.html.select(".preview-moves li")


def test_a_person_changes_which_words_are_the_clause(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"], content_base64=encoded(TWICE)), site.browser("slt.moss")
    path = f"/agreements/{ident}/rules"
    told = moss["slt"].get(path)
    index, start = rule(told, "revision")["index"], rule(told, "revision")["start"]
    found = rule_form(browser.get(path), index, "quote")
    assert found["quote"].value.strip() == "Avtalen revideres årlig."
    page = press(found, "preview:correct", status=422)
    assert "preview" not in {s.get("id") for s in page.html.select("section")}, "nothing was changed"
    found["quote"] = "i perioden 2025-2027.\r\nAvtalen revideres årlig"
    assert "i perioden 2025-2027. Avtalen" in shown(press(found, "preview:correct", status=200))
    found["quote"] = "Avtalen blir aldri revidert"
    page = press(found, "preview:correct", status=422)
    assert wrong(page) == [f"rule-{index}-quote"]
    assert page.html.find(id=f"rule-{index}-quote")["aria-invalid"] == "true"
    assert "Avtalen blir aldri revidert" in page.html.find(id=f"rule-{index}-quote").text
    found["quote"] = "Avtalen revideres"
    page = press(found, "preview:correct", status=200)
    assert "Avtalen revideres" in shown(page)
    press(with_button(page, "correct"), "correct", status=303)
    told = moss["slt"].get(path)
    [anew] = [r for r in told["rules"] if r.get("corrected")]
    assert (anew["quote"], anew["start"]) == ("Avtalen revideres", start)
    assert told["set_aside"] == [], "it was corrected, not set aside"


def test_without_an_action_or_a_correction_there_is_nothing_to_show(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = fresh(site, moss["slt"])
    path = f"/agreements/{ident}/rules"
    assert moss["slt"].post(path, {"preview": True, "corrections": [{"index": 99}]}, status=422)
    browser = site.browser("slt.moss")
    token = browser.get(path).forms["confirm-form"]["csrf_token"].value
    page = browser.post(path, {"action": "preview", "csrf_token": token}, status=422)
    assert page.html.select_one(".ds-error-summary")


def test_a_text_made_of_markup_is_shown_as_text_in_the_pane_and_the_preview(
    site: Site, moss: dict[str, Program]
) -> None:
    evil = TEXT.replace("Politirådet møtes", "<script>alert(1)</script> Politirådet møtes")
    ident, browser = fresh(site, moss["slt"], content_base64=encoded(evil)), site.browser("slt.moss")
    page = browser.get(f"/agreements/{ident}/rules?quote=<script>alert(2)</script>&near=1")
    assert "<script>alert" not in page.text
    assert "<script>alert(1)</script>" in page.html.find(id="pane").text

"""The evaluation through HTTP: written in versions, kept when something is wrong, approved as a step."""

from __future__ import annotations

from datetime import date

import pytest

from tests.functional.conftest import PEOPLE, Program, Site
from tests.functional.looking_support import drafts, english
from tests.functional.pages_support import form, has_form, radio
from tests.functional.test_life import signed


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


@pytest.fixture
def begun(site: Site, moss: dict[str, Program]) -> str:
    """A signed agreement whose evaluation for 2025 is open."""
    ident = signed(site, moss)
    site.today = date(2025, 12, 1)
    assert moss["slt"].do(ident, "begin_evaluation", year=2025)["state"] == "annual_evaluation"
    return ident


def test_a_person_writes_it_and_both_approve(site: Site, moss: dict[str, Program], begun: str) -> None:
    browser = site.browser("slt.moss")
    page = browser.get(f"/agreements/{begun}/evaluation")
    assert page.html.select_one("ol.deadlines time")["datetime"] == "2025-12-31"
    written = form(page, "body")
    written["body"], written["learning_points"] = "Møtene ble holdt.", "Flere saker på lista."
    radio(written, "reviewed_unchanged")
    page = written.submit("submit", status=303).follow()
    assert "Flere saker på lista." in page.html.select_one("section.panel").text
    assert [a["href"].rsplit("/", 1)[1] for a in page.html.select("main .buttons a.ds-button")] == [
        "continue"
    ]
    moss["slt"].do(begun, "continue")
    page = browser.get(f"/agreements/{begun}/evaluation")
    assert len(page.html.select(".round")) == 1
    assert moss["politikontakt"].do(begun, "continue")["state"] == "signed"
    again = form(browser.get(f"/agreements/{begun}/transitions/begin_evaluation"), "year")
    assert again["year"].value == "2026", "2025 is done, and the next one may be made early"
    again["year"] = "2025"
    assert "2025" in again.submit("submit", status=409).html.select_one("main [role=alert]").text
    closed = browser.get(f"/agreements/{begun}/evaluation?year=2025")
    assert not has_form(closed, "body")
    assert "Møtene ble holdt." in closed.text


def test_the_twin_writes_versions_and_a_new_one_voids_the_approval(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    path = f"/agreements/{begun}/evaluation"
    told = moss["slt"].get(path)
    assert (told["year"], told["open_year"], told["evaluation"], told["may_write"]) == (
        2025,
        2025,
        None,
        True,
    )
    body = {"version": told["version"], "year": 2025, "body": "Bra.", "outcome": "continues"}
    first = moss["slt"].post(path, body)
    assert (first["evaluation"]["number"], first["evaluation"]["learning_points"]) == (1, "")
    moss["slt"].do(begun, "continue")
    assert moss["slt"].post(path, body, status=409)["error"] == "stale_version"
    second = moss["politikontakt"].post(path, {"body": "Ikke bra.", "outcome": "to_be_revised"})
    assert [v["number"] for v in second["versions"]] == [2, 1]
    assert moss["slt"].get(f"/agreements/{begun}")["approvals"] == []
    same = moss["politikontakt"].post(path, {"body": "Ikke bra.", "outcome": "to_be_revised"})
    assert len(same["versions"]) == 2


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["body", "outcome"]),
        ({"body": "Bra."}, ["outcome"]),
        ({"body": "Bra.", "outcome": "perhaps"}, ["outcome"]),
        ({"body": 7, "outcome": "continues"}, ["body"]),
        ({"body": "\x00", "outcome": "continues"}, ["body"]),
        ({"body": "Bra.", "outcome": "continues", "year": "i fjor"}, ["year"]),
        ({"body": "Bra.", "outcome": "continues", "conclusion": "x"}, ["conclusion"]),
    ],
)
def test_a_program_is_told_which_field_is_wrong(
    site: Site, moss: dict[str, Program], begun: str, body: dict[str, object], fields: list[str]
) -> None:
    told = moss["slt"].post(f"/agreements/{begun}/evaluation", body, status=422)
    assert sorted(told["fields"]) == fields


def test_another_year_than_the_open_one_is_a_conflict(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    body = {"body": "Bra.", "outcome": "continues", "year": 2024}
    assert moss["slt"].post(f"/agreements/{begun}/evaluation", body, status=409)["error"] == "another_year"


def test_what_was_written_is_kept_when_something_is_wrong_or_somebody_was_first(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    browser, path = site.browser("slt.moss"), f"/agreements/{begun}/evaluation"
    written = form(browser.get(path), "body")
    written["body"] = "Lenge skrevet."
    page = written.submit("submit", status=422)
    again = form(page, "body")
    assert again["body"].value == "Lenge skrevet."
    radio(again, "continues")
    moss["politikontakt"].post(path, {"body": "Kortere.", "outcome": "continues"})
    page = again.submit("submit", status=409)
    assert form(page, "body")["body"].value == "Lenge skrevet."
    assert moss["slt"].get(path)["evaluation"]["body"] == "Kortere."
    form(page, "body").submit("submit", status=303)
    assert moss["slt"].get(path)["evaluation"]["body"] == "Lenge skrevet."


def test_only_coordinators_write_and_only_while_one_is_open(site: Site, moss: dict[str, Program]) -> None:
    ident, body = signed(site, moss), {"body": "Bra.", "outcome": "continues"}
    page = site.browser("slt.moss").get(f"/agreements/{ident}/evaluation")
    assert not has_form(page, "body")
    assert page.html.select(".closed")
    moss["slt"].post(f"/agreements/{ident}/evaluation", body, status=403)
    site.today = date(2025, 12, 1)
    moss["slt"].do(ident, "begin_evaluation", year=2025)
    for who in ("ordforer", "sekretaer", "stasjonssjef"):
        moss[who].post(f"/agreements/{ident}/evaluation", body, status=403)
        assert not has_form(site.browser(f"{who}.moss").get(f"/agreements/{ident}/evaluation"), "body")


@pytest.mark.parametrize("year", ["20", "x", "20255", "0025"])
def test_a_year_that_is_none_is_404(site: Site, moss: dict[str, Program], begun: str, year: str) -> None:
    moss["slt"].get(f"/agreements/{begun}/evaluation?year={year}", status=404)


def test_a_draft_has_no_evaluation_due(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    page = english(site, "slt.moss").get(f"/agreements/{ident}/evaluation?year=2025")
    assert not page.html.select("main ol.deadlines")
    assert "binds nobody until it is signed" in page.html.select_one("main .closed").text

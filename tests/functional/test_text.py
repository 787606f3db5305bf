"""The text page and its twin: versions, comparison, editing in draft, the original."""

from __future__ import annotations

import hashlib

import pytest

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from tests.functional.pages_support import form, fresh, has_form, wrong
from tests.functional.test_life import negotiated, start


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def test_a_person_edits_the_text_and_compares_the_versions(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    assert browser.get(f"/agreements/{ident}/text").html.select("article #s-0, article [id^=s-]")
    edit = form(browser.get(f"/agreements/{ident}/text?edit=1"), "text")
    assert edit["text"].value.replace("\r\n", "\n") == TEXT
    edit["text"], edit["note"] = TEXT.replace("2025-2027", "2025-2028"), "Ett år til"
    page = edit.submit(status=303).follow()
    assert "Ett år til" in page.text
    compared = browser.get(f"/agreements/{ident}/text?old=1&new=2")
    [row] = compared.html.select("tr[data-kind=changed]")
    assert "2025-2027" in row.select_one("del").text
    assert "2025-2028" in row.select_one("ins").text
    assert not compared.html.select("tr[data-kind=added], tr[data-kind=removed]")
    old = browser.get(f"/agreements/{ident}/text?version=1")
    assert "2025-2027" in old.html.select_one("article").text


def test_the_twin_tells_text_hash_and_versions(site: Site, moss: dict[str, Program]) -> None:
    ident = fresh(site, moss["slt"])
    told = moss["slt"].get(f"/agreements/{ident}/text")
    assert told["text"] == TEXT
    assert told["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    new = TEXT + "\nMer.\n"
    saved = moss["politikontakt"].post(
        f"/agreements/{ident}/text", {"version": told["version"], "text": new, "title": "Nytt navn"}
    )
    assert (saved["text_version"], saved["title"]) == (2, "Nytt navn")
    assert saved["version"] > told["version"]
    assert [v["number"] for v in saved["versions"]] == [2, 1]
    assert moss["slt"].get(f"/agreements/{ident}/text?version=1")["text"] == TEXT


def test_an_edit_voids_the_approvals_given_to_what_was(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"])
    moss["slt"].do(ident, "agree")
    moss["politikontakt"].post(f"/agreements/{ident}/text", {"text": TEXT + "\nMer.\n"})
    assert moss["slt"].get(f"/agreements/{ident}")["approvals"] == []


def test_what_was_written_is_kept_when_somebody_was_first(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    edit = form(browser.get(f"/agreements/{ident}/text?edit=1"), "text")
    moss["politikontakt"].post(f"/agreements/{ident}/text", {"text": TEXT + "\nFra politiet.\n"})
    edit["text"] = TEXT + "\nFra kommunen.\n"
    page = edit.submit(status=409)
    again = form(page, "text")
    assert "Fra kommunen." in again["text"].value
    assert "Fra politiet." in moss["slt"].get(f"/agreements/{ident}/text")["text"]
    told = moss["slt"].post(f"/agreements/{ident}/text", {"version": 1, "text": "Noe"}, status=409)
    assert told["error"] == "stale_version"
    again.submit(status=303)
    assert "Fra kommunen." in moss["slt"].get(f"/agreements/{ident}/text")["text"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "  \n"}, "text"),
        ({"text": 7}, "text"),
        ({"text": "%PDF-1.7"}, "text"),
        ({"text": "a", "title": " "}, "title"),
        ({"text": "a", "title": "x" * 301}, "title"),
        ({"text": "a", "title": 3}, "title"),
        ({"text": "a", "note": "x" * 501}, "note"),
        ({"text": "a", "version": "en"}, "version"),
    ],
)
def test_a_program_is_told_which_field_is_wrong(
    site: Site, moss: dict[str, Program], body: dict[str, object], field: str
) -> None:
    ident = fresh(site, moss["slt"])
    assert list(moss["slt"].post(f"/agreements/{ident}/text", body, status=422)["fields"]) == [field]
    assert moss["slt"].get(f"/agreements/{ident}/text")["text_version"] == 1


def test_an_empty_text_comes_back_with_the_rest_of_what_was_written(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    edit = form(browser.get(f"/agreements/{ident}/text?edit=1"), "text")
    edit["text"], edit["note"] = "", "Jeg tømte den"
    page = edit.submit(status=422)
    assert wrong(page) == ["text"]
    assert form(page, "text")["note"].value == "Jeg tømte den"


def test_the_text_is_closed_from_agree_on_and_to_those_who_only_see(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"])
    moss["ordforer"].post(f"/agreements/{ident}/text", {"text": "Noe"}, status=403)
    assert not has_form(site.browser("ordforer.moss").get(f"/agreements/{ident}/text?edit=1"), "text")
    for who in ("slt", "politikontakt"):
        moss[who].do(ident, "agree")
    moss["slt"].post(f"/agreements/{ident}/text", {"text": "Noe"}, status=403)
    page = site.browser("slt.moss").get(f"/agreements/{ident}/text?edit=1")
    assert not has_form(page, "text")
    assert page.html.select(".closed")


def test_a_stranger_finds_nothing_and_nobody_is_sent_to_the_door(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = negotiated(site, moss)
    for part in ("text", "original", "rules", "matters", "evaluation", "attachments"):
        site.program("slt.stange").get(f"/agreements/{ident}/{part}", status=404)
        site.browser().get(f"/agreements/{ident}/{part}", status=303)


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "1" * 30, "١"])
def test_a_version_there_is_not_is_404(site: Site, moss: dict[str, Program], number: str) -> None:
    ident = fresh(site, moss["slt"])
    for part in ("text", "original"):
        moss["slt"].client.get(
            f"/agreements/{ident}/{part}", {"version": number}, headers=moss["slt"]._headers(), status=404
        )


def test_a_version_written_here_has_no_original(site: Site, moss: dict[str, Program]) -> None:
    ident = fresh(site, moss["slt"])
    moss["slt"].post(f"/agreements/{ident}/text", {"text": TEXT + "\nMer.\n"})
    assert moss["slt"].get(f"/agreements/{ident}/original?version=2", status=404)["error"] == "no_file"
    page = site.browser("slt.moss").get(f"/agreements/{ident}/text")
    assert not page.html.select("a[href*='/original']")

"""Evaluations, notices and lapses before the kommunestyre: asked for by a house rule, told without a step."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import Any

import docx
import pytest

from tests.functional.conftest import PEOPLE, Program, Site
from tests.functional.pages_support import form, has_form, press, radio, with_button, wrong
from tests.functional.test_life import signed

RULES = {"council_evaluation": 60, "council_termination": 30, "council_lapse": 45}


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss, whose kommunestyre wants to be told of everything."""
    people = {first: site.program(f"{first}.moss") for first in PEOPLE}
    people["sekretaer"].post("/parties/3103/rules", dict(RULES))
    return people


def evaluated(site: Site, moss: dict[str, Program], year: int = 2025) -> str:
    """A signed agreement whose evaluation for the year was approved on 15 December."""
    ident = signed(site, moss)
    site.today = date(year, 12, 15)
    moss["slt"].do(ident, "begin_evaluation", year=year)
    said = {"body": "Tre av fire møter ble holdt.", "learning_points": "Før opp færre saker."}
    moss["slt"].post(f"/agreements/{ident}/evaluation", said | {"outcome": "continues"})
    moss["slt"].do(ident, "continue")
    assert moss["politikontakt"].do(ident, "continue")["state"] == "signed"
    return ident


def reports(program: Program, ident: str, occasion: str) -> list[dict[str, Any]]:
    """The report deadlines of one occasion."""
    told = program.get(f"/agreements/{ident}/deadlines")["deadlines"]
    return [d for d in told if d["kind"] == "report" and d["occasion"] == occasion]


def test_an_approved_evaluation_is_due_before_the_kommunestyre_and_its_matter_moves_nothing(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = evaluated(site, moss)
    [due] = reports(moss["slt"], ident, "evaluation")
    assert (due["latest"], due["year"], due["source"], due["quote"]) == ("2026-02-13", 2025, "house_rule", "")
    path = f"/agreements/{ident}/matters"
    told = moss["sekretaer"].get(path)
    assert told["may_prepare_about"] == [{"party": "3103", "occasion": "evaluation", "year": 2025}]
    asked = {"action": "prepare", "occasion": "evaluation", "year": 2025, "meeting_date": "2026-01-28"}
    [matter] = moss["sekretaer"].post(path, asked | {"case_number": "RS 3/26"})["matters"]
    assert (matter["occasion"], matter["year"], matter["kind"]) == ("evaluation", 2025, "referatsak")
    moss["sekretaer"].post(path, {"action": "freeze", "matter": 1})
    outcome = {"action": "outcome", "matter": 1, "outcome": "noted"}
    assert moss["sekretaer"].post(path, outcome, 422)["fields"].keys() == {"meeting_date"}
    site.today = date(2026, 1, 28)
    before = moss["slt"].get(f"/agreements/{ident}")
    [matter] = moss["sekretaer"].post(path, outcome)["matters"]
    assert matter["outcome"] == "noted"
    after = moss["slt"].get(f"/agreements/{ident}")
    assert (after["state"], after["version"]) == (before["state"], before["version"])
    [due] = reports(moss["slt"], ident, "evaluation")
    assert due["status"] == "met"
    entries = moss["slt"].get(f"/agreements/{ident}/trail")["entries"]
    assert [e["kind"] for e in entries if e["number"] == due["met_by"]] == ["matter_settled"]


def test_only_that_kommunes_own_and_only_of_what_has_happened(site: Site, moss: dict[str, Program]) -> None:
    ident = evaluated(site, moss)
    path = f"/agreements/{ident}/matters"
    asked = {"action": "prepare", "occasion": "evaluation", "year": 2025}
    for who in ("ordforer", "politikontakt", "stasjonssjef"):
        moss[who].post(path, asked, 403)
    for about, status in (
        ({"occasion": "evaluation", "year": 2026}, 409),
        ({"occasion": "termination"}, 409),
        ({"occasion": "lapse"}, 409),
        ({"occasion": "evaluation"}, 422),
        ({"occasion": "termination", "year": 2025}, 422),
        ({"occasion": "party"}, 422),
    ):
        moss["slt"].post(path, {"action": "prepare", **about}, status)
    assert moss["slt"].get(path)["matters"] == []


def test_a_meeting_held_already_is_told_without_a_prepared_matter_but_not_before_it_happened(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = evaluated(site, moss)
    site.today = date(2026, 3, 1)
    path = f"/agreements/{ident}/matters"
    [due] = reports(moss["slt"], ident, "evaluation")
    assert due["status"] == "missed"
    told = {"action": "outcome", "occasion": "evaluation", "year": 2025, "outcome": "noted"}
    assert moss["slt"].post(path, told, 422)["fields"].keys() == {"meeting_date"}
    moss["slt"].post(path, told | {"meeting_date": "2025-12-14"}, 422)
    moss["slt"].post(path, told | {"meeting_date": "2026-02-25"})
    [due] = reports(moss["slt"], ident, "evaluation")
    assert due["met_by"] is not None
    again = moss["slt"].post(path, {"action": "outcome", "matter": 1, "outcome": "noted"}, 409)
    assert again["error"] == "matter_settled"


def test_a_terminated_agreement_grants_nobody_to_prepare_and_is_told_of_all_the_same(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = signed(site, moss)
    site.today = date(2025, 6, 2)
    moss["ordforer"].do(
        ident, "terminate", reason="Samles i én avtale.", given_date="2025-06-02", effective_date="2025-12-31"
    )
    [due] = reports(moss["slt"], ident, "termination")
    assert (due["latest"], due["status"]) == ("2025-07-02", "open")
    browser = site.browser("sekretaer.moss")
    page = browser.get(f"/agreements/{ident}/matters")
    written = form(page, "occasion")
    assert "Moss" in written["proposal"].value
    written["meeting_date"] = "2025-06-25"
    written.submit("submit", status=303)
    [matter] = moss["slt"].get(f"/agreements/{ident}/matters")["matters"]
    assert matter["occasion"] == "termination"
    site.today = date(2025, 6, 26)
    page = browser.get(f"/agreements/{ident}/matters/1")
    told = form(page, "decision")
    radio(told, "noted")
    told["case_number"] = "RS 31/25"
    told.submit("submit", status=303)
    assert reports(moss["slt"], ident, "termination")[0]["met_by"] is not None


def test_a_lapse_is_told_of(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    site.today = date(2028, 1, 10)
    moss["slt"].do(ident, "begin_evaluation", status=409, year=2028)
    assert moss["slt"].get(f"/agreements/{ident}")["state"] == "lapsed"
    [due] = reports(moss["slt"], ident, "lapse")
    assert due["status"] in ("open", "missed")
    told = {"action": "outcome", "occasion": "lapse", "outcome": "noted", "meeting_date": "2028-01-10"}
    moss["sekretaer"].post(f"/agreements/{ident}/matters", told)
    assert reports(moss["slt"], ident, "lapse")[0]["met_by"] is not None


def test_nothing_is_asked_for_without_the_rule_nor_of_what_came_before_it(site: Site) -> None:
    moss = {first: site.program(f"{first}.moss") for first in PEOPLE}
    ident = evaluated(site, moss)
    assert reports(moss["slt"], ident, "evaluation") == []
    site.today = date(2025, 12, 16)
    moss["slt"].post("/parties/3103/rules", {"council_evaluation": 60})
    assert reports(moss["slt"], ident, "evaluation") == []


def prepared(site: Site, moss: dict[str, Program]) -> str:
    """A matter about the evaluation, before the kommunestyre on 28 January."""
    ident = evaluated(site, moss)
    asked = {"action": "prepare", "occasion": "evaluation", "year": 2025, "meeting_date": "2026-01-28"}
    moss["sekretaer"].post(f"/agreements/{ident}/matters", asked)
    return ident


def test_bodies_before_the_kommunestyre_stand_in_the_paper_in_their_order(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, browser = prepared(site, moss), site.browser("sekretaer.moss")
    page = browser.get(f"/agreements/{ident}/matters/1")
    written = with_button(page, "handling")
    written["handling.1.committee"], written["handling.1.meeting_date"] = "Utvalg for oppvekst", "2026-01-13"
    page = press(written, "handling", status=303).follow()
    written = with_button(page, "handling")
    written["handling.2.committee"], written["handling.2.meeting_date"] = "Formannskapet", "2026-01-12"
    page = press(written, "handling", status=422)
    assert wrong(page) == ["handling.2.meeting_date"]
    written = with_button(page, "handling")
    assert written["handling.2.committee"].value == "Formannskapet"
    written["handling.2.meeting_date"], written["handling.2.proposal"] = "2026-01-20", "Enstemmig tilrådd."
    press(written, "handling", status=303)
    told = moss["slt"].get(f"/agreements/{ident}/matters/1")["matter"]["handling"]
    assert [(h["committee"], h["meeting_date"]) for h in told] == [
        ("Utvalg for oppvekst", "2026-01-13"),
        ("Formannskapet", "2026-01-20"),
    ]
    text = browser.get(f"/agreements/{ident}/matters/1.txt").text
    assert text.index("Utvalg for oppvekst") < text.index("Formannskapet")
    late = [{"committee": "Formannskapet", "meeting_date": "2026-02-03"}]
    own = f"/agreements/{ident}/matters/1"
    refused = moss["slt"].post(own, {"action": "handling", "handling": late}, 422)
    assert list(refused["fields"]) == ["handling.1.meeting_date"]
    earlier = {"action": "prepare", "occasion": "evaluation", "year": 2025, "meeting_date": "2026-01-19"}
    refused = moss["slt"].post(f"/agreements/{ident}/matters", earlier, 422)
    assert list(refused["fields"]) == ["meeting_date"]
    moss["slt"].post(f"/agreements/{ident}/matters", {"action": "freeze", "matter": 1})
    assert moss["slt"].post(own, {"action": "handling", "handling": []}, 409)["error"] == "matter_frozen"
    assert not has_form(browser.get(own), "handling.1.committee")


def test_the_excerpt_comes_back_as_a_file_and_a_better_one_keeps_the_first(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, browser = prepared(site, moss), site.browser("sekretaer.moss")
    own = f"/agreements/{ident}/matters/1"
    browser.get(f"{own}/excerpt", status=404)
    first, second = b"%PDF-1.7 utkast", b"%PDF-1.7 endelig"
    early = with_button(browser.get(own), "excerpt")
    early["file"] = ("For tidlig.pdf", first)
    page = press(early, "excerpt", status=422)
    assert wrong(page) == ["file"]
    assert "28. januar 2026" in page.html.select_one("#file-problem").get_text()
    site.today = date(2026, 1, 28)
    for content in (first, second):
        sending = with_button(browser.get(own), "excerpt")
        sending["file"] = ("Særutskrift RS 3-26.pdf", content)
        press(sending, "excerpt", status=303)
    kept = moss["politikontakt"].get(own)["matter"]["excerpts"]
    assert [e["sha256"] for e in kept] == [hashlib.sha256(c).hexdigest() for c in (first, second)]
    assert browser.get(f"{own}/excerpt").body == second
    answer = browser.get(f"{own}/excerpt?file=1")
    assert answer.body == first
    assert answer.headers["Content-Disposition"].startswith("attachment")
    entries = moss["slt"].get(f"/agreements/{ident}/trail")["entries"]
    assert sum(e["kind"] == "matter_excerpt" for e in entries) == 2
    sending = with_button(browser.get(own), "excerpt")
    sending["file"] = ("igjen.pdf", second)
    page = press(sending, "excerpt", status=422)
    assert wrong(page) == ["file"]
    empty = {"action": "excerpt", "filename": "tom.pdf", "content_base64": ""}
    assert list(moss["slt"].post(own, empty, 422)["fields"]) == ["file"]
    moss["ordforer"].post(own, {"action": "excerpt"}, 403)
    site.browser("slt.stange").get(f"{own}/excerpt", status=404)


def test_the_paper_tells_the_evaluation_in_every_form_it_comes_in(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, browser = prepared(site, moss), site.browser("slt.moss")
    text = browser.get(f"/agreements/{ident}/matters/1.txt")
    assert text.content_type == "text/plain"
    assert "Tre av fire møter ble holdt." in text.text
    assert "Før opp færre saker." in text.text
    paste = browser.get(f"/agreements/{ident}/matters/1").html.select_one("#paste")
    assert paste.text.strip() == text.text.strip()
    assert browser.get(f"/agreements/{ident}/matters/1.pdf").body.startswith(b"%PDF")
    word = docx.Document(io.BytesIO(browser.get(f"/agreements/{ident}/matters/1.docx").body))
    said = [p.text for p in word.paragraphs]
    assert "Tre av fire møter ble holdt." in said
    assert word.core_properties.language == "nb-NO"
    styles = [p.style.name for p in word.paragraphs if p.text and p.style is not None]
    assert styles[1] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(styles)
    heads = [t.rows[0]._tr.trPr for t in word.tables]
    assert any(h is not None and "tblHeader" in h.xml for h in heads)

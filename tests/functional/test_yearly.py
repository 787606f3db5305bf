"""What a clause asks for once a year: recorded as done beside its deadline, and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.functional.conftest import Program, Site
from tests.functional.looking_support import drafts, english, programs, section, words
from tests.functional.pages_support import form, has_form, radio, wrong

TEXT = """# Samarbeidsavtale

## 1. Møter

Politirådet skal ha 4 møter i året, minimum 2. PST inviteres til ett møte i året.

## 2. Tiltak

- Trygghetsvandring gjennomføres minst 1 gang i året

## 3. Underskrift

Ordfører og politistasjonssjef undertegner.
"""


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    return programs(site)


@pytest.fixture
def signed(site: Site, moss: dict[str, Program]) -> str:
    """Signed in 2024, looked at in the summer of 2026."""
    (ident,) = drafts(site, 1, text=TEXT)
    moss["slt"].do(ident, "register", signed_on="2024-05-20")
    moss["politikontakt"].do(ident, "register")
    site.today = date(2026, 6, 15)
    return ident


def clause(told: dict[str, Any], kind: str) -> str:
    return str(next(c["clause"] for c in told["yearly"]["clauses"] if c["kind"] == kind))


def standing(told: dict[str, Any], kind: str) -> list[tuple[int, str, list[int]]]:
    return [(d["year"], d["status"], d["progress"]) for d in told["deadlines"] if d["kind"] == kind][:2]


def test_a_person_records_what_was_done_and_the_year_is_met(site: Site, signed: str) -> None:
    browser = english(site, "slt.moss")
    path = f"/agreements/{signed}/deadlines"
    page = browser.get(path)
    assert "Task 2026: Trygghetsvandring Do what the clause asks for. 0 of 1 done." in section(
        page, "coming-title"
    )
    ways = {a["href"].split(f"/{signed}")[1] for a in page.html.select("li.deadline .progress a")}
    assert {"/meetings?year=2026", "/deadlines#yearly-title"} <= ways
    told = site.program("slt.moss").get(path)
    written = form(page, "on")
    radio(written, clause(told, "task"))
    written["on"], written["note"] = "2026-05-12", "Sammen med natteravnene."
    page = written.submit("submit", status=303).follow()
    assert "1 of 1 done." in section(page, "past-title")
    entry = browser.get(page.html.select_one("ul.done a")["href"])
    assert "A task that a clause asks for was recorded as done for 2026." in words(entry)
    assert "Sammen med natteravnene." in words(entry)


def test_the_twin_records_counts_and_takes_back(moss: dict[str, Program], signed: str) -> None:
    path = f"/agreements/{signed}/deadlines"
    told = moss["slt"].get(path)
    guest = clause(told, "attendance")
    assert standing(told, "attendance") == [(2025, "missed", [0, 1]), (2026, "open", [0, 1])]
    told = moss["politikontakt"].post(path, {"clause": guest, "on": "2025-03-02"})
    assert standing(told, "attendance") == [(2025, "met", [1, 1]), (2026, "open", [0, 1])]
    [done] = told["yearly"]["done"]
    assert (done["clause"], done["year"], done["on"]) == (guest, 2025, "2025-03-02")
    again = moss["slt"].post(path, {"clause": guest, "on": "2025-03-02"}, status=409)
    assert again["error"] == "already_recorded"
    refused = moss["slt"].post(path, {"take_back": done["entry"]}, status=422)
    assert "reason" in refused["fields"]
    told = moss["slt"].post(path, {"take_back": done["entry"], "reason": "Det var et annet år."})
    assert standing(told, "attendance") == [(2025, "missed", [0, 1]), (2026, "open", [0, 1])]
    gone = moss["slt"].post(path, {"take_back": done["entry"], "reason": "En gang til."}, status=409)
    assert gone["error"] == "not_recorded"


def test_the_next_deadline_of_lists_follows(moss: dict[str, Program], signed: str) -> None:
    path = f"/agreements/{signed}/deadlines"
    told = moss["slt"].get(path)
    for kind in ("attendance", "task"):
        moss["slt"].post(path, {"clause": clause(told, kind), "on": "2025-03-02"})
    first = next(a for a in moss["slt"].get("/agreements")["agreements"] if a["id"] == signed)[
        "next_deadline"
    ]
    assert (first["kind"], first["year"], first["progress"], first["floor"]) == ("meeting", 2025, [0, 4], 2)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"on": "2026-05-12"}, "clause"),
        ({"clause": "0123456789ab", "on": "2026-05-12"}, "clause"),
        ({"clause": "task"}, "on"),
        ({"clause": "task", "on": "2026-06-16"}, "on"),
        ({"clause": "task", "on": "2024-05-19"}, "on"),
        ({"clause": "task", "on": "i fjor"}, "on"),
        ({"clause": "task", "on": "2026-05-12", "perhaps": "x"}, "perhaps"),
        ({"take_back": "x", "reason": "Feil."}, "take_back"),
    ],
)
def test_what_cannot_be_is_told_by_field(
    moss: dict[str, Program], signed: str, sent: dict[str, str], field: str
) -> None:
    path = f"/agreements/{signed}/deadlines"
    body = dict(sent)
    if body.get("clause") == "task":
        body["clause"] = clause(moss["slt"].get(path), "task")
    assert list(moss["slt"].post(path, body, status=422)["fields"]) == [field]
    assert moss["slt"].get(path)["yearly"]["done"] == []


def test_what_was_written_is_kept_when_the_day_is_wrong(site: Site, signed: str) -> None:
    browser = english(site, "slt.moss")
    page = browser.get(f"/agreements/{signed}/deadlines")
    written = form(page, "on")
    radio(written, clause(site.program("slt.moss").get(f"/agreements/{signed}/deadlines"), "task"))
    written["on"], written["note"] = "2027-01-01", "Planlagt."
    page = written.submit("submit", status=422)
    assert wrong(page)
    assert form(page, "on")["note"].value == "Planlagt."
    assert "is ahead" in page.text


def test_only_coordinators_record_and_only_once_it_is_signed(
    site: Site, moss: dict[str, Program], signed: str
) -> None:
    path = f"/agreements/{signed}/deadlines"
    body = {"clause": clause(moss["slt"].get(path), "task"), "on": "2026-05-12"}
    for other in ("ordforer", "stasjonssjef", "sekretaer"):
        assert moss[other].post(path, body, status=403)["error"] == "not_coordinator"
        assert moss[other].get(path)["yearly"]["may_record"] is False
    assert not has_form(english(site, "ordforer.moss").get(path), "on")
    (draft,) = drafts(site, 1, text=TEXT)
    assert moss["slt"].post(f"/agreements/{draft}/deadlines", body, status=409)["error"] == "not_signed"

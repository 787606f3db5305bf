"""Days that are half known, from the text to the page: earliest and latest, and what would settle them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.functional.conftest import PEOPLE, Program, Site
from tests.functional.looking_support import english
from tests.functional.pages_support import form, wrong
from tests.functional.test_life import start
from workflow_app.services.trail_check import verify_database

FEBRUARY = """# Samarbeidsavtale

## 1. Oppfølging

Avtalen revideres årlig. Partene evaluerer avtalen innen 1. juni hvert år.

## 2. Varighet

Avtalen varer i to år fra underskrift.

Ordfører og politistasjonssjef undertegner.

Moss, februar 2025
"""
WEDNESDAY = FEBRUARY.replace("Moss, februar 2025", "Moss, onsdag 25. juni")


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def spans(told: Any) -> dict[str, tuple[str, str]]:
    """Kind → earliest and latest of the first deadline of that kind."""
    found: dict[str, tuple[str, str]] = {}
    for d in told["deadlines"]:
        found.setdefault(d["kind"], (d["earliest"], d["latest"]))
    return found


def due(page: Any, first: str) -> Any:
    """The deadline on the page whose words begin so."""
    return next(d for d in page.html.select(".deadline") if d.select_one("time").get_text().startswith(first))


def register(moss: dict[str, Program], ident: str, signed: str) -> Any:
    """Both coordinators register the paper."""
    moss["slt"].do(ident, "register", signed_on=signed)
    return moss["politikontakt"].do(ident, "register", signed_on=signed)


REVISION = ("2026-02-01", "2026-02-28")
EXPIRY = ("2027-01-31", "2027-02-27")


def test_a_month_in_the_text_is_an_interval_on_every_page_and_says_what_settles_it(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"], text=FEBRUARY)
    told = moss["slt"].get(f"/agreements/{ident}/deadlines")
    assert spans(told)["revision"] == REVISION
    assert spans(told)["expiry"] == EXPIRY
    revision = next(d for d in told["deadlines"] if d["kind"] == "revision")
    assert "Registrer signeringsdagen" in revision["settled_by"]
    assert revision["assumptions"] == ["counted from the signing date; the clause does not say"]
    browser = english(site, "slt.moss")
    page = browser.get(f"/agreements/{ident}/deadlines")
    row = due(page, "earliest 1 February 2026, latest 28 February 2026")
    assert row["data-status"] == "open"
    assert row.select_one("time")["datetime"] == "2026-02-28"
    assert row.select_one(".settle a")["href"] == f"/agreements/{ident}/transitions/register"
    # One who cannot register is told the same, without the way there.
    mayor = english(site, "ordforer.moss")
    other = due(mayor.get(f"/agreements/{ident}/deadlines"), "earliest 1 February 2026")
    assert other.select_one(".settle").get_text().strip()
    assert other.select_one(".settle a") is None
    assert "earliest 1 February 2026" in browser.get(f"/agreements/{ident}").text


def test_the_form_offers_the_month_of_the_text_and_takes_the_whole_day(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"], text=FEBRUARY)
    browser = site.browser("slt.moss")
    step = form(browser.get(f"/agreements/{ident}/transitions/register"), "signed_on")
    assert (step["signed_on"].value, step["signed_on.month"].value, step["signed_on.year"].value) == (
        "", "02", "2025"
    )  # fmt: skip
    step["signed_on"] = "2025-02-14"
    step.submit(status=303)
    told = moss["politikontakt"].do(ident, "register")
    assert told["signed_on"] == "2025-02-14"
    assert spans(told)["revision"] == ("2026-02-14", "2026-02-14")


def test_a_paper_that_gives_the_month_is_registered_with_the_month(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"], text=FEBRUARY)
    step = form(site.browser("slt.moss").get(f"/agreements/{ident}/transitions/register"), "signed_on")
    step.submit(status=303)
    page = form(
        site.browser("politikontakt.moss").get(f"/agreements/{ident}/transitions/register"), "signed_on"
    )
    assert page["signed_on.month"].value == "02", "what the first one proposed"
    told = moss["politikontakt"].do(ident, "register")
    assert (told["state"], told["signed_on"]) == ("signed", "2025-02")
    assert spans(told)["revision"] == REVISION
    assert told["in_force"]["from"] == "2025-02-28", "from when it is certain"
    [entry] = [
        e for e in moss["slt"].get(f"/agreements/{ident}/trail")["entries"]
        if e["entry"].get("transition") == "register" and e["entry"]["kind"] == "transition"
    ]  # fmt: skip
    assert entry["entry"]["event_date"] == "2025-02"
    listed = next(a for a in moss["slt"].get("/agreements")["agreements"] if a["id"] == ident)
    assert listed["signed_on"] == "2025-02"
    nearest = listed["next_deadline"]
    assert (nearest["earliest"], nearest["latest"]) == ("2025-06-01", "2025-06-01")
    browser = english(site, "slt.moss")
    assert "signed <time" in browser.get("/agreements").text
    assert "February 2025" in browser.get("/agreements").text
    overview = browser.get(f"/agreements/{ident}")
    assert "From February 2025" in overview.html.select_one(".in-force").get_text()
    assert "28 February 2025" not in overview.html.select_one(".in-force").get_text()
    page = browser.get(f"/agreements/{ident}/deadlines")
    settle = due(page, "earliest 1 February 2026").select_one(".settle").get_text()
    assert "recorded without its day" in settle
    trail = browser.get(f"/agreements/{ident}/trail")
    assert "February 2025" in trail.text
    assert browser.get(f"/agreements/{ident}/agreement.pdf").status_int == 200
    with site.session() as db:
        assert verify_database(db).ok


def test_an_open_interval_is_soon_from_its_first_day_and_missed_only_after_its_last(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"], text=FEBRUARY)
    register(moss, ident, "2025-02")
    browser = english(site, "slt.moss")

    def revision() -> tuple[str, str, str]:
        row = due(browser.get(f"/agreements/{ident}/deadlines"), "earliest 1 February 2026")
        said = row.select_one(".remaining").get_text()
        json_row = next(
            d for d in moss["slt"].get(f"/agreements/{ident}")["deadlines"] if d["kind"] == "revision"
        )
        return row["data-status"], said, json_row["status"]

    for today, stands, says, status in (
        (date(2026, 1, 1), "open", "in 31 days at the earliest", "open"),
        (date(2026, 1, 2), "soon", "in 30 days at the earliest", "open"),
        (date(2026, 1, 31), "soon", "tomorrow at the earliest", "open"),
        (date(2026, 2, 1), "soon", "in 27 days at the latest", "open"),
        (date(2026, 2, 28), "soon", "today at the latest", "open"),
        (date(2026, 3, 1), "missed", "one day overdue", "missed"),
    ):
        site.today = today
        assert revision() == (stands, says, status), today


def test_the_worklist_says_both_days(site: Site, moss: dict[str, Program]) -> None:
    ident = start(
        site, moss["slt"], text=FEBRUARY.replace(" Partene evaluerer avtalen innen 1. juni hvert år.", "")
    )
    register(moss, ident, "2025-02")
    browser = english(site, "slt.moss")
    assert "earliest 1 February 2026, latest 28 February 2026" in browser.get("/").text
    assert "earliest 1 February 2026, latest 28 February 2026" in browser.get("/agreements").text
    [coming] = moss["slt"].get("/")["deadlines"]
    assert (coming["earliest"], coming["latest"]) == REVISION


def test_a_month_that_is_not_over_reaches_no_further_than_the_registering(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"], text=FEBRUARY)
    told = register(moss, ident, "2025-03")
    today = site.now.date()
    # Entries carry the real time; a month long past stays whole.
    assert spans(told)["revision"][0] == "2026-03-01"
    assert told["signed_on"] in ("2025-03", f"2025-03-01/{today}", "2025-03-01/2025-03-10")


@pytest.mark.parametrize(
    ("signed", "problem"),
    [("2025-04", 409), ("2026", 409), ("2025-13", 422), ("0000", 422), ("25-02", 422), ("februar 2025", 422)],
)
def test_a_half_known_day_that_cannot_be_is_told(
    site: Site, moss: dict[str, Program], signed: str, problem: int
) -> None:
    ident = start(site, moss["slt"], text=FEBRUARY)
    told = moss["slt"].do(ident, "register", status=problem, signed_on=signed)
    assert "signed_on" in json.dumps(told)


def test_the_form_keeps_a_month_without_a_year(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"], text=WEDNESDAY)
    step = form(site.browser("slt.moss").get(f"/agreements/{ident}/transitions/register"), "signed_on")
    step["signed_on.month"], step["original_at"] = "05", "Hos arkivaren"
    page = step.submit(status=422)
    assert len(wrong(page)) <= 1
    assert form(page, "signed_on")["original_at"].value == "Hos arkivaren"


def test_a_year_alone_is_a_whole_year(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"], text=WEDNESDAY)
    told = register(moss, ident, "2024")
    assert told["signed_on"] == "2024"
    assert spans(told)["revision"] == ("2025-01-01", "2025-12-31")
    # What could be so is not refused: the meeting may have been after the signing.
    moss["slt"].do(ident, "report", status=409, outcome="noted", meeting_date="2023-12-31")
    assert moss["slt"].do(ident, "report", outcome="noted", meeting_date="2024-03-01", case_number="RS 1/24")


def test_a_weekday_without_a_year_dates_nothing_and_says_what_would(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"], text=WEDNESDAY)
    told = moss["slt"].get(f"/agreements/{ident}/deadlines")
    assert "revision" not in spans(told)
    assert "expiry" not in spans(told)
    silent = {s["kind"]: s for s in told["silences"]}
    for kind in ("revision", "expiry"):
        assert silent[kind]["settled_by"], silent[kind]
    page = site.browser("slt.moss").get(f"/agreements/{ident}/deadlines")
    ways = {a["href"] for a in page.html.select(".silences .settle a")}
    assert ways == {f"/agreements/{ident}/transitions/register"}

"""The deadlines of one agreement: each with its clause and status, and what the text does not say."""

from __future__ import annotations

from datetime import date

import pytest

from tests.functional import test_life as life
from tests.functional.conftest import PASSWORD, PEOPLE, TEXT, Program, Site
from tests.functional.looking_support import drafts, english, programs, section, words

SILENT = """# Samarbeidsavtale

## 1. Formål

Partene vil forebygge sammen. Samarbeidet evalueres løpende.

Ordfører og politistasjonssjef undertegner.
"""


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    return programs(site)


def test_the_twin_is_what_the_one_function_computes(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    for first, step, data in (
        ("slt", "agree", {}), ("politikontakt", "agree", {}),
        ("ordforer", "sign", {"password": PASSWORD}), ("stasjonssjef", "sign", {"password": PASSWORD}),
    ):  # fmt: skip
        told = moss[first].do(ident, step, **data)
    twin = moss["slt"].get(f"/agreements/{ident}/deadlines")
    assert [d.pop("settled_by") for d in twin["deadlines"]] == [None] * len(twin["deadlines"])
    assert [d.pop("reminders") for d in twin["deadlines"]] == [[]] * len(twin["deadlines"])
    nearest = {d["kind"]: d.pop("next_reminder") for d in reversed(twin["deadlines"])}
    # Signed today, and 90 days until the kommunestyre: the first reminder goes with the next morning's run.
    assert nearest["report"] == site.today.isoformat()
    assert twin["deadlines"] == told["deadlines"]
    text = moss["slt"].get(f"/agreements/{ident}/text")["text"]
    for deadline in twin["deadlines"]:
        assert deadline["quote"]
        assert deadline["quote"] in text
    assert {s["kind"] for s in twin["silences"]} == {"report"}


def test_a_met_deadline_leads_to_the_entry_that_met_it(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    moss["slt"].do(ident, "register", signed_on="2025-01-20")
    moss["politikontakt"].do(ident, "register")
    moss["sekretaer"].do(ident, "report", outcome="noted", meeting_date="2025-03-05")
    browser = english(site, "slt.moss")
    page = browser.get(f"/agreements/{ident}/deadlines")
    past = section(page, "past-title")
    assert "Report to the kommunestyre" in past
    assert "Met by:" in past
    entry = page.click("entry 5 of the trail")
    assert 'id="e5"' in entry.text
    assert "Report to the kommunestyre" in words(entry)


def test_missed_years_stand_as_not_documented_and_only_the_newest_reminds(
    site: Site, moss: dict[str, Program]
) -> None:
    (ident,) = drafts(site, 1)
    moss["slt"].do(ident, "register", signed_on="2025-01-20")
    moss["politikontakt"].do(ident, "register")
    site.today = date(2027, 6, 1)
    page = english(site, "slt.moss").get(f"/agreements/{ident}/deadlines")
    assert "31 December 2025 Not documented Evaluation 2025" in section(page, "past-title")
    coming = section(page, "coming-title")
    assert coming.startswith("Deadlines not done yet"), "what is overdue is not coming"
    assert "31 December 2026 152 days overdue Missed Evaluation 2026" in coming
    assert "31 December 2027 in 213 days Open Evaluation 2027" in coming


def test_where_the_text_is_silent_the_page_says_so_and_makes_nothing_up(
    site: Site, moss: dict[str, Program]
) -> None:
    (ident,) = drafts(site, 1, text=SILENT)
    twin = moss["slt"].get(f"/agreements/{ident}/deadlines")
    assert twin["deadlines"] == []
    page = english(site, "slt.moss").get(f"/agreements/{ident}/deadlines")
    said = section(page, "silences-title")
    assert "The agreement does not say when it expires." in said
    assert "The agreement does not say when it is to be revised." in said
    assert "Samarbeidet evalueres løpende." in said
    assert "No deadline is coming." in section(page, "coming-title")


def test_nobody_has_missed_what_was_never_signed(site: Site) -> None:
    """A successor's draft carries the old text and its dates; its page shows no failure."""
    people = {first: site.program(f"{first}.moss") for first in PEOPLE}
    old = TEXT.replace("i perioden 2025-2027", "til den sies opp") + "\nMoss, 30. april 2020\n"
    ident = life.start(site, people["slt"], text=old)
    told = people["slt"].get(f"/agreements/{ident}/deadlines")["deadlines"]
    assert any(d["latest"] < site.today.isoformat() for d in told)
    assert not any(d["status"] == "missed" for d in told)
    for path in ("", "/deadlines"):
        page = site.browser("slt.moss").get(f"/agreements/{ident}{path}").text
        assert "Fristen ble ikke holdt" not in page

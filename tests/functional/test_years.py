"""The year wheel over HTTP: what a year holds, who sees it, and that no day is made up."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.functional.calendar_support import Moss, change, english_moss, plan, signed, signed_in_many
from tests.functional.conftest import Site
from tests.functional.looking_support import drafts, english, words

Thing = dict[str, Any]


@pytest.fixture
def moss(site: Site) -> Moss:
    return english_moss(site)


def things(moss: Moss, path: str, year: int) -> list[Thing]:
    """What the year holds, as a program gets it."""
    found: list[Thing] = moss["slt"].get(f"{path}/year?year={year}")["things"]
    assert [t["number"] for t in found] == list(range(1, len(found) + 1))
    return found


def kinds(found: list[Thing]) -> list[str]:
    return [t["kind"] for t in found]


def test_meetings_agendas_and_deadlines_stand_in_order_of_day(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    plan(moss, ident, on="2025-06-10", starts_at="09:00", place="Rådhuset")
    plan(moss, ident, on="2025-10-14")
    found = things(moss, f"/agreements/{ident}", 2025)
    days = [t["last"] for t in found if t["day_given"]]
    assert days == sorted(days)
    assert kinds([t for t in found if t["day_given"]]) == [
        "council", "agenda", "meeting", "agenda", "meeting", "evaluation",
    ]  # fmt: skip
    meeting = next(t for t in found if t["kind"] == "meeting")
    assert (meeting["starts"], meeting["place"], meeting["source"]) == ("09:00:00", "Rådhuset", "plan")
    council = found[0]
    assert (council["source"], council["party"], council["last"]) == (
        "house_rule",
        "Moss kommune",
        "2025-04-20",
    )
    assert council["roles"] == ["slt_coordinator", "council_secretary"]
    assert all(t["quote"] for t in found if t["source"] == "clause")


def test_what_the_text_gives_no_day_has_none(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    found = things(moss, f"/agreements/{ident}", 2026)
    (year,) = [t for t in found if t["kind"] == "yearly"]
    assert (year["first"], year["last"], year["day_given"]) == ("2026-01-01", "2026-12-31", False)
    assert year["progress"] == [0, 4]
    assert found[-1] is year, "last, after what has a day"
    page = english(site, "slt.moss").get(f"/agreements/{ident}/year?year=2026")
    assert "in the course of the year" in words(page)
    (wheel,) = page.html.select("svg.wheel")
    assert not [c for c in wheel.select("circle") if c.get("r") == "2.6"][len(found) - 1 :]


def test_a_meeting_called_off_is_struck_out_and_its_agenda_gone(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    number = plan(moss, ident, on="2025-06-10")
    change(moss, ident, number, "cancel", reason="Valg")
    found = things(moss, f"/agreements/{ident}", 2025)
    assert [t["state"] for t in found if t["kind"] == "meeting"] == ["cancelled"]
    assert "agenda" not in kinds(found)
    page = english(site, "slt.moss").get(f"/agreements/{ident}/year?year=2025")
    assert "Called off" in words(page)
    assert page.html.select("svg.wheel .wheel-is-cancelled")


def test_a_matter_stands_on_the_day_of_the_kommunestyre(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    moss["sekretaer"].do(ident, "report", outcome="noted", meeting_date="2025-03-05")
    (matter,) = [t for t in things(moss, f"/agreements/{ident}", 2025) if t["kind"] == "council"]
    assert (matter["last"], matter["state"], matter["outcome"]) == ("2025-03-05", "done", "noted")


def test_years_lead_to_each_other_and_end_somewhere(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    browser = english(site, "slt.moss")
    page = browser.get(f"/agreements/{ident}/year")
    assert "Year wheel 2025" in words(page)
    assert "Year wheel 2026" in words(page.click("2026 →"))
    assert "Year wheel 2024" in words(page.click("← 2024"))
    for wrong in ("1999", "2036", "20x6", "2025.0", "٢٠٢٥", "-1", "9" * 400):
        answer = browser.get(f"/agreements/{ident}/year", {"year": wrong}, status=404)
        assert "There is a year wheel for 2000 to 2035" in words(answer)
    last = browser.get(f"/agreements/{ident}/year?year=2035")
    assert "2036 →" not in last.text


def test_a_draft_has_an_empty_year_and_the_page_says_why(site: Site, moss: Moss) -> None:
    (ident,) = drafts(site, 1)
    assert things(moss, f"/agreements/{ident}", 2025) == []
    page = english(site, "slt.moss").get(f"/agreements/{ident}/year")
    assert words(page).count("not signed yet") == 1
    assert not page.html.select(".year-wheel, .year-sheet, main svg"), "the explanation only, no empty wheel"
    signed(site, moss)
    empty = english(site, "slt.moss").get(f"/parties/{site.party['moss']}/year?year=2010")
    assert "Nothing is planned or due in 2010." in words(empty)


def test_the_sheet_is_a_picture_of_its_own(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    answer = site.browser("slt.moss").get(f"/agreements/{ident}/year.svg?year=2026")
    assert answer.content_type == "image/svg+xml"
    root = ElementTree.fromstring(answer.body)
    said = "".join(root.itertext())
    for thing in things(moss, f"/agreements/{ident}", 2026):
        assert str(thing["number"]) in said
    assert f"http://localhost/agreements/{ident}/year" in said
    site.browser("slt.moss").get(f"/agreements/{ident}/year.svg?year=1066", status=404)


def test_a_table_says_everything_the_wheel_shows(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    plan(moss, ident, on="2025-06-10")
    page = english(site, "slt.moss").get(f"/agreements/{ident}/year?year=2025")
    rows = page.html.select("table.year-list tbody tr")
    found = things(moss, f"/agreements/{ident}", 2025)
    assert len(rows) == len(found)
    for row, thing in zip(rows, found, strict=True):
        text = " ".join(row.get_text(" ").split())
        assert text.startswith(str(thing["number"]))
        if thing["quote"]:
            assert thing["quote"] in text
    heads = [" ".join(h.get_text(" ").split()) for h in page.html.select("table.year-list thead th")]
    assert heads == ["Number", "When", "What", "Who", "Status"]


def test_a_police_unit_sees_the_same_day_once_with_all_its_agreements(site: Site, moss: Moss) -> None:
    numbers = ["3101", "3105", "3107", "3110", "3112", "3114", "3116", "3118"]
    ids = signed_in_many(site, numbers)
    path = f"/parties/{site.party['politi.moss']}"
    found = moss["politikontakt"].get(f"{path}/year?year=2025")["things"]
    (evaluation,) = [t for t in found if t["kind"] == "evaluation"]
    assert {a["id"] for a in evaluation["agreements"]} == set(ids)
    councils = [t for t in found if t["kind"] == "council"]
    assert len(councils) == len(numbers), "each kommunestyre is one of its own"
    browser = english(site, "politikontakt.moss")
    page = browser.get(f"{path}/year?year=2025")
    assert len(page.html.select("table.year-list .of a")) >= len(numbers)
    assert ElementTree.fromstring(browser.get(f"{path}/year.svg?year=2025").body) is not None


def test_a_party_shows_only_what_the_reader_may_see(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    mine = things(moss, f"/parties/{site.party['moss']}", 2025)
    assert {a["id"] for t in mine for a in t["agreements"]} == {ident}
    stange = site.program("slt.stange")
    stange.get(f"/parties/{site.party['moss']}/year", status=404)
    assert stange.get(f"/parties/{site.party['stange']}/year")["things"] == []


def test_today_is_marked_on_this_years_wheel_alone(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    site.today = date(2025, 12, 31)
    browser = english(site, "slt.moss")
    assert browser.get(f"/agreements/{ident}/year?year=2025").html.select(".wheel-today")
    assert not browser.get(f"/agreements/{ident}/year?year=2026").html.select(".wheel-today")


def test_the_agenda_of_a_meeting_that_is_over_is_history(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    plan(moss, ident, on="2025-06-10")
    site.today = date(2025, 6, 11)
    (agenda,) = [t for t in things(moss, f"/agreements/{ident}", 2025) if t["kind"] == "agenda"]
    assert agenda["state"] == "past", "nobody can send it any more"
    page = english(site, "slt.moss").get(f"/agreements/{ident}/year?year=2025")
    (sign,) = page.html.select(".year-wheel .wheel-agenda")
    assert "!" not in sign.get_text()
    assert [words(tr) for tr in page.html.select('tr[data-state="past"] .stands')] == ["Not documented"]
    assert "Not documented" in words(english(site, "slt.moss").get(f"/agreements/{ident}/deadlines"))

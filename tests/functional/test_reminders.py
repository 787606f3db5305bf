"""A kommune's reminders through HTTP: read by those who see it, set by its own people, shown by deadline."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tests.functional.conftest import PEOPLE, Program, Site
from tests.functional.looking_support import english, programs, section
from tests.functional.pages_support import form, has_form, wrong
from tests.functional.test_life import signed
from workflow_app.domain.trail import decode
from workflow_app.services import reminders, trail
from workflow_app.services.norway import OSLO

PATH = "/parties/3103/reminders"
USUAL = {"before": [90, 30, 7, 0], "weeks": 8, "escalate_after": 14, "off": [], "own": False}


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    return programs(site)


def morning(site: Site, day: date) -> reminders.Counts:
    site.today = day
    return reminders.run(site.app.registry["sessions"], datetime.combine(day, time(7, 0), OSLO))


def test_a_coordinator_sets_them_on_the_page_and_it_is_an_entry(site: Site) -> None:
    browser = site.browser("slt.moss")
    found = form(browser.get(PATH), "before")
    assert (found["before"].value, found["weeks"].value) == ("90, 30, 7", "8")
    found["before"], found["weeks"], found["escalate_after"] = "60 14", "2", ""
    found["kind.task"].checked = False
    page = found.submit(status=303).follow()
    assert form(page, "before")["before"].value == "60, 14"
    assert not form(page, "before")["kind.task"].checked
    told = site.program("slt.moss").get(PATH)
    assert told == {"party": "3103", "before": [60, 14, 0], "weeks": 2, "escalate_after": None,
                    "off": ["task"], "own": True, "may_change": True}  # fmt: skip
    with site.session() as db:
        entry = [decode(e.body) for e in trail.entries(db, "party/3103")][-1]
    assert (entry["kind"], entry["actor"]["role"]) == ("reminders_set", "slt_coordinator")
    assert entry["data"] == {"before": [60, 14, 0], "weeks": 2, "off": ["task"]}


def test_back_to_the_usual_ones(site: Site) -> None:
    slt = site.program("slt.moss")
    slt.post(PATH, {"weeks": 0})
    browser = site.browser("slt.moss")
    page = form(browser.get(PATH), "usual").submit(status=303).follow()
    assert not has_form(page, "usual")
    assert slt.get(PATH) == {"party": "3103", **USUAL, "may_change": True}


def test_what_is_wrong_is_said_and_kept(site: Site) -> None:
    found = form(site.browser("slt.moss").get(PATH), "before")
    found["before"], found["weeks"], found["escalate_after"] = "en uke", "99", "0"
    page = found.submit(status=422)
    assert sorted(wrong(page)) == ["before", "escalate_after", "weeks"]
    assert form(page, "before")["before"].value == "en uke"
    assert site.program("slt.moss").get(PATH)["own"] is False


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, [""]),
        ({"weekly": 3}, [""]),
        ({"before": [90, "x"]}, ["before"]),
        ({"before": [True]}, ["before"]),
        ({"before": [367]}, ["before"]),
        ({"weeks": None}, ["weeks"]),
        ({"weeks": 99999999999999999999}, ["weeks"]),
        ({"escalate_after": 91}, ["escalate_after"]),
        ({"off": "task"}, ["off"]),
        ({"off": ["revisjon"]}, ["off"]),
    ],
)
def test_a_program_is_told_which_field_is_wrong(
    site: Site, body: dict[str, object], fields: list[str]
) -> None:
    assert sorted(site.program("slt.moss").post(PATH, body, 422)["fields"]) == fields


def test_the_counterparty_reads_them_and_others_find_nothing(site: Site, moss: dict[str, Program]) -> None:
    signed(site, moss)
    for first in ("politikontakt", "ordforer"):
        assert moss[first].get(PATH)["may_change"] is False
        page = site.browser(f"{first}.moss").get(PATH)
        assert not has_form(page, "before")
        assert page.html.select(".closed")
        moss[first].post(PATH, {"weeks": 3}, 403)
    site.program("slt.stange").get(PATH, 404)


def test_a_police_unit_follows_the_kommune(site: Site, moss: dict[str, Program]) -> None:
    signed(site, moss)
    unit = f"/parties/{site.party['politi.moss']}/reminders"
    page = site.browser("politikontakt.moss").get(unit)
    assert not has_form(page, "before")
    assert "follows" in moss["politikontakt"].get(unit)
    moss["politikontakt"].post(unit, {"weeks": 3}, 403)


def test_each_deadline_tells_what_was_sent_to_whom_and_when_the_next_one_goes(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = signed(site, moss)
    assert set(moss) == set(PEOPLE)
    # Signed on 10 March, and 90 days until the kommunestyre.
    assert morning(site, date(2025, 3, 10)).mails == 2
    assert morning(site, date(2025, 3, 11)).mails == 0
    for reader in ("slt.moss", "politikontakt.moss"):
        page = english(site, reader).get(f"/agreements/{ident}/deadlines")
        coming = section(page, "coming-title")
        assert "10 March 2025 : Sent to SLT coordinator, council secretary (Moss kommune)." in coming
        assert "Next reminder: 9 May 2025" in coming
    told = moss["slt"].get(f"/agreements/{ident}/deadlines")["deadlines"]
    report = next(d for d in told if d["kind"] == "report")
    assert report["next_reminder"] == "2025-05-09"
    assert report["reminders"] == [
        {"rung": "before_90", "on": "2025-03-10", "due": "2025-03-10", "party": "3103", "outcome": "sent",
         "roles": ["slt_coordinator", "council_secretary"]},
    ]  # fmt: skip

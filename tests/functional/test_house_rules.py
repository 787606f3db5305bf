"""House rules through HTTP: set by the kommune's own people, kept when wrong, counted at once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.functional.conftest import PEOPLE, Program, Site
from tests.functional.pages_support import form, has_form, wrong
from tests.functional.test_life import signed
from workflow_app.domain.trail import decode
from workflow_app.services import trail

PATH = "/parties/3103/rules"


def test_a_secretary_sets_them_on_the_page_and_each_change_is_an_entry(site: Site) -> None:
    browser = site.browser("sekretaer.moss")
    found = form(browser.get(PATH), "council_evaluation")
    assert found["report"].value == "90"
    found["council_evaluation"], found["report"] = "45", "60"
    page = found.submit(status=303).follow()
    assert form(page, "report")["council_evaluation"].value == "45"
    told = site.program("slt.moss").get(PATH)
    assert told["rules"]["council_evaluation"] == {"number": 45, "unit": "days", "since": "2025-03-10"}
    assert told["rules"]["council_lapse"]["number"] is None
    with site.session() as db:
        entries = [decode(e.body) for e in trail.entries(db, "party/3103")]
    set_ = [e for e in entries if e["kind"] == "house_rule_set"]
    assert {(e["data"]["rule"], e["data"]["days"]) for e in set_} == {
        ("report", 60),
        ("council_evaluation", 45),
    }
    assert {e["actor"]["role"] for e in set_} == {"council_secretary"}


def test_what_is_wrong_is_said_and_kept(site: Site) -> None:
    browser = site.browser("slt.moss")
    found = form(browser.get(PATH), "review")
    found["review"], found["council_lapse"] = "to år", "0"
    page = found.submit(status=422)
    assert sorted(wrong(page)) == ["council_lapse", "review"]
    assert form(page, "review")["review"].value == "to år"
    assert site.program("slt.moss").get(PATH)["rules"]["review"]["number"] is None


@pytest.mark.parametrize(
    ("body", "fields"),
    [({"raport": 3}, ["raport"]), ({"report": True}, ["report"]), ({"report": 3661}, ["report"]), ({}, [""])],
)
def test_a_program_is_told_which_rule_is_wrong(
    site: Site, body: dict[str, object], fields: list[str]
) -> None:
    assert sorted(site.program("slt.moss").post(PATH, body, 422)["fields"]) == fields


def test_the_counterparty_reads_them_and_others_find_nothing(site: Site) -> None:
    moss = {first: site.program(f"{first}.moss") for first in PEOPLE}
    signed(site, moss)
    for reader in ("politikontakt.moss", "ordforer.moss"):
        assert moss[reader.partition(".")[0]].get(PATH)["may_change"] is False
        page = site.browser(reader).get(PATH)
        assert not has_form(page, "report")
        assert page.html.select(".closed")
        moss[reader.partition(".")[0]].post(PATH, {"report": 30}, 403)
    site.program("slt.stange").get(PATH, 404)
    moss["slt"].get(f"/parties/{site.party['politi.moss']}/rules", 404)


def test_a_changed_rule_moves_the_worklists_deadline_at_once(site: Site) -> None:
    moss: dict[str, Program] = {first: site.program(f"{first}.moss") for first in PEOPLE}
    ident = signed(site, moss)
    [listed] = [a for a in moss["slt"].get("/")["deadlines"] if a["agreement"]["id"] == ident]
    assert (listed["kind"], listed["latest"]) == ("report", "2025-06-08")
    moss["slt"].post(PATH, {"report": 30})
    [listed] = [a for a in moss["slt"].get("/")["deadlines"] if a["agreement"]["id"] == ident]
    assert listed["latest"] == date(2025, 4, 9).isoformat()

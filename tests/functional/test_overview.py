"""The overview through HTTP: whom each agreement waits for, the filters, the file and the timeline."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from webtest import TestApp

from tests.functional.conftest import PASSWORD, Program, Site
from tests.functional.looking_support import drafts, english, programs, words
from workflow_app.models.agreements import Agreement
from workflow_app.services import norway, people, people_roles
from workflow_app.services.overview.rows import PAGE
from workflow_app.services.parties import find

ALL = len(norway.kommuner())


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    return programs(site)


def row(told: dict[str, Any], ident: str) -> dict[str, Any]:
    """The agreement with this id among the rows."""
    found: dict[str, Any] = next(
        r["agreement"] for r in told["rows"] if (r["agreement"] or {}).get("id") == ident
    )
    return found


def table(page: Any) -> list[str]:
    """The rows of the page, each as its words."""
    return [words(tr) for tr in page.html.select(".overview-table tbody tr")]


def test_whoever_is_not_signed_in_sees_nothing(site: Site) -> None:
    for path in ("/overview", "/overview/timeline", "/overview/overview.csv"):
        assert (
            TestApp(site.app).get(path, headers={"Accept": "text/html"}, status=303).location.count("/login")
        )
        TestApp(site.app).get(path, headers={"Accept": "application/json"}, status=401)


def test_it_says_which_side_an_agreement_waits_for_and_since_when(
    site: Site, moss: dict[str, Program]
) -> None:
    (ident,) = drafts(site, 1)
    assert row(moss["slt"].get("/overview"), ident)["waits_for"] == "both"
    moss["slt"].do(ident, "agree")
    told = row(moss["stasjonssjef"].get("/overview"), ident)
    assert told["waits_for"] == "police"
    assert told["waits_since"].startswith("2025-03-10")
    [step] = told["waiting"]
    assert step["places"] == [{"party": site.party["politi.moss"], "roles": ["politikontakt"]}]
    page = english(site, "stasjonssjef.moss").get("/overview")
    (first, *_) = table(page)
    assert "The police since 10 March 2025" in first
    assert "Agree on the text politikontakt, Moss politistasjonsdistrikt" in first
    moss["politikontakt"].do(ident, "agree")
    moss["ordforer"].do(ident, "sign", password=PASSWORD)
    moss["stasjonssjef"].do(ident, "sign", password=PASSWORD)
    told = row(moss["slt"].get("/overview"), ident)
    assert told["waits_for"] == "council"
    assert told["in_force"] == {"today": True, "from": "2025-03-10", "to": "2027-12-31", "ends": "expires"}


def test_the_worklist_and_the_overview_never_disagree(site: Site, moss: dict[str, Program]) -> None:
    idents = drafts(site, 3)
    moss["slt"].do(idents[0], "agree")
    moss["politikontakt"].do(idents[1], "agree")
    told = moss["slt"].get("/overview")
    work = moss["slt"].get("/")
    waiting = {
        item["agreement"]["id"]: {(w["transition"], w["party"]) for w in item["waits_for"]}
        for item in work["others"]
    }
    mine = {
        item["agreement"]["id"]: {(w["transition"], w["party"]) for w in item["waits_for"]}
        for item in work["mine"]
    }
    assert set(waiting) == {idents[0]}
    for ident in idents:
        steps = row(told, ident)["waiting"]
        places = {(s["step"], p["party"]) for s in steps for p in s["places"]}
        assert places == waiting.get(ident, places)
        assert mine.get(ident, set()) == {p for p in places if p[1] == "3103"}


def test_a_kommune_sees_its_own_and_the_police_every_kommune(site: Site, moss: dict[str, Program]) -> None:
    drafts(site, 1)
    own = moss["slt"].get("/overview")
    assert [[k["key"] for k in r["kommuner"]] for r in own["rows"]] == [["3103"]]
    assert own["counts"]["kommuner_without"] == 0
    police = moss["politikontakt"].get("/overview")
    assert police["counts"] == police["counts"] | {"agreements": 1, "kommuner_without": ALL - 1}
    page = english(site, "politikontakt.moss").get("/overview")
    assert f"Of {ALL} kommuner, 0 have an agreement in force today that you can see" in words(page.html)
    assert sum("No agreement here that you can see." in line for line in table(page)) == PAGE - 1
    stange = english(site, "politikontakt.stange").get("/overview")
    assert "Moss No agreement here that you can see." in table(
        english(site, "politikontakt.stange").get("/overview?q=moss")
    )
    assert "Avtale" not in words(stange.html.select_one(".overview-table"))


def test_what_another_may_see_is_found_by_no_filter(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    stange = site.program("stasjonssjef.stange")
    plain = stange.get("/overview")
    for query in ("", "?party=3103", "?district=ost", "?state=draft", "?waits_for=both", "?due=none"):
        told = stange.get(f"/overview{query}")
        assert ident not in str(told)
        assert told["counts"]["agreements"] == 0
    assert plain["counts"]["kommuner_without"] == ALL
    told = stange.get(f"/overview?after=a~{ident}", status=422)
    assert told["fields"] == stange.get("/overview?after=a~nothing", status=422)["fields"]
    assert stange.get("/overview/timeline")["kommuner"] == []


def test_filters_are_links_with_counts_and_stand_in_the_address(site: Site, moss: dict[str, Program]) -> None:
    idents = drafts(site, 3)
    moss["slt"].do(idents[0], "agree")
    page = english(site, "slt.moss").get("/overview")
    link = next(a for a in page.html.select(".facet a") if words(a) == "The police 1")
    police = english(site, "slt.moss").get(link["href"])
    assert len(table(police)) == 1
    chosen = police.html.select_one(".facet a[aria-current]")
    assert words(chosen) == "The police 1 (chosen; take it away)"
    assert chosen["href"] == "/overview"
    form = next(f for f in police.forms.values() if "sort" in f.fields)
    form["sort"] = "since"
    again = form.submit()
    assert again.request.GET["waits_for"] == "police"
    assert len(table(again)) == 1


def test_a_filter_that_is_not_understood_is_refused_wherever_there_are_filters(
    site: Site, moss: dict[str, Program]
) -> None:
    """A table that was saved from a misspelt filter would be the whole list, and look like an answer."""
    drafts(site, 1)
    lists = ("/overview", "/overview/timeline", "/overview/overview.csv", "/agreements", "/parties")
    for path in lists:
        told = moss["slt"].get(f"{path}?waits=nope&q=moss", status=422)
        assert "«waits»" in told["fields"]["waits"]
        assert set(told["fields"]) == {"waits"}
        moss["slt"].get(f"{path}?q=moss&q=stange", status=422)
    for path in lists[:4]:
        told = moss["slt"].get(f"{path}?party=nobody", status=422)
        assert "«nobody»" in told["fields"]["party"]
    for path in (lists[0], lists[2]):
        told = moss["slt"].get(f"{path}?state=tull&due=tomorrow&waits_for=both", status=422)
        assert set(told["fields"]) == {"state", "due"}
        assert "overdue, 30, 90, none" in told["fields"]["due"]
    for path, name in ((lists[0], "after"), (lists[1], "after"), (lists[1], "from"), (lists[1], "state")):
        assert set(moss["slt"].get(f"{path}?{name}=here", status=422)["fields"]) == {name}
    assert set(moss["slt"].get("/agreements?state=nowhere", status=422)["fields"]) == {"state"}


def test_a_refused_filter_leads_a_person_to_the_same_list_without_it(
    site: Site, moss: dict[str, Program]
) -> None:
    drafts(site, 1)
    page = english(site, "slt.moss").get("/overview?state=<b>&waits_for=both", status=422)
    assert "Something in the address is wrong" in words(page.html.h1)
    assert page.text.count("«&lt;b&gt;»") == 1
    assert len(table(page.click("Open without what is wrong"))) == 1


def test_pages_go_on_where_the_one_before_ended(site: Site, moss: dict[str, Program]) -> None:
    found, path = list[str](), "/overview?sort=kommune"
    while path:
        told = moss["politikontakt"].get(path)
        found += [r["kommuner"][0]["key"] for r in told["rows"]]
        path = told["next"]
    assert sorted(found) == sorted(k.number for k in norway.kommuner())
    assert found == [k.number for k in norway.kommuner()]
    page = english(site, "politikontakt.moss").get("/overview")
    second = page.click(linkid=None, href=r"after=")
    assert words(second.html.select_one(".pager a[rel=first]")) == "First page"


def test_the_definitions_own_names_of_states(site: Site, moss: dict[str, Program]) -> None:
    made = moss["slt"].post(
        "/agreements/add",
        {
            "filename": "a.txt", "content_base64": "QXZ0YWxlbiB2YXJlciBldHQgw6VyLgo=", "municipal": ["3103"],
            "police": [site.party["politi.moss"]], "definition": "politiradsavtale_vedtak",
        },
        status=201,
    )["id"]  # fmt: skip
    with site.session() as db, db.begin():
        db.execute(
            update(Agreement).where(Agreement.id == made).values({Agreement.__table__.c.state: "reported"})
        )
    browser = site.browser("slt.moss")
    page = browser.get("/overview")
    assert "Vedtatt" in page.html.select_one(".overview-table").text
    told = moss["slt"].get("/overview?state=reported.politiradsavtale_vedtak")
    assert told["counts"]["state"] == {"reported.politiradsavtale_vedtak": 1}
    assert moss["slt"].get("/overview?state=reported.politiradsavtale")["rows"] == []


def test_the_file_has_every_row_and_says_what_the_page_says(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    moss["slt"].do(ident, "agree")
    browser = site.browser("politikontakt.moss")
    answer = browser.get("/overview/overview.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert '-2025-03-10.csv"' in answer.headers["Content-Disposition"]
    assert answer.body.startswith(b"\xef\xbb\xbf")
    head, *lines = csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(lines) == ALL
    assert {len(line) for line in lines} == {len(head)}
    mine = next(line for line in lines if line[5].endswith(ident))
    assert mine[1] == "3103"
    assert "2025-03-10" in mine
    assert lines[-1][4] == "Ingen avtale du har innsyn i her."
    filtered = browser.get("/overview/overview.csv?waits_for=police").body
    assert len(filtered.splitlines()) == 2


def test_a_title_that_is_a_formula_is_words_in_the_file(site: Site, moss: dict[str, Program]) -> None:
    moss["slt"].post(
        "/agreements/add",
        {
            "filename": "a.txt", "content_base64": "QXZ0YWxlbiB2YXJlciBldHQgw6VyLgo=", "municipal": ["3103"],
            "police": [site.party["politi.moss"]], "title": "=HYPERLINK(1)",
        },
        status=201,
    )  # fmt: skip
    body = site.browser("slt.moss").get("/overview/overview.csv").body.decode("utf-8-sig")
    assert ";'=HYPERLINK(1);" in body


def test_the_timeline_shows_what_was_in_force_and_the_gap_after(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    moss["slt"].do(ident, "register", signed_on="2024-02")
    moss["politikontakt"].do(ident, "register", signed_on="2024-02")
    told = moss["slt"].get("/overview/timeline")
    (strip,) = told["kommuner"]
    (time,) = strip["agreements"]
    assert time["signed"] == {"earliest": "2024-02-01", "latest": "2024-02-29"}
    assert time["last"] == {"earliest": "2027-12-31", "latest": "2027-12-31"}
    assert strip["gaps"] == []
    site.today = date(2028, 1, 10)
    told = moss["slt"].get("/overview/timeline")
    assert told["kommuner"][0]["gaps"] == [
        {"first": {"earliest": "2028-01-01", "latest": "2028-01-01"}, "last": None, "days_at_least": 10,
         "days_at_most": 10}
    ]  # fmt: skip
    page = english(site, "slt.moss").get("/overview/timeline")
    assert page.html.select_one("svg.timeline title").text.startswith("When agreements are in force")
    rows = [words(tr) for tr in page.html.select(".timeline-table tbody tr")]
    assert rows[0] == "Moss kommune"
    assert "Signed: February 2024 Last day: 31 December 2027 Ends by its own words" in rows[1]
    assert (
        rows[2] == "No agreement you can see is in force: it has lasted 10 days so far. from 1 January 2028"
    )


def test_an_auditor_three_years_on_sees_what_has_ended(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    for name in ("slt", "politikontakt"):
        moss[name].do(ident, "register", signed_on="2025-02-10")
    with site.session() as db, db.begin():
        person = people.add_person(db, username="revisor", name="Revisor", now=site.now)
        people_roles.give_role(
            db, person, find(db, "3103"), "auditor", from_date=date(2025, 1, 1), now=site.now
        )
    site.today = date(2028, 6, 1)
    auditor = site.program("revisor")
    told = auditor.get("/overview?in_force=no")
    assert row(told, ident)["in_force"]["today"] is False
    assert told["counts"]["in_force"] == {"yes": 0, "no": 1}


def test_looking_changes_nothing(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    before = moss["slt"].get(f"/agreements/{ident}")
    for path in ("/overview", "/overview/timeline", "/overview?sort=since&q=moss"):
        moss["slt"].get(path)
    assert moss["slt"].get(f"/agreements/{ident}") == before

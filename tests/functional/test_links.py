"""Agreements that replace and supplement each other, through HTTP: who may link, what each page then says."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from tests.functional.conftest import PASSWORD, PEOPLE, Program, Site
from tests.functional.looking_support import english
from tests.functional.pages_support import form, press, wrong
from tests.functional.test_life import kinds, start
from tests.functional.test_races import race
from workflow_app.services.trail_check import verify_database

CLAUSE = "Avtalen erstatter samarbeidsavtale inngått 12. mai 2008."
OLD = """# Samarbeidsavtale 2008

## 1. Oppfølging

Avtalen revideres årlig. Avtalen gjelder til den sies opp.

Ordfører og politistasjonssjef undertegner.

Moss, 12. mai 2008
"""
NEW = f"""# Samarbeidsavtale 2018

## 1. Varighet

{CLAUSE} Avtalen gjelder i perioden 2018-2030.

Ordfører og politistasjonssjef undertegner.
"""


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


@pytest.fixture
def old(site: Site, moss: dict[str, Program]) -> str:
    """A paper of 2008, registered."""
    ident = start(site, moss["slt"], text=OLD)
    return register(moss, ident, "2008-05-12")


@pytest.fixture
def new(site: Site, moss: dict[str, Program]) -> str:
    """A draft that says it replaces the one of 2008."""
    return start(site, moss["slt"], text=NEW)


def register(moss: dict[str, Program], ident: str, day: str) -> str:
    """Both coordinators register it as signed on paper."""
    moss["slt"].do(ident, "register", signed_on=day)
    assert moss["politikontakt"].do(ident, "register", signed_on=day)["state"] == "signed"
    return ident


def link(
    who: Program, one: str, other: str, relation: str = "replaces", status: int = 200, **more: Any
) -> Any:
    """POST a link on the version that stands."""
    version = who.get(f"/agreements/{one}")["version"]
    body = {"version": version, "agreement": other, "relation": relation} | more
    return who.post(f"/agreements/{one}/links", body, status=status)


def chooser(page: Any) -> Any:
    """The form where any agreement that was found can be chosen."""
    return next(f for f in page.forms.values() if "?q=" in f.action)


def test_the_text_suggests_a_person_links_and_the_older_ends_when_the_newer_is_signed(
    site: Site, moss: dict[str, Program], old: str, new: str
) -> None:
    browser = site.browser("slt.moss")
    overview = browser.get(f"/agreements/{new}")
    page = overview.click(href=f"/agreements/{new}/links$")
    [suggested] = page.html.select(".suggested-link")
    assert CLAUSE in suggested.get_text()
    page = press(form(page, "quote"), "add", status=303).follow()
    [row] = page.html.select(".link-row")
    assert row.select_one("a")["href"] == f"/agreements/{old}"
    assert CLAUSE in row.get_text()
    assert not page.html.select(".suggested-link")
    assert moss["slt"].get(f"/agreements/{new}")["links"] == [
        {"relation": "replaces", "direction": "out", "agreement": old, "quote": CLAUSE,
         "title": "Samarbeidsavtale 2008", "state": "signed"},
    ]  # fmt: skip
    assert moss["slt"].get(f"/agreements/{old}")["in_force"]["to"] is None
    register(moss, new, "2018-12-03")
    told = moss["politikontakt"].get(f"/agreements/{old}")
    assert told["in_force"] == {"from": "2008-05-12", "to": "2018-12-03"}
    assert [(x["relation"], x["direction"], x["agreement"]) for x in told["links"]] == [
        ("replaces", "in", new)
    ]
    assert not [d for d in told["deadlines"] if d["status"] in ("open", "missed")]
    assert not any(t["allowed"] for t in told["transitions"])
    for name in ("terminate", "begin_evaluation", "revise_on_request"):
        found = next(
            t for t in moss["ordforer"].get(f"/agreements/{old}")["transitions"] if t["name"] == name
        )
        assert not found["allowed"]
    shown = browser.get(f"/agreements/{old}")
    [connected] = shown.html.select(".connected li")
    assert connected.select_one("a")["href"] == f"/agreements/{new}"
    assert "3. desember 2018" in shown.html.select_one(".in-force").get_text()
    # Replaced long ago, it was over when that was registered.
    assert kinds(site, old)[-3:] == [("linked", None), ("succeeded", None), ("transition", "lapse")]
    assert moss["slt"].get(f"/agreements/{old}")["state"] == "lapsed"
    trail = browser.get(f"/agreements/{old}/trail")
    assert trail.status_int == 200
    with site.session() as db:
        assert verify_database(db).ok


def test_an_archive_is_filled_from_behind(site: Site, moss: dict[str, Program], new: str) -> None:
    register(moss, new, "2018-12-03")
    old = start(site, moss["slt"], text=OLD)
    link(moss["slt"], old, new, "replaced_by", quote=CLAUSE)
    assert moss["slt"].get(f"/agreements/{new}")["links"][0]["agreement"] == old
    told = moss["slt"].do(old, "register", status=409, signed_on="2019-01-01")
    assert told["refusals"][0]["code"] == "signed_after_replaced"
    register(moss, old, "2008-05-12")
    assert moss["slt"].get(f"/agreements/{old}")["in_force"] == {"from": "2008-05-12", "to": "2018-12-03"}


def test_the_worklist_and_the_lists_let_go_of_what_is_replaced(
    site: Site, moss: dict[str, Program], old: str, new: str
) -> None:
    def listed() -> Any:
        return next(a for a in moss["slt"].get("/agreements")["agreements"] if a["id"] == old)

    assert listed()["next_deadline"] is not None
    link(moss["slt"], new, old)
    register(moss, new, "2018-12-03")
    assert listed()["next_deadline"] is None
    assert listed()["effective_end"] == "2018-12-03"
    assert old not in str(moss["slt"].get("/"))


def test_a_supplement_leaves_the_other_as_it_is(
    site: Site, moss: dict[str, Program], old: str, new: str
) -> None:
    before = moss["slt"].get(f"/agreements/{old}")
    link(moss["slt"], new, old, "supplements")
    register(moss, new, "2018-12-03")
    after = moss["slt"].get(f"/agreements/{old}")
    assert after["deadlines"] == before["deadlines"]
    assert after["in_force"] == before["in_force"]
    assert [(x["relation"], x["direction"]) for x in after["links"]] == [("supplements", "in")]


def test_only_who_may_write_the_draft_links(site: Site, moss: dict[str, Program], old: str, new: str) -> None:
    for first in ("ordforer", "stasjonssjef"):
        link(moss[first], new, old, status=403)
        page = site.browser(f"{first}.moss").get(f"/agreements/{new}/links")
        assert not page.html.select('form[method="post"][action$="/links"]')
    moss["sekretaer"].post(f"/agreements/{new}/links", {"agreement": old, "relation": "replaces"}, status=404)
    site.program("slt.stange").post(f"/agreements/{new}/links", {"agreement": old}, status=404)
    # What is signed keeps its links.
    link(moss["politikontakt"], new, old)
    register(moss, new, "2018-12-03")
    moss["slt"].post(f"/agreements/{new}/links", {"action": "remove", "agreement": old}, status=403)
    link(moss["slt"], old, new, "supplemented_by", status=403)


def test_what_one_may_not_see_is_as_if_it_were_not_there(
    site: Site, moss: dict[str, Program], new: str
) -> None:
    slt = site.program("slt.stange")
    hidden = slt.post(
        "/agreements/add",
        {"filename": "a.txt", "content_base64": "QXZ0YWxl", "municipal": [site.party["stange"]],
         "police": [site.party["politi.stange"]], "definition": "politiradsavtale"},
        status=201,
    )["id"]  # fmt: skip
    there = link(moss["slt"], new, hidden, status=422)
    assert there == link(moss["slt"], new, "finnesikke", status=422)
    assert list(there["fields"]) == ["agreement"]
    page = site.browser("slt.moss").get(f"/agreements/{new}/links?q=avtale")
    assert hidden not in page.text


def test_a_secretary_sees_nothing_of_a_draft_that_will_replace(
    site: Site, moss: dict[str, Program], old: str, new: str
) -> None:
    link(moss["slt"], new, old)
    assert moss["sekretaer"].get(f"/agreements/{old}")["links"] == []
    assert new not in site.browser("sekretaer.moss").get(f"/agreements/{old}").text
    assert moss["sekretaer"].get(f"/agreements/{old}/links")["links"] == []
    paper = site.browser("sekretaer.moss").get(f"/agreements/{old}/agreement.pdf")
    assert paper.status_int == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "agreement"),
        ({"agreement": 7}, "agreement"),
        ({"agreement": "x\0y"}, "agreement"),
        ({"agreement": "finnesikke"}, "relation"),
        ({"agreement": "finnesikke", "relation": "eats"}, "relation"),
        ({"agreement": "finnesikke", "relation": "replaces"}, "agreement"),
        ({"action": "burn", "agreement": "x"}, "action"),
        ({"action": "remove", "agreement": "finnesikke"}, "agreement"),
        ({"agreement": "OLD", "relation": "replaces", "quote": "Dette står ikke der."}, "quote"),
        ({"agreement": "OLD", "relation": "replaces", "quote": ["x"]}, "quote"),
    ],
)
def test_a_program_is_told_which_field_is_wrong(
    moss: dict[str, Program], old: str, new: str, body: dict[str, object], field: str
) -> None:
    sent = {k: old if v == "OLD" else v for k, v in body.items()}
    told = moss["slt"].post(f"/agreements/{new}/links", sent, status=422)
    assert list(told["fields"]) == [field]
    assert moss["slt"].get(f"/agreements/{new}/links")["links"] == []


def test_a_person_searches_chooses_and_gets_back_what_she_wrote(
    site: Site, moss: dict[str, Program], old: str, new: str
) -> None:
    browser = site.browser("slt.moss")
    page = browser.get(f"/agreements/{new}/links")
    search = form(page, "q")
    search["q"] = "2008"
    page = search.submit()
    chosen = chooser(page)
    chosen["agreement"], chosen["relation"], chosen["quote"] = old, "supplements", "Står ikke der."
    page = press(chosen, "add", status=422)
    assert wrong(page) == ["quote"]
    again = chooser(page)
    kept = [again[name].value for name in ("agreement", "relation", "quote")]
    assert kept == [old, "supplements", "Står ikke der."]
    again["quote"] = ""
    page = press(again, "add", status=303).follow()
    assert len(page.html.select(".link-row")) == 1
    remove = next(f for f in page.forms.values() if "agreement" in f.fields and "relation" not in f.fields)
    page = press(remove, "remove", status=303).follow()
    assert not page.html.select(".link-row")


def test_somebody_was_first(site: Site, moss: dict[str, Program], old: str, new: str) -> None:
    version = moss["slt"].get(f"/agreements/{new}")["version"]
    body = {"version": version, "agreement": old, "relation": "replaces"}
    answers = race(site, [moss["slt"], moss["politikontakt"]] * 4, f"/agreements/{new}/links", body)
    statuses = sorted(status for status, _ in answers)
    assert statuses == [200] + [409] * 7, answers
    assert len(moss["slt"].get(f"/agreements/{new}")["links"]) == 1
    # Without a version the answer is the reason itself.
    del body["version"]
    told = moss["slt"].post(f"/agreements/{new}/links", body, status=422)
    assert list(told["fields"]) == ["agreement"]
    with site.session() as db:
        assert verify_database(db).ok


def test_two_drafts_cannot_replace_each_other_at_once(site: Site, moss: dict[str, Program]) -> None:
    first, second = start(site, moss["slt"], text=NEW), start(site, moss["slt"], text=NEW)
    link(moss["slt"], first, second)
    told = link(moss["politikontakt"], second, first, status=422)
    assert list(told["fields"]) == ["agreement"]


def test_what_was_approved_without_the_link_no_longer_counts(
    site: Site, moss: dict[str, Program], old: str, new: str
) -> None:
    moss["slt"].do(new, "agree")
    link(moss["politikontakt"], new, old)
    told = moss["slt"].get(f"/agreements/{new}")
    assert told["approvals"] == []
    moss["slt"].do(new, "agree")
    assert moss["politikontakt"].do(new, "agree")["state"] == "negotiated"
    page = english(site, "ordforer.moss").get(f"/agreements/{new}/transitions/sign")
    assert "It replaces “Samarbeidsavtale 2008”, which then ends." in page.html.select_one(".do").get_text()
    moss["ordforer"].do(new, "sign", password=PASSWORD)
    moss["stasjonssjef"].do(new, "sign", password=PASSWORD)
    assert moss["slt"].get(f"/agreements/{old}")["in_force"]["to"] == site.today.isoformat()
    # That day both stand; the day after, the clock ends the older one.
    assert moss["ordforer"].do(old, "terminate", status=409, reason="x", given_date="2025-03-01",
                               effective_date="2025-06-01")["refusals"][0]["code"] == "replaced"  # fmt: skip
    site.today = date(2025, 3, 11)
    moss["ordforer"].do(old, "terminate", status=409, reason="x", given_date="2025-03-01",
                        effective_date="2025-06-01")  # fmt: skip
    assert moss["slt"].get(f"/agreements/{old}")["state"] == "lapsed"


def test_a_signing_known_by_its_month_ends_the_older_in_that_month(
    site: Site, moss: dict[str, Program], old: str, new: str
) -> None:
    link(moss["slt"], new, old)
    register(moss, new, "2018-12")
    browser = english(site, "slt.moss")
    said = browser.get(f"/agreements/{old}").html.select_one(".in-force").get_text()
    assert "from 12 May 2008 to December 2018" in said
    assert "signed on December 2018" in said
    assert "31 December" not in said
    assert moss["slt"].get(f"/agreements/{old}")["in_force"]["to"] == "2018-12-31"
    [succeeded] = [
        e["entry"] for e in moss["slt"].get(f"/agreements/{old}/trail")["entries"]
        if e["entry"]["kind"] == "succeeded"
    ]  # fmt: skip
    assert succeeded["event_date"] == "2018-12"


def test_a_paper_tells_what_it_replaces_and_not_what_others_mean_to_replace(
    site: Site, moss: dict[str, Program], old: str, new: str
) -> None:
    link(moss["slt"], new, old, quote=CLAUSE)
    own = json_of(moss["slt"], new)["links"]
    assert own == [{"relation": "replaces", "direction": "out", "agreement": old, "quote": CLAUSE}]
    assert json_of(moss["slt"], old)["links"] == []


def json_of(who: Program, ident: str) -> Any:
    """The JSON inside the agreement's PDF."""
    headers = {"Authorization": f"Bearer {who.token}", "Accept": "*/*"}
    raw = who.client.get(f"/agreements/{ident}/agreement.pdf", headers=headers).body
    ((_, (content,)),) = PdfReader(io.BytesIO(raw)).attachments.items()
    return json.loads(content)

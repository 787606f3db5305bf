"""The list of agreements: searched, filtered, paged by key; everybody sees their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.functional.conftest import Site
from tests.functional.looking_support import drafts, english, programs, who, words
from workflow_app.models.agreements import Agreement
from workflow_app.services import listing
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.visibility import visible_to


def titles(told: dict[str, object]) -> list[str]:
    rows = told["agreements"]
    assert isinstance(rows, list)
    return [row["title"] for row in rows]


def test_the_rows_say_what_a_list_needs(site: Site) -> None:
    (ident,) = drafts(site, 1)
    (row,) = site.program("slt.moss").get("/agreements")["agreements"]
    assert (row["id"], row["state"], row["version"] > 0) == (ident, "draft", True)
    assert [p["side"] for p in row["parties"]] == ["municipal", "police"]
    assert row["next_deadline"] is None, "nobody must keep what nobody has signed"
    page = words(english(site, "slt.moss").get("/agreements"))
    assert "Avtale nummer 0" in page
    assert "Draft" in page
    assert "Agreements found: 1" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A Ål-avtale", "B Beredskap"]),
        ("q=beredskap", ["B Beredskap"]),
        ("q=%C3%A5L", ["A Ål-avtale"]),
        ("q=moss+avtale", ["A Ål-avtale"]),
        ("q=3103", ["A Ål-avtale", "B Beredskap"]),
        ("q=100%25", []),
        ("state=draft", ["A Ål-avtale", "B Beredskap"]),
        ("state=signed", []),
        ("party=3103", ["A Ål-avtale", "B Beredskap"]),
        ("party=3413", []),
    ],
)
def test_search_and_filter(site: Site, query: str, found: list[str]) -> None:
    made = drafts(site, 2)
    with site.session() as db, db.begin():
        for ident, title in zip(made, ("A Ål-avtale", "B Beredskap"), strict=True):
            db.execute(update(Agreement).where(Agreement.id == ident).values(title=title))
    told = site.program("slt.moss").get(f"/agreements?{query}")
    assert sorted(titles(told)) == found
    english(site, "slt.moss").get(f"/agreements?{query}")


def test_nobody_sees_what_is_not_theirs(site: Site) -> None:
    drafts(site, 1)
    assert titles(programs(site, "stange")["slt"].get("/agreements?party=3103")) == []
    assert titles(site.program("sekretaer.moss").get("/agreements")) == [], "a draft is between the four"


def test_pages_hold_every_agreement_once_and_lead_back_the_same_way(site: Site) -> None:
    made = drafts(site, listing.PAGE + 7)
    with site.session() as db, db.begin():
        # Some days alike, some with none: the two halves of the order, and its ties.
        for number, ident in enumerate(made):
            due = date(2025, 6, 1) + timedelta(days=number // 5) if number % 3 else None
            db.execute(update(Agreement).where(Agreement.id == ident).values(next_due=due))
    slt = site.program("slt.moss")
    first = slt.get("/agreements")
    assert (first["previous"], len(first["agreements"])) == (None, listing.PAGE)
    second = slt.get(first["next"])
    assert (len(second["agreements"]), second["next"]) == (7, None)
    seen = [row["id"] for row in first["agreements"] + second["agreements"]]
    assert sorted(seen) == sorted(made)
    back = slt.get(second["previous"])
    assert [row["id"] for row in back["agreements"]] == [row["id"] for row in first["agreements"]]
    page = english(site, "slt.moss").get("/agreements").click("Next page")
    assert "Previous page" in page
    assert "Next page" not in page


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
def test_every_size_of_page_gives_the_same_order_both_ways(site: Site, limit: int) -> None:
    made = drafts(site, 9)
    with site.session() as db, db.begin():
        for number, ident in enumerate(made):
            due = None if number < 4 else date(2025, 6, 1 + number // 3)
            db.execute(update(Agreement).where(Agreement.id == ident).values(next_due=due))
    me, registry = who(site, "slt.moss"), workflow_definitions()
    with site.session() as db:
        whole = [a.id for a in listing.find(db, me, registry, listing.Wanted(), limit=50).rows]
        assert len(whole) == 9
        ahead, key = [], None
        while True:
            page = listing.find(db, me, registry, listing.Wanted(), after=key, limit=limit)
            ahead += [a.id for a in page.rows]
            if page.after is None:
                break
            key = page.after
        assert ahead == whole
        last = page
        behind = [a.id for a in last.rows]
        while last.before is not None:
            last = listing.find(db, me, registry, listing.Wanted(), before=last.before, limit=limit)
            behind = [a.id for a in last.rows] + behind
        assert behind == whole


def test_a_place_that_is_none_gets_a_sentence(site: Site) -> None:
    slt = site.program("slt.moss")
    for key in ("x", "2025-13-40~abc", "~", "~" + "a" * 50):
        told = slt.get(f"/agreements?after={key}", status=422)
        assert "after" in told["fields"]
    assert slt.get("/agreements?after=2025-01-01~nobody")["agreements"] == []


def test_a_person_with_many_sees_the_same_as_one_with_few(site: Site) -> None:
    """The two forms of the filter are one filter."""
    drafts(site, 4)
    drafts(site, 3, kommune="stange")
    registry = workflow_definitions()
    names = ("slt.moss", "sekretaer.moss", "ordforer.stange", "politikontakt.stange")
    people = {name: who(site, name) for name in names}
    with site.session() as db:
        for name, me in people.items():
            few = {a.id for a in db.query(Agreement).filter(visible_to(me, registry))}
            many = {a.id for a in db.query(Agreement).filter(visible_to(me, registry, many=True))}
            assert few == many, name


def test_only_those_who_may_write_a_draft_are_shown_the_way_to_one(site: Site) -> None:
    assert "Add an agreement" in english(site, "politikontakt.moss").get("/agreements")
    assert "Add an agreement" not in english(site, "ordforer.moss").get("/agreements")

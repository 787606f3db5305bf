"""The front page: my places first, then whom others wait for, then the deadlines coming."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event
from webtest import TestApp

from tests.functional import test_life as life
from tests.functional.conftest import PASSWORD, PEOPLE, TEXT, Program, Site
from tests.functional.looking_support import drafts, english, programs, section, words
from workflow_app.services.worklist import COUNTED, SHOWN


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    return programs(site)


def places(told: dict[str, object], name: str) -> list[tuple[str, str]]:
    """(transition, party) of every place in one of the lists."""
    items = told[name]
    assert isinstance(items, list)
    return [(w["transition"], w["party"]) for item in items for w in item["waits_for"]]


def signed(site: Site, moss: dict[str, Program]) -> str:
    (ident,) = drafts(site, 1)
    for first, step, data in (
        ("slt", "agree", {}), ("politikontakt", "agree", {}),
        ("ordforer", "sign", {"password": PASSWORD}), ("stasjonssjef", "sign", {"password": PASSWORD}),
    ):  # fmt: skip
        told = moss[first].do(ident, step, **data)
    assert told["state"] == "signed"
    return ident


def test_whoever_is_not_signed_in_is_sent_to_the_login_page(site: Site) -> None:
    answer = TestApp(site.app).get("/", headers={"Accept": "text/html"}, status=303)
    assert answer.location.endswith("/login?came_from=%2F")
    refused = TestApp(site.app).get("/", headers={"Accept": "application/json"}, status=401)
    assert refused.json["error"] == "not_signed_in"


def test_my_part_goes_to_the_other_side_when_i_have_done_it(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    assert places(moss["slt"].get("/"), "mine") == [("agree", site.party["moss"])]
    moss["slt"].do(ident, "agree")
    told = moss["slt"].get("/")
    assert told["mine"] == []
    assert places(told, "others") == [("agree", site.party["politi.moss"])]
    assert places(moss["politikontakt"].get("/"), "mine") == [("agree", site.party["politi.moss"])]

    page = english(site, "slt.moss").get("/")
    assert "Nothing waits for you now" in section(page, "mine")
    others = section(page, "others")
    assert "Politikontakt Moss" in others
    assert "politikontakt, Moss politistasjonsdistrikt" in others
    assert "waited since" in others
    mine = section(english(site, "politikontakt.moss").get("/"), "mine")
    assert "Agree on the text" in mine
    assert "as politikontakt for Moss politistasjonsdistrikt" in mine


def test_the_button_leads_to_the_form_of_the_step(site: Site) -> None:
    (ident,) = drafts(site, 1)
    page = english(site, "politikontakt.moss").get("/")
    form = page.click("Agree on the text", href=f"/agreements/{ident}/transitions/agree")
    assert form.status_int == 200
    assert form.forms["step"].action.endswith("/transitions/agree")


def test_what_was_begun_beside_the_usual_way_waits_for_the_others(
    site: Site, moss: dict[str, Program]
) -> None:
    (ident,) = drafts(site, 1)
    moss["slt"].do(ident, "register", signed_on="2025-01-20")
    assert places(moss["politikontakt"].get("/"), "mine") == [("register", site.party["politi.moss"])]
    assert places(moss["slt"].get("/"), "others") == [("register", site.party["politi.moss"])]


def test_an_extension_waits_for_the_other_signatory_although_no_state_awaits_it(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = signed(site, moss)
    moss["ordforer"].do(ident, "extend", effective_date="2028-06-30")
    assert ("extend", site.party["politi.moss"]) in places(moss["stasjonssjef"].get("/"), "mine")
    assert places(moss["ordforer"].get("/"), "mine") == []


def test_a_proposed_correction_waits_for_both_coordinators(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    told = moss["slt"].get(f"/agreements/{ident}")
    rules = moss["slt"].get(f"/agreements/{ident}/rules")["rules"]
    index = next(n for n, rule in enumerate(rules) if rule["kind"] == "revision")
    moss["slt"].post(
        f"/agreements/{ident}/rules",
        {"version": told["version"], "corrections": [{"index": index, "rule": {"anchor": "year_end"}}]},
    )
    assert ("correct_rules", site.party["politi.moss"]) in places(moss["politikontakt"].get("/"), "mine")


def test_an_evaluation_is_written_before_it_is_approved(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    told = moss["politikontakt"].do(ident, "begin_evaluation", year=2025)
    page = english(site, "slt.moss").get("/")
    assert "Write the evaluation for 2025" in section(page, "mine")
    assert f'href="/agreements/{ident}/evaluation"' in page.text
    moss["slt"].post(
        f"/agreements/{ident}/evaluation",
        {"version": told["version"], "year": 2025, "body": "Gjennomgått.", "outcome": "to_be_revised"},
    )
    assert {name for name, _ in places(moss["slt"].get("/"), "mine")} == {"revise"}


def test_a_deadline_comes_with_the_clause_it_is_drawn_from(site: Site, moss: dict[str, Program]) -> None:
    signed(site, moss)
    told = moss["sekretaer"].get("/")
    (deadline,) = told["deadlines"]
    assert (deadline["kind"], deadline["source"], deadline["latest"]) == (
        "report",
        "house_rule",
        "2025-06-08",
    )
    page = english(site, "sekretaer.moss").get("/")
    mine = section(page, "mine")
    assert "By 8 June 2025" in mine
    assert "in 90 days" in mine
    assert "Avtalen legges frem for kommunestyret som referatsak" in mine
    assert "House rule" in mine, "a day the agreement does not give is marked as such"


def test_a_deadline_nobody_met_does_not_hide_the_one_that_is_coming(
    site: Site, moss: dict[str, Program]
) -> None:
    signed(site, moss)
    site.today = date(2025, 7, 1)
    told = moss["slt"].get("/")["deadlines"]
    assert (told[0]["kind"], told[0]["latest"]) == ("report", "2025-06-08")
    assert [d["latest"] >= "2025-07-01" for d in told] == [False, True]
    page = english(site, "slt.moss").get("/")
    assert [t["datetime"] for t in page.html.select("#coming ~ ol .deadline time")] == [
        d["latest"] for d in told
    ]


def test_each_sees_her_own_and_observers_and_operators_only_what_the_definition_gives(
    site: Site, moss: dict[str, Program]
) -> None:
    drafts(site, 1)
    stranger = programs(site, "stange")["slt"].get("/")
    assert (stranger["mine"], stranger["others"], stranger["deadlines"]) == ([], [], [])
    # A council secretary sees nothing of a draft.
    assert moss["sekretaer"].get("/")["others"] == []


@contextmanager
def statements(site: Site) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    engine = site.app.registry["engine"]
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_more_agreements_take_no_more_statements_and_what_is_left_out_is_counted(site: Site) -> None:
    slt = site.program("slt.moss")
    drafts(site, 2)
    slt.get("/")
    with statements(site) as few:
        slt.get("/")
    drafts(site, SHOWN + 5)
    with statements(site) as many:
        told = slt.get("/")
    assert len(many) == len(few) <= 14
    assert len(told["mine"]) == SHOWN
    assert told["more"]["mine"] == 7
    assert told["more"]["mine"] < COUNTED
    page = words(english(site, "slt.moss").get("/"))
    assert f"Waiting for you {SHOWN + 7}" in page
    assert "and 7 more" in page


def test_a_signed_agreement_waits_for_the_council_only_where_a_clause_says_so(site: Site) -> None:
    people = {first: site.program(f"{first}.moss") for first in PEOPLE}
    asked = life.signed(site, people)
    clause = "Avtalen legges frem for kommunestyret som referatsak."
    silent = life.signed(site, people, text=TEXT.replace(clause, ""))
    waiting = {item["agreement"]["id"] for item in people["sekretaer"].get("/")["mine"]}
    assert asked in waiting
    assert silent not in waiting

"""The evaluation goal by goal through HTTP: proposed from the text, kept half done, approved when whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from tests.functional.looking_support import english, words
from tests.functional.pages_support import form, wrong
from tests.functional.test_life import signed

GOALS = """## 2. Mål

- Færre unge lovbrytere
- Mindre rus

## 3. Møter
"""
WITH_GOALS = TEXT.replace("## 2. Møter", GOALS)
EVALUATION: dict[str, Any] = {
    "goals": [
        {"goal": "Færre unge lovbrytere", "effect": "Færre saker.", "assessment": "partly",
         "learning": "Følg opp dem som går igjen."},
        {"goal": "Mindre rus", "effect": "Ingen tall.", "assessment": "cannot_be_judged"},
    ],
    "general": {"cooperation": "Godt.", "conclusion": "Vi går videre."},
}  # fmt: skip


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


@pytest.fixture
def begun(site: Site, moss: dict[str, Program]) -> str:
    """An agreement with goals in its text, whose evaluation for 2025 is open."""
    ident = signed(site, moss, text=WITH_GOALS)
    site.today = date(2025, 12, 1)
    moss["slt"].do(ident, "begin_evaluation", year=2025)
    return ident


def write(program: Program, ident: str, status: int = 200, **more: Any) -> Any:
    """Save the whole evaluation, or what of it is given, by program."""
    wanted = {"answers": EVALUATION, "outcome": "continues"} | more
    return program.post(f"/agreements/{ident}/evaluation", wanted, status)


def test_the_goals_of_the_text_are_asked_one_by_one_beside_their_clause(site: Site, begun: str) -> None:
    page = site.browser("slt.moss").get(f"/agreements/{begun}/evaluation")
    written = form(page, "goals.1.effect")
    asked = [written[f"goals.{n}.goal"].value for n in (1, 2, 3)]
    assert asked == ["Færre unge lovbrytere", "Mindre rus", ""]
    quoted = [q.text.strip() for q in page.html.select(".goal blockquote p")]
    assert quoted == ["Færre unge lovbrytere", "Mindre rus"]
    start, end = int(written["goals.1.start"].value), int(written["goals.1.end"].value)
    assert WITH_GOALS[start:end] == "Færre unge lovbrytere"


def test_answered_goals_are_folded_and_the_next_one_stands_open(site: Site, begun: str) -> None:
    browser, path = english(site, "slt.moss"), f"/agreements/{begun}/evaluation"

    def folded(page: Any) -> list[tuple[bool, str]]:
        found = page.html.select("details.goal:not([data-blank])")
        return [(d.has_attr("open"), d.summary.select_one(".status-tag").text) for d in found]

    page = browser.get(path)
    assert folded(page) == [(True, "Not answered yet"), (False, "Not answered yet")]
    assert "Mindre rus" in page.html.select("details.goal > summary")[1].text
    written = form(page, "goals.1.effect")
    written["goals.1.effect"] = "Færre saker."
    page = written.submit(status=303).follow()
    assert folded(page) == [(True, "Half answered"), (False, "Not answered yet")]
    written = form(page, "goals.1.effect")
    written["goals.1.assessment"] = "reached"
    page = written.submit(status=303).follow()
    assert folded(page) == [(False, "Answered"), (True, "Not answered yet")]
    written = form(page, "goals.1.effect")
    written["goals.3.effect"] = "Uten mål."
    page = written.submit(status=422)
    assert page.html.find(id="goals.3").has_attr("open"), "a goal with a fault is never folded away"


def test_half_an_evaluation_is_kept_and_nobody_can_approve_it(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    browser, path = site.browser("slt.moss"), f"/agreements/{begun}/evaluation"
    written = form(browser.get(path), "goals.1.effect")
    written["goals.1.effect"] = "Færre saker i sentrum."
    page = written.submit(status=303).follow()
    lacking = {a["href"].removeprefix("#") for a in page.html.select(".lacks a")}
    assert {"goals.1.assessment", "goals.2.effect", "general.conclusion", "outcome"} <= lacking
    assert all(page.html.find(id=name) for name in lacking), "each leads to its field"
    assert not page.html.select("main .buttons a.ds-button[href$='/continue']")
    told = moss["slt"].get(path)["evaluation"]
    assert (told["complete"], told["outcome"]) == (False, None)
    refused = moss["slt"].do(begun, "continue", status=409)
    assert "evaluation_written" in {r["code"] for r in refused["refusals"]}
    front = words(english(site, "slt.moss").get("/"))
    assert "Write the evaluation for 2025" in front
    again = form(browser.get(path), "goals.1.effect")
    again["goals.1.assessment"] = "reached"
    again["goals.2.out"] = True
    again["general.cooperation"], again["general.conclusion"] = "Godt.", "Videre."
    again["outcome"] = "continues"
    page = again.submit(status=303).follow()
    [step] = english(site, "slt.moss").get(path).html.select("main .buttons a.ds-button[href$='/continue']")
    assert step.text.startswith("Approve the evaluation for 2025: ")
    told = moss["slt"].get(path)["evaluation"]
    assert [g["goal"] for g in told["answers"]["goals"]] == ["Færre unge lovbrytere"]
    assert "Færre saker i sentrum." in told["body"]
    moss["slt"].do(begun, "continue")
    assert moss["politikontakt"].do(begun, "continue")["state"] == "signed"


def test_the_second_reader_sees_what_has_changed_since_she_approved(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    write(moss["slt"], begun)
    moss["politikontakt"].do(begun, "continue")
    browser, path = site.browser("politikontakt.moss"), f"/agreements/{begun}/evaluation"
    assert not browser.get(path).html.select("a[href*='old=']")
    changed = {**EVALUATION, "general": {"cooperation": "Ikke godt.", "conclusion": "Vi går videre."}}
    write(moss["slt"], begun, answers=changed)
    page = browser.get(path)
    [way] = page.html.select("a[href*='old=']")
    compared = browser.get(way["href"])
    assert {ins.text for ins in compared.html.select(".diff ins")} == {"Ikke godt."}
    assert {gone.text for gone in compared.html.select(".diff del")} == {"Godt."}
    assert not site.browser("slt.moss").get(path).html.select("a[href*='old=']"), "she has not approved"


def test_two_who_write_at_once_see_both_and_nothing_is_lost(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    browser, path = site.browser("politikontakt.moss"), f"/agreements/{begun}/evaluation"
    written = form(browser.get(path), "goals.1.effect")
    written["goals.1.effect"], written["goals.2.assessment"] = "Min setning.", "not_reached"
    write(moss["slt"], begun)
    page = written.submit(status=409)
    again = form(page, "goals.1.effect")
    assert again["goals.1.effect"].value == "Min setning."
    assert again["goals.2.assessment"].value == "not_reached"
    assert again["goals.1.assessment"].value == "partly", "what she left alone is as it was saved"
    assert again["goals.2.effect"].value == "Ingen tall."
    assert again["general.cooperation"].value == "Godt."
    assert again["outcome"].value == "continues"
    taken = page.html.select_one("#taken").text
    assert "Mindre rus" in taken
    beside = page.html.select_one("section[aria-labelledby='meanwhile-title']").text
    assert "Min setning." in beside
    assert "Færre saker." in beside
    assert moss["slt"].get(path)["evaluation"]["number"] == 1
    again["goals.2.effect"] = ""
    write(moss["slt"], begun, outcome="to_be_revised")
    again = form(again.submit(status=409), "goals.1.effect")
    assert again["goals.2.effect"].value == "", "what she emptied is hers"
    assert again["outcome"].value == "to_be_revised"
    again.submit(status=303)
    told = moss["slt"].get(path)["evaluation"]
    assert (told["number"], told["answers"]["general"]["conclusion"]) == (3, "Vi går videre.")


def test_a_wrong_answer_does_not_hide_that_somebody_was_first(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    browser, path = site.browser("politikontakt.moss"), f"/agreements/{begun}/evaluation"
    written = form(browser.get(path), "goals.1.effect")
    written["goals.3.effect"] = "Uten mål."
    write(moss["slt"], begun)
    written = form(written.submit(status=422), "goals.1.effect")
    written["goals.3.goal"] = "Tryggere bussterminal"
    again = form(written.submit(status=409), "goals.1.effect")
    assert again["goals.1.effect"].value == "Færre saker."
    assert again["goals.3.goal"].value == "Tryggere bussterminal"


def test_wrong_input_comes_back_where_it_was(site: Site, begun: str) -> None:
    browser = site.browser("slt.moss")
    written = form(browser.get(f"/agreements/{begun}/evaluation"), "goals.1.effect")
    written["goals.1.effect"], written["goals.3.effect"] = "Beholdes.", "Uten mål."
    page = written.submit(status=422)
    assert wrong(page) == ["goals.3.goal"]
    again = form(page, "goals.1.effect")
    assert (again["goals.1.effect"].value, again["goals.3.effect"].value) == ("Beholdes.", "Uten mål.")


def test_what_was_written_is_shown_at_the_door_when_the_session_has_ended(site: Site, begun: str) -> None:
    browser = site.browser("slt.moss")
    written = form(browser.get(f"/agreements/{begun}/evaluation"), "goals.1.effect")
    written["goals.1.effect"], written["general.conclusion"] = "Lang setning.", "Lang konklusjon."
    browser.reset()
    page = written.submit(status=401)
    assert "Lang setning." in page.text
    assert "Lang konklusjon." in page.text


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"answers": []}, ["answers"]),
        ({"answers": {"goals": [{"effect": "x"}]}}, ["goals.1.goal"]),
        ({"answers": EVALUATION, "outcome": "perhaps"}, ["outcome"]),
        ({"answers": EVALUATION, "body": "Begge deler."}, ["body"]),
        ({"answers": EVALUATION, "mood": "god"}, ["mood"]),
        ({"answers": EVALUATION, "year": "i fjor"}, ["year"]),
    ],
)
def test_a_program_is_told_which_answer_is_wrong(
    site: Site, moss: dict[str, Program], begun: str, body: dict[str, Any], fields: list[str]
) -> None:
    told = moss["slt"].post(f"/agreements/{begun}/evaluation", body, 422)
    assert sorted(told["fields"]) == fields


def test_next_year_begins_with_this_years_goals_and_what_was_learnt(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    by_hand = {"goal": "Tryggere bussterminal", "effect": "Lys er satt opp.", "assessment": "reached"}
    write(moss["slt"], begun, answers={**EVALUATION, "goals": [*EVALUATION["goals"], by_hand]})
    moss["slt"].do(begun, "continue")
    moss["politikontakt"].do(begun, "continue")
    site.today = date(2026, 11, 2)
    moss["slt"].do(begun, "begin_evaluation", year=2026)
    page = site.browser("slt.moss").get(f"/agreements/{begun}/evaluation")
    written = form(page, "goals.1.effect")
    assert [written[f"goals.{n}.goal"].value for n in (1, 2, 3)] == [
        "Færre unge lovbrytere", "Mindre rus", "Tryggere bussterminal",
    ]  # fmt: skip
    assert written["goals.1.effect"].value == "", "nothing is written for her"
    before = {d.text.strip() for d in page.html.select(".last-year p")}
    assert {"Færre saker.", "Følg opp dem som går igjen.", "Lys er satt opp."} <= before


def test_an_agreement_that_names_no_goals_asks_for_them(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    site.today = date(2025, 12, 1)
    moss["slt"].do(ident, "begin_evaluation", year=2025)
    page = english(site, "slt.moss").get(f"/agreements/{ident}/evaluation")
    assert "names no goals" in words(page)
    written = form(page, "goals.1.effect")
    assert written["goals.1.goal"].value == ""
    told = write(moss["slt"], ident, answers={"general": EVALUATION["general"]})
    assert [m["field"] for m in told["evaluation"]["missing"]] == ["goals.1.goal"]


def test_learning_goes_to_the_successor_goal_by_goal(
    site: Site, moss: dict[str, Program], begun: str
) -> None:
    write(moss["slt"], begun, outcome="to_be_revised")
    moss["slt"].do(begun, "revise")
    assert moss["politikontakt"].do(begun, "revise")["state"] == "revised"
    made = next(a for a in moss["slt"].get("/agreements")["agreements"] if a["state"] == "draft")
    page = words(site.browser("slt.moss").get(f"/agreements/{made['id']}"))
    assert "Færre unge lovbrytere: Følg opp dem som går igjen." in page


def test_the_evaluation_is_a_paper(site: Site, moss: dict[str, Program], begun: str) -> None:
    browser, path = site.browser("stasjonssjef.moss"), f"/agreements/{begun}/evaluation.pdf"
    browser.get(path, status=404)
    write(moss["slt"], begun)
    answer = browser.get(f"{path}?year=2025")
    assert answer.body.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].endswith('evaluering-2025-moss-kommune.pdf"')
    browser.get(f"{path}?year=2024", status=404)
    browser.get(f"{path}?year=x", status=404)
    site.browser("slt.stange").get(path, status=404)

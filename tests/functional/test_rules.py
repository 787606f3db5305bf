"""The rules page and its twin: confirm, correct, set aside, read anew, propose, accept, decline."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from tests.functional.pages_support import encoded, form, fresh, has_form, press, with_button, wrong
from tests.functional.test_life import kinds, negotiated
from workflow_app.services.trail_check import verify_database

WHOSE = TEXT + "\n## 5. Annet\n\nForumet møtes tre ganger i året.\n"


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def rule(told: dict[str, Any], kind: str) -> dict[str, Any]:
    """The rule of that kind, as the twin tells it."""
    found: dict[str, Any] = next(r for r in (*told["rules"], *told["undated"]) if r["kind"] == kind)
    return found


def rule_form(page: Any, index: int, field: str) -> Any:
    """The form by which one rule is corrected."""
    return next(
        f
        for f in page.forms.values()
        if "rule" in f.fields and f["rule"].value == str(index) and field in f.fields
    )


def saved(found: Any, action: str) -> Any:
    """Send a form of the page: first it is shown what it would do, then it is saved."""
    page = press(found, f"preview:{action}" if action in ("correct", "set_aside") else "preview", status=200)
    return press(with_button(page, action), action, status=303).follow()


def test_every_clause_stands_beside_its_rule_and_leads_into_the_text_and_back(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = fresh(site, moss["slt"])
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    page = site.browser("slt.moss").get(f"/agreements/{ident}/rules")
    rows = page.html.select("li.rule:not(.undated)")
    assert len(rows) == len(told["rules"])
    for row, known in zip(rows, told["rules"], strict=True):
        assert known["quote"] in row.select_one("blockquote").text
        assert row.select_one("blockquote")["lang"] == "nb"
        assert row.select_one(".sentence").text == known["sentence"]
        link = page.html.find(id=row.select_one("figcaption a")["href"].removeprefix("#"))
        assert link["href"] == f"#{row['id']}"
        assert link.find_parent(id="pane")["lang"] == "nb"
        assert str(known["index"] + 1) in link.select_one(".sr-only").text
    assert TEXT[rule(told, "revision")["start"] : rule(told, "revision")["end"]] == "Avtalen revideres årlig."
    assert told["silences"], "what the text does not say is said"
    assert page.html.select(".silences li")


def test_a_wording_is_proposed_for_what_a_draft_does_not_say(site: Site, moss: dict[str, Program]) -> None:
    silent = TEXT.replace(" Avtalen revideres årlig.", "")
    ident = fresh(site, moss["slt"], content_base64=encoded(silent))
    page = site.browser("slt.moss").get(f"/agreements/{ident}/rules")
    [wording] = page.html.select(".silences q")
    assert (wording["lang"], wording.text) == ("nb", "Avtalen revideres hvert år.")
    others = site.browser("ordforer.moss").get(f"/agreements/{ident}/rules")
    assert not others.html.select(".silences q"), "who cannot write the text needs no words for it"


def test_a_person_corrects_confirms_and_the_deadlines_follow(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    index = rule(moss["slt"].get(f"/agreements/{ident}/rules"), "evaluation")["index"]
    found = rule_form(browser.get(f"/agreements/{ident}/rules"), index, "value.month")
    found["value.month"], found["value.day"], found["note"] = "6", "1", "Etter møtet"
    page = saved(found, "correct")
    row = page.html.find(id=f"rule-{index}")
    assert row["data-standing"] == "corrected"
    assert "Etter møtet" in row.text
    confirm = page.forms["confirm-form"]
    sent = {
        "csrf_token": confirm["csrf_token"].value,
        "version": confirm["version"].value,
        "action": "confirm",
    }
    browser.post(f"/agreements/{ident}/rules", sent, status=303)
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    assert told["confirmed"]
    assert (rule(told, "evaluation")["month"], rule(told, "evaluation")["corrected"]) == (6, True)
    for who in ("slt", "politikontakt"):
        moss[who].do(ident, "register", signed_on="2025-01-10")
    days = [
        d["latest"] for d in moss["slt"].get(f"/agreements/{ident}")["deadlines"] if d["kind"] == "evaluation"
    ]
    assert days[0] == "2025-06-01"


def test_a_wrong_value_is_told_beside_its_field_and_what_was_written_is_kept(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    index = rule(moss["slt"].get(f"/agreements/{ident}/rules"), "evaluation")["index"]
    found = rule_form(browser.get(f"/agreements/{ident}/rules"), index, "value.month")
    found["value.month"], found["value.day"] = "2", "31"
    page = press(found, "preview:correct", status=422)
    assert wrong(page) == [f"rule-{index}-day"]
    assert page.html.find(id=f"rule-{index}-day")["aria-invalid"] == "true"
    again = rule_form(page, index, "value.month")
    assert (again["value.month"].value, again["value.day"].value) == ("2", "31")
    assert rule(moss["slt"].get(f"/agreements/{ident}/rules"), "evaluation")["month"] == 12


def test_a_rule_set_aside_is_struck_but_not_forgotten(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    index = rule(moss["slt"].get(f"/agreements/{ident}/rules"), "agenda")["index"]
    page = saved(rule_form(browser.get(f"/agreements/{ident}/rules"), index, "note"), "set_aside")
    [row] = page.html.select("[data-standing=set_aside]")
    assert row.find("del")
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    assert [r["kind"] for r in told["set_aside"]] == ["agenda"]


def test_a_clause_is_read_in_another_form_and_one_that_was_missed_is_added(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    index = rule(moss["slt"].get(f"/agreements/{ident}/rules"), "revision")["index"]
    anew = form(browser.get(f"/agreements/{ident}/rules?rule={index}&as=revision:on_request"), "near")
    assert anew["quote"].value.strip() == "Avtalen revideres årlig."
    saved(anew, "replace")
    assert rule(moss["slt"].get(f"/agreements/{ident}/rules"), "revision")["form"] == "on_request"
    add = form(browser.get(f"/agreements/{ident}/rules?as=termination:notice"), "near")
    add["quote"], add["value.months"] = "Dette står der ikke", "6"
    page = press(add, "preview", status=422)
    assert wrong(page) == ["anew-quote"]
    add = form(page, "near")
    add["quote"] = "følge opp det de blir\r\nenige om."
    saved(add, "replace")
    told = rule(moss["slt"].get(f"/agreements/{ident}/rules"), "termination")
    assert (told["months"], told["quote"]) == (6, "følge opp det de blir enige om.")


def test_a_question_is_answered_when_the_rules_are_confirmed(site: Site, moss: dict[str, Program]) -> None:
    ident = fresh(site, moss["slt"], content_base64=encoded(WHOSE))
    question = moss["slt"].get(f"/agreements/{ident}/rules")["questions"][0]
    wrong_ = {"confirm": True, "answers": {str(question["index"]): "noe annet"}}
    told = moss["slt"].post(f"/agreements/{ident}/rules", wrong_, status=422)
    assert list(told["fields"]) == [f"answer.{question['index']}"]
    right = {"confirm": True, "answers": {str(question["index"]): question["choices"][0]}}
    told = moss["slt"].post(f"/agreements/{ident}/rules", right)
    assert told["questions"][0]["answer"] == question["choices"][0]


def test_corrections_and_confirmation_may_come_together(site: Site, moss: dict[str, Program]) -> None:
    ident = fresh(site, moss["slt"])
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    body = {
        "version": told["version"],
        "corrections": [{"index": rule(told, "revision")["index"], "rule": {"months": 24}}],
        "confirm": True,
    }
    after = moss["slt"].post(f"/agreements/{ident}/rules", body)
    assert (after["confirmed"], rule(after, "revision")["months"]) == (True, 24)
    stale = moss["slt"].post(f"/agreements/{ident}/rules", body, status=409)
    assert stale["error"] == "stale_version"


@pytest.mark.parametrize(
    ("body", "code", "fields"),
    [
        ({}, "invalid", ["action"]),
        ({"corrections": "x"}, "invalid", ["corrections"]),
        ({"corrections": [7]}, "invalid", ["corrections"]),
        ({"corrections": [{"index": 99, "remove": True}]}, "invalid", ["index"]),
        ({"corrections": [{"index": 0, "rule": {"feast": 1}}]}, "invalid", ["feast"]),
        ({"corrections": [{"index": 0, "rule": {"kind": "feast", "form": "x"}}]}, "invalid", ["kind"]),
        ({"corrections": [{"index": 0, "rule": {"per_year_min": 4.5}}]}, "invalid", ["per_year_min"]),
        ({"corrections": [{"index": 0, "rule": {}}]}, "nothing_changed", None),
        ({"confirm": True, "note": "x" * 501}, "invalid", ["note"]),
        ({"accept": True}, "invalid", ["action"]),
    ],
)
def test_a_program_is_told_what_is_wrong(
    site: Site, moss: dict[str, Program], body: dict[str, Any], code: str, fields: list[str] | None
) -> None:
    ident = fresh(site, moss["slt"])
    told = moss["slt"].post(f"/agreements/{ident}/rules", body, status=422)
    assert told["error"] == code
    assert fields is None or list(told["fields"]) == fields
    assert not moss["slt"].get(f"/agreements/{ident}/rules")["confirmed"]


def test_after_agree_a_correction_waits_for_the_other_coordinator(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = negotiated(site, moss)
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    index, digest = rule(told, "evaluation")["index"], moss["slt"].get(f"/agreements/{ident}")["digest"]
    body = {
        "version": told["version"],
        "corrections": [{"index": index, "rule": {"month": 6, "day": 1}}],
        "note": "Det sto 1. juni",
    }
    proposed = moss["slt"].post(f"/agreements/{ident}/rules", body)
    assert rule(proposed, "evaluation")["month"] == 12, "it binds nobody yet"
    [change] = proposed["proposed"]["changes"]
    assert (change["before"]["month"], change["after"]["month"]) == (12, 6)
    assert [m["kind"] for m in proposed["proposed"]["moves"]] == ["evaluation"] * 3
    approvals = moss["slt"].get(f"/agreements/{ident}")["approvals"]
    assert [(a["transition"], a["role"]) for a in approvals] == [("correct_rules", "slt_coordinator")]

    own = site.browser("slt.moss").get(f"/agreements/{ident}/rules")
    assert "accept" not in {b["value"] for b in own.html.select(".proposal button")}
    page = site.browser("politikontakt.moss").get(f"/agreements/{ident}/rules")
    [card] = page.html.select(".proposal")
    assert "Det sto 1. juni" in card.text
    press(form(page, "proposal"), "accept", status=303)
    after = moss["slt"].get(f"/agreements/{ident}/rules")
    assert (rule(after, "evaluation")["month"], after["confirmed"], after["proposed"]) == (6, True, None)
    now = moss["slt"].get(f"/agreements/{ident}")
    assert now["digest"] != digest
    assert now["state"] == "negotiated"
    assert ("transition", "correct_rules") in kinds(site, ident)
    moss["ordforer"].get(f"/agreements/{ident}/transitions/sign")
    with site.session() as db:
        assert verify_database(db).ok


def test_a_declined_proposal_is_gone(site: Site, moss: dict[str, Program]) -> None:
    ident = negotiated(site, moss)
    moss["slt"].post(f"/agreements/{ident}/rules", {"corrections": [{"index": 0, "remove": True}]})
    page = site.browser("politikontakt.moss").get(f"/agreements/{ident}/rules")
    press(form(page, "proposal"), "decline", status=303)
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    assert told["proposed"] is None
    assert moss["slt"].get(f"/agreements/{ident}")["approvals"] == []
    refused = moss["politikontakt"].post(f"/agreements/{ident}/rules", {"accept": True}, status=409)
    assert refused["error"] == "no_proposal"


def test_an_old_proposal_is_not_accepted_in_the_place_of_a_new_one(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = negotiated(site, moss)
    moss["slt"].post(f"/agreements/{ident}/rules", {"corrections": [{"index": 0, "remove": True}]})
    old = moss["slt"].get(f"/agreements/{ident}/rules")["proposed"]["number"]
    moss["slt"].post(f"/agreements/{ident}/rules", {"corrections": [{"index": 1, "remove": True}]})
    body = {"accept": True, "proposal": str(old)}
    assert (
        moss["politikontakt"].post(f"/agreements/{ident}/rules", body, status=409)["error"] == "no_proposal"
    )


def test_who_only_sees_the_rules_changes_none(site: Site, moss: dict[str, Program]) -> None:
    ident = fresh(site, moss["slt"])
    moss["ordforer"].post(f"/agreements/{ident}/rules", {"confirm": True}, status=403)
    page = site.browser("ordforer.moss").get(f"/agreements/{ident}/rules")
    assert not has_form(page, "rule")
    assert "confirm-form" not in page.forms
    moss["sekretaer"].post(f"/agreements/{ident}/rules", {"confirm": True}, status=404)

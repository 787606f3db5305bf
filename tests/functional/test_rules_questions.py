"""Answering what the text leaves open: an answer changes the rules, now or at confirmation, and is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from tests.functional.pages_support import encoded, form, fresh, press, with_button
from tests.functional.test_life import kinds, negotiated
from workflow_app.services.trail_check import verify_database

ASKED = (
    TEXT.replace("Avtalen gjelder i perioden 2025-2027.", "Avtalen gjelder i to år.")
    + "\n## 5. Annet\n\nForumet møtes tre ganger i året.\n"
)
"""How long, and not from when; and meetings of nobody in particular."""


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


@pytest.fixture
def ident(site: Site, moss: dict[str, Program]) -> str:
    """A draft with two questions."""
    return fresh(site, moss["slt"], content_base64=encoded(ASKED))


def question(told: dict[str, Any], code: str) -> dict[str, Any]:
    """The question of that code, as the twin tells it."""
    found: dict[str, Any] = next(q for q in told["questions"] if q["code"] == code)
    return found


def councils(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The meetings of the council that stand."""
    return [r for r in told["rules"] if (r["kind"], r["form"]) == ("meetings", "council")]


def test_an_answer_changes_the_rules_at_once_and_is_kept_with_the_question(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    path = f"/agreements/{ident}/rules"
    before = moss["slt"].get(path)
    whose = question(before, "whose_meetings")
    assert not whose["settled"]
    assert len(councils(before)) == 1
    after = moss["slt"].post(path, {"answers": {str(whose["index"]): whose["choices"][0]}})
    [_, anew] = councils(after)
    assert (anew["quote"], anew["per_year"], anew["corrected"]) == (
        "Forumet møtes tre ganger i året.",
        3,
        True,
    )
    assert question(after, "whose_meetings") | {"answer": whose["choices"][0], "settled": True} == question(
        after, "whose_meetings"
    )
    assert not question(after, "duration_start")["settled"]
    assert not after["confirmed"]
    assert kinds(site, ident)[-1][0] == "question_answered"
    page = site.browser("slt.moss").get(f"/agreements/{ident}/trail")
    assert whose["choices"][0] in page.text.replace("&#x27;", "'")
    with site.session() as db:
        assert verify_database(db).ok


def test_another_answer_takes_back_what_the_first_one_made(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    path = f"/agreements/{ident}/rules"
    whose = question(moss["slt"].get(path), "whose_meetings")
    for choice, count in ((0, 2), (0, 2), (1, 1)):
        told = moss["slt"].post(path, {"answers": {str(whose["index"]): whose["choices"][choice]}})
        assert len(councils(told)) == count


def test_an_answer_that_stands_does_not_undo_a_correction_made_after_it(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    path = f"/agreements/{ident}/rules"
    whose = question(moss["slt"].get(path), "whose_meetings")
    answers = {str(whose["index"]): whose["choices"][0]}
    told = moss["slt"].post(path, {"answers": answers})
    moss["slt"].post(path, {"corrections": [{"index": councils(told)[1]["index"], "rule": {"per_year": 5}}]})
    told = moss["slt"].post(path, {"confirm": True, "answers": answers})
    assert told["confirmed"]
    assert councils(told)[1]["per_year"] == 5


def test_answers_given_at_confirmation_take_effect_and_the_rest_may_stay_open(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    path = f"/agreements/{ident}/rules"
    whose = question(moss["slt"].get(path), "whose_meetings")
    browser = site.browser("slt.moss")
    page = browser.get(path)
    assert "2" in page.html.select_one(".confirm-bar .unsettled").text
    confirm = page.forms["confirm-form"]
    sent = {"csrf_token": confirm["csrf_token"].value, "version": confirm["version"].value}
    sent |= {"action": "confirm", f"answer.{whose['index']}": whose["choices"][0]}
    browser.post(path, sent, status=303)
    told = moss["slt"].get(path)
    assert told["confirmed"]
    assert len(councils(told)) == 2
    assert [q["settled"] for q in told["questions"]].count(False) == 1
    moss["slt"].do(ident, "agree")


def test_a_choice_to_be_filled_in_opens_the_form_with_the_clause_and_settles_when_saved(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    path = f"/agreements/{ident}/rules"
    start = question(moss["slt"].get(path), "duration_start")
    browser = site.browser("slt.moss")
    field = browser.get(path).html.find(id=f"answer.{start['index']}")
    values = [i["value"] for i in field.select("input[type=radio]")]
    assert values == start["choices"][:1], "what is to be filled in is no button to press"
    [fill] = field.select(".fill a")
    page = browser.get(fill["href"].split("#")[0])
    found = form(page, "near")
    assert found["quote"].value.strip() == "Avtalen gjelder i to år."
    assert found["value.months"].value == "24"
    found["value.from"], found["value.from.date"] = "date", "2025-02-01"
    shown = press(found, "preview", status=200)
    press(with_button(shown, "replace"), "replace", status=303)
    told = moss["slt"].get(path)
    [term] = [r for r in told["rules"] if r["kind"] == "validity"]
    assert (term["from"], term["months"]) == ("2025-02-01", 24)
    assert question(told, "duration_start")["settled"]


def test_a_choice_to_be_filled_in_that_is_only_named_settles_nothing(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    path = f"/agreements/{ident}/rules"
    start = question(moss["slt"].get(path), "duration_start")
    told = moss["slt"].post(path, {"answers": {str(start["index"]): start["choices"][1]}})
    assert question(told, "duration_start")["answer"] == start["choices"][1]
    assert not question(told, "duration_start")["settled"]


def test_what_an_answer_moves_is_shown_before_it_is_saved(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    path = f"/agreements/{ident}/rules"
    told = moss["slt"].get(path)
    start = question(told, "duration_start")
    browser = site.browser("slt.moss")
    confirm = browser.get(path).forms["confirm-form"]
    sent = {"csrf_token": confirm["csrf_token"].value, "version": confirm["version"].value}
    sent |= {"action": "preview:answer", f"answer.{start['index']}": start["choices"][0]}
    page = browser.post(path, sent, status=200)
    assert page.html.select_one("#preview")
    chosen = page.html.select_one(f"[name='answer.{start['index']}'][checked]")
    assert chosen["value"] == start["choices"][0], "what was chosen stays chosen"
    assert moss["slt"].get(path) == told
    save = next(
        f for f in page.forms.values() if f.id != "confirm-form" and f"answer.{start['index']}" in f.fields
    )
    press(save, "answer", status=303)
    assert question(moss["slt"].get(path), "duration_start")["settled"]


def test_after_agree_an_answer_is_a_proposal(site: Site, moss: dict[str, Program]) -> None:
    ident = negotiated(site, moss, text=ASKED)
    path = f"/agreements/{ident}/rules"
    whose = question(moss["slt"].get(path), "whose_meetings")
    told = moss["slt"].post(path, {"answers": {str(whose["index"]): whose["choices"][0]}})
    assert len(councils(told)) == 1, "it binds nobody yet"
    [change] = told["proposed"]["changes"]
    assert (change["before"], change["after"]["per_year"]) == (None, 3)
    after = moss["politikontakt"].post(path, {"accept": True})
    assert len(councils(after)) == 2
    assert question(after, "whose_meetings")["settled"]


@pytest.mark.parametrize("answers", [{"0": "noe annet"}, {"99": "x"}, {"x": "y"}, {"-1": "x"}])
def test_an_answer_that_is_none_of_the_choices_is_refused(
    site: Site, moss: dict[str, Program], ident: str, answers: dict[str, str]
) -> None:
    path = f"/agreements/{ident}/rules"
    before = moss["slt"].get(path)
    for more in ({}, {"preview": True}, {"confirm": True}):
        told = moss["slt"].post(path, {"answers": answers, **more}, status=422)
        assert list(told["fields"]) == [f"answer.{next(iter(answers))}"]
    assert moss["slt"].get(path) == before


def test_a_day_to_choose_is_read_as_days_are(site: Site, moss: dict[str, Program]) -> None:
    text = TEXT + "\nUnderskrevet onsdag 25.6.\n"
    ident = fresh(site, moss["slt"], content_base64=encoded(text))
    told = question(moss["slt"].get(f"/agreements/{ident}/rules"), "signing_year")
    field = site.browser("slt.moss").get(f"/agreements/{ident}/rules").html.find(id=f"answer.{told['index']}")
    assert told["choices"][0] == "2025-06-25"
    assert "25. juni 2025" in field.text

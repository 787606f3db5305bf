"""The rules page in a browser: from words to rule and back, words marked by hand, preview, answers."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE, Served, Someone
from tests.browser.walking import barriers, twin

pytestmark = pytest.mark.browser

TEXT = """# Samarbeidsavtale mellom Moss kommune og Øst politidistrikt

## 1. Formål

Partene vil forebygge sammen og følge opp det de blir enige om. Arbeidet ble påbegynt våren 2019.

## 2. Møter

Politirådet møtes minst fire ganger i året. Sakslisten sendes ut senest én uke før møtet.

## 3. Evaluering

Ved årets slutt skal politirådet evaluere tiltakene skriftlig.

## 4. Varighet

Avtalen gjelder fra februar 2025 til og med 2027 og revideres årlig.
Avtalen legges frem for kommunestyret som referatsak.

## 5. Annet

Forumet møtes tre ganger i året.
"""

_FOCUS = """() => {
    const it = document.activeElement, box = it.getBoundingClientRect();
    return {id: it.id, href: it.getAttribute('href') || '', inside: box.bottom > 0 && box.top < innerHeight};
}"""
_INSIDE = """id => {
    const box = document.getElementById(id).getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
}"""
_PLACE = """words => {
    const walker = document.createTreeWalker(document.getElementById('pane'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const box = range.getBoundingClientRect();
        return {left: box.left, right: box.right, middle: (box.top + box.bottom) / 2};
    }
}"""


@pytest.fixture(scope="module")
def served(served_together: Served) -> Served:
    """Each test makes a draft of its own."""
    return served_together


def draft(slt: Someone, text: str = TEXT) -> str:
    """A draft of Moss with this text; the way to its rules."""
    parties = twin(slt, "/parties")
    police = next(p for p in parties["police"] if "Moss" in p["name"])
    body = {
        "filename": "avtale.txt",
        "content_base64": base64.b64encode(text.encode()).decode(),
        "municipal": ["3103"],
        "police": [police["key"]],
    }
    headers = {"X-CSRF-Token": parties["csrf_token"], "Accept": "application/json"}
    answer = slt.page.request.post(f"{slt.served.url}/agreements/add", headers=headers, data=body)
    assert answer.status == 201, answer.text()
    return f"/agreements/{answer.json()['id']}/rules"


def index_of(slt: Someone, path: str, kind: str) -> int:
    """The number of the rule of that kind."""
    told = twin(slt, path)
    return next(r["index"] for r in (*told["rules"], *told["undated"]) if r["kind"] == kind)


def tab_to(page: Page, **wanted: str) -> None:
    """Press Tab until the focused element has these values; it must be in sight."""
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate(_FOCUS)
        if all(value in here[key] for key, value in wanted.items()):
            assert here["inside"], here
            return
    raise AssertionError(f"{wanted} was not reached at {page.url}")


def settled(page: Page, ident: str) -> None:
    """Wait until the focus has come to rest there."""
    page.wait_for_function("id => document.activeElement.id === id", arg=ident, timeout=30_000)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_leads_from_the_words_to_their_rule_and_back(people: Any, scripts: bool) -> None:
    slt = people("slt.moss", scripts=scripts)
    path = draft(slt)
    number = index_of(slt, path, "evaluation")
    page = slt.open(path)
    tab_to(page, id=f"clause-{number}")
    page.keyboard.press("Enter")
    settled(page, f"rule-{number}")
    assert page.evaluate(_INSIDE, f"clause-{number}"), "the words stay in sight"
    tab_to(page, href=f"#clause-{number}")
    page.keyboard.press("Enter")
    settled(page, f"clause-{number}")
    assert page.evaluate(_INSIDE, f"rule-{number}"), "the rule stays in sight"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_two_rules_of_one_sentence_have_a_link_each(people: Any) -> None:
    slt = people("slt.moss")
    path = draft(slt)
    page = slt.open(path)
    for kind in ("validity", "revision"):
        number = index_of(slt, path, kind)
        page.locator(f"#clause-{number}").click()
        settled(page, f"rule-{number}")


def test_a_telephone_has_one_under_the_other_and_the_links_work(people: Any) -> None:
    slt = people("slt.moss")
    path = draft(slt)
    number = index_of(slt, path, "agenda")
    slt.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    page = slt.open(path)
    for there in ("rule", "clause"):
        back = "clause" if there == "rule" else "rule"
        page.locator(f"#{back}-{number} a[href='#{there}-{number}'], a#{back}-{number}").first.click()
        settled(page, f"{there}-{number}")
        assert page.evaluate(_INSIDE, f"{there}-{number}")


def test_words_marked_with_the_mouse_become_a_rule(people: Any) -> None:
    slt = people("slt.moss")
    path = draft(slt)
    page = slt.open(path)
    page.locator("#pane").scroll_into_view_if_needed()
    place = page.evaluate(_PLACE, "følge opp det de blir enige om.")
    page.mouse.move(place["left"] + 1, place["middle"])
    page.mouse.down()
    page.mouse.move(place["right"] - 1, place["middle"], steps=5)
    page.mouse.up()
    page.locator("#marking-make").click()
    assert page.input_value("#anew-quote").strip().startswith("følge opp det de blir enige om")
    page.select_option("#anew-as", "termination:notice")
    page.locator("#anew button[type=submit]").click()
    page.fill("#anew-months", "6")
    page.locator("#anew button[value=preview]").click()
    page.locator("#preview button[value=replace]").click()
    told = twin(slt, path)
    [made] = [r for r in told["rules"] if r["kind"] == "termination"]
    assert TEXT[made["start"] : made["end"]] == made["quote"]
    assert made["quote"].startswith("følge opp")


def test_words_marked_with_the_keyboard_become_a_rule(people: Any) -> None:
    slt = people("slt.moss")
    path = draft(slt)
    page = slt.open(path)
    tab_to(page, id="marking-keys")
    page.keyboard.press("Enter")
    settled(page, "pane")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.locator("#marking-offer").wait_for(state="visible")
    page.wait_for_function(
        "() => document.getElementById('marking-words').textContent === "
        "getSelection().toString().replace(/\\s+/g, ' ').trim()"
    )
    said = page.text_content("#marking-words") or ""
    assert len(said.split()) == 3
    assert said in " ".join(TEXT.split())
    assert said in (page.text_content("#marking-said") or "")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    settled(page, "anew")
    assert page.input_value("#anew-quote").strip() == said


def test_marked_words_become_the_clause_of_the_rule_that_is_being_corrected(people: Any) -> None:
    slt = people("slt.moss")
    path = draft(slt)
    number = index_of(slt, path, "evaluation")
    page = slt.open(path)
    page.locator(f"#rule-{number} summary").click()
    page.locator(f"#rule-{number}-quote").focus()
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById('pane'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }
        }""",
        "skal politirådet evaluere tiltakene",
    )
    page.locator("#marking-use").click()
    settled(page, f"rule-{number}-quote")
    page.locator(f"#rule-{number} button[value='preview:correct']").click()
    page.locator("#preview button[value=correct]").click()
    page.locator("[role=status] .ds-alert").wait_for()
    [made] = [r for r in twin(slt, path)["rules"] if r.get("corrected")]
    assert made["quote"] == "skal politirådet evaluere tiltakene"


def test_leaving_the_marking_gives_the_keys_back(people: Any) -> None:
    slt = people("slt.moss")
    page = slt.open(draft(slt))
    page.locator("#marking-keys").click()
    settled(page, "pane")
    page.keyboard.press("Escape")
    settled(page, "marking-keys")
    assert page.get_attribute("#marking-keys", "aria-pressed") == "false"
    assert page.locator("#marking-offer").is_hidden()


def test_badges_and_words_for_screen_readers_are_no_part_of_the_clause(people: Any) -> None:
    slt = people("slt.moss")
    path = draft(slt)
    page = slt.open(path)
    number = index_of(slt, path, "agenda")
    page.evaluate(
        """id => getSelection().selectAllChildren(document.getElementById(id).closest('p'))""",
        f"clause-{number}",
    )
    page.locator("#marking-offer").wait_for(state="visible")
    clause = "Politirådet møtes minst fire ganger i året. Sakslisten sendes ut senest én uke før møtet."
    assert page.text_content("#marking-words") == clause
    assert f"near={TEXT.index('Politirådet møtes')}" in (page.get_attribute("#marking-make", "href") or "")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_correction_shows_what_moves_before_it_is_saved(people: Any, scripts: bool) -> None:
    slt = people("slt.moss", scripts=scripts)
    path = draft(slt)
    number = index_of(slt, path, "evaluation")
    page = slt.open(path)
    page.locator(f"#rule-{number} summary").click()
    page.fill(f"#rule-{number}-month", "6")
    page.fill(f"#rule-{number}-day", "1")
    page.locator(f"#rule-{number} button[value='preview:correct']").click()
    settled(page, "preview")
    assert "1. juni" in (page.text_content("#preview .preview-moves") or "")
    assert not any(r.get("corrected") for r in twin(slt, path)["rules"])
    page.locator("#preview button[value=change]").click()
    assert page.input_value(f"#rule-{number}-month") == "6"
    page.locator(f"#rule-{number} button[value='preview:correct']").click()
    page.locator("#preview button[value=correct]").click()
    page.locator("[role=status] .ds-alert").wait_for()
    assert any(r.get("corrected") for r in twin(slt, path)["rules"])


@pytest.mark.parametrize("scripts", [True, False])
def test_an_answer_changes_the_rules(people: Any, scripts: bool) -> None:
    slt = people("slt.moss", scripts=scripts)
    path = draft(slt)
    before = twin(slt, path)
    [asked] = before["questions"]
    page = slt.open(path)
    page.locator(f"[id='answer.{asked['index']}-0']").check()
    page.locator(f"[id='answer.{asked['index']}'] button[value=answer]").click()
    page.locator("[role=status] .ds-alert").wait_for()
    after = twin(slt, path)
    assert after["questions"][0]["settled"]
    assert len(after["rules"]) == len(before["rules"]) + 1
    assert page.locator(".confirm-bar .unsettled").count() == 0


def test_without_scripts_each_paragraph_has_a_way_to_a_rule(people: Any) -> None:
    slt = people("slt.moss", scripts=False)
    path = draft(slt)
    page = slt.open(path)
    assert page.locator("#marking").is_hidden()
    page.locator(".pane-ways a[href*=pick]").click()
    page.locator("#pane p", has_text="Partene vil").locator(".pick a").click()
    assert page.input_value("#anew-quote").strip().startswith("Partene vil forebygge sammen")


def test_no_barrier_in_any_state_of_the_page(people: Any) -> None:
    slt = people("slt.moss")
    path = draft(slt)
    number = index_of(slt, path, "evaluation")
    page = slt.open(path)
    wrong = []

    def look(label: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        slt.shoot(f"rules-{label}")
        for width, height in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": height})
            wrong.extend(f"{label} {width}: {found}" for found in barriers(page))
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})

    look("draft")
    page.locator("#marking-keys").click()
    page.locator("#marking-offer").wait_for(state="visible")
    look("marking")
    slt.open(f"{path}?pick=1&quote=Forumet&near=1")
    look("picking")
    slt.open(path)
    page.locator(f"#rule-{number} summary").click()
    page.fill(f"#rule-{number}-month", "6")
    page.fill(f"#rule-{number}-day", "1")
    page.locator(f"#rule-{number} button[value='preview:correct']").click()
    settled(page, "preview")
    look("preview")
    assert wrong == []
    assert slt.faults == []

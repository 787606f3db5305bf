"""An agreement of 2008 filed after that of 2018, and a new one that replaces it, signed in a month."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE, Served
from tests.browser.walking import barriers, press, state, twin, words

pytestmark = pytest.mark.browser

OLD = """Samarbeidsavtale om politiråd 2008

Varighet

Avtalen gjelder til den sies opp. Avtalen revideres årlig.

Rælingen, 20. august 2008
"""
NEW = """Samarbeidsavtale 2025

Varighet

Avtalen erstatter samarbeidsavtale av 20. august 2008. Avtalen varer i to år fra underskrift.
Avtalen revideres årlig.

Rælingen, februar 2025
"""


def start(someone: Any, name: str, text: str) -> str:
    """Upload a text of Rælingen's own; its id."""
    page = someone.open("/agreements/add")
    file: Any = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    page.set_input_files("input[type=file]", file)
    page.get_by_label("Rælingen kommune").check()
    page.get_by_label("Skedsmo politistasjonsdistrikt").check()
    press(page)
    page.wait_for_url("**/agreements/**")
    ident: str = page.url.split("/agreements/")[1].split("/")[0].split("?")[0]
    return ident


def looked(page: Page) -> list[str]:
    """Barriers and overflow at both widths."""
    wrong = []
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [f"{width}: {over} px too wide"] * (over > 0) + barriers(page)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return wrong


def test_an_older_agreement_is_found_linked_and_replaced(served: Served, people: Any) -> None:
    slt, contact = people("slt.raelingen"), people("politikontakt.raelingen")
    old = start(slt, "gammel.txt", OLD)
    page = slt.open(f"/agreements/{old}/links")
    # The agreement of 2018 names this one's day; the reader has kept its words.
    if page.locator(".suggested-link").count():
        slt.shoot("links-from-behind")
        assert looked(page) == []
        page.locator(".suggested-link button").first.click()
        assert page.locator(".link-row blockquote").is_visible()
    for someone in (slt, contact):
        page = someone.open(f"/agreements/{old}/transitions/register")
        assert page.locator("form.form [name=signed_on]").input_value() == "2008-08-20"
        press(page)
    assert state(slt, old) == "signed"

    new = start(slt, "ny.txt", NEW)
    page = slt.open(f"/agreements/{new}")
    assert page.locator(".connected").get_by_role("link").first.is_visible()
    slt.shoot("links-overview-draft")
    page = slt.open(f"/agreements/{new}/links?q=2008")
    slt.shoot("links-suggested")
    assert looked(page) == []
    # With the keyboard alone, from the suggestion's own button.
    button = page.locator(".suggested-link button").first
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/links?done=added")
    assert "20. august 2008" in (page.locator(".link-row").text_content() or "")
    slt.shoot("links-linked")
    assert looked(page) == []

    page = slt.open(f"/agreements/{new}/deadlines")
    assert "tidligst 1. februar 2026" in words(page) or "earliest 1. februar 2026" in words(page)
    slt.shoot("half-known-deadlines")
    assert looked(page) == []
    page.locator(".settle a").first.click()
    page.wait_for_url("**/transitions/register")
    assert page.locator("form.form [name='signed_on.month']").input_value() == "02"
    slt.shoot("half-known-register")
    assert looked(page) == []
    press(page)
    page = contact.open(f"/agreements/{new}/transitions/register")
    press(page)
    assert state(slt, new) == "signed"

    told = twin(slt, f"/agreements/{old}")
    assert told["in_force"]["to"] == "2025-02-28"
    page = slt.open(f"/agreements/{old}")
    slt.shoot("links-replaced")
    assert looked(page) == []
    page = slt.open(f"/agreements/{old}/trail")
    slt.shoot("links-trail")
    assert slt.faults == contact.faults == []

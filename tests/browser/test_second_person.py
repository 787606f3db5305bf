"""Two people on the same agreement at the same moment, and a session that ends in mid-form.

Whoever comes second is told so, and nothing of what she wrote is lost.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Served, Someone
from tests.browser.walking import confirm, press, state, twin, upload, words
from workflow_app.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser

HEADING = "1. Hva avtalen er til for"


@pytest.fixture(scope="module")
def served(served_together: Served) -> Served:
    """Each test has a draft of its own."""
    return served_together


def _draft(slt: Someone) -> str:
    ident = upload(slt, "moss.txt", kommune="Moss", police="Moss", definition="politiradsavtale")
    confirm(slt, ident)
    return ident


def _sent(page: Page) -> int:
    """Press the button; the status of the answer."""
    with page.expect_navigation() as seen:
        press(page)
    assert seen.value is not None
    # After a redirect this is the page it led to.
    return seen.value.status


def _write(page: Page, old: str, new: str) -> None:
    box = page.locator("#text")
    assert old in box.input_value()
    box.fill(box.input_value().replace(old, new, 1))


def test_what_the_second_one_wrote_comes_back_to_her(people: Any) -> None:
    slt, contact = people("slt.moss"), people("politikontakt.moss")
    ident = _draft(slt)
    hers = contact.open(f"/agreements/{ident}/text?edit=1")
    _write(hers, HEADING, "1. Hva avtalen er til for, politikontaktens utgave")
    hers.locator("#note").fill("Overskriften er tydeligere.")

    mine = slt.open(f"/agreements/{ident}/text?edit=1")
    _write(mine, HEADING, "1. Hva avtalen er til for, koordinatorens utgave")
    assert _sent(mine) == 200

    assert _sent(hers) == 409
    assert "politikontaktens utgave" in hers.locator("#text").input_value(), "nothing is lost"
    assert hers.locator("#note").input_value() == "Overskriften er tydeligere."
    told = hers.locator(".ds-error-summary")
    assert told.is_visible()
    assert "endret" in (told.text_content() or "")
    contact.shoot("second-edit")
    assert "koordinatorens utgave" in words(slt.open(f"/agreements/{ident}/text"))
    assert contact.faults == []


def test_one_who_approves_what_has_changed_is_stopped(people: Any) -> None:
    slt, contact = people("slt.moss"), people("politikontakt.moss")
    ident = _draft(slt)
    hers = contact.open(f"/agreements/{ident}/transitions/agree")
    seen = twin(slt, f"/agreements/{ident}")["digest"]
    assert seen in words(hers)
    mine = slt.open(f"/agreements/{ident}/text?edit=1")
    _write(mine, HEADING, "1. Hva avtalen er til for, ny utgave")
    assert _sent(mine) == 200

    assert _sent(hers) == 409
    text = words(hers)
    assert "Hva du kan gjøre" in text
    contact.shoot("second-stale")
    assert twin(slt, f"/agreements/{ident}")["approvals"] == []
    hers.locator("main a", has_text="Tilbake til avtalen").click()
    assert hers.url.endswith(f"/agreements/{ident}")
    assert state(slt, ident) == "draft"


def test_two_who_approve_at_once_both_count(people: Any) -> None:
    slt, contact = people("slt.moss"), people("politikontakt.moss")
    ident = _draft(slt)
    pages = [who.open(f"/agreements/{ident}/transitions/agree") for who in (slt, contact)]
    assert [_sent(page) for page in pages] == [200, 200]
    assert state(slt, ident) == "negotiated"


def test_pressing_twice_does_it_once(people: Any) -> None:
    slt = people("slt.moss")
    ident = _draft(slt)
    page = slt.open(f"/agreements/{ident}/transitions/agree")
    button = page.locator("form.form button[type=submit]").last
    button.dblclick(no_wait_after=True)
    page.wait_for_url(f"**/agreements/{ident}?done=*")
    approved = twin(slt, f"/agreements/{ident}")["approvals"]
    assert sum(len(r.get("approvals", [r])) for r in approved) == 1
    page.go_back()
    assert page.locator("form.form").count() == 0, "there is nothing left for her to press"
    assert "Du har gjort din del" in words(page)


def test_a_session_that_ends_in_mid_form_leads_to_the_door_and_back(people: Any) -> None:
    slt = people("slt.moss")
    ident = _draft(slt)
    page = slt.open(f"/agreements/{ident}/text?edit=1")
    _write(page, HEADING, "1. Hva avtalen er til for, halvskrevet")

    other = page.context.new_page()
    other.goto(slt.served.url)
    other.locator(".whoami button").click()
    other.wait_for_url("**/login*")

    assert _sent(page) == 401
    assert "økten er over" in words(page)
    assert "halvskrevet" in page.locator(".kept textarea").first.input_value(), "nothing is lost"
    slt.shoot("session-ended")
    page.fill("#username", "slt.moss")
    page.fill("#password", PASSWORD)
    page.click("form[action$='/login'] button[type=submit]")
    page.wait_for_url(f"**/agreements/{ident}/text**")
    assert "halvskrevet" not in page.locator("main").inner_text(), "and nothing was saved"
    other.close()


def test_an_approval_without_a_session_leads_to_the_door_and_back(people: Any) -> None:
    slt = people("slt.moss")
    ident = _draft(slt)
    page = slt.open(f"/agreements/{ident}/transitions/agree")
    page.context.clear_cookies()
    press(page)
    page.wait_for_url("**/login?came_from=*")
    page.fill("#username", "slt.moss")
    page.fill("#password", PASSWORD)
    page.click("form[action$='/login'] button[type=submit]")
    page.wait_for_url(f"**/agreements/{ident}/transitions/agree")
    assert page.locator("form.form").count() == 1, "the step is there to be taken"

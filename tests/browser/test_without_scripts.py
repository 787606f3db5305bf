"""The main path with scripts turned off: every page and every form is whole without them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.browser.conftest import Served
from tests.browser.walking import confirm, do, press, state, upload, words
from workflow_app.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser


def test_from_a_file_to_a_signed_agreement_that_is_evaluated(served: Served, people: Any) -> None:
    slt, contact = people("slt.moss", scripts=False), people("politikontakt.moss", scripts=False)
    mayor, chief = people("ordforer.moss", scripts=False), people("stasjonssjef.moss", scripts=False)
    ident = upload(slt, "moss.txt", kommune="Moss", police="Moss", definition="politiradsavtale")
    assert "bekreftet" in words(confirm(slt, ident))
    for coordinator in (slt, contact):
        page = coordinator.open("/")
        page.locator(f"a[href$='/agreements/{ident}/transitions/agree']").first.click()
        press(page)
    for signer in (mayor, chief):
        do(signer, ident, "sign", password=PASSWORD)
    assert state(slt, ident) == "signed"
    # A form that nothing can send is not shown; that the password works is said.
    page = mayor.open("/passkeys")
    assert page.locator("form:has(#password)").is_hidden()
    assert page.locator("#passkey-without").is_visible()
    page = slt.open(f"/agreements/{ident}")
    page.locator("main details:has(ol.states) > summary").click()
    # The fold opens when the browser has handled the click; waiting for it fails if it never does.
    page.locator("ol.states").wait_for(state="visible")
    served.today = date(2025, 12, 10)
    do(slt, ident, "begin_evaluation", year="2025")
    page = slt.open(f"/agreements/{ident}/evaluation")
    page.locator("details:has([name=body]) > summary").click()
    page.locator("form.form [name=body]").fill("Rådet møttes fire ganger.")
    page.locator("details [name=outcome][value=continues]").check()
    press(page)
    for coordinator in (slt, contact):
        do(coordinator, ident, "continue")
    assert state(slt, ident) == "signed"
    page.locator(".whoami button").click()
    page.wait_for_url("**/login*")

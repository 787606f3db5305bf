"""A word too long for a telephone breaks; it does not push the page sideways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.walking import twin

pytestmark = pytest.mark.browser

LONG = "Trygghetsvandring" * 8


def test_a_long_title_fits_a_telephone(people: Any) -> None:
    slt = people("slt.stange")
    [agreement] = twin(slt, "/agreements")["agreements"]
    meetings = f"/agreements/{agreement['id']}/meetings"
    page = slt.open(f"{meetings}/2")
    page.locator("#add > summary").click()
    page.locator("#add [name=title]").fill(LONG)
    page.locator("#add button[type=submit]").click()
    page = slt.open(meetings)
    page.locator("details:has([name=action][value=standing]) > summary").click()
    page.locator("form:has([name=action][value=standing]) [name=title]").fill(LONG)
    page.locator("form:has([name=action][value=standing]) button[type=submit]").click()
    page.set_viewport_size({"width": 390, "height": 844})
    for path in (meetings, f"{meetings}/2"):
        slt.open(path)
        assert page.get_by_text(LONG).count() > 0, path
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, path


def test_what_an_administrator_is_told_and_offered_fits_a_telephone(people: Any) -> None:
    admin = people("admin")
    page = admin.open("/parties/3103")
    page.set_viewport_size({"width": 390, "height": 844})
    narrow = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.locator("nav.years li").count() > 4
    assert page.evaluate(narrow)
    # The key that is shown as an example is one long word, twice: in the summary and at its field.
    page = admin.open("/parties/3103/witnesses")
    page.fill("#add-vkey", "moss")
    page.locator("form:has(#add-vkey) button[type=submit]").click()
    page.locator("#add-vkey-problem").wait_for()
    assert page.evaluate(narrow)

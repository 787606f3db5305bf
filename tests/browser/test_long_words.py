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

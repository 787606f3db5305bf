"""The main path with the keyboard alone: nothing here touches a mouse, and focus can always be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import WIDE, Served
from tests.browser.walking import words
from workflow_app.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser

FARTHEST = 80
"""Presses of Tab within which everything on these pages is reached."""

_FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
    const ringed = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)
        || s.boxShadow !== 'none';
    return {
        tag: it.tagName, id: it.id, name: it.getAttribute('name'), href: it.getAttribute('href'),
        text: (it.textContent || '').trim().replace(/\\s+/g, ' '),
        seen: ringed(style) || ringed(getComputedStyle(it.parentElement)),
        inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
}"""


@pytest.fixture(scope="module")
def served(served_together: Served) -> Served:
    """The tests sign in as different people."""
    return served_together


@pytest.fixture
def page(served: Served, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="nb-NO")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{served.url}/login")
    yield page
    context.close()


def tab_to(page: Page, **wanted: str) -> None:
    """Press Tab until the focused element has these values; each stop must be seen."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        here = page.evaluate(_FOCUSED)
        assert here["inside"], here
        if here["tag"] != "BODY":
            assert here["seen"], here
        if all(value in (here[key] or "") for key, value in wanted.items()):
            return
    raise AssertionError(f"{wanted} was not reached in {FARTHEST} presses at {page.url}")


def enter(page: Page) -> None:
    """Enter, and the page that comes."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page: Page, username: str) -> None:
    tab_to(page, id="username")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    enter(page)
    page.keyboard.press("Tab")


def test_from_the_door_to_an_approval_and_out_again(page: Page) -> None:
    # Stange's politikontakt finds this year's evaluation waiting, half approved.
    sign_in(page, "politikontakt.stange")
    page.evaluate("document.activeElement.blur()")
    tab_to(page, href="/transitions/continue")
    enter(page)
    tab_to(page, tag="BUTTON", text="Fortsett")
    enter(page)
    assert "done=moved" in page.url
    assert page.locator("[role=status]").is_visible()
    tab_to(page, tag="BUTTON", text="Logg ut")
    enter(page)
    assert "/login" in page.url


def test_the_way_past_the_menu_works(page: Page) -> None:
    sign_in(page, "ordforer.stange")
    page.goto(page.url)
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUSED)["href"] == "#main"
    assert page.locator(".ds-skip-link").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.getElementById('main').contains(document.activeElement)")
    assert inside, page.evaluate(_FOCUSED)


def test_a_summary_leads_to_the_field_that_is_wrong(page: Page) -> None:
    sign_in(page, "slt.moss")
    page.goto(page.url.rstrip("/") + "/agreements/add")
    tab_to(page, tag="BUTTON", text="Lag utkastet")
    enter(page)
    assert "Noe må rettes" in words(page)
    tab_to(page, tag="A", href="#file")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#file'")
    focused = page.evaluate(_FOCUSED)
    if focused["id"] != "file":
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
    assert focused["id"] == "file"
    field = page.locator("#file")
    assert field.get_attribute("aria-invalid") == "true"
    described = (field.get_attribute("aria-describedby") or "").split()
    assert any("velg" in (page.locator(f"#{part}").text_content() or "").lower() for part in described)


def test_a_choice_is_made_with_the_arrows_and_a_detail_opened_with_the_space_bar(page: Page) -> None:
    sign_in(page, "slt.stange")
    site = page.url.rstrip("/")
    page.goto(f"{site}/agreements/add")
    tab_to(page, name="source")
    chosen = page.locator("input[name=source]:checked")
    before = chosen.get_attribute("value")
    page.keyboard.press("ArrowDown")
    assert chosen.get_attribute("value") != before
    page.goto(f"{site}/agreements")
    tab_to(page, tag="A", text="Samarbeidsavtale")
    enter(page)
    tab_to(page, tag="SUMMARY")
    page.keyboard.press("Space")
    assert page.locator("details[open]").count() == 1

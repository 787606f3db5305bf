"""Bokmål, nynorsk and English: by one's own choice, else by the language of the kommune.

The police write to a kommune in the language it has chosen, so the pages do, too.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from tests.browser.conftest import Served
from tests.browser.walking import upload, words
from workflow_app.models.people import Party
from workflow_app.services import parties

pytestmark = pytest.mark.browser

TASKS = {"nb": "Mine oppgaver", "nn": "Oppgåvene mine", "en": "My tasks"}


@pytest.fixture(scope="module")
def served(served_together: Served) -> Served:
    """Each test changes somebody else's language."""
    return served_together


def test_the_switch_changes_every_page_and_is_remembered(people: Any) -> None:
    slt = people("slt.moss")
    page = slt.open("/")
    for language in ("nn", "en", "nb"):
        page.locator(f".language button[lang={language}]").click()
        assert page.url == f"{slt.served.url}/", "one stays on the page"
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("nav.main-nav a").first.text_content() == TASKS[language]
        pressed = page.locator(".language button[aria-pressed=true]")
        assert pressed.get_attribute("lang") == language
        slt.open("/agreements")
        assert page.locator("html").get_attribute("lang") == language
        slt.shoot(f"agreements-{language}")
        slt.open("/")


def test_the_agreements_own_words_keep_their_language(people: Any) -> None:
    contact = people("politikontakt.moss")
    page = contact.open("/")
    page.locator(".language button[lang=en]").click()
    contact.open("/agreements")
    page.locator("main a[href*='/agreements/']", has_text="Samarbeidsavtale").first.click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1.title").get_attribute("lang") == "nb"
    quote = page.locator("blockquote").first
    assert quote.get_attribute("lang") == "nb"
    contact.shoot("agreement-en")
    page.locator(".language button[lang=nb]").click()


def test_a_choice_before_the_login_is_kept(served: Served, chromium: Browser) -> None:
    context = chromium.new_context(locale="nb-NO")
    page = context.new_page()
    page.goto(f"{served.url}/login")
    page.locator(".language button[lang=nn]").click()
    assert page.locator("html").get_attribute("lang") == "nn"
    page.goto(f"{served.url}/login")
    assert page.locator("html").get_attribute("lang") == "nn"
    context.close()


def test_a_browser_that_wants_english_gets_it_at_the_door(served: Served, chromium: Browser) -> None:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{served.url}/login")
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()


def test_a_kommune_that_writes_nynorsk_gets_nynorsk(served: Served, people: Any) -> None:
    with served.app.registry["sessions"].begin() as db:
        kommune = db.scalars(select(Party).where(Party.key == "3405")).one()
        parties.set_language(db, kommune, "nn", now=datetime.now(UTC))
    slt = people("slt.lillehammer")
    page = slt.open("/")
    assert page.locator("html").get_attribute("lang") == "nn"
    assert page.locator("nav.main-nav a").first.text_content() == TASKS["nn"]
    ident = upload(
        slt, "lillehammer.txt", kommune="Lillehammer", police="Lillehammer", definition="politiradsavtale"
    )
    slt.open(f"/agreements/{ident}")
    assert page.locator("html").get_attribute("lang") == "nn"
    assert "Godkjenningar" in words(page) or "Kva du kan gjere" in words(page)
    slt.shoot("agreement-nn")
    visitor = people("politikontakt.lillehammer")
    assert visitor.open("/").locator("html").get_attribute("lang") == "nb", "their own unit's"
    visitor.open(f"/agreements/{ident}")
    assert visitor.page.locator("html").get_attribute("lang") == "nn", (
        "the kommune's, where the page is about it"
    )
    page.locator(".language button[lang=en]").click()
    assert page.locator("html").get_attribute("lang") == "en", "the person's own choice comes first"

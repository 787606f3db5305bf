"""Every page of a living site, looked at by axe: no barrier of WCAG 2.1 A or AA, and within the window.

The drawn pages beside this test show what data can make of a page; these are the
pages as the server answers them, its errors included, at both widths.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE, Served, Someone
from tests.browser.walking import barriers, press, twin

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(served_together: Served) -> Served:
    """Nobody changes anything here."""
    return served_together


EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The root of a log without entries: SHA-256 of nothing (RFC 9162, section 2.1.1)."""


def _only(someone: Someone) -> str:
    """The way to the only agreement of the demonstration this person sees."""
    found = twin(someone, "/agreements")["agreements"]
    assert len(found) == 1
    return f"/agreements/{found[0]['id']}"


def _look(page: Page, label: str, *, wide: bool = False) -> list[str]:
    """What is wrong with the page, folded parts opened too: on a telephone, and where it matters wide."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    wrong = []
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wrong.append(f"{label} {width}: {over} px too wide")
        # The rules look alike at both widths; asking twice everywhere would double the minute this takes.
        if wide or width == NARROW[0]:
            wrong += [f"{label} {width}: {found}" for found in barriers(page)]
    return wrong


def test_the_pages_everybody_has(served: Served, people: Any) -> None:
    slt = people("slt.stange")
    wrong = []
    for path in (
        "/", "/agreements", "/agreements?state=draft", "/agreements/add", "/parties", "/parties/3413/rules",
        "/accessibility", "/log", "/verify?size=tull", f"/verify?size=0&root={EMPTY}",
        "/login", "/agreements/nothing-here",
    ):  # fmt: skip
        wrong += _look(slt.open(path), path, wide=path == "/")
    assert wrong == []


@pytest.mark.parametrize(
    ("username", "parts"),
    [
        # A draft with a section nobody has filled in, and its forms.
        ("slt.lillehammer", ("", "/text", "/text?edit=1", "/rules", "/transitions", "/transitions/agree",
                             "/transitions/register", "/transitions/withdraw", "/attachments", "/deadlines")),
        # Signed, its matter on the way to the kommunestyre.
        ("sekretaer.moss", ("", "/matters", "/matters/1", "/evaluation", "/transitions/report", "/trail",
                            "/deadlines")),
        # The kommunestyre decides: what a mayor sees who cannot sign yet.
        ("ordforer.sor-varanger", ("", "/transitions/sign", "/matters", "/attachments")),
        # In its evaluation, written and half approved.
        ("politikontakt.stange", ("", "/evaluation", "/evaluation?year=2025", "/transitions/continue",
                                  "/trail", "/rules")),
        # Its meetings: the year, the plan of the next, one that was held and one that comes.
        ("slt.stange", ("/meetings", "/meetings/plan?count=9&weeks_off=99", "/meetings/1",
                        "/meetings/1/minutes", "/meetings/2", "/meetings/2/minutes", "/deadlines")),
        # Registered long ago, years not documented.
        ("slt.raelingen", ("", "/deadlines", "/text", "/transitions/begin_evaluation", "/evaluation",
                           "/archive")),
    ],
)  # fmt: skip
def test_the_pages_of_an_agreement(people: Any, username: str, parts: tuple[str, ...]) -> None:
    someone = people(username)
    wrong = []
    base = _only(someone)
    for part in parts:
        wrong += _look(someone.open(base + part), part or "overview", wide="transitions/" in part)
    assert wrong == []
    assert someone.faults == []


def test_the_pages_of_mail_and_seals(people: Any) -> None:
    admin = people("admin")
    assert _look(admin.open("/mail"), "mail", wide=True) == []
    assert _look(admin.open("/seals"), "seals", wide=True) == []
    assert admin.faults == []


def test_a_form_with_something_wrong(people: Any) -> None:
    slt = people("slt.stange")
    page = slt.open("/agreements/add")
    press(page)
    assert page.locator(".ds-error-summary:focus").is_visible()
    assert _look(page, "add with a fault") == []
    slt.shoot("add-with-a-fault")


def test_the_door_without_anybody_inside(served: Served, chromium: Any) -> None:
    context = chromium.new_context(locale="nb-NO")
    page = context.new_page()
    page.goto(f"{served.url}/login?came_from=/agreements")
    assert _look(page, "login") == []
    page.fill("#username", "slt.stange")
    page.fill("#password", "ikke passordet")
    page.click("form[action$='/login'] button[type=submit]")
    assert page.locator("#login-problem").is_visible()
    assert _look(page, "login refused") == []
    context.close()

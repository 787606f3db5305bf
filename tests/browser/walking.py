"""What people do at the pages, in the words of the tests: upload, confirm, take a step, fetch a paper.

Everything goes through what a person sees (fields, labels, buttons); only the
state and the papers are asked for in the same browser's session, beside the page.
"""

from __future__ import annotations

import io
import json
import re
from importlib.resources import files
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Someone

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
"""What Norwegian law asks for: WCAG 2.1, levels A and AA."""
LAYOUT = {"runOnly": {"type": "rule", "values": [
    "color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size",
]}}  # fmt: skip
"""The rules whose answer another width of the window can change."""


def demonstration_text(name: str) -> bytes:
    """A text of the demonstration, in our own words, by its file name."""
    return files("workflow_app.services.demonstration").joinpath("texts", name).read_bytes()


def words(page: Page) -> str:
    """What stands in the page's main part, with single spaces."""
    return " ".join((page.text_content("main") or "").split())


def twin(someone: Someone, path: str) -> dict[str, Any]:
    """The JSON twin of a page, in the same browser's session."""
    answer = someone.page.request.get(someone.served.url + path, headers={"Accept": "application/json"})
    found: dict[str, Any] = answer.json()
    return found


def state(someone: Someone, ident: str) -> str:
    """The state of the agreement, by its twin."""
    found: str = twin(someone, f"/agreements/{ident}")["state"]
    return found


def fill(page: Page, **fields: str) -> None:
    """Fill in the fields of the page's form by their names; radio buttons by their values."""
    for name, value in fields.items():
        control = page.locator(f"form.form [name='{name}']").first
        if control.get_attribute("type") == "radio":
            page.locator(f"form.form [name='{name}'][value='{value}']").check()
        elif control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)


def press(page: Page) -> None:
    """Press the button of the page's form, not that of another way to do the same."""
    page.locator("form.form:not(.other-way) button[type=submit]").last.click()


def do(someone: Someone, ident: str, step: str, shot: str | None = None, **fields: str) -> Page:
    """Open the step's own page, fill in what it asks for, and press its button."""
    page = someone.open(f"/agreements/{ident}/transitions/{step}")
    fill(page, **fields)
    if shot:
        someone.shoot(shot)
    press(page)
    return page


def upload(
    slt: Someone, text: str, *, kommune: str, police: str, definition: str, shot: str | None = None
) -> str:
    """Upload a text of the demonstration as a new draft; the id of the agreement."""
    page = slt.open("/agreements/add")
    content = demonstration_text(text)
    page.set_input_files("#file", {"name": text, "mimeType": "text/plain", "buffer": content})
    for side, wanted in (("municipal", kommune), ("police", police)):
        _choose(page, side, wanted)
    page.locator(f"input[name=definition][value={definition}]").check()
    if shot:
        slt.shoot(shot)
    press(page)
    found = re.search(r"/agreements/([a-z0-9]{10})", page.url)
    assert found, page.url
    return found[1]


def _choose(page: Page, side: str, wanted: str) -> None:
    """A party by its name: a box to tick where there are few, a list to choose from where there are many."""
    if page.locator(f"input[type=checkbox][name={side}]").count():
        label = page.locator("label", has_text=wanted)
        label.locator(f"xpath=preceding-sibling::input[@name='{side}']").check()
        return
    options = page.locator(f"datalist#{side}-choices option").all()
    chosen = next(o for o in options if wanted in (o.text_content() or ""))
    page.locator(f"#{side}-0").fill(chosen.get_attribute("value") or "")


def attach(slt: Someone, ident: str, label: str, filename: str, content: bytes) -> Page:
    """Add an attachment to a draft."""
    page = slt.open(f"/agreements/{ident}/attachments")
    fill(page, label=label)
    page.set_input_files("#file", {"name": filename, "mimeType": "text/plain", "buffer": content})
    press(page)
    return page


def confirm(slt: Someone, ident: str) -> Page:
    """Look at the clauses beside their rules, and confirm them."""
    page = slt.open(f"/agreements/{ident}/rules")
    page.locator("button[name=action][value=confirm]").click()
    return page


def prepare(secretary: Someone, ident: str, **fields: str) -> Page:
    """Prepare a matter before the kommunestyre."""
    page = secretary.open(f"/agreements/{ident}/matters")
    if not page.locator("form.form [name=case_number]").last.is_visible():
        page.locator("section.kommune > details > summary").last.click()
    form = page.locator("section.kommune > details form.form").last
    for name, value in fields.items():
        form.locator(f"[name='{name}']").first.fill(value)
    form.locator("button[type=submit]").last.click()
    return page


def pdf(someone: Someone, path: str) -> bytes:
    """A PDF of the site, fetched in the person's own session."""
    answer = someone.page.request.get(someone.served.url + path)
    assert answer.status == 200, (path, answer.status)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def text_of(raw: bytes) -> str:
    """All words of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages).split())


def attachment(raw: bytes) -> dict[str, Any]:
    """The machine-readable JSON inside a PDF."""
    inside = PdfReader(io.BytesIO(raw)).attachments
    name = next(n for n in inside if n.endswith(".json"))
    found: dict[str, Any] = json.loads(inside[name][0])
    return found


def violations(page: Page, rules: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What axe finds against these rules, or against all it has; it is put into the page once."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    # What was found to be right is not asked for: describing it takes a third of the time.
    answer = page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], **(rules or {})})
    found: list[dict[str, Any]] = answer["violations"]
    return found


def barriers(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 A and AA, one line each; empty is good."""
    return [f"{v['id']}: {n['target']} {n['html'][:120]}" for v in violations(page, WCAG) for n in v["nodes"]]

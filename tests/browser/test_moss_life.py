"""Moss through the whole life and into the successor's draft, by four people in four browsers."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Served, Someone
from workflow_app.services.demonstration import PASSWORD

TEXT = files("workflow_app.services.demonstration").joinpath("texts/moss.txt").read_bytes()


def do(someone: Someone, ident: str, step: str, shot: str | None = None, **fields: str) -> Page:
    """Open the step's own page, fill in what it asks for, and press its button."""
    page = someone.open(f"/agreements/{ident}/transitions/{step}")
    for name, value in fields.items():
        control = page.locator(f"form [name='{name}']").first
        if control.get_attribute("type") == "radio":
            page.locator(f"form [name='{name}'][value='{value}']").check()
        else:
            control.fill(value)
    if shot:
        someone.shoot(shot)
    page.locator("form button[name=submit], form.form button[type=submit]").last.click()
    return page


def state(someone: Someone, ident: str) -> str:
    """The state by the JSON twin, in the same browser's session."""
    answer = someone.page.request.get(
        f"{someone.served.url}/agreements/{ident}", headers={"Accept": "application/json"}
    )
    found: str = answer.json()["state"]
    return found


def upload(slt: Someone) -> str:
    """Upload the text as a new draft; the id of the agreement."""
    page = slt.open("/agreements/add")
    page.set_input_files("#file", {"name": "moss.txt", "mimeType": "text/plain", "buffer": TEXT})
    for side, words in (("municipal", "Moss"), ("police", "Moss")):
        boxes = page.locator(f"input[type=checkbox][name={side}]")
        if boxes.count():
            page.locator("label", has_text=words).locator(
                f"xpath=preceding-sibling::input[@name='{side}']"
            ).check()
        else:
            options = page.locator(f"datalist#{side}-choices option")
            chosen = next(o for o in options.all() if words in (o.text_content() or ""))
            page.locator(f"#{side}-0").fill(chosen.get_attribute("value") or "")
    page.locator("input[name=definition][value=politiradsavtale]").check()
    slt.shoot("add")
    page.locator("form[action$='/agreements/add'] button[type=submit]").last.click()
    found = re.search(r"/agreements/([a-z0-9]{10})", page.url)
    assert found, page.url
    return found[1]


def pdf(someone: Someone, path: str) -> bytes:
    """A PDF of the site, fetched in the person's own session."""
    answer = someone.page.request.get(someone.served.url + path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def text_of(raw: bytes) -> str:
    """All words of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages).split())


def test_the_whole_life(served: Served, people: Any) -> None:
    slt, contact = people("slt.moss"), people("politikontakt.moss")
    mayor, chief = people("ordforer.moss"), people("stasjonssjef.moss")
    secretary = people("sekretaer.moss")

    slt.open("/")
    slt.shoot("worklist")
    ident = upload(slt)
    page = slt.open(f"/agreements/{ident}/rules")
    slt.shoot("rules")
    assert "Avtalen" in (page.text_content("main") or "")
    page.locator("button[name=action][value=confirm]").click()
    slt.open(f"/agreements/{ident}")
    slt.shoot("agreement-draft")

    do(slt, ident, "agree", "agree")
    contact.open("/")
    assert ident in contact.page.content(), "what waits for her is on her worklist"
    do(contact, ident, "agree")
    assert state(slt, ident) == "negotiated"

    do(mayor, ident, "sign", "sign", password="ikke mitt passord")
    assert mayor.page.locator("[aria-invalid=true]").count() == 1, "the wrong password is pointed at"
    assert state(slt, ident) == "negotiated"
    do(mayor, ident, "sign", password=PASSWORD)
    do(chief, ident, "sign", password=PASSWORD)
    assert state(slt, ident) == "signed"
    slt.open(f"/agreements/{ident}")
    slt.shoot("agreement-signed")

    matter(secretary, ident)
    served.today = date(2025, 4, 3)
    do(secretary, ident, "report", "report", outcome="noted")
    assert state(slt, ident) == "reported"

    for year, outcome, step in ((2025, "reviewed_unchanged", "continue"), (2026, "to_be_revised", "revise")):
        served.today = date(year, 12, 10)
        do(slt, ident, "begin_evaluation", year=str(year))
        evaluate(slt, ident, year, outcome)
        do(contact, ident, step, f"{step}-{year}")
        do(slt, ident, step)
    assert state(slt, ident) == "revised"

    page = slt.open("/agreements?state=draft")
    slt.shoot("agreements")
    drafts = [a.get_attribute("href") or "" for a in page.locator("main a[href*='/agreements/']").all()]
    successor = next(
        found[1] for href in drafts if (found := re.search(r"/agreements/([a-z0-9]{10})$", href))
    )
    page = slt.open(f"/agreements/{successor}")
    assert "Møt oftere om høsten." in (page.text_content("main") or ""), (
        "the learning points are carried over"
    )
    slt.shoot("successor")

    papers(slt, ident)
    slt.open(f"/agreements/{ident}/trail")
    slt.shoot("trail")
    for someone in (slt, contact, mayor, chief, secretary):
        assert someone.faults == [], someone.faults


def matter(secretary: Someone, ident: str) -> None:
    """Prepare and freeze the paper before the meeting."""
    page = secretary.open(f"/agreements/{ident}/matters")
    for name, value in (
        ("archive_case", "25/123"), ("case_number", "RS 12/25"), ("committee", "Kommunestyret"),
        ("meeting_date", "2025-04-03"), ("case_officer", "Kari Nordmann"),
    ):  # fmt: skip
        page.locator(f"form [name='{name}']").first.fill(value)
    secretary.shoot("matters")
    page.locator("form.form button[type=submit]").last.click()
    page = secretary.open(f"/agreements/{ident}/matters")
    page.locator("button[name=action][value=freeze]").click()
    secretary.open(f"/agreements/{ident}/matters")
    secretary.shoot("matter-frozen")


def evaluate(slt: Someone, ident: str, year: int, outcome: str) -> None:
    """Write the evaluation of a year."""
    page = slt.open(f"/agreements/{ident}/evaluation")
    page.locator("form [name=body]").fill(f"Tiltakene i {year} virket stort sett.")
    page.locator("form [name=learning_points]").fill("Møt oftere om høsten.")
    page.locator(f"form [name=outcome][value={outcome}]").check()
    slt.shoot(f"evaluation-{year}")
    page.locator("form.form button[type=submit]").last.click()


def papers(slt: Someone, ident: str) -> None:
    """Both PDFs say what the JSON twin says, and carry it."""
    twin = slt.page.request.get(
        f"{slt.served.url}/agreements/{ident}", headers={"Accept": "application/json"}
    ).json()
    agreement = pdf(slt, f"/agreements/{ident}/agreement.pdf")
    words = text_of(agreement)
    assert twin["title"].split()[0] in words
    assert "Moss" in words
    assert "10. mars 2025" in words
    attached = attachment(agreement)
    for key in ("id", "title", "state", "version", "definition", "parties", "text_sha256", "digest", "approvals",
                "in_force", "deadlines", "trail"):  # fmt: skip
        assert attached[key] == twin[key], key
    referatsak = text_of(pdf(slt, f"/agreements/{ident}/referatsak.pdf"))
    for field in (
        "RS 12/25",
        "25/123",
        "Kommunestyret",
        "3. april 2025",
        "Kari Nordmann",
        "Saken tas til orientering",
    ):
        assert field in referatsak, field


def attachment(raw: bytes) -> dict[str, Any]:
    """The machine-readable JSON inside a PDF."""
    files_in = PdfReader(io.BytesIO(raw)).attachments
    name = next(n for n in files_in if n.endswith(".json"))
    found: dict[str, Any] = json.loads(files_in[name][0])
    return found

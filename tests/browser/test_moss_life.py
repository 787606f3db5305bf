"""Moss through the whole life and into the successor's draft, by four people in four browsers."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.browser.conftest import Served, Someone
from tests.browser.walking import attachment, do, pdf, state, text_of, upload
from workflow_app.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser


def test_the_whole_life(served: Served, people: Any) -> None:
    slt, contact = people("slt.moss"), people("politikontakt.moss")
    mayor, chief = people("ordforer.moss"), people("stasjonssjef.moss")
    secretary = people("sekretaer.moss")

    slt.open("/")
    slt.shoot("worklist")
    ident = upload(slt, "moss.txt", kommune="Moss", police="Moss", definition="politiradsavtale", shot="add")
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
    """Write the evaluation of a year, goal by goal."""
    page = slt.open(f"/agreements/{ident}/evaluation")
    asked = page.locator(".goal:not([data-blank])")
    if asked.count() == 0:
        page.locator("[name='goals.1.goal']").fill("Færre unge lovbrytere")
        asked = page.locator(".goal")
    for goal in asked.all():
        if goal.get_attribute("open") is None:
            goal.locator("summary").first.click()
        goal.locator("[name$='.effect']").fill(f"Tiltakene i {year} virket stort sett.")
        goal.locator("[value=partly]").check()
    page.locator("[name='goals.1.learning']").fill("Møt oftere om høsten.")
    page.locator("[name='general.cooperation']").fill("Begge møtte forberedt.")
    page.locator("[name='general.conclusion']").fill("Arbeidet fortsetter.")
    page.locator(f".guided [name=outcome][value={outcome}]").check()
    slt.shoot(f"evaluation-{year}")
    page.locator(".guided button[type=submit]").last.click()
    assert page.locator(".lacks").count() == 0


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
    for key in (
        "id", "title", "state", "version", "definition", "parties", "text_sha256", "digest", "approvals",
        "in_force", "deadlines", "trail",
    ):  # fmt: skip
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

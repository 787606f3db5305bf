"""Sør-Varanger, where the kommunestyre decides: sent back once, adopted, then signed and evaluated.

The wrong person and the wrong moment are tried on the way: each is refused with
a sentence and with what to do, and nothing is changed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.browser.conftest import NARROW, Served, Someone
from tests.browser.walking import (
    attach,
    attachment,
    confirm,
    demonstration_text,
    do,
    pdf,
    prepare,
    press,
    state,
    text_of,
    twin,
    upload,
    words,
)
from workflow_app.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser

REASON = "Kommunestyret vil se fokusområdene tallfestet før vedtak."
PROPOSAL = "Kommunestyret vedtar samarbeidsavtalen for perioden 2024-2026."
DECISION = "Avtalen vedtas enstemmig."


def test_the_order_in_which_the_kommunestyre_decides(served: Served, people: Any) -> None:
    slt, contact = people("slt.sor-varanger"), people("politikontakt.sor-varanger")
    mayor, chief = people("ordforer.sor-varanger"), people("stasjonssjef.sor-varanger")
    secretary = people("sekretaer.sor-varanger")

    ident = _draft(slt)
    do(slt, ident, "agree", "sv-agree")
    assert "Vedlegg 1" in words(slt.open(f"/agreements/{ident}/transitions/agree"))
    _too_early(mayor, ident)
    do(contact, ident, "agree")
    assert state(slt, ident) == "negotiated"
    _not_hers(mayor, ident)

    _before_the_meeting(secretary, ident, "PS 21/25", "2025-04-02")
    served.today = date(2025, 4, 2)
    page = secretary.open(f"/agreements/{ident}/transitions/adopt")
    assert page.locator("form.form [name=outcome][value=noted]").count() == 0, "it is for decision"
    do(secretary, ident, "adopt", "sv-adopt", outcome="sent_back", reason=REASON)
    assert state(slt, ident) == "draft", "sent back, it is a draft again at once"
    for path in (f"/agreements/{ident}", f"/agreements/{ident}/trail"):
        assert REASON in words(slt.open(path)), path
        slt.shoot(f"sv-sent-back{'-trail' if path.endswith('trail') else ''}")
    rounds = slt.open(f"/agreements/{ident}").locator(".round")
    assert rounds.count() == 1
    assert "gjelder ikke lenger" in (rounds.first.text_content() or ""), "what was agreed on is void, visibly"

    served.today = date(2025, 5, 5)
    for coordinator in (contact, slt):
        do(coordinator, ident, "agree")
    _before_the_meeting(secretary, ident, "PS 34/25", "2025-05-21")
    served.today = date(2025, 5, 21)
    do(secretary, ident, "adopt", outcome="adopted", decision=DECISION)
    assert state(slt, ident) == "reported"
    assert "Vedtatt" in words(slt.open(f"/agreements/{ident}"))
    slt.shoot("sv-adopted")

    served.today = date(2025, 5, 28)
    _sign_on_a_telephone(mayor, ident)
    do(chief, ident, "sign", "sv-sign", password=PASSWORD)
    assert state(slt, ident) == "signed"

    served.today = date(2025, 12, 8)
    do(slt, ident, "begin_evaluation", year="2025")
    page = slt.open(f"/agreements/{ident}/evaluation")
    page.locator("details:has([name=body]) > summary").click()
    page.locator("form.form [name=body]").fill("Rådet møttes to ganger. Innsatsen mot hets virket.")
    page.locator("form.form [name=learning_points]").fill("Ta med flere skoler.")
    page.locator("details [name=outcome][value=continues]").check()
    press(page)
    for coordinator in (contact, slt):
        do(coordinator, ident, "continue")
    assert state(slt, ident) == "signed", "back to where the evaluation was begun"
    slt.open(f"/agreements/{ident}")
    slt.shoot("sv-signed")

    _papers(slt, ident)
    for someone in (slt, contact, mayor, chief, secretary):
        assert someone.faults == [], someone.faults


def _draft(slt: Someone) -> str:
    """The uploaded text with its attachment, its rules confirmed."""
    ident = upload(
        slt,
        "sor-varanger.txt",
        kommune="Sør-Varanger",
        police="Varanger",
        definition="politiradsavtale_vedtak",
    )
    content = demonstration_text("sor-varanger-vedlegg-1.txt")
    page = attach(slt, ident, "Vedlegg 1", "vedlegg-1.txt", content)
    assert "Vedlegg 1" in words(page)
    slt.shoot("sv-attachments")
    confirm(slt, ident)
    return ident


def _too_early(mayor: Someone, ident: str) -> None:
    """The wrong moment: nothing has been adopted, so there is no form, and a forged one gets a 409."""
    page = mayor.open(f"/agreements/{ident}/transitions/sign")
    assert page.locator("form.form").count() == 0
    assert "kan ikke gjøres nå" in words(page)
    mayor.shoot("sv-too-early")
    _post(mayor, f"/agreements/{ident}/transitions/sign", 409, password=PASSWORD)
    text = words(mayor.page)
    assert "Hva du kan gjøre" in text
    assert "Ingenting er endret" in text
    mayor.shoot("sv-409")
    assert state(mayor, ident) == "draft"


def _not_hers(mayor: Someone, ident: str) -> None:
    """The wrong person: a mayor agrees on no text."""
    _post(mayor, f"/agreements/{ident}/transitions/adopt", 403, outcome="adopted")
    text = words(mayor.page)
    assert "Hva du kan gjøre" in text
    assert "en annen rolle" in text
    mayor.shoot("sv-403")
    assert state(mayor, ident) == "negotiated"


def _post(someone: Someone, path: str, expected: int, **fields: str) -> None:
    """Send a form that no page offers, from the person's own browser, and look at the answer."""
    page = someone.open("/")
    with page.expect_navigation() as seen:
        page.evaluate(
            """([path, fields]) => {
                const form = document.createElement('form');
                form.method = 'post';
                form.action = path;
                const token = document.querySelector('input[name=csrf_token]').value;
                for (const [name, value] of Object.entries({csrf_token: token, ...fields})) {
                    const input = document.createElement('input');
                    [input.name, input.value] = [name, value];
                    form.append(input);
                }
                document.body.append(form);
                form.submit();
            }""",
            [path, fields],
        )
    assert seen.value is not None
    assert seen.value.status == expected


def _before_the_meeting(secretary: Someone, ident: str, number: str, meeting: str) -> None:
    """The matter for decision, prepared and frozen ahead of the meeting."""
    page = prepare(
        secretary, ident, archive_case="25/214", case_number=number, committee="Kommunestyret",
        meeting_date=meeting, case_officer="Kari Nordmann", proposal=PROPOSAL,
    )  # fmt: skip
    assert number in words(page)
    secretary.page.locator("button[name=action][value=freeze]").last.click()
    assert "Saksdokumentet er låst" in words(secretary.page)
    secretary.shoot(f"sv-matter-{number[3:5]}")


def _sign_on_a_telephone(mayor: Someone, ident: str) -> None:
    """The mayor finds the task, reads what is signed and signs it, on 390 pixels."""
    page = mayor.page
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    mayor.open("/")
    page.locator(f"a[href$='/agreements/{ident}/transitions/sign']").first.click()
    text = words(page)
    assert "Vedlegg 1" in text
    assert twin(mayor, f"/agreements/{ident}")["digest"] in text, "exactly what is signed"
    button = page.locator("form.form button[type=submit]").last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW[0]
    page.locator("form.form [name=password]").fill(PASSWORD)
    button.click()
    assert "registrert" in words(page), words(page)[:400]
    mayor.shoot("sv-signed-by-mayor")


def _papers(slt: Someone, ident: str) -> None:
    """Both PDFs say what the pages say, field by field, and carry the JSON twin."""
    found = twin(slt, f"/agreements/{ident}")
    raw = pdf(slt, f"/agreements/{ident}/agreement.pdf")
    text = text_of(raw)
    for said in (
        "Samarbeidsavtale mellom Sør-Varanger kommune og Finnmark politidistrikt",
        "Sør-Varanger kommune", "Varanger politistasjonsdistrikt", "Avtalen gjelder for perioden 2024-2026.",
        "Vedlegg 1", "Ole Kongekrabbe", "Synnøve Mørketid", "28. mai 2025", "31. desember 2026",
    ):  # fmt: skip
        assert said in text, said
    inside = attachment(raw)
    for key in (
        "id", "title", "state", "version", "definition", "parties", "text_sha256", "digest", "approvals",
        "in_force", "deadlines", "trail",
    ):  # fmt: skip
        assert inside[key] == found[key], key

    newest = text_of(pdf(slt, f"/agreements/{ident}/referatsak.pdf"))
    for said in (
        "PS 34/25", "25/214", "Kommunestyret", "21. mai 2025", "Kari Nordmann", PROPOSAL,
        "Sør-Varanger kommune", "Varanger politistasjonsdistrikt",
    ):  # fmt: skip
        assert said in newest, said
    first = text_of(pdf(slt, f"/agreements/{ident}/matters/1.pdf"))
    for said in ("PS 21/25", "2. april 2025", "25/214", PROPOSAL):
        assert said in first, said
    assert "PS 34/25" not in first, "frozen as it went to the meeting"

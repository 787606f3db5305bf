"""Rælingen, signed on paper long ago: taken in by both coordinators, its silences said in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.browser.conftest import Served
from tests.browser.walking import attach, confirm, do, pdf, state, text_of, twin, upload, words

pytestmark = pytest.mark.browser

PLACE = "Kommunearkivet, papirarkiv 2018, boks 7"
CLAUSE = "Årlig evaluering settes til 1.6"


@pytest.fixture(scope="module")
def served(served_together: Served) -> Served:
    """Two drafts of the same text on one server don't meet."""
    return served_together


def test_an_agreement_that_was_signed_on_paper(served: Served, people: Any) -> None:
    slt, contact = people("slt.raelingen"), people("politikontakt.raelingen")
    ident = upload(slt, "raelingen.txt", kommune="Rælingen", police="Skedsmo", definition="politiradsavtale")
    assert "Skann" in words(
        attach(slt, ident, "Skann av den signerte avtalen", "skann.txt", b"%PDF-1.4 skann")
    )
    confirm(slt, ident)

    do(
        slt, ident, "register", "ra-register",
        signed_on="2018-12-06", original_at=PLACE, scan="Skann av den signerte avtalen.txt",
    )  # fmt: skip
    assert state(slt, ident) == "draft", "one coordinator alone registers nothing"

    contact.open("/")
    assert ident in contact.page.content(), "it waits for the other one"
    page = contact.open(f"/agreements/{ident}/transitions/register")
    assert page.locator("form.form [name=signed_on]").input_value() == "2018-12-06", (
        "what the first one wrote"
    )
    assert page.locator("form.form [name=original_at]").input_value() == PLACE
    contact.shoot("ra-register-second")
    page.locator("form.form button[type=submit]").last.click()
    assert state(slt, ident) == "signed"

    found = twin(slt, f"/agreements/{ident}")
    assert found["in_force"]["from"] == "2018-12-06"
    due = [d["latest"] for d in found["deadlines"] if d["kind"] == "evaluation"]
    assert due[:2] == ["2019-06-01", "2020-06-01"], "the first one after the signing on paper"

    page = slt.open(f"/agreements/{ident}")
    text = words(page)
    assert "6. desember 2018" in text
    assert "Leder tjenesteenhet" in text, "the title that is used there"
    slt.shoot("ra-signed")
    for said in ("Avtalen sier ikke når den utløper", "Avtalen sier ikke når den skal revideres"):
        assert said.lower() in text.lower(), said

    page = slt.open(f"/agreements/{ident}/deadlines")
    slt.shoot("ra-deadlines")
    rows = page.locator("li.deadline", has_text="Evaluering")
    statuses = {
        row.locator(".deadline-when time").get_attribute("datetime"): row.get_attribute("data-status")
        for row in rows.all()
    }
    years = {iso[:4]: status for iso, status in statuses.items() if iso and status}
    assert {years[str(year)] for year in range(2019, 2024)} == {"undocumented"}, years
    assert "Ikke dokumentert" in words(page)
    for row in rows.all():
        assert CLAUSE in (row.text_content() or ""), "no date without its clause"

    page = slt.open(f"/agreements/{ident}/trail")
    text = words(page)
    assert PLACE in text
    assert "6. desember 2018" in text
    assert "10. mars 2025" in text, "the entry's time is now; the event's day is then"
    slt.shoot("ra-trail")

    paper = text_of(pdf(slt, f"/agreements/{ident}/agreement.pdf"))
    for said in ("Rælingen kommune", "Skedsmo politistasjonsdistrikt", "6. desember 2018", CLAUSE):
        assert said in paper, said
    for someone in (slt, contact):
        assert someone.faults == [], someone.faults


def test_a_signing_ahead_is_refused_in_words(served: Served, people: Any) -> None:
    slt = people("slt.raelingen")
    served.today = date(2025, 3, 10)
    ident = upload(slt, "raelingen.txt", kommune="Rælingen", police="Skedsmo", definition="politiradsavtale")
    confirm(slt, ident)
    page = do(slt, ident, "register", signed_on="2025-03-11", original_at=PLACE)
    text = words(page)
    assert "11. mars 2025" in text
    assert page.locator(".ds-error-summary").is_visible()
    assert page.locator("form.form [name=original_at]").input_value() == PLACE, "nothing is lost"
    assert state(slt, ident) == "draft"
    slt.shoot("ra-ahead")

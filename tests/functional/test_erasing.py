"""An administrator erases somebody who has left: told exactly what, held back by what is not finished."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.functional.conftest import TODAY, Site
from tests.functional.door_support import furnish, house
from tests.functional.looking_support import english, words
from tests.support.witnessing import known_to, log_key
from workflow_app.domain.trail import verify_bundle, verify_receipt
from workflow_app.services import people
from workflow_app.services.people_roles import end_role, give_role, list_roles

MOSS = "/parties/3103"
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def left(tmp_path: Path) -> Iterator[Site]:
    """A site with a signed agreement, whose mayor left yesterday."""
    signer, settings = log_key(tmp_path)
    site = house(tmp_path, **settings, **{"avtaleflyt.erased_file": str(tmp_path / "erased.txt")})
    furnish(site, "signed")
    with site.session() as db, db.begin():
        known_to(db, signer, site.now)
        mayor = people.find(db, "ordforer.moss")
        for held in list_roles(db, today=TODAY, person=mayor):
            end_role(db, held.id, last_day=YESTERDAY, now=site.now)
    yield site
    site.app.registry["engine"].dispose()


def test_erased_by_the_administrator(left: Site, tmp_path: Path) -> None:
    key = left.person["ordforer.moss"]
    program = left.program("slt.moss")
    ident = program.get("/agreements")["agreements"][0]["id"]
    reader = left.browser("slt.moss")
    before = reader.get(f"/agreements/{ident}/trail.zip").body
    browser = english(left, "admin.moss")
    page = browser.get(MOSS).click("Erase a person who has left")
    assert "Slt Moss" not in page.text  # still in office
    page = next(form for form in page.forms.values() if "person" in form.fields).submit()
    said = words(page)
    assert "Ordforer Moss (ordforer.moss)" in said
    assert "Name, user name, e-mail address, language and password" in said
    assert "The parties' own papers" in said
    form = next(f for f in page.forms.values() if "because" in f.fields)
    again = form.submit(status=422)
    assert "exactly as it stands above" in words(again)
    form = next(f for f in again.forms.values() if "because" in f.fields)
    form["confirm"], form["because"] = "ordforer.moss", "Ordforer Moss ber om det"
    again = form.submit(status=422)
    assert "must not name the person" in words(again)
    form = next(f for f in again.forms.values() if "because" in f.fields)
    assert form["confirm"].value == "ordforer.moss"
    form["because"] = "Har sluttet og ber om det."
    done = form.submit(status=303).follow()
    assert "The person is erased" in words(done)
    assert "(erased)" in words(done)
    assert (tmp_path / "erased.txt").read_text() == f"{key}\n"
    assert "Ordforer Moss" not in done.text
    # Who looks at the agreement sees that somebody signed, when and as what; in each language's word.
    trail = english(left, "slt.moss").get(f"/agreements/{ident}/trail")
    assert "Ordforer Moss" not in trail.text
    assert "(erased)" in words(trail)
    assert "Ordforer Moss" not in reader.get(f"/agreements/{ident}").text
    assert "Ordforer Moss" not in str(program.get(f"/agreements/{ident}/trail"))
    paper = PdfReader(io.BytesIO(reader.get(f"/agreements/{ident}/agreement.pdf").body))
    text = "".join(page.extract_text() for page in paper.pages)
    assert "Ordforer Moss" not in text
    assert "(slettet)" in text
    # What was handed out proves what it did; what is handed out now proves the same, and names nobody.
    after = reader.get(f"/agreements/{ident}/trail.zip").body
    assert verify_bundle(before).ok
    told = verify_bundle(after)
    assert told.ok, told.first_fault
    assert any("slettet" in said.nb for said in told.checked)
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert b"Ordforer Moss" not in b"".join(archive.read(n) for n in archive.namelist())
    signed = next(e for e in program.get(f"/agreements/{ident}/trail")["entries"] if e["number"] > 6)
    receipt = reader.get(f"/agreements/{ident}/trail/{signed['number']}/receipt.json").body
    assert verify_receipt(receipt).ok
    english(left, "admin.moss").get(f"{MOSS}/erase?person={key}", status=404)


def test_refusals_say_what_to_do_next(left: Site) -> None:
    program = left.program("admin.moss")
    told = program.get(f"{MOSS}/erase")
    assert [p["username"] for p in told["people"]] == ["ordforer.moss"]
    coordinator = left.person["slt.moss"]
    seen = program.get(f"{MOSS}/erase?person={coordinator}")
    assert len(seen["obstacles"]) == 1
    body = {"person": coordinator, "because": "Har sluttet.", "confirm": "slt.moss"}
    assert program.post(f"{MOSS}/erase", body, status=409)["error"] == "cannot_erase"
    program.get(f"{MOSS}/erase?person={left.person['ordforer.stange']}", status=404)
    program.get(f"{MOSS}/erase?person={'0' * 32}", status=404)
    program.post(f"{MOSS}/erase", {"person": "x"}, status=422)
    left.program("slt.moss").post(f"{MOSS}/erase", body, status=403)


def test_one_who_served_two_parties_is_the_operators_to_erase(left: Site) -> None:
    with left.session() as db, db.begin():
        person = people.find(db, "ordforer.moss")
        other = next(h.party for h in list_roles(db, today=TODAY) if h.party.key == left.party["stange"])
        give_role(db, person, other, "mayor", from_date=YESTERDAY, to_date=YESTERDAY, now=left.now)
    body = {"person": left.person["ordforer.moss"], "because": "Har sluttet.", "confirm": "ordforer.moss"}
    refused = left.program("admin.moss").post(f"{MOSS}/erase", body, status=403)
    assert refused["error"] == "not_yours_alone"
    assert "Stange" in refused["message"]
    assert "avtaleflyt person erase" in refused["message"]

"""Handing an agreement to an archive through HTTP: a look changes nothing, the button is an entry."""

from __future__ import annotations

import base64
from typing import Any

from sqlalchemy import func, select

from tests.functional.conftest import Site
from tests.functional.door_support import furnish
from tests.functional.pages_support import form, has_form, wrong
from tests.support.archive_checking import check, messages, texts
from workflow_app.models.trail import TrailEntry


def entries(site: Site, kind: str | None = None) -> int:
    """How many entries the whole trail has, of one kind or of all."""
    wanted = select(func.count()).select_from(TrailEntry)
    with site.session() as db:
        return db.scalar(wanted if kind is None else wanted.where(TrailEntry.kind == kind)) or 0


def test_the_coordinator_looks_and_hands_over_and_others_do_not(site: Site) -> None:
    ready = furnish(site, "signed")
    path = f"{ready.path}/archive"
    slt = site.browser("slt.moss")
    before = entries(site)
    page = slt.get(path)
    assert page.html.select_one("h1") is not None
    assert page.html.select("code")[0].text == "avtale.pdf"
    assert has_form(page, "format")
    assert entries(site) == before

    # The button on the agreement's own page.
    zipped = form(slt.get(ready.path), "party").submit(status=200)
    assert zipped.content_type == "application/zip"
    assert zipped.headers["Content-Disposition"].startswith('attachment; filename="arkiv-moss-kommune-')
    check(zipped.body)
    assert (entries(site), entries(site, "archived")) == (before + 1, 1)

    asked = form(slt.get(path), "format")
    asked["format"].force_value("noark4")
    refused = asked.submit(status=422)
    assert wrong(refused) == ["format"]
    asked["format"].force_value("eformidling")
    asked["party"].force_value("9999")
    assert "9999" in asked.submit(status=422).html.text
    slt.get(f"{path}?party=9999", status=404)

    _the_mayor_sees_and_may_not(site, ready.path)
    _the_police_has_its_own(site, ready.path)
    _a_program_gets_the_same(site, ready.path)
    assert entries(site, "archived") == 3


def _the_mayor_sees_and_may_not(site: Site, path: str) -> None:
    mayor = site.browser("ordforer.moss")
    page = mayor.get(f"{path}/archive")
    assert not has_form(page, "format")
    handed = page.html.find("section", {"aria-labelledby": "handed-title"}).text
    assert "eFormidling" in handed
    assert "eformidling" not in handed
    assert page.html.select_one(".closed") is not None
    assert not has_form(mayor.get(path), "party")
    token = page.html.select_one("input[name=csrf_token]")["value"]
    mayor.post(f"{path}/archive", {"csrf_token": token}, status=403)
    site.browser("slt.stange").get(f"{path}/archive", status=404)


def _the_police_has_its_own(site: Site, path: str) -> None:
    contact = site.browser("politikontakt.moss")
    made = form(contact.get(f"{path}/archive"), "format").submit(status=200)
    root = messages(made.body)[""]
    assert texts(root, "journalposttype")[0] == "Inngående dokument"
    # Whose archive it is stands in the form; the kommune's is not the police's to hand over to.
    asked = form(contact.get(f"{path}/archive"), "format")
    asked["party"].force_value(site.party["moss"])
    asked.submit(status=403)


def _a_program_gets_the_same(site: Site, path: str) -> None:
    secretary = site.program("sekretaer.moss")
    told: dict[str, Any] = secretary.get(f"{path}/archive")
    assert (told["party"], told["format"], told["may"]) == ("3103", "eformidling", True)
    assert [h["format"] for h in told["handed"]] == ["eformidling", "eformidling"]
    assert told["case"]["registrations"][0]["documents"][0]["type"] == "AVTALE"
    assert all(isinstance(sentence, str) for sentence in told["missing"])
    made = secretary.post(f"{path}/archive", {"format": "ks-fiks"})
    content = base64.b64decode(made["content_base64"])
    check(content)
    assert made["size"] == len(content)
    assert (made["format"], made["party"]) == ("ks-fiks", "3103")
    assert secretary.post(f"{path}/archive", {"format": "noark4"}, status=422)["error"] == "invalid"
    assert secretary.post(f"{path}/archive", {"format": 4}, status=422)["error"] == "invalid"
    secretary.post(f"{path}/archive", {"version": 1, "format": "ks-fiks"}, status=409)
    reader = site.program("slt.moss", scope="read")
    reader.post(f"{path}/archive", {}, status=403)

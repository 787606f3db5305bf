"""Seals over HTTP: what is handed out, what the pages say of it, and files that come signed."""

from __future__ import annotations

import hashlib
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from sqlalchemy import select

from tests.functional.conftest import CHEAP, PASSWORD, TEXT, Site
from tests.functional.pages_support import encoded, fresh, press, with_button
from tests.support.sealing import NOW, Authority, paper, pem, write
from workflow_app.models.people import Party
from workflow_app.services import blobs, people, people_roles
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.sealing import new_key
from workflow_app.services.sealing.outbox import to_be_sealed
from workflow_app.services.sealing.pdf import seal_pdf
from workflow_app.services.sealing.running import Done, seal_waiting
from workflow_app.services.sealing.settings import seal_settings

ROOT = Authority("Signeringstjenesten")


@pytest.fixture(autouse=True)
def named(site: Site, tmp_path: Path) -> None:
    """The settings name a certificate that is not there yet, and one issuer that is trusted."""
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.pem").write_bytes(pem(ROOT.certificate))
    site.app.registry.settings |= {
        "avtaleflyt.seal_key": str(tmp_path / "key.pem"),
        "avtaleflyt.seal_certificate": str(tmp_path / "certificate.pem"),
        "avtaleflyt.seal_trust": str(tmp_path / "trust"),
    }


def look(site: Site) -> Done:
    """What the server's clock does every minute."""
    registry = site.app.registry
    return seal_waiting(
        registry["sessions"],
        seal_settings(registry.settings),
        lambda: site.now,
        registry=workflow_definitions(),
    )


def raw(site: Site, who: Any, path: str, status: int = 200) -> Any:
    headers = {"Authorization": f"Bearer {who.token}", "Accept": "*/*"}
    return who.client.get(path, headers=headers, status=status)


def seals(content: bytes) -> int:
    return len(PdfFileReader(io.BytesIO(content)).embedded_signatures)


def signed_file() -> bytes:
    held = ROOT.holder("Kari Ordfører"), Authority("Ukjent").holder("Ola Stasjonssjef")
    content = paper()
    for one in held:
        content = seal_pdf(content, one, now=NOW, label="Signatur")
    return content


def test_a_signed_agreement_never_waits_for_its_seal_and_gets_it(site: Site, tmp_path: Path) -> None:
    slt, police = site.program("slt.moss"), site.program("politikontakt.moss")
    ident = fresh(site, slt)
    url = f"/agreements/{ident}"
    version = slt.get(url)["version"]
    slt.post(f"{url}/rules", {"action": "confirm", "version": version})
    for who in (slt, police):
        who.do(ident, "agree")
    assert raw(site, slt, f"{url}/agreement.pdf?form=frozen", status=404)
    for first in ("ordforer.moss", "stasjonssjef.moss"):
        site.program(first).do(ident, "sign", password=PASSWORD)
    assert slt.get(url)["state"] == "signed"
    browser = site.browser("slt.moss")
    reason = browser.get(url).html.select_one(".seal").get_text()

    done = look(site)
    assert (done.frozen, done.sealed) == (1, 0)
    frozen = raw(site, slt, f"{url}/agreement.pdf").body
    assert seals(frozen) == 0
    assert raw(site, slt, f"{url}/agreement.pdf?form=frozen").body == frozen

    write(tmp_path, Authority().holder("Avtaleflyt Moss"))
    assert browser.get(url).html.select_one(".seal").get_text() != reason
    assert look(site).sealed == 1
    sealed = raw(site, slt, f"{url}/agreement.pdf").body
    assert sealed.startswith(frozen)
    assert seals(sealed) == 1
    assert raw(site, slt, f"{url}/agreement.pdf?form=frozen").body == frozen
    told = slt.get(url)["seal"]
    assert told["frozen_sha256"] == hashlib.sha256(frozen).hexdigest()
    assert told["sealed_sha256"] == hashlib.sha256(sealed).hexdigest()
    assert (told["level"], told["problem"]) == ("B-B", None)
    today = raw(site, slt, f"{url}/agreement.pdf?form=today").body
    assert today not in (frozen, sealed)
    assert raw(site, slt, f"{url}/agreement.pdf?form=whatever", status=404)

    with ZipFile(io.BytesIO(raw(site, slt, f"{url}/trail.zip").body)) as bundle:
        held = {bundle.read(name) for name in bundle.namelist()}
    assert {frozen, sealed} <= held
    page = browser.get(url).html
    forms = [a["href"] for a in page.select(".seal a")]
    assert [f.rpartition("=")[2] for f in forms] == ["frozen", "today"]
    kinds = [e["kind"] for e in slt.get(f"{url}/trail")["entries"]]
    assert {"paper_frozen", "sealed"} <= set(kinds)
    assert "(?)" not in browser.get(f"{url}/trail").text


def test_a_frozen_matter_is_handed_out_with_its_seal(site: Site, tmp_path: Path) -> None:
    write(tmp_path, Authority().holder("Avtaleflyt Moss"))
    slt, police = site.program("slt.moss"), site.program("politikontakt.moss")
    ident = fresh(site, slt)
    url = f"/agreements/{ident}"
    slt.post(f"{url}/rules", {"action": "confirm", "version": slt.get(url)["version"]})
    scan = seal_pdf(paper(), ROOT.holder("Skanner"), now=NOW, label="x")
    slt.post(
        f"{url}/attachments",
        {"version": slt.get(url)["version"], "filename": "skann.pdf", "content_base64": encoded(scan)}, 201,
    )  # fmt: skip
    (attached,) = slt.get(f"{url}/attachments")["attachments"]
    for who in (slt, police):
        who.do(
            ident, "register", signed_on="2025-02-03", scan=attached["sha256"], original_at="Arkivet, boks 7"
        )
    auditor = site.browser("slt.moss")
    kept = auditor.get(url).html.select_one(".on-paper")
    assert "Arkivet, boks 7" in kept.get_text()
    assert kept.select_one("a")["href"] == f"{url}/attachments/{attached['id']}"
    assert auditor.get(kept.select_one("a")["href"]).body == scan

    sent = {
        "version": slt.get(url)["version"],
        "meeting_date": str(date(2025, 4, 1)),
        "case_number": "RS 4/25",
    }
    slt.post(f"{url}/matters", {"action": "prepare", "kind": "referatsak", **sent})
    slt.post(f"{url}/matters", {"action": "freeze", "matter": 1, "version": slt.get(url)["version"]})
    frozen = raw(site, slt, f"{url}/matters/1.pdf").body
    assert look(site).sealed == 2
    sealed = raw(site, slt, f"{url}/matters/1.pdf").body
    assert sealed.startswith(frozen)
    assert seals(sealed) == 1
    assert raw(site, slt, f"{url}/matters/1.pdf?form=frozen").body == frozen
    page = site.browser("slt.moss").get(f"{url}/matters").html
    assert page.select_one(".seal a")["href"] == f"{url}/matters/1.pdf?form=frozen"


def test_a_file_that_comes_signed_tells_by_whom(site: Site) -> None:
    site.today = NOW.date()
    slt = site.program("slt.moss")
    ident = fresh(site, slt)
    url = f"/agreements/{ident}/attachments"
    sent = {"filename": "signert.pdf", "content_base64": encoded(signed_file())}
    slt.post(url, {"version": slt.get(url)["version"], **sent}, 201)
    broken = {"filename": "rar.pdf", "content_base64": encoded(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n")}
    slt.post(url, {"version": slt.get(url)["version"], **broken}, 201)
    plain = {"filename": "vanlig.pdf", "content_base64": encoded(paper())}
    slt.post(url, {"version": slt.get(url)["version"], **plain}, 201)
    signed, odd, none = slt.get(url)["attachments"]
    assert [(s["name"], s["trust"]) for s in signed["signatures"]["signatures"]] == [
        ("Kari Ordfører", "now"), ("Ola Stasjonssjef", "no"),
    ]  # fmt: skip
    assert odd["signatures"]["problem"] == "unreadable"
    assert none["signatures"] is None
    page = site.browser("slt.moss").get(url).html
    names = [li.select_one("strong").get_text() for li in page.select(".signature-list > li")]
    assert names == ["Kari Ordfører", "Ola Stasjonssjef"]
    assert [t["data-status"] for t in page.select(".signature-list .status-tag")] == ["met", "soon"]
    over = site.browser("slt.moss").get(f"/agreements/{ident}").html
    assert "Kari Ordfører" in over.select_one(".signers").get_text()
    entries = slt.get(f"/agreements/{ident}/trail")["entries"]
    read = [e for e in entries if e["kind"] == "signatures_read"]
    assert len(read) == 2
    assert "Kari" not in str([e.get("data") for e in read])


def test_an_agreement_that_comes_as_a_signed_pdf_tells_by_whom(site: Site) -> None:
    slt = site.program("slt.moss")
    site.today = NOW.date()
    signed = seal_pdf(paper(TEXT), ROOT.holder("Kari Ordfører"), now=NOW, label="Signatur")
    ident = fresh(site, slt, filename="avtale.pdf", content_base64=encoded(signed))
    url = f"/agreements/{ident}/text"
    (version,) = slt.get(url)["versions"]
    assert [s["name"] for s in version["signatures"]["signatures"]] == ["Kari Ordfører"]
    page = site.browser("slt.moss").get(url).html
    assert page.select_one(".signature-list strong").get_text() == "Kari Ordfører"
    # The same file once more is no other version, and its signatures are told once.
    slt.post(
        url, {"version": slt.get(url)["version"], "filename": "avtale.pdf", "content_base64": encoded(signed)}
    )
    kinds = [e["kind"] for e in slt.get(f"/agreements/{ident}/trail")["entries"]]
    assert kinds.count("signatures_read") == 1


def test_administrators_see_what_waits_and_have_it_tried_again(site: Site, tmp_path: Path) -> None:
    with site.session() as db, db.begin():
        for town in ("moss", "stange"):
            admin = people.add_person(
                db, username=f"admin.{town}", name="Admin", password=PASSWORD, now=site.now, hashing=CHEAP
            )
            party = db.scalars(select(Party).where(Party.key == site.party[town])).one()
            people_roles.give_role(
                db, admin, party, "administrator", from_date=date(2015, 1, 1), now=site.now
            )
    agreement = fresh(site, site.program("slt.moss"))
    with site.session() as db, db.begin():
        row = to_be_sealed(
            db, agreement, "matter", number=7, source_sha256=blobs.store(db, b"no PDF"), now=site.now
        )
        row.problem, row.due_at = "timestamp", site.now + timedelta(hours=1)
    admin = site.browser("admin.moss")
    page = admin.get("/seals")
    (waiting,) = page.html.select(".rows .row")
    assert agreement in waiting.get_text()
    assert page.html.select(".ds-alert")
    assert not page.html.select("dl.facts")
    elsewhere = site.browser("admin.stange").get("/seals")
    assert not elsewhere.html.select(".rows .row")
    site.browser("slt.moss").get("/seals", status=403)

    site.today = site.now.date()
    new_key.make("Moss kommune", tmp_path / "key.pem", tmp_path / "certificate.pem", site.now)
    page = admin.get("/seals")
    assert "Moss kommune" in page.html.select_one("dl.facts").get_text()
    assert not page.html.select(".ds-alert")
    done = press(with_button(page, "retry"), "retry").follow()
    assert done.html.select_one(".ds-alert, .flash") is not None
    program = site.program("admin.moss")
    told = program.get("/seals")
    assert (told["counts"], told["trouble"]) == ({"waiting": 1, "sealed": 0}, None)
    assert told["certificate"]["self_signed"] is True
    # It was put forward, so the next look tries it, and finds that it is no PDF.
    assert [code for _, code in look(site).failed] == ["defect"]
    program.post("/seals", {"action": "else"}, status=422)

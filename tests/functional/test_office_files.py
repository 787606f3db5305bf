"""Word, OpenDocument and PDF files through HTTP: read, kept as they came, fetched by those who may."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from webtest import Upload

from tests.functional.conftest import TEXT, Site, make_site
from tests.functional.pages_support import encoded, form, fresh, wanted, wrong
from tests.support.office_files import (
    Para,
    W,
    docx_of,
    laid_out,
    odt_of,
    p,
    pdf_of,
    r,
    raw_docx,
    raw_odt,
    scanned_pdf,
    zipped,
)  # fmt: skip
from workflow_app.models.agreements import Agreement
from workflow_app.settings import SettingsError

PARAS = [
    Para(para.text.lstrip("# "), "heading" if para.text.startswith("## ") else para.kind)
    for para in laid_out(TEXT)
]
GOOD = {"avtale.docx": docx_of, "avtale.odt": odt_of, "avtale.pdf": pdf_of}
CHANGED = raw_docx(
    p("Samarbeidsavtale mellom Moss kommune og Øst politidistrikt")
    + f"<w:p><w:del>{r('Avtalen evalueres 1. juni hvert år.')}</w:del>"
    + f"<w:ins>{r('Avtalen revideres årlig.')}</w:ins></w:p>"
)


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_is_read_and_given_back_byte_for_byte(site: Site, name: str) -> None:
    slt, content = site.program("slt.moss"), GOOD[name](PARAS)
    made = slt.post(
        "/agreements/add", wanted(site, filename=name, content_base64=encoded(content)), status=201
    )
    kinds = {rule["kind"] for rule in slt.get(f"/agreements/{made['id']}/rules")["rules"]}
    assert {"validity", "revision", "evaluation", "agenda", "meetings"} <= kinds
    told = slt.get(f"/agreements/{made['id']}/text")
    assert told["versions"][0]["file_sha256"] == hashlib.sha256(content).hexdigest()
    assert told["notes"] == []
    original = slt.client.get(f"/agreements/{made['id']}/original", headers=slt._headers())
    assert original.body == content
    assert original.headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    assert original.headers["X-Content-Type-Options"] == "nosniff"


def test_the_original_is_for_those_who_may_see_the_agreement(site: Site) -> None:
    ident = fresh(site, site.program("slt.moss"), filename="a.docx", content_base64=encoded(docx_of(PARAS)))
    path = f"/agreements/{ident}/original"
    for username, status in (("ordforer.moss", 200), ("stasjonssjef.moss", 200), ("slt.stange", 404)):
        person = site.program(username)
        person.client.get(path, headers=person._headers(), status=status)
    site.browser().get(path, status=303)


def test_a_person_uploads_a_word_file_and_is_told_how_it_was_read(site: Site) -> None:
    browser = site.browser("slt.moss")
    page = browser.get("/agreements/add")
    field = page.html.select_one("input[type=file]")
    assert field["accept"] == ".docx,.odt,.pdf,.txt,.md"
    assert "20 MB" in page.html.select_one(f"#{field['aria-describedby']}").text
    filled = form(page, "definition")
    for box in filled.fields["police"]:
        box.checked = box._value == site.party["politi.moss"]
    filled["file"] = Upload("avtale.docx", CHANGED)
    answer = filled.submit(status=303)
    assert "notes=1" in answer.location
    rules = answer.follow()
    assert len(rules.html.select(".flashes .ds-alert[data-color=warning]")) == 1
    ident = answer.location.split("/agreements/")[1].split("/")[0]
    text = browser.get(f"/agreements/{ident}/text")
    assert "Avtalen revideres årlig." in text.text
    assert "1. juni" not in text.text
    assert len(text.html.select(".ds-alert[data-color=warning] li")) == 1
    (note,) = site.program("slt.moss").get(f"/agreements/{ident}/text")["notes"]
    assert "(2)" in note


def test_a_file_becomes_the_next_version_of_a_draft(site: Site) -> None:
    slt, browser = site.program("slt.moss"), site.browser("slt.moss")
    ident = fresh(site, slt)
    edit = form(browser.get(f"/agreements/{ident}/text?edit=1"), "file")
    edit["file"], edit["note"] = Upload("ny.odt", odt_of(PARAS)), "Fra LibreOffice"
    page = edit.submit(status=303).follow()
    assert "Fra LibreOffice" in page.text
    body = {"filename": "ny.pdf", "content_base64": encoded(pdf_of(PARAS))}
    version = slt.get(f"/agreements/{ident}")["version"]
    told = slt.post(f"/agreements/{ident}/text", body | {"version": version})
    assert [v["filename"] for v in told["versions"]] == ["ny.pdf", "ny.odt", "avtale.txt"]
    again = slt.post(f"/agreements/{ident}/text", body | {"version": told["version"]})
    assert again["text_version"] == 3, "the same file again changes nothing"
    slt.post(f"/agreements/{ident}/text", body | {"version": version}, status=409)
    mayor = site.program("ordforer.moss")
    mayor.post(f"/agreements/{ident}/text", body, status=403)


def test_no_file_and_a_bad_one_leave_the_text_as_it_was(site: Site) -> None:
    slt, browser = site.program("slt.moss"), site.browser("slt.moss")
    ident = fresh(site, slt)
    for chosen in (None, Upload("a.pdf", scanned_pdf())):
        edit = form(browser.get(f"/agreements/{ident}/text?edit=1"), "file")
        if chosen is not None:
            edit["file"] = chosen
        page = edit.submit(status=422)
        assert wrong(page) == ["file"]
        kept = form(page, "text")["text"].value.replace("\r\n", "\n")
        assert kept == TEXT, "the form still has the text that stands"
    assert len(slt.get(f"/agreements/{ident}/text")["versions"]) == 1


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = {"[Content_Types].xml": "<Types/>"}
BASIC: dict[str, str | bytes] = {"Basic/Standard/Module1.xml": "<x/>"}
BAD: dict[str, tuple[str, bytes, str]] = {
    "a picture called .docx": ("a.docx", b"\x89PNG\r\n\x1a\n" + bytes(80), "et bilde"),
    "old Word": ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "gamle Word-formatet"),
    "locked Word": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "passord"),
    "rtf": ("a.rtf", b"{\\rtf1 tekst}", "rikt tekstformat"),
    "macros": ("a.docm", raw_docx(p("tekst"), **{"word/vbaProject.bin": b"x"}), "makroer"),
    "macros in odt": ("a.odt", raw_odt("<text:p>x</text:p>", **BASIC), "makroer"),
    "a zip": ("a.zip", zipped({"avtale.txt": "tekst"}), "zip-arkiv"),
    "half a docx": ("a.docx", docx_of(PARAS)[:4000], "skadet"),
    "no document": ("a.docx", zipped(TYPES), "skadet"),
    "a bomb": ("a.docx", zipped(TYPES | {"word/document.xml": bytes(60 << 20)}), "pakkes ut"),
    "entities": (
        "a.docx",
        zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<!DOCTYPE d [<!ENTITY a 'b'>]>"
                f"<w:document {W}><w:body>&a;</w:body></w:document>"}),
        "entiteter",
    ),
    "no words": ("a.docx", raw_docx(p("")), "har ingen tekst"),
    "a scan": ("a.pdf", scanned_pdf(), "OCR"),
    "half a pdf": ("a.pdf", b"%PDF-1.7\n1 0 obj", "skadet"),
    "text called pdf": ("a.pdf", b"Avtalen revideres", "noe annet inni"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all bad files: none of them leaves anything behind, which is asserted."""
    made = make_site(tmp_path_factory.mktemp("bad"), **{"avtaleflyt.max_file_mb": "2"})
    yield made
    made.app.registry["engine"].dispose()


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_one_sentence(shared: Site, case: str) -> None:
    name, content, words = BAD[case]
    program = shared.program("slt.moss")
    body = wanted(shared, filename=name, content_base64=encoded(content))
    told: dict[str, Any] = program.post("/agreements/add", body, status=422)
    assert list(told["fields"]) == ["file"]
    assert told["message"].count(". ") == 0
    assert words in told["message"]
    with shared.session() as db:
        assert db.query(Agreement).count() == 0


def test_how_large_a_file_may_be_is_a_setting(shared: Site) -> None:
    program = shared.program("slt.moss")
    large = encoded(b"a" * ((2 << 20) + 1))
    told = program.post("/agreements/add", wanted(shared, content_base64=large), status=413)
    assert told["error"] == "too_large"
    assert "2 MB" in told["message"]
    # The size told is the file's, not that of the base64 it came in.
    told = program.post(
        "/agreements/add", wanted(shared, content_base64=encoded(b"a" * (6 << 20))), status=413
    )
    assert "6 MB" in told["message"]
    page = shared.browser("slt.moss").get("/agreements/add")
    assert "2 MB" in page.html.select_one("#file-help").text


@pytest.mark.parametrize("value", ["0", "mange", "-1", "201", "1.5"])
def test_a_limit_that_is_no_number_of_megabytes_keeps_the_server_from_starting(
    value: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=r"avtaleflyt\.max_file_mb"):
        make_site(tmp_path, **{"avtaleflyt.max_file_mb": value})


def test_the_folders_a_file_lay_in_are_no_part_of_its_name(site: Site) -> None:
    slt = site.program("slt.moss")
    ident = fresh(site, slt, filename="..\\..\\C:/avtaler/Avtale æøå.txt")
    told = slt.client.get(f"/agreements/{ident}/original", headers=slt._headers())
    assert ".." not in told.headers["Content-Disposition"]
    assert "Avtale" in told.headers["Content-Disposition"]

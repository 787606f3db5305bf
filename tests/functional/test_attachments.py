"""Attachments through HTTP: any file in a draft, always to be saved and never shown."""

from __future__ import annotations

import pytest
from webtest import Upload

from tests.functional.conftest import PEOPLE, Program, Site
from tests.functional.pages_support import encoded, form, fresh, has_form, press, wrong
from tests.functional.test_life import negotiated, start
from workflow_app.services.texts import MAX_FILE

SCRIPT = b"<script>alert(1)</script>"


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def test_a_person_adds_takes_home_and_removes(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    found = form(browser.get(f"/agreements/{ident}/attachments"), "file")
    found["label"], found["file"] = "Vedlegg 1: Mål", Upload("mal.html", SCRIPT)
    page = press(found, "add", status=303).follow()
    [row] = page.html.select(".attachment-row")
    file = browser.get(row.select_one("h2 a")["href"])
    assert file.body == SCRIPT
    assert file.headers["Content-Disposition"] == (
        "attachment; filename=\"Vedlegg 1: M_l.html\"; filename*=UTF-8''Vedlegg%201%3A%20M%C3%A5l.html"
    )
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in file.headers["Content-Security-Policy"]
    page = press(form(page, "attachment"), "remove", status=303).follow()
    assert not page.html.select(".attachment-row")
    assert browser.get(row.select_one("h2 a")["href"]).body == SCRIPT, "who approved it can still have it"


def test_the_twin_adds_and_removes_and_the_digest_follows(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"])
    before = moss["slt"].get(f"/agreements/{ident}")
    moss["slt"].do(ident, "agree")
    body = {"version": before["version"], "filename": "plan.bin", "content_base64": encoded(b"\x00\x01")}
    told = moss["politikontakt"].post(f"/agreements/{ident}/attachments", body, status=201)
    [added] = told["attachments"]
    assert (added["name"], added["size"], added["media_type"]) == ("plan.bin", 2, "application/octet-stream")
    after = moss["slt"].get(f"/agreements/{ident}")
    assert after["digest"] != before["digest"]
    assert after["approvals"] == []
    gone = moss["slt"].post(
        f"/agreements/{ident}/attachments", {"action": "remove", "attachment": added["id"]}
    )
    assert gone["attachments"] == []
    assert moss["slt"].get(f"/agreements/{ident}")["digest"] == before["digest"]


def test_a_scan_can_be_named_by_its_hash_when_registering(site: Site, moss: dict[str, Program]) -> None:
    ident = fresh(site, moss["slt"])
    body = {"filename": "skannet.pdf", "content_base64": encoded(b"%PDF-1.4 skannet")}
    told = moss["slt"].post(f"/agreements/{ident}/attachments", body, status=201)
    scan = told["attachments"][0]["sha256"]
    for who in ("slt", "politikontakt"):
        state = moss[who].do(ident, "register", signed_on="2025-01-10", scan=scan)["state"]
    assert state == "signed"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"filename": "a.txt"}, "content_base64"),
        ({"filename": "a.txt", "content_base64": "?"}, "content_base64"),
        ({"content_base64": "YQ=="}, "filename"),
        ({"filename": "a.txt", "content_base64": ""}, "file"),
        ({"filename": "a.txt", "content_base64": "YQ==", "label": "m" * 151}, "label"),
        ({"filename": "a.txt", "content_base64": "YQ==", "label": 7}, "label"),
        ({"action": "remove"}, "attachment"),
        ({"action": "remove", "attachment": "x"}, "attachment"),
        ({"action": "burn"}, "action"),
    ],
)
def test_a_program_is_told_which_field_is_wrong(
    site: Site, moss: dict[str, Program], body: dict[str, object], field: str
) -> None:
    ident = fresh(site, moss["slt"])
    told = moss["slt"].post(f"/agreements/{ident}/attachments", body, status=422)
    assert list(told["fields"]) == [field]
    assert moss["slt"].get(f"/agreements/{ident}/attachments")["attachments"] == []


def test_a_page_without_a_file_comes_back_with_its_label(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    found = form(browser.get(f"/agreements/{ident}/attachments"), "file")
    found["label"] = "Vedlegg 1"
    page = press(found, "add", status=422)
    assert wrong(page) == ["file"]
    assert form(page, "file")["label"].value == "Vedlegg 1"


def test_one_too_large_is_413(site: Site, moss: dict[str, Program]) -> None:
    ident, large = fresh(site, moss["slt"]), bytes(MAX_FILE + 1)
    body = {"filename": "a.bin", "content_base64": encoded(large)}
    moss["slt"].post(f"/agreements/{ident}/attachments", body, status=413)
    found = form(site.browser("slt.moss").get(f"/agreements/{ident}/attachments"), "file")
    found["file"] = Upload("a.bin", large)
    press(found, "add", status=413)


def test_one_that_is_not_there_or_another_agreements_is_404(site: Site, moss: dict[str, Program]) -> None:
    first, second = fresh(site, moss["slt"]), fresh(site, moss["slt"])
    body = {"filename": "a.txt", "content_base64": "YQ=="}
    added = moss["slt"].post(f"/agreements/{first}/attachments", body, status=201)["attachments"][0]["id"]
    for path in (f"{second}/attachments/{added}", f"{first}/attachments/99", f"{first}/attachments/x"):
        moss["slt"].get(f"/agreements/{path}", status=404)
    remove = {"action": "remove", "attachment": added}
    moss["slt"].post(f"/agreements/{second}/attachments", remove, status=404)
    site.program("slt.stange").get(f"/agreements/{first}/attachments/{added}", status=404)


def test_attachments_are_closed_from_agree_on_and_to_those_who_only_see(
    site: Site, moss: dict[str, Program]
) -> None:
    body = {"filename": "a.txt", "content_base64": "YQ=="}
    draft = fresh(site, moss["slt"])
    moss["ordforer"].post(f"/agreements/{draft}/attachments", body, status=403)
    agreed = negotiated(site, moss)
    moss["slt"].post(f"/agreements/{agreed}/attachments", body, status=403)
    page = site.browser("slt.moss").get(f"/agreements/{agreed}/attachments")
    assert not has_form(page, "file")
    assert page.html.select(".closed")

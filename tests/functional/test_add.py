"""Starting an agreement through HTTP: by hand, by program, and all that may be wrong with a file."""

from __future__ import annotations

from typing import Any

import pytest
from webtest import Upload

from tests.functional.conftest import TEXT, Site
from tests.functional.pages_support import encoded, form, wanted, wrong
from workflow_app.models.agreements import Agreement
from workflow_app.services.texts import MAX_FILE

BAD: list[tuple[str, str, bytes]] = [
    ("empty", "a.txt", b""),
    ("blanks", "a.txt", b" \r\n\t "),
    ("binary", "a.txt", bytes(range(32)) * 50),
    ("pdf", "a.txt", b"%PDF-1.7 og mer"),
    ("kind", "a.docx", b"tekst"),
]


def fill(page: Any, site: Site, content: bytes = TEXT.encode(), name: str = "avtale.txt") -> Any:
    found = form(page, "definition")
    for box in found.fields["police"]:
        box.checked = box._value == site.party["politi.moss"]
    found["file"] = Upload(name, content)
    return found


def count(site: Site) -> int:
    with site.session() as db:
        return db.query(Agreement).count()


def test_a_person_uploads_a_file_and_is_led_to_its_rules(site: Site) -> None:
    browser = site.browser("slt.moss")
    page = browser.get("/agreements/add")
    chosen = {b._value for b in form(page, "definition").fields["municipal"] if b.checked}
    assert chosen == {site.party["moss"]}, "one's own kommune is chosen already"
    answer = fill(page, site).submit(status=303)
    assert "/rules?done=created&suggested=1" in answer.location
    rules = answer.follow()
    notices = rules.html.select(".flashes *, .ds-alert")
    assert notices, "the definition nobody chose is told of"
    assert len(rules.html.select("li.rule[data-standing=read]")) >= 5


def test_a_chosen_definition_is_the_one_that_is_followed(site: Site) -> None:
    browser = site.browser("slt.moss")
    found = fill(browser.get("/agreements/add"), site)
    found["definition"] = "politiradsavtale_vedtak"
    answer = found.submit(status=303)
    assert "suggested" not in answer.location
    ident = answer.location.split("/agreements/")[1].split("/")[0]
    told = site.program("slt.moss").get(f"/agreements/{ident}")
    assert told["definition"]["id"] == "politiradsavtale_vedtak"


def test_a_person_starts_from_a_template(site: Site) -> None:
    browser = site.browser("slt.moss")
    found = fill(browser.get("/agreements/add"), site, content=b"")
    found["source"], found["title"] = "template", "Vår nye avtale"
    answer = found.submit(status=303)
    ident = answer.location.split("/agreements/")[1].split("/")[0]
    slt = site.program("slt.moss")
    assert slt.get(f"/agreements/{ident}")["title"] == "Vår nye avtale"
    slt.post(f"/agreements/{ident}/rules", {"confirm": True})
    refused = slt.do(ident, "agree", status=409)
    assert "sections_complete" in [r["code"] for r in refused["refusals"]], "its placeholders are found"


def test_what_was_chosen_is_kept_when_something_is_wrong(site: Site) -> None:
    browser = site.browser("slt.moss")
    found = fill(browser.get("/agreements/add"), site, content=b"")
    found["title"], found["definition"] = "Et navn", "politiradsavtale_vedtak"
    page = found.submit(status=422)
    assert wrong(page) == ["file"]
    again = form(page, "definition")
    assert (again["title"].value, again["definition"].value) == ("Et navn", "politiradsavtale_vedtak")
    assert [b._value for b in again.fields["police"] if b.checked] == [site.party["politi.moss"]]
    assert count(site) == 0


@pytest.mark.parametrize(("name", "filename", "content"), BAD, ids=[b[0] for b in BAD])
def test_a_bad_file_is_one_sentence_and_422_for_both(
    site: Site, name: str, filename: str, content: bytes
) -> None:
    page = fill(site.browser("slt.moss").get("/agreements/add"), site, content, filename).submit(status=422)
    assert wrong(page) == ["file"]
    body = wanted(site, filename=filename, content_base64=encoded(content))
    told = site.program("slt.moss").post("/agreements/add", body, status=422)
    assert (told["error"], list(told["fields"])) == ("invalid", ["file"])
    assert told["message"] == told["fields"]["file"]
    assert count(site) == 0


def test_a_file_too_large_is_413_for_both(site: Site) -> None:
    large = b"a" * (MAX_FILE + 1)
    fill(site.browser("slt.moss").get("/agreements/add"), site, large).submit(status=413)
    slt = site.program("slt.moss")
    told = slt.post("/agreements/add", wanted(site, content_base64=encoded(large)), status=413)
    assert told["error"] == "too_large"
    assert count(site) == 0


def test_fifty_megabytes_are_refused_before_they_are_read(site: Site) -> None:
    slt = site.program("slt.moss")
    answer = slt.client.post(
        "/agreements/add",
        b"x" * (50 << 20),
        content_type="application/json",
        headers=slt._headers(),
        status=413,
    )
    assert "38 MB" in answer.json["message"], "base64 is a third longer than the file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_in_any_usual_encoding_is_read_and_given_back_as_it_came(site: Site, encoding: str) -> None:
    slt, content = site.program("slt.moss"), TEXT.encode(encoding)
    made = slt.post("/agreements/add", wanted(site, content_base64=encoded(content)), status=201)
    assert slt.get(f"/agreements/{made['id']}/text")["text"] == TEXT
    original = slt.client.get(f"/agreements/{made['id']}/original", headers=slt._headers())
    assert original.body == content
    assert original.headers["Content-Disposition"].startswith("attachment;")


def test_a_text_without_headings_and_a_very_long_one_are_taken_in(site: Site) -> None:
    slt = site.program("slt.moss")
    plain = "Moss kommune og politiet vil samarbeide. Avtalen revideres årlig."
    long = TEXT + "".join(f"Partene er enige om punkt {n}.\n" for n in range(2_000))
    for text in (plain, long):
        made = slt.post("/agreements/add", wanted(site, content_base64=encoded(text)), status=201)
        told = slt.get(f"/agreements/{made['id']}/rules")
        assert "revision" in {r["kind"] for r in told["rules"]}
        assert site.browser("slt.moss").get(f"/agreements/{made['id']}/text").status_int == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"filename": None}, "filename"),
        ({"filename": 7}, "filename"),
        ({"content_base64": None}, "content_base64"),
        ({"content_base64": "ikke base64!"}, "content_base64"),
        ({"municipal": []}, "municipal"),
        ({"municipal": "3103"}, "municipal"),
        ({"municipal": [3103]}, "municipal"),
        ({"municipal": [{"key": "3103"}]}, "municipal"),
        ({"municipal": ["9999"]}, "municipal"),
        ({"police": ["ingen"]}, "police"),
        ({"police": ["3103"]}, "police"),
        ({"definition": "noe_annet"}, "definition"),
        ({"definition": 3}, "definition"),
        ({"title": "x" * 301}, "title"),
        ({"title": ["x"]}, "title"),
        ({"template": "ingen"}, "template"),
    ],
)
def test_a_program_is_told_which_field_is_wrong(site: Site, change: dict[str, Any], field: str) -> None:
    told = site.program("slt.moss").post("/agreements/add", wanted(site, **change), status=422)
    assert list(told["fields"]) == [field]
    assert count(site) == 0


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'{"a": NaN}', b'{"title": "\\ud800"}'])
def test_a_body_that_is_no_json_object_is_400(site: Site, body: bytes) -> None:
    slt = site.program("slt.moss")
    slt.client.post(
        "/agreements/add", body, content_type="application/json", headers=slt._headers(), status=400
    )


def test_a_program_gets_the_agreement_it_made(site: Site) -> None:
    slt = site.program("slt.moss")
    made = slt.post("/agreements/add", wanted(site, title="Politiråd"), status=201)
    assert (made["state"], made["title"]) == ("draft", "Politiråd")
    assert made == slt.get(f"/agreements/{made['id']}")
    assert [p["key"] for p in made["parties"]] == [site.party["moss"], site.party["politi.moss"]]
    told = slt.get("/agreements/add")
    assert {d["id"] for d in told["definitions"]} == {"politiradsavtale", "politiradsavtale_vedtak"}


def test_only_those_who_may_edit_for_a_party_may_start(site: Site) -> None:
    for username, status in (("politikontakt.moss", 201), ("ordforer.moss", 403), ("slt.stange", 403)):
        told = site.program(username).post("/agreements/add", wanted(site), status=status)
        assert status == 201 or told["error"] == "not_your_party"
    site.browser().get("/agreements/add", status=303)
    reader = site.program("slt.moss", scope="read")
    reader.post("/agreements/add", wanted(site), status=403)

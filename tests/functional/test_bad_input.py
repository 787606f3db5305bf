"""Whatever is sent: one sentence, the right status, no 5xx, and nothing half done."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from webtest import TestApp, TestResponse

from tests.functional.conftest import PASSWORD, TEXT, TODAY, Program, Site
from tests.functional.door_support import Furnished, csrf_of, furnish, house, written
from tests.functional.test_routes import ROUTES, address

JSON = {"Accept": "application/json"}
REFUSALS = {"trail_entry", "trail_clear"}
"""A refused attempt is an entry, and the only thing that may be written."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One house: nothing that is sent here may change anything in it."""
    made = house(tmp_path_factory.mktemp("bad"))
    yield made
    made.app.registry["engine"].dispose()


@pytest.fixture(scope="module")
def draft(shared: Site) -> Furnished:
    """A draft of Moss."""
    return furnish(shared)


@pytest.fixture(scope="module")
def signed(shared: Site) -> Furnished:
    """A signed agreement of Moss."""
    return furnish(shared, "signed")


@pytest.fixture(scope="module")
def slt(shared: Site) -> Program:
    """The coordinator's program."""
    return shared.program("slt.moss")


@pytest.fixture(scope="module")
def client(shared: Site) -> TestApp:
    """The coordinator's browser."""
    return shared.browser("slt.moss")


def one_sentence(answer: TestResponse, *statuses: int) -> None:
    """The answer is ours, and says what was wrong."""
    assert answer.status_int in (statuses or range(400, 500)), (answer.status, answer.text[:300])
    if answer.request.method == "HEAD":
        return
    if answer.content_type == "application/json":
        assert set(answer.json) >= {"error", "message", "refusals"}
        assert answer.json["message"].strip()
    else:
        assert answer.content_type == "text/html"
        assert "Avtaleflyt" in answer.text
    assert "Traceback" not in answer.text


def send(program: Program, path: str, body: bytes, **headers: str) -> TestResponse:
    """POST bytes as a program, whatever they are."""
    wanted = {
        **JSON,
        "Authorization": f"Bearer {program.token}",
        "Content-Type": "application/json",
        **headers,
    }
    return program.client.post(path, body, headers=wanted, expect_errors=True)


DATES = ["31.02.2020", "2020-02-31", "2020-13-01", "20200101", "2020-1-1", "i går", "", " ", "0000-00-00", "9999-99-99",
         "2020-01-01T00:00:00", "٢٠٢٠-٠١-٠١", 20200101, True, None, [], {}, "2020-01-01; DROP TABLE agreement", 1e400]  # fmt: skip


@pytest.mark.parametrize("day", DATES, ids=repr)
def test_what_is_no_date_is_told_at_its_field(shared: Site, draft: Furnished, slt: Program, day: Any) -> None:
    before = written(shared)
    version = slt.get(draft.path)["version"]
    body = json.dumps({"version": version, "data": {"signed_on": day}}).encode()
    answer = send(slt, f"{draft.path}/transitions/register", body)
    one_sentence(answer, 400 if day == 1e400 else 422)
    if answer.status_int == 422:
        assert "signed_on" in answer.json["fields"]
    assert written(shared) == before


def test_a_date_that_is_none_stays_in_the_form(shared: Site, draft: Furnished, client: TestApp) -> None:
    fields = {"csrf_token": csrf_of(client), "signed_on": "31.02.2020", "original_at": "Hos arkivaren"}
    page = client.post(f"{draft.path}/transitions/register", fields, status=422)
    assert "31.02.2020" in page.text
    assert "Hos arkivaren" in page.text


@pytest.mark.parametrize(
    "version", ["sju", "-1", "1.5", 1.5, True, [], {}, "٧", "9" * 30, "1e3", " 1"], ids=repr
)
def test_what_is_no_version_is_told(shared: Site, draft: Furnished, slt: Program, version: Any) -> None:
    before = written(shared)
    for path in ("transitions/agree", "rules", "text"):
        body = {"version": version, "data": {}, "confirm": True, "text": "Ny tekst.", "action": "confirm"}
        answer = send(slt, f"{draft.path}/{path}", json.dumps(body).encode())
        one_sentence(answer, 422)
        assert "version" in answer.json["fields"]
    assert written(shared) == before


def test_a_stale_version_changes_nothing_anywhere(shared: Site, draft: Furnished, slt: Program) -> None:
    before, old = written(shared, REFUSALS), slt.get(draft.path)["version"] - 1
    bodies: dict[str, dict[str, Any]] = {
        "transitions/withdraw": {"data": {"reason": "Nei"}},
        "rules": {"confirm": True},
        "text": {"text": TEXT + "\nNytt."},
        "attachments": {"filename": "a.txt", "content_base64": "YQ=="},
    }
    for path, body in bodies.items():
        answer = send(slt, f"{draft.path}/{path}", json.dumps({**body, "version": old}).encode())
        one_sentence(answer, 409)
        assert answer.json["error"] == "stale_version", path
        form = shared.browser("slt.moss")
        fields = {
            **{k: v for k, v in body.items() if isinstance(v, str)},
            "reason": "Nei",
            "action": "confirm",
        }
        if path != "attachments":
            fields |= {"version": str(old), "csrf_token": csrf_of(form)}
            one_sentence(form.post(f"{draft.path}/{path}", fields, expect_errors=True), 409)
    assert written(shared, REFUSALS) == before


def test_the_same_form_sent_twice_is_done_once(site: Site) -> None:
    agreement, client = furnish(site), site.browser("slt.moss")
    page = client.get(f"{agreement.path}/transitions/agree")
    form = next(f for f in page.forms.values() if str(f.action).endswith("/transitions/agree"))
    fields = dict(form.submit_fields())
    client.post(f"{agreement.path}/transitions/agree", fields, status=303)
    before = written(site)
    again = client.post(f"{agreement.path}/transitions/agree", fields, status=303)
    assert "done=repeated" in again.headers["Location"]
    assert written(site) == before
    words = {"csrf_token": fields["csrf_token"], "text": TEXT + "\nNytt.", "version": fields["version"]}
    client.post(f"{agreement.path}/text", words, status=303)
    before = written(site)
    assert client.post(f"{agreement.path}/text", words, expect_errors=True).status_int == 409
    assert written(site) == before


PATHS = [
    "/agreements/%00", "/agreements/" + "a" * 5000, "/agreements/%C3%A6%C3%B8", "/agreements/%F0%9F%98%80",
    "/agreements/%2e%2e/%2e%2e/etc/passwd", "/agreements/' OR 1=1 --", "/agreements/{id}/nothing",
    "/agreements/{id}/matters/0.pdf", "/agreements/{id}/matters/1.exe", "/agreements/{id}/matters/-1.pdf",
    "/agreements/{id}/matters/99999999999999999999.pdf", "/agreements/{id}/matters/%D9%A1.pdf", "/agreements/{id}/matters/1",
    "/agreements/{id}/attachments/0", "/agreements/{id}/attachments/99999999999999999999",
    "/agreements/{id}/attachments/%D9%A1", "/agreements/{id}/attachments/1/2", "/agreements/{id}/transitions/nothing",
    "/agreements/{id}/transitions/" + "x" * 4000, "/agreements/{id}/transitions/__class__",
    "/agreements/{id}/text/more", "/agreements/{id}/original?version=0", "/agreements/{id}/original?version=99999999999",
    "/agreements/{id}/original?version=%00", "/agreements/{id}/evaluation?year=20x6", "/agreements/{id}/evaluation?year=0000",
    "/__class__", "/nothing", "/%00", "/.git/config", "/static/../production.ini", "/static/%2e%2e/views/entrance.py",
    "/static/nothing.css", "/agreements/{upper}", "/agreements/{id}%20", "/parties/3103", "/calendar.ics?token=x",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p[:60])
def test_an_address_that_leads_nowhere_is_404(
    shared: Site, draft: Furnished, slt: Program, client: TestApp, path: str
) -> None:
    before, real = written(shared), path.replace("{id}", draft.id).replace("{upper}", draft.id.upper())
    page = client.get(real, expect_errors=True)
    assert page.status_int in (400, 404), real
    assert "Traceback" not in page.text
    if not real.startswith("/static"):
        one_sentence(page)
        headers = {**JSON, "Authorization": f"Bearer {slt.token}"}
        one_sentence(slt.client.get(real, headers=headers, expect_errors=True), 400, 404)
    assert written(shared) == before


@pytest.mark.parametrize(
    "raw",
    [
        "/%ff",
        "/agreements/%ff",
        "/agreements?q=%ff",
        "/login?came_from=%ff",
        "/?done=%c3",
        "/agreements/add?%ff",
    ],
)
def test_an_address_that_is_not_utf_8_is_400(shared: Site, raw: str) -> None:
    # The tests' own jar of cookies cannot read such an address either.
    for accept in ("text/html", "application/json"):
        one_sentence(TestApp(shared.app).get(raw, headers={"Accept": accept}, expect_errors=True), 400)


QUERIES = ["state=nothing", "state=draft&state=signed", "q=" + "a" * 3000, "after=x", "after=%00", "q=%00", "q='%22%3C", "after=" + "9" * 400,
           "kommune=zz", "limit=-1", "limit=x", "sort=nothing", "done=nothing", "done=%3Cscript%3E", "q=%F0%9F%98%80", "before=../.."]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q[:30])
@pytest.mark.parametrize(
    "path", ["/agreements", "/", "/parties", "/agreements/{id}/trail", "/agreements/{id}/text"]
)
def test_odd_queries_never_break_a_page(draft: Furnished, client: TestApp, path: str, query: str) -> None:
    for accept in ("text/html", "application/json"):
        address = f"{path.replace('{id}', draft.id)}?{query}"
        answer = client.get(address, headers={"Accept": accept}, expect_errors=True)
        assert answer.status_int < 500
        assert "<script>" not in answer.text
        if answer.status_int >= 400:
            one_sentence(answer)


BODIES = [b"", b"null", b"true", b"7", b'"tekst"', b"[]", b"[{}]", b"{", b"{}{}", b"\xff\xfe{\x00}\x00", b"\x00" * 100, b'{"version": NaN}',
          b'{"version": Infinity}', b"[" * 50_000, b'{"a":' * 50_000, b'{"data": [1, 2]}', b'{"data": "x"}', b'{"data": null}',
          b'{"version": 1' + b"0" * 5000 + b"}", '{"data": {"æ": "ø"}}'.encode(), b'{"data": {"reason": {"a": 1}}}', b'{"data": {"reason": ["a"]}}',
          b'{"data": {"reason": 7}}', b'{"data": {"reason": "\\ud800"}}', b'{"action": ["confirm"]}', b'{"corrections": [[]]}',
          b'{"corrections": [{"index": "x"}]}', b'{"filename": 7, "content_base64": []}', b'{"filename": "a", "content_base64": "***"}',
          b'{"text": 7}', b'{"title": [], "text": "x"}', b'{"outcome": {}, "body": [], "year": "x"}', b'{"attachment": {}, "action": "remove"}']  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda b: repr(b[:40]))
def test_a_body_nobody_can_use_changes_nothing(
    shared: Site, draft: Furnished, signed: Furnished, slt: Program, body: bytes
) -> None:
    before = written(shared, REFUSALS)
    for context, name in sorted(
        {(r.context, r.name) for r in ROUTES if r.method == "POST" and r.context != "Root"}
    ):
        for agreement in (draft, signed):
            path = address(context, name, agreement)
            if context == "Matters" and body in (b"", b"null") and agreement is signed:
                continue  # An empty one is a matter with nothing filled in yet, and that may be kept.
            answer = send(slt, path, body)
            assert 400 <= answer.status_int < 500, (path, body[:60], answer.status, answer.text[:300])
            one_sentence(answer)
    assert written(shared, REFUSALS) == before


def test_a_very_large_body_is_refused_before_it_is_looked_at(
    shared: Site, draft: Furnished, slt: Program
) -> None:
    before = written(shared)
    huge = json.dumps(
        {"filename": "a.txt", "content_base64": "QQ==" * 1_000_000, "pad": "x" * 300_000_00}
    ).encode()
    for path in ("/agreements/add", f"{draft.path}/attachments"):
        one_sentence(send(slt, path, huge), 413, 422)
    assert written(shared) == before


TYPES = ["text/plain", "application/xml", "application/pdf", "multipart/form-data", "multipart/form-data; boundary=x", "text/html",
         "application/x-www-form-urlencoded; charset=utf-16", "application/json; charset=latin-1", "nonsense", "image/png"]  # fmt: skip


@pytest.mark.parametrize("kind", TYPES)
def test_the_wrong_kind_of_body_changes_nothing(
    shared: Site, draft: Furnished, slt: Program, kind: str
) -> None:
    before = written(shared, REFUSALS)
    for path in ("/agreements/add", f"{draft.path}/transitions/withdraw", f"{draft.path}/rules", f"{draft.path}/text",
                 f"{draft.path}/attachments"):  # fmt: skip
        answer = send(slt, path, "reason=Nei&æ=%ff".encode(), **{"Content-Type": kind})
        one_sentence(answer)
    assert written(shared, REFUSALS) == before


FORM = [
    b"reason=%ff",
    b"reason=a&reason=b&reason=",
    b"%00=%00",
    b"&&&&",
    b"version=1&version=2",
    b"csrf_token=x&csrf_token=y",
    b"=",
    b"\xff\xfe",
]


@pytest.mark.parametrize("body", FORM, ids=repr)
def test_an_odd_form_changes_nothing(shared: Site, draft: Furnished, client: TestApp, body: bytes) -> None:
    before = written(shared, REFUSALS)
    headers = {"X-CSRF-Token": csrf_of(client), "Content-Type": "application/x-www-form-urlencoded"}
    for path in (
        f"{draft.path}/transitions/agree",
        f"{draft.path}/rules",
        f"{draft.path}/text",
        "/agreements/add",
    ):
        answer = client.post(path, b"version=zz&" + body, headers=headers, expect_errors=True)
        one_sentence(answer)
    assert written(shared, REFUSALS) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
def test_methods_nobody_uses(shared: Site, draft: Furnished, slt: Program, method: str) -> None:
    before, headers = written(shared), {**JSON, "Authorization": f"Bearer {slt.token}"}
    posts = {(r.context, r.name) for r in ROUTES if r.method == "POST"}
    for context, name in sorted({(r.context, r.name) for r in ROUTES}):
        if method == "POST" and (context, name) in posts:
            continue
        if context == "MatterResource":
            continue
        path = address(context, name, draft)
        answer = slt.client.request(path, method=method, headers=headers, expect_errors=True)
        one_sentence(answer, 404, 405)
    assert written(shared) == before


def test_head_is_a_get_without_its_body(draft: Furnished, client: TestApp) -> None:
    for context, name in sorted(
        {(r.context, r.name) for r in ROUTES if r.method == "GET"} - {("MatterResource", "")}
    ):
        path = address(context, name, draft)
        whole = client.get(path, expect_errors=True)
        head = client.head(path, expect_errors=True)
        assert (head.status_int, head.body) == (whole.status_int, b""), path
        assert head.content_type == whole.content_type, path


@pytest.mark.parametrize(
    "accept",
    [
        "application/pdf",
        "image/png",
        "text/plain",
        "*/*",
        "",
        "nonsense",
        "text/*",
        "application/json;q=0",
        "a/b;q=x",
        "," * 200,
    ],
)
def test_whoever_accepts_neither_page_nor_json(draft: Furnished, client: TestApp, accept: str) -> None:
    for path in (
        draft.path,
        f"{draft.path}/text",
        "/agreements",
        "/",
        "/nothing",
        f"{draft.path}/transitions/agree",
    ):
        answer = client.get(path, headers={"Accept": accept}, expect_errors=True)
        assert answer.status_int in (200, 404, 406), (path, answer.status)
        if answer.status_int >= 400:
            one_sentence(answer)
    taken = client.get(f"{draft.path}/original", headers={"Accept": accept}, expect_errors=True)
    assert taken.body == TEXT.encode(), "a file is a file, whatever is accepted"


FILES: list[tuple[str, bytes]] = [
    ("tom.txt", b""),
    ("blank.txt", b" \n\t\n"),
    ("binary.txt", bytes(range(256)) * 10),
    ("bilde.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 500),
    ("null.txt", b"Avtale\x00mellom"),
    ("avtale.exe", b"MZ\x90\x00"),
    ("avtale.docx", b"PK\x03\x04 ikke en zip"),
    ("avtale.pdf", b"%PDF-1.7 nesten"),
    ("../../etc/passwd", b"\x00\x01\x02"),
    ("", TEXT.encode()),
]


@pytest.mark.parametrize(("name", "content"), FILES, ids=[name or "no name" for name, _ in FILES])
def test_a_file_that_is_no_text_is_told_in_a_sentence(
    shared: Site, slt: Program, client: TestApp, name: str, content: bytes
) -> None:
    before = written(shared)
    parties = {
        "municipal": [shared.party["moss"]],
        "police": [shared.party["politi.moss"]],
        "definition": "politiradsavtale",
    }
    body = {"filename": name, "content_base64": base64.b64encode(content).decode(), **parties}
    answer = send(slt, "/agreements/add", json.dumps(body).encode())
    one_sentence(answer, 415, 422)
    fields = [("csrf_token", csrf_of(client)), ("municipal", parties["municipal"][0]), ("police", parties["police"][0]),
              ("definition", "politiradsavtale"), ("source", "file")]  # fmt: skip
    upload = [("file", name, content)] if name else []
    page = client.post("/agreements/add", fields, upload_files=upload, expect_errors=True)
    one_sentence(page, 415, 422)
    assert written(shared) == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le", "latin-1"])
def test_a_text_in_another_encoding_is_read_and_kept_as_it_came(site: Site, encoding: str) -> None:
    content = TEXT.encode(encoding)
    if encoding == "utf-16-le":
        content = b"\xff\xfe" + content
    slt = site.program("slt.moss")
    made = slt.post(
        "/agreements/add",
        {"filename": "avtale.txt", "content_base64": base64.b64encode(content).decode(),
         "municipal": [site.party["moss"]], "police": [site.party["politi.moss"]], "definition": "politiradsavtale"},
        status=201,
    )  # fmt: skip
    assert "følge opp" in slt.get(f"/agreements/{made['id']}/text")["text"]
    original = slt.client.get(
        f"/agreements/{made['id']}/original", headers={"Authorization": f"Bearer {slt.token}"}
    )
    assert original.body == content


def test_a_clock_before_the_signing_day_is_refused(site: Site) -> None:
    """Somebody set the clock back; a meeting before the signing reports nothing."""
    agreement = furnish(site, "signed")
    secretary = site.program("sekretaer.moss")
    site.today = TODAY - timedelta(days=30)
    before = written(site, REFUSALS)
    refused = secretary.do(
        agreement.id, "report", status=409, outcome="noted", meeting_date=site.today.isoformat()
    )
    assert refused["refusals"]
    assert written(site, REFUSALS) == before
    for path in ("", "/deadlines", "/trail", "/transitions", "/text", "/matters", "/agreement.pdf"):
        site.browser("slt.moss").get(agreement.path + path, status=200)


def test_a_clock_far_ahead_breaks_no_page(site: Site) -> None:
    agreement = furnish(site, "signed")
    for day in (date(2199, 12, 31), date(1900, 1, 1)):
        site.today = day
        for path in ("/", "/agreements", agreement.path, f"{agreement.path}/deadlines"):
            answer = site.browser("slt.moss").get(path, expect_errors=True)
            assert answer.status_int in (200, 404), (day, path)


def test_a_sign_off_with_odd_passwords(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    mayor = site.program("ordforer.moss")
    for odd in (7, True, [], {"a": 1}, None, "", " ", "\x00", "a" * 100_000, PASSWORD + " "):
        version = mayor.get(agreement.path)["version"]
        answer = send(
            mayor, f"{agreement.path}/transitions/sign",
            json.dumps({"version": version, "data": {"password": odd}}).encode(),
        )  # fmt: skip
        one_sentence(answer, 422, 409)
        assert mayor.get(agreement.path)["approvals"] == []

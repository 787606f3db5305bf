"""Addresses, queries, methods and wishes nobody should send: one sentence, the right status, no 5xx."""

from __future__ import annotations

import pytest
from webtest import TestApp

from tests.functional.conftest import TEXT, Program, Site
from tests.functional.door_support import (
    JSON,
    Furnished,
    one_sentence,
    written,
)
from tests.functional.route_table import ROUTES, address

PATHS = [
    "/agreements/%00",
    "/agreements/" + "a" * 5000,
    "/agreements/%C3%A6%C3%B8",
    "/agreements/%F0%9F%98%80",
    "/agreements/%2e%2e/%2e%2e/etc/passwd",
    "/agreements/' OR 1=1 --",
    "/agreements/{id}/nothing",
    "/agreements/{id}/matters/0.pdf",
    "/agreements/{id}/matters/1.exe",
    "/agreements/{id}/matters/-1.pdf",
    "/agreements/{id}/matters/99999999999999999999.pdf",
    "/agreements/{id}/matters/%D9%A1.pdf",
    "/agreements/{id}/matters/1",
    "/agreements/{id}/attachments/0",
    "/agreements/{id}/attachments/99999999999999999999",
    "/agreements/{id}/attachments/%D9%A1",
    "/agreements/{id}/attachments/1/2",
    "/agreements/{id}/transitions/nothing",
    "/agreements/{id}/transitions/" + "x" * 4000,
    "/agreements/{id}/transitions/__class__",
    "/agreements/{id}/text/more",
    "/agreements/{id}/original?version=0",
    "/agreements/{id}/original?version=99999999999",
    "/agreements/{id}/evaluation?year=20x6",
    "/agreements/{id}/evaluation?year=0000",
    "/__class__",
    "/nothing",
    "/%00",
    "/.git/config",
    "/static/../production.ini",
    "/static/%2e%2e/views/entrance.py",
    "/static/nothing.css",
    "/agreements/{upper}",
    "/agreements/{id}%20",
    "/parties/0301",
    "/parties/3103/nothing",
]


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


def test_a_calendar_address_that_opens_nothing_says_so_in_a_sentence(shared: Site, client: TestApp) -> None:
    """A calendar program reads no page and says no language, so it is told in plain text, in two."""
    before = written(shared)
    answer = client.get("/calendar.ics?token=x", status=404)
    assert answer.content_type == "text/plain"
    bokmal, english = answer.text.strip().splitlines()
    assert bokmal.endswith(".")
    assert english.endswith(".")
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
        "/agreements?q=a%00",
        "/agreements?%00=1",
        "/login?came_from=%00",
    ],
)
def test_an_address_that_no_text_can_be_is_400(shared: Site, raw: str) -> None:
    # The tests' own jar of cookies cannot read such an address either.
    for accept in ("text/html", "application/json"):
        one_sentence(TestApp(shared.app).get(raw, headers={"Accept": accept}, expect_errors=True), 400)


QUERIES = [
    "state=nothing",
    "state=draft&state=signed",
    "q=" + "a" * 3000,
    "after=x",
    "after=%00",
    "q=%00",
    "q='%22%3C",
    "after=" + "9" * 400,
    "kommune=zz",
    "limit=-1",
    "limit=x",
    "sort=nothing",
    "done=nothing",
    "done=%3Cscript%3E",
    "q=%F0%9F%98%80",
    "before=../..",
]


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

"""Bodies and files nobody can use: one sentence, the right status, and nothing written."""

from __future__ import annotations

import base64
import json

import pytest
from webtest import TestApp

from tests.functional.conftest import TEXT, Program, Site
from tests.functional.door_support import (
    REFUSALS,
    Furnished,
    csrf_of,
    one_sentence,
    send,
    written,
)
from tests.functional.route_table import ROUTES, address

BODIES = [
    b"",
    b"null",
    b"true",
    b"7",
    b'"tekst"',
    b"[]",
    b"[{}]",
    b"{",
    b"{}{}",
    b"\xff\xfe{\x00}\x00",
    b"\x00" * 100,
    b'{"version": NaN}',
    b'{"version": Infinity}',
    b"[" * 50_000,
    b'{"a":' * 50_000,
    b'{"data": [1, 2]}',
    b'{"data": "x"}',
    b'{"data": null}',
    b'{"version": 1' + b"0" * 5000 + b"}",
    '{"data": {"æ": "ø"}}'.encode(),
    b'{"data": {"reason": {"a": 1}}}',
    b'{"data": {"reason": ["a"]}}',
    b'{"data": {"reason": 7}}',
    b'{"data": {"reason": "\\ud800"}}',
    b'{"action": ["confirm"]}',
    b'{"corrections": [[]]}',
    b'{"corrections": [{"index": "x"}]}',
    b'{"filename": 7, "content_base64": []}',
    b'{"filename": "a", "content_base64": "***"}',
    b'{"text": 7}',
    b'{"title": [], "text": "x"}',
    b'{"outcome": {}, "body": [], "year": "x"}',
    b'{"attachment": {}, "action": "remove"}',
]


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
            if name == "archive" and body == b"":
                continue  # Nothing has to be said to get a package for the archive of one's own party.
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


TYPES = [
    "text/plain",
    "application/xml",
    "application/pdf",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/html",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/json; charset=latin-1",
    "nonsense",
    "image/png",
]


@pytest.mark.parametrize("kind", TYPES)
def test_the_wrong_kind_of_body_changes_nothing(
    shared: Site, draft: Furnished, slt: Program, kind: str
) -> None:
    before = written(shared, REFUSALS)
    for path in (
        "/agreements/add",
        f"{draft.path}/transitions/withdraw",
        f"{draft.path}/rules",
        f"{draft.path}/text",
        f"{draft.path}/attachments",
    ):
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
    fields = [
        ("csrf_token", csrf_of(client)),
        ("municipal", parties["municipal"][0]),
        ("police", parties["police"][0]),
        ("definition", "politiradsavtale"),
        ("source", "file"),
    ]
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
        {
            "filename": "avtale.txt",
            "content_base64": base64.b64encode(content).decode(),
            "municipal": [site.party["moss"]],
            "police": [site.party["politi.moss"]],
            "definition": "politiradsavtale",
        },
        status=201,
    )
    assert "følge opp" in slt.get(f"/agreements/{made['id']}/text")["text"]
    original = slt.client.get(
        f"/agreements/{made['id']}/original", headers={"Authorization": f"Bearer {slt.token}"}
    )
    assert original.body == content

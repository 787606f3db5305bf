"""Fields, versions and days that are wrong: one sentence, the right status, nothing half done."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from webtest import TestApp

from tests.functional.conftest import PASSWORD, TEXT, TODAY, Program, Site
from tests.functional.door_support import (
    REFUSALS,
    Furnished,
    csrf_of,
    furnish,
    one_sentence,
    send,
    written,
)

DATES = [
    "31.02.2020",
    "2020-02-31",
    "2020-13-01",
    "20200101",
    "2020-1-1",
    "i går",
    "",
    " ",
    "0000-00-00",
    "9999-99-99",
    "2020-01-01T00:00:00",
    "٢٠٢٠-٠١-٠١",
    20200101,
    True,
    None,
    [],
    {},
    "2020-01-01; DROP TABLE agreement",
    1e400,
]


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
            mayor,
            f"{agreement.path}/transitions/sign",
            json.dumps({"version": version, "data": {"password": odd}}).encode(),
        )
        one_sentence(answer, 422, 409)
        assert mayor.get(agreement.path)["approvals"] == []

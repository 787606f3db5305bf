"""What every answer says to protect the reader, and what neither an answer nor the log ever tells."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from webtest import TestApp

from tests.functional.conftest import PASSWORD, Site
from tests.functional.door_support import (
    csrf_of,
    furnish,
    house,
    sign_in,
    written,
)
from workflow_app.domain.case import Decision
from workflow_app.models.people import Person
from workflow_app.services.transitions import Taken


def test_no_traceback_in_any_answer(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The one thing faked in these tests: a fault of ours. The person gets a reference, the log the rest."""
    agreement = furnish(site)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside the house")

    client, program = site.browser("slt.moss"), site.program("slt.moss")
    monkeypatch.setattr("workflow_app.web.views.listing.agreements_page", broken)
    monkeypatch.setattr("workflow_app.web.views.listing.agreements_json", broken)
    monkeypatch.setattr("workflow_app.web.views.transitions.take_transition", broken)
    before = written(site)
    page = client.get("/agreements", status=500)
    told = program.get("/agreements", status=500)
    moved = program.post(f"{agreement.path}/transitions/agree", {"data": {}}, status=500)
    assert written(site) == before
    for text in (page.text, str(told), str(moved)):
        assert "Traceback" not in text
        assert "ZeroDivisionError" not in text
        assert "inside the house" not in text
        assert "workflow_app" not in text
    references = [r.args[0] for r in caplog.records if r.levelno == logging.ERROR]  # type: ignore[index]
    assert len(references) == 3
    assert str(references[0]) in page.text
    assert str(references[1]) in told["message"]


def test_the_log_holds_no_secrets(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # More than production logs. What the database library says when told to is the operator's doing.
    for name in ("workflow_app", "pyramid", "txn", "waitress"):
        caplog.set_level(logging.DEBUG, logger=name)
    agreement = furnish(site, "negotiated")
    client, mayor = site.browser("ordforer.moss"), site.program("ordforer.moss")
    cookie, csrf = client.cookies["avtaleflyt"], csrf_of(client)
    sign_in(site.browser(), "slt.moss", "feil og hemmelig setning")
    mayor.do(agreement.id, "sign", status=422, password="en annen hemmelig setning")
    client.post(f"{agreement.path}/transitions/sign", {"password": PASSWORD}, status=400)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("workflow_app.web.views.transitions.take_transition", broken)
    mayor.do(agreement.id, "sign", status=500, password=PASSWORD)
    fields = {"password": PASSWORD, "csrf_token": csrf}
    client.post(f"{agreement.path}/transitions/sign", fields, status=500)
    formatter = logging.Formatter("%(name)s %(message)s")
    logged = "\n".join(formatter.format(record) for record in caplog.records)
    assert "unexpected error" in logged
    for secret in (
        PASSWORD,
        "feil og hemmelig setning",
        "en annen hemmelig setning",
        cookie,
        csrf,
        mayor.token,
    ):
        assert secret not in logged


def test_a_fault_in_the_commit_itself_is_told_like_any_other(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The database says no after the view has answered; what was to be written is not in the log."""
    agreement, client = furnish(site), site.browser("slt.moss")

    def unflushed(session: Any, *_: object, **__: object) -> Taken:
        session.add(Person(username="slt.moss", name="hemmelig navn", created_at=site.now))
        return Taken(Decision("agree", None))

    monkeypatch.setattr("workflow_app.web.views.transitions.take_transition", unflushed)
    before = written(site)
    page = client.post(f"{agreement.path}/transitions/agree", {"csrf_token": csrf_of(client)}, status=500)
    assert "Avtaleflyt" in page.text
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert written(site) == before
    assert "IntegrityError" in caplog.text
    assert "hemmelig navn" not in caplog.text


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/login", 200), ("GET", "/", 303), ("GET", "/nothing/here", 404), ("POST", "/login", 400),
     ("PUT", "/agreements/add", 405), ("GET", "/%ff", 400), ("GET", "/health", 200)],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_every_answer_protects_the_reader(
    shared: Site, method: str, path: str, status: int, accept: str
) -> None:
    client = TestApp(shared.app)
    answer = client.request(path, method=method, headers={"Accept": accept}, expect_errors=True)
    assert answer.status_int in {status, 401 if accept == "application/json" else status}
    protected(answer)
    assert "Strict-Transport-Security" not in answer.headers


def protected(answer: Any) -> None:
    """The headers are there, and let no script or frame in."""
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy


def test_papers_and_files_are_protected_too(shared: Site) -> None:
    agreement, client = furnish(shared), shared.browser("slt.moss")
    for path in ("agreement.pdf", f"attachments/{agreement.attachment}", "original", "trail.zip"):
        answer = client.get(f"{agreement.path}/{path}", status=200)
        protected(answer)
        if not path.endswith(".pdf"):
            assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_page_that_was_uploaded_is_never_shown_as_ours(shared: Site) -> None:
    agreement, client = furnish(shared), shared.browser("slt.moss")
    evil = b"<script>alert(1)</script>"
    fields = {"csrf_token": csrf_of(client), "action": "add"}
    client.post(
        f"{agreement.path}/attachments", fields, upload_files=[("file", "side.html", evil)], status=303
    )
    listed = client.get(f"{agreement.path}/attachments", headers={"Accept": "application/json"}).json
    (number,) = [a["id"] for a in listed["attachments"] if a["name"] == "side.html"]
    answer = client.get(f"{agreement.path}/attachments/{number}")
    assert answer.body == evil
    assert answer.headers["Content-Disposition"].startswith("attachment")
    protected(answer)


def test_under_https_the_browser_is_told_to_stay_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = house(tmp_path_factory.mktemp("hsts"), **{"avtaleflyt.https": "true"})
    for path in ("/login", "/nothing", "/static/css/base.css"):
        answer = site.browser().get(path, expect_errors=True)
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"], path
    site.app.registry["engine"].dispose()

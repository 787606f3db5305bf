"""At the door: forged ways out, guessed passwords, lent tokens, and what no answer ever tells."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from webtest import TestApp

from tests.functional.conftest import PASSWORD, Program, Site
from tests.functional.door_support import csrf_of, furnish, house, written
from workflow_app.domain.case import Decision
from workflow_app.models.people import Person, SecurityEvent
from workflow_app.services import people, tokens
from workflow_app.services.transitions import Taken

WRONG = "Passordet er feil."

FORGED = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "HTTPS:evil.example",
    "https:/evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%0d%0aSet-Cookie:%20a=b",
    "/\r\nSet-Cookie: a=b",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "%2f%2fevil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "@evil.example",
    ".evil.example",
    "/login?came_from=//evil.example",
    "/\u2028evil",
    "/\x7f",
    "/æ/ø",
    "//\u3002evil.example",
    "/" + "a" * 3_000,
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One house for the tests that leave nothing behind."""
    made = house(tmp_path_factory.mktemp("security"))
    yield made
    made.app.registry["engine"].dispose()


def sign_in(client: TestApp, username: str, password: str = PASSWORD, came_from: str = "/") -> Any:
    """Send the login form."""
    fields = {
        "username": username,
        "password": password,
        "came_from": came_from,
        "csrf_token": csrf_of(client),
    }
    return client.post("/login", fields, expect_errors=True)


@pytest.mark.parametrize("came_from", FORGED)
def test_a_forged_way_back_never_leaves_the_host(shared: Site, came_from: str) -> None:
    answer = sign_in(shared.browser(), "slt.moss", came_from=came_from)
    assert answer.status_int == 303
    stays_here(answer.headers["Location"])
    assert "a=b" not in " ".join(answer.headers.getall("Set-Cookie"))


@pytest.mark.parametrize("came_from", FORGED)
def test_the_choice_of_language_leads_nowhere_else_either(shared: Site, came_from: str) -> None:
    client = shared.browser()
    fields = {"lang": "nn", "came_from": came_from, "csrf_token": csrf_of(client)}
    answer = client.post("/language", fields, expect_errors=True)
    assert answer.status_int == 303
    stays_here(answer.headers["Location"])


def stays_here(location: str) -> None:
    """The address is on this host, as a browser reads it (backslashes are slashes, tabs are dropped)."""
    seen = location.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "").strip()
    parts = urlsplit(seen)
    assert (parts.scheme, parts.netloc) in {("", ""), ("http", "localhost"), ("http", "localhost:80")}, (
        location
    )
    assert not parts.path.startswith("//"), location
    assert location.isascii(), location


def test_the_page_that_was_asked_for_comes_after_the_login(shared: Site) -> None:
    client = shared.browser()
    to_login = client.get("/agreements?q=moss", status=303)
    page = to_login.follow()
    form = next(f for f in page.forms.values() if "password" in f.fields)
    form["username"], form["password"] = "slt.moss", PASSWORD
    assert urlsplit(form.submit(status=303).headers["Location"])[2:4] == ("/agreements", "q=moss")


def test_unknown_names_and_wrong_passwords_get_the_same_sentence(shared: Site) -> None:
    """Whoever guesses must not learn which user names there are."""
    client = shared.browser()
    unknown = sign_in(client, "ingen.her", "feil passord her")
    wrong = sign_in(client, "politikontakt.stange", "feil passord her")
    assert unknown.status_int == wrong.status_int == 401
    assert unknown.text.replace("ingen.her", "NAME") == wrong.text.replace("politikontakt.stange", "NAME")


def test_the_sixth_guess_waits(site: Site) -> None:
    client = site.browser()
    for _ in range(5):
        assert sign_in(client, "slt.moss", "feil passord her").status_int == 401
    throttled = sign_in(client, "slt.moss", PASSWORD)
    assert throttled.status_int == 429
    assert 1 <= int(throttled.headers["Retry-After"]) <= 30
    assert "Set-Cookie" not in throttled.headers
    # Another name from the same town hall is not kept out.
    assert sign_in(client, "ordforer.moss").status_int == 303


def test_names_that_do_not_exist_are_throttled_like_those_that_do(site: Site) -> None:
    client = site.browser()
    answers = [sign_in(client, "ingen.her", "feil passord her").status_int for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_the_throttle_answers_a_program_in_json(site: Site) -> None:
    client = TestApp(site.app)
    page = client.get("/login", headers={"Accept": "application/json"})
    fields = {"username": "slt.moss", "password": "feil passord her", "csrf_token": page.json["csrf_token"]}
    for _ in range(5):
        client.post("/login", fields, headers={"Accept": "application/json"}, status=401)
    throttled = client.post("/login", fields, headers={"Accept": "application/json"}, status=429)
    assert throttled.json["error"] == "throttled"
    assert "Retry-After" in throttled.headers


def test_guessing_at_the_signature_is_throttled_too(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    mayor = site.program("ordforer.moss")
    for _ in range(5):
        refused = mayor.do(agreement.id, "sign", status=422, password="feil passord her")
        assert refused["fields"]["password"] == WRONG
    refused = mayor.do(agreement.id, "sign", status=422, password=PASSWORD)
    assert refused["fields"]["password"] != WRONG
    assert mayor.get(agreement.path)["approvals"] == []
    with site.session() as db:
        kinds = [e.kind for e in db.query(SecurityEvent).all()]
    assert kinds.count("reauthentication_failed") == 5
    # The login shares the count: who guesses at one door waits at the other.
    assert sign_in(site.browser(), "ordforer.moss").status_int == 429


def test_the_wrong_role_cannot_use_the_signature_to_guess_passwords(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    for _ in range(7):
        site.program("slt.moss").do(agreement.id, "sign", status=403, password="feil passord her")
    with site.session() as db:
        assert db.query(SecurityEvent).count() == 0


def test_a_token_that_reads_writes_nothing_anywhere(shared: Site) -> None:
    agreement = furnish(shared)
    reader = shared.program("slt.moss", scope="read")
    assert reader.get(agreement.path)["state"] == "draft"
    before = written(shared)
    for path in ("/agreements/add", f"{agreement.path}/rules", f"{agreement.path}/text",
                 f"{agreement.path}/transitions/agree"):  # fmt: skip
        assert reader.post(path, {"confirm": True}, status=403)["error"] == "forbidden", path
    for path in ("/language", "/logout"):
        reader.client.post(path, {"lang": "nn"}, headers=bearer(reader.token), expect_errors=True)
    assert written(shared) == before


def test_a_token_past_its_end_is_worthless(shared: Site) -> None:
    long_ago = shared.now - timedelta(days=40)
    with shared.session() as db, db.begin():
        person = people.find(db, "slt.moss")
        token, _ = tokens.issue(db, person, "write", until=long_ago + timedelta(days=30), now=long_ago)
    Program(TestApp(shared.app), token).get("/agreements", status=401)


def test_a_token_that_was_ended_is_worthless_at_once(site: Site) -> None:
    program = site.program("slt.moss")
    program.get("/agreements")
    with site.session() as db, db.begin():
        (row,) = tokens.list_tokens(db, site.now)
        tokens.end(db, row.id, now=site.now)
    refused = program.client.get("/agreements", headers=bearer(program.token), status=401)
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_somebody_who_left_is_out_at_once(site: Site) -> None:
    agreement = furnish(site)
    client, program = site.browser("slt.moss"), site.program("slt.moss")
    client.get("/agreements", status=200)
    with site.session() as db, db.begin():
        people.end_person(db, people.find(db, "slt.moss"), now=site.now)
    assert client.get("/agreements", status=303).headers["Location"].endswith("came_from=%2Fagreements")
    program.get(agreement.path, status=401)
    assert sign_in(site.browser(), "slt.moss").status_int == 401


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer avtaleflyt_", "bearer x", "Bearer \x00", "Bearer " + "a" * 5000, "Basic eDp5",
     "Bearer avtaleflyt_" + "A" * 43, "Digest x", "Bearer æøå"],
)  # fmt: skip
def test_what_is_no_token_is_nobody(shared: Site, header: str) -> None:
    client = TestApp(shared.app)
    raw = header.encode().decode("latin-1")
    answer = client.get(
        "/agreements", headers={"Authorization": raw, "Accept": "application/json"}, status=401
    )
    assert answer.json["error"] == "not_signed_in"


def test_with_a_bearer_token_the_cookie_is_ignored(site: Site) -> None:
    """Else a program run from somebody's browser could act as whoever is signed in there."""
    agreement = furnish(site)
    client = site.browser("slt.moss")
    stange, reader = site.program("slt.stange"), site.program("slt.moss", scope="read")
    json = {"Accept": "application/json"}
    assert client.get(agreement.path, headers=json, status=200).json["id"] == agreement.id
    client.get(agreement.path, headers={**json, **bearer(stange.token)}, status=404)
    client.get(agreement.path, headers={**json, **bearer("avtaleflyt_" + "x" * 43)}, status=401)
    client.post_json(
        f"{agreement.path}/transitions/agree", {}, headers={**json, **bearer(reader.token)}, status=403
    )


def bearer(token: str) -> dict[str, str]:
    """The header of a program."""
    return {"Authorization": f"Bearer {token}"}


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
    # More than production logs. (What the database library says of itself when told to is the operator's doing.)
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


def test_the_security_log_names_nobody_in_clear(site: Site) -> None:
    sign_in(site.browser(), "slt.moss", "feil passord her")
    with site.session() as db:
        events = db.query(SecurityEvent).all()
    assert events
    assert all("slt" not in e.subject and "127.0.0.1" not in e.subject for e in events)

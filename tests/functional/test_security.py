"""At the door: forged ways out, guessed passwords, and the same sentence for every wrong guess."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from webtest import TestApp

from tests.functional.conftest import PASSWORD, Site
from tests.functional.door_support import (
    csrf_of,
    furnish,
    house,
    sign_in,
)
from workflow_app.models.people import SecurityEvent

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


def test_the_security_log_names_nobody_in_clear(site: Site) -> None:
    sign_in(site.browser(), "slt.moss", "feil passord her")
    with site.session() as db:
        events = db.query(SecurityEvent).all()
    assert events
    assert all("slt" not in e.subject and "127.0.0.1" not in e.subject for e in events)

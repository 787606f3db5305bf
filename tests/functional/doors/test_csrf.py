"""No page elsewhere can act in somebody's name: every POST wants the session's own token."""

from __future__ import annotations

import pytest
from webtest import TestApp

from tests.functional.conftest import Site
from tests.functional.door_support import Furnished, csrf_of, furnish, written
from tests.functional.route_table import IN_NOBODYS_NAME, ROUTES, address

POSTS = sorted(
    {(row.context, row.name) for row in ROUTES if row.method == "POST" and row.who != IN_NOBODYS_NAME}
)
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def evaluated(shared: Site) -> Furnished:
    """One whose evaluation is open."""
    return furnish(shared, "annual_evaluation")


@pytest.fixture(scope="module")
def admin(shared: Site) -> TestApp:
    """The browser of the administrator, who minds the people and the mail."""
    return shared.browser("admin.moss")


ADMINISTRATORS = {("MailRoom", ""), ("SealRoom", ""), ("PartyResource", ""), ("PartyResource", "handover"),
                  ("PartyResource", "erase"), ("PartyResource", "passkeys"),
                  ("PartyResource", "witnesses")}  # fmt: skip
"""Doors of the administrator alone."""

LATER = {"MatterResource", "MatterPaper", "MeetingResource"}
"""What an agreement has only once it is signed."""


@pytest.mark.parametrize(("context", "name"), POSTS)
@pytest.mark.parametrize("how", ["missing", "empty", "wrong", "another's", "before the login"])
def test_every_post_wants_the_token_of_its_own_session(
    shared: Site,
    draft: Furnished,
    evaluated: Furnished,
    client: TestApp,
    admin: TestApp,
    context: str,
    name: str,
    how: str,
) -> None:
    able = admin if (context, name) in ADMINISTRATORS else client
    token = {
        "missing": None,
        "empty": "",
        "wrong": "x" * 43,
        "another's": csrf_of(shared.browser("ordforer.moss")),
        "before the login": csrf_of(shared.browser()),
    }[how]
    later = name == "evaluation" or context in LATER
    path, before = address(context, name, evaluated if later else draft), written(shared)
    fields = {"reason": "Nei", "lang": "nn"} | ({} if token is None else {"csrf_token": token})
    able.post(path, fields, status=400)
    headers = JSON | ({} if token is None else {"X-CSRF-Token": token})
    told = able.post_json(path, {"data": {"reason": "Nei"}}, headers=headers, status=400)
    assert told.json["error"] == "bad_csrf_token"
    assert written(shared) == before
    able.get("/agreements", status=200)


@pytest.mark.parametrize(("context", "name"), [p for p in POSTS if p != ("Root", "login")])
def test_without_a_session_every_post_leads_to_the_login(
    shared: Site, draft: Furnished, context: str, name: str
) -> None:
    path, before = address(context, name, draft), written(shared)
    stranger = shared.browser()
    assert "/login" in stranger.post(path, {"reason": "Nei"}, status=303).headers["Location"]
    stranger.post_json(path, {}, headers=JSON, status=401)
    assert written(shared) == before


def test_the_login_form_itself_wants_a_token(shared: Site) -> None:
    """Else somebody could be signed in as another than she believes, and write there."""
    fields = {"username": "slt.moss", "password": "lang nok setning her"}
    stranger = shared.browser()
    answer = stranger.post("/login", fields, status=400)
    assert "avtaleflyt=" not in " ".join(answer.headers.getall("Set-Cookie"))
    mine = csrf_of(shared.browser())
    stranger.post("/login", {**fields, "csrf_token": mine}, status=400)


def test_a_token_in_the_address_is_none(shared: Site, draft: Furnished, client: TestApp) -> None:
    """Addresses end up in logs and in referrers."""
    client.post(f"{draft.path}/rules?csrf_token={csrf_of(client)}", {"action": "confirm"}, status=400)


def test_the_header_does_for_a_program_in_the_browser(site: Site) -> None:
    agreement, client = furnish(site), site.browser("slt.moss")
    token = client.get(agreement.path, headers=JSON).json["csrf_token"]
    headers = {**JSON, "X-CSRF-Token": token}
    path = f"{agreement.path}/transitions/agree"
    assert client.post_json(path, {"data": {}}, headers=headers, status=200).json["approvals"]


def test_every_json_answer_of_a_session_carries_the_token(
    shared: Site, evaluated: Furnished, client: TestApp, admin: TestApp
) -> None:
    twins = {(row.context, row.name) for row in ROUTES if row.accept == "application/json"}
    for context, name in sorted(twins):
        path = address(context, name, evaluated)
        able = admin if (context, name) in ADMINISTRATORS else client
        assert able.get(path, headers=JSON).json.get("csrf_token") == csrf_of(able), path


def test_a_bearer_token_needs_none_and_its_answers_carry_none(shared: Site) -> None:
    agreement, program = furnish(shared), shared.program("slt.moss")
    assert "csrf_token" not in program.get(agreement.path)
    assert program.post(f"{agreement.path}/transitions/agree", {"data": {}})["approvals"]


def test_under_https_a_page_elsewhere_is_known_by_its_origin(shared: Site) -> None:
    """Even with the right token (somebody may have read it off a screen)."""
    agreement, client = furnish(shared), shared.browser("slt.moss")
    before, fields = written(shared), {"csrf_token": csrf_of(client)}
    path, secure = (
        f"{agreement.path}/transitions/agree",
        {"wsgi.url_scheme": "https", "HTTP_HOST": "avtale.example"},
    )
    cookie = {"Cookie": f"avtaleflyt={client.cookies['avtaleflyt']}"}
    for origin in (
        "https://evil.example",
        "null",
        "http://avtale.example",
        "https://avtale.example.evil.example",
    ):
        headers = {**cookie, "Origin": origin}
        client.post(path, fields, headers=headers, extra_environ=secure, status=400)
    client.post(path, fields, headers=cookie, extra_environ=secure, status=400)
    assert written(shared) == before
    for header in ({"Origin": "https://avtale.example"}, {"Referer": "https://avtale.example/agreements"}):
        client.post(path, fields, headers={**cookie, **header}, extra_environ=secure, status=303)

"""Signed-in browsers: a new session at every login, worthless when it has ended, also in mid-form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from webtest import TestApp

from tests.functional.conftest import PASSWORD, Site
from tests.functional.door_support import csrf_of, furnish, house, written
from workflow_app.models.people import LoginSession
from workflow_app.services import people, sessions

JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One house for all of these; each test signs in anew."""
    made = house(tmp_path_factory.mktemp("sessions"))
    yield made
    made.app.registry["engine"].dispose()


def live(site: Site, username: str) -> list[LoginSession]:
    """The person's sessions that have not been revoked."""
    with site.session() as db:
        person = people.find(db, username)
        wanted = select(LoginSession).where(
            LoginSession.person_id == person.id, LoginSession.revoked_at.is_(None)
        )
        return list(db.scalars(wanted))


def sign_in(client: TestApp, username: str) -> None:
    """Through the form that is open to whoever sits there."""
    fields = {"username": username, "password": PASSWORD, "csrf_token": csrf_of(client)}
    client.post("/login", fields, status=303)


def carrying(site: Site, cookie: str) -> TestApp:
    """A browser that somebody has given this cookie."""
    client = TestApp(site.app, extra_environ={"HTTP_ACCEPT": "text/html"})
    client.set_cookie("avtaleflyt", cookie)
    return client


def test_signing_in_again_makes_the_old_cookie_worthless(shared: Site) -> None:
    client = shared.browser("slt.moss")
    old = client.cookies["avtaleflyt"]
    sign_in(client, "ordforer.moss")
    assert client.cookies["avtaleflyt"] != old
    assert "Ordforer Moss" in client.get("/agreements").text
    carrying(shared, old).get("/agreements", status=303)


def test_a_planted_session_gains_nothing(shared: Site) -> None:
    """Session fixation: the cookie somebody planted before the login is not the session after it."""
    for planted in ("x" * 43, shared.browser("slt.stange").cookies["avtaleflyt"]):
        victim = carrying(shared, planted)
        sign_in(victim, "slt.moss")
        assert victim.cookies["avtaleflyt"] != planted
        thief = carrying(shared, planted).get("/agreements", headers=JSON, expect_errors=True)
        assert "Slt Moss" not in thief.text


def test_the_csrf_token_is_new_with_the_session(shared: Site) -> None:
    client = shared.browser()
    before = csrf_of(client)
    sign_in(client, "slt.moss")
    assert csrf_of(client) != before
    client.post("/logout", {"csrf_token": before}, status=400)


def test_only_the_hash_of_the_cookie_is_kept(shared: Site) -> None:
    cookie = shared.browser("sekretaer.moss").cookies["avtaleflyt"]
    assert live(shared, "sekretaer.moss")
    with shared.session() as db:
        assert cookie not in str([row.token_sha256 for row in db.scalars(select(LoginSession))])


def test_signing_out_revokes_in_the_database(shared: Site) -> None:
    client = shared.browser("stasjonssjef.moss")
    cookie = client.cookies["avtaleflyt"]
    assert len(live(shared, "stasjonssjef.moss")) == 1
    answer = client.post("/logout", {"csrf_token": csrf_of(client)}, status=303)
    assert answer.headers["Location"].endswith("/login?done=signed_out")
    assert live(shared, "stasjonssjef.moss") == []
    assert "avtaleflyt" not in client.cookies or not client.cookies["avtaleflyt"]
    carrying(shared, cookie).get("/agreements", status=303)


def test_looking_at_the_address_signs_nobody_out(shared: Site) -> None:
    client = shared.browser("slt.moss")
    client.get("/logout", status=200)
    client.get("/agreements", status=200)


def revoked_in_mid_form(site: Site, username: str) -> tuple[TestApp, str]:
    """A browser with a page open whose session somebody has ended meanwhile, and the form's token."""
    client = site.browser(username)
    token = csrf_of(client)
    with site.session() as db, db.begin():
        sessions.revoke_all(db, people.find(db, username).id, site.now)
    return client, token


def test_a_session_revoked_in_mid_form_leads_to_the_login_and_nothing_is_written(shared: Site) -> None:
    agreement = furnish(shared, "negotiated")
    client, token = revoked_in_mid_form(shared, "ordforer.moss")
    before = written(shared)
    fields = {"csrf_token": token, "password": PASSWORD}
    answer = client.post(f"{agreement.path}/transitions/sign", fields, status=303)
    assert "/login?came_from=" in answer.headers["Location"]
    told = client.post(f"{agreement.path}/transitions/sign", fields, headers=JSON, status=401)
    assert told.json["error"] == "not_signed_in"
    told = client.post_json(
        f"{agreement.path}/transitions/sign", {"data": {"password": PASSWORD}},
        headers={**JSON, "X-CSRF-Token": token}, status=401,
    )  # fmt: skip
    assert written(shared) == before
    # With the agreement's own page at the end of the way back, nothing has to be looked for.
    sign_in(client, "ordforer.moss")
    client.get(agreement.path, headers=JSON, status=200)


def test_what_was_written_when_the_session_ended_is_not_lost_and_the_password_is_not_shown(
    shared: Site,
) -> None:
    agreement = furnish(shared)
    client, token = revoked_in_mid_form(shared, "politikontakt.moss")
    fields = {"csrf_token": token, "reason": "Skrevet i en time.", "password": PASSWORD}
    page = client.post(f"{agreement.path}/transitions/withdraw", fields, status=401)
    assert "Skrevet i en time." in page.text
    assert PASSWORD not in page.text
    assert any("password" in form.fields for form in page.forms.values())
    assert shared.program("slt.moss").get(agreement.path)["state"] == "draft"


def test_a_new_password_ends_the_other_sessions(site: Site) -> None:
    client = site.browser("slt.moss")
    with site.session() as db, db.begin():
        people.set_password(
            db, people.find(db, "slt.moss"), "en helt annen setning", now=site.now,
            hashing=site.app.registry["passwords"],
        )  # fmt: skip
    client.get("/agreements", status=303)


@pytest.mark.parametrize(
    "aged",
    [{"expires_at": timedelta(seconds=1)}, {"seen_at": timedelta(hours=8, minutes=1)}],
    ids=["a day old", "unused for eight hours"],
)
def test_a_session_ends_by_itself(shared: Site, aged: dict[str, timedelta]) -> None:
    client = shared.browser("politikontakt.moss")
    with shared.session() as db, db.begin():
        db.execute(
            update(LoginSession)
            .where(LoginSession.person_id == shared.person["politikontakt.moss"])
            .values({name: shared.now - age for name, age in aged.items()})
        )
    client.get("/agreements", status=303)


def test_a_clock_set_to_another_day_keeps_no_session_alive_and_ends_none(site: Site) -> None:
    client = site.browser("slt.moss")
    site.today = date(2035, 1, 1)
    client.get("/agreements", status=200)


def test_use_is_noted_once_a_minute(shared: Site) -> None:
    client = shared.browser("sekretaer.stange")
    (row,) = live(shared, "sekretaer.stange")
    with shared.session() as db, db.begin():
        db.execute(
            update(LoginSession)
            .where(LoginSession.token_sha256 == row.token_sha256)
            .values(seen_at=shared.now - timedelta(hours=7))
        )
    client.get("/agreements", status=200)
    (noted,) = live(shared, "sekretaer.stange")
    client.get("/agreements", status=200)
    (again,) = live(shared, "sekretaer.stange")
    assert shared.now - noted.seen_at < timedelta(minutes=1)
    assert again.seen_at == noted.seen_at


@pytest.mark.parametrize(
    "cookie", ["", "x", "x" * 43, "x" * 8000, "%00", "æøå", "a b", "../../etc", "=" * 43]
)
def test_what_is_no_cookie_of_ours_is_nobody(shared: Site, cookie: str) -> None:
    client = TestApp(shared.app)
    raw = f'avtaleflyt="{cookie}"'.encode().decode("latin-1")
    client.get("/agreements", headers={**JSON, "Cookie": raw}, status=401)


@pytest.mark.parametrize(("https", "prefix"), [("true", "__Host-"), ("false", "")])
def test_cookies_are_bound_to_host_and_https(
    tmp_path_factory: pytest.TempPathFactory, https: str, prefix: str
) -> None:
    site = house(tmp_path_factory.mktemp("https"), **{"avtaleflyt.https": https})
    scheme = "https" if https == "true" else "http"
    environ = {"wsgi.url_scheme": scheme, "HTTP_ACCEPT": "text/html", "HTTP_HOST": "avtale.example"}
    client = TestApp(site.app, extra_environ=environ)
    opened = client.get("/login")
    (planted,) = opened.headers.getall("Set-Cookie")
    assert planted.startswith(f"{prefix}avtaleflyt_csrf=")
    form = next(f for f in opened.forms.values() if "password" in f.fields)
    form["username"], form["password"] = "slt.moss", PASSWORD
    # The jar of the tests does not know https, so the cookie is carried by hand.
    by_hand = {"Cookie": planted.partition(";")[0], "Origin": f"{scheme}://avtale.example"}
    entered = client.post("/login", dict(form.submit_fields()), headers=by_hand, status=303)
    signed = next(c for c in entered.headers.getall("Set-Cookie") if "_csrf=" not in c)
    assert signed.startswith(f"{prefix}avtaleflyt=")
    chosen = client.post(
        "/language", {"lang": "nn", "csrf_token": form["csrf_token"].value}, headers=by_hand, status=303
    )
    for cookie in (planted, signed, chosen.headers["Set-Cookie"]):
        flags = {part.strip().partition("=")[0].lower(): part.strip() for part in cookie.split(";")[1:]}
        assert "httponly" in flags
        assert flags["path"].lower() == "path=/"
        assert flags["samesite"].lower() == "samesite=lax"
        assert "domain" not in flags
        assert ("secure" in flags) == (https == "true")
    site.app.registry["engine"].dispose()

"""Signing in and out, choosing a language, the accessibility statement, and the health check."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import forget, remember
from pyramid.view import view_config
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.people import Person
from workflow_app.services import people_login, sessions
from workflow_app.services.log import checkpoints, sequencer
from workflow_app.services.passkeys import options, proving
from workflow_app.web.changing import as_json
from workflow_app.web.language import COOKIE, LANGUAGES
from workflow_app.web.pagemodels import AccessibilityPage, LoginPage
from workflow_app.web.passkey_site import site as passkey_site
from workflow_app.web.passkey_site import site_or_reason
from workflow_app.web.permissions import Right
from workflow_app.web.present.demonstration import demo_accounts
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import Root
from workflow_app.web.views.errors import answer
from workflow_app.web.views.passkeys import refused

LAG = timedelta(minutes=15)
"""How long an entry may wait for its place in the tree before ``/health`` tells of it."""
LONGEST_PATH = 2000
"""The longest way back that is remembered, in characters; servers refuse much longer ones."""


def safe_path(request: Request, wanted: str) -> str:
    """``wanted`` if it is a path on this host, else the front page: never a way to a foreign site."""
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    # A header carries visible ASCII only (RFC 9110, section 5.5); what is more comes percent-encoded.
    clean = inside and all("!" <= c <= "~" and c != "\\" for c in wanted) and len(wanted) <= LONGEST_PATH
    return wanted if clean and not wanted.startswith(("/login", "/logout")) else "/"


@page("login", context=Root, name="login", permission=Right.ENTER)
def login_form(context: Root, request: Request) -> dict[str, object]:
    """The form; one who is signed in already may sign in as somebody else."""
    return {"page": _login_page(request, came_from=request.GET.get("came_from", ""))}


def _login_page(request: Request, **more: Any) -> LoginPage:
    accounts, password = demo_accounts(request)
    here, _ = site_or_reason(request)
    origin = here.origins[0] if here else None
    return LoginPage(accounts=accounts, demo_password=password, passkeys=origin, **more)


@view_config(context=Root, name="login", permission=Right.ENTER, request_method="POST")
def sign_in(context: Root, request: Request) -> Response:
    """Let somebody in with a new session, or say no in the same words whatever was wrong.

    With ``action=options`` a script gets what to ask a passkey, and sends its answer in ``passkey``.
    """
    if request.POST.get("action") == "options":
        return _passkey_options(request)
    name, password = request.POST.get("username", ""), request.POST.get("password", "")
    came_from = safe_path(request, str(request.POST.get("came_from", "")))
    # Outside the request's transaction: a failed attempt must be remembered, and hashing holds no lock.
    with request.apart() as db:
        try:
            person = _who_is_it(request, db, str(name), str(password))
        except people_login.LoginRefused as no:
            no_entry: people_login.LoginRefused | None = no
        else:
            no_entry = None
            old = request.me.session if request.me else None
            cookie, _ = sessions.sign_in(db, person, request.real_now, old=old)
    if no_entry is not None:
        return _not_let_in(request, no_entry, str(name), came_from)
    return HTTPSeeOther(came_from, headers=remember(request, cookie))


def _who_is_it(request: Request, db: Session, name: str, password: str) -> Person:
    client, throttle = request.client_addr or "-", request.registry["throttle"]
    if answered := str(request.POST.get("passkey", "")):
        return proving.sign_in(
            db, answered, client, request.real_now, site=passkey_site(request), throttle=throttle
        )
    return people_login.authenticate(
        db, name, password, client, request.real_now, passwords=request.registry["passwords"],
        throttle=throttle,
    )  # fmt: skip


def _passkey_options(request: Request) -> Response:
    """The options of ``get()``: for the user name that is written, or for whatever the device has."""
    here = passkey_site(request)
    with request.apart() as db:
        try:
            made = options.to_sign_in(
                db, str(request.POST.get("username", "")), request.client_addr or "-", request.real_now,
                site=here, throttle=request.registry["throttle"],
            )  # fmt: skip
        except people_login.LoginRefused as no:
            said: people_login.LoginRefused | None = no
        else:
            said = None
    return refused(request, said) if said is not None else as_json(request, {"options": made})


def _not_let_in(request: Request, no: people_login.LoginRefused, name: str, came_from: str) -> Response:
    status = 429 if no.code == "throttled" else 401
    if wants_json(request):
        response = answer(request, status, no.code, no.message)
    else:
        model = _login_page(request, problem=request.say(no.message), username=name, came_from=came_from)
        response = render_to_response(
            "workflow_app.templates:pages/login.pt", {"page": model}, request=request
        )
        response.status_int = status
    if no.retry_after:
        response.headers["Retry-After"] = str(no.retry_after)
    return response


@view_config(context=Root, name="logout", permission=Right.ENTER, request_method="POST")
def sign_out(context: Root, request: Request) -> Response:
    """End the session here and in the database."""
    if request.me is not None and request.me.session is not None:
        sessions.revoke(request.dbsession, request.me.session.key, request.real_now)
    return HTTPSeeOther("/login?done=signed_out", headers=forget(request))


@page("login", context=Root, name="logout", permission=Right.ENTER)
def sign_out_is_a_button(context: Root, request: Request) -> dict[str, object]:
    """Looking at an address signs nobody out."""
    return {"page": _login_page(request, reason=request.say(msg("To sign out, use the button at the top.")))}


@view_config(context=Root, name="language", permission=Right.ENTER, request_method="POST")
def choose_language(context: Root, request: Request) -> Response:
    """Keep the choice with the person, and in a cookie for the pages before login."""
    wanted = str(request.POST.get("lang", ""))
    response = HTTPSeeOther(safe_path(request, str(request.POST.get("came_from", ""))))
    if wanted in LANGUAGES:
        response.set_cookie(COOKIE, wanted, max_age=31536000, path="/", samesite="Lax", httponly=True,
                            secure=request.registry["https"])  # fmt: skip
        if request.me is not None:
            request.dbsession.execute(
                update(Person).where(Person.id == request.me.who.person_id).values(language=wanted)
            )
    return response


@page("accessibility", context=Root, name="accessibility", permission=Right.ENTER)
def accessibility(context: Root, request: Request) -> dict[str, object]:
    """The accessibility statement; what the operator has not said is said to be missing."""
    settings = request.registry.settings
    model = AccessibilityPage(
        operator=settings.get("avtaleflyt.operator"),
        contact=settings.get("avtaleflyt.contact"),
        statement_url=settings.get("avtaleflyt.accessibility_statement"),
    )
    return {"page": model}


@view_config(context=Root, name="health", permission=Right.ENTER, request_method="GET", renderer="json")
def health(context: Root, request: Request) -> dict[str, object]:
    """200 when the database can be written to, 503 with the reason when not.

    Entries that have waited long for their place in the tree are told of and are no reason to call
    the house closed: nothing is lost, but nobody is giving them one. So is a log that is damaged.
    """
    try:
        behind = _behind(request)
        with request.registry["engine"].connect() as connection:
            # BEGIN IMMEDIATE and a write that is rolled back: reading alone would not tell of a full disk.
            connection.execute(text("UPDATE party SET name = name WHERE id = -1"))
            connection.rollback()
    except Exception as error:
        request.response.status_int = 503
        return {"status": "unavailable", "reason": type(error).__name__}
    return {"status": "ok", **behind}


def _behind(request: Request) -> dict[str, object]:
    with request.glance() as db:
        waiting = sequencer.waiting(db)
        told: dict[str, object] = {} if checkpoints.damage(db) is None else {"log": "damaged"}
    if waiting.since is None or request.now - waiting.since < LAG:
        return told
    return {**told, "entries_waiting": waiting.entries, "waiting_since": waiting.since}


@twin(context=Root, name="login", permission=Right.ENTER)
def login_twin(context: Root, request: Request) -> dict[str, object]:
    """What a program needs to sign in with a form; better to use a token."""
    return {"csrf_token": get_csrf_token(request), "fields": ["username", "password", "came_from"]}

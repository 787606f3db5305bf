"""Who is at the door, and whether what they want is declared for them.

A browser shows a session cookie, a program a bearer token; with a token the
cookie is ignored. Rights stand in each resource's ``__acl__``, which is derived
from the workflow definition; here a person is only turned into principals.
What is not declared is refused.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.config import Configurator
from pyramid.csrf import ICSRFStoragePolicy
from pyramid.interfaces import ISecurityPolicy
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import Denied
from pyramid.settings import asbool
from zope.interface import implementer

from workflow_app.models.people import Person
from workflow_app.services import people_holdings, sessions, tokens
from workflow_app.services.actors import Who
from workflow_app.services.calendars import feeds
from workflow_app.services.passwords import STANDARD
from workflow_app.services.throttle import Throttle
from workflow_app.web import calendar_door
from workflow_app.web.database import READING

BEARER = "bearer"


@dataclass(frozen=True)
class Identity:
    """A request's person and how they came in. ``session`` is None for a program."""

    who: Who
    username: str
    session: sessions.Current | None
    scope: str

    @property
    def principals(self) -> frozenset[str]:
        """What the access lists name: one principal per role and party held today."""
        held = {f"role:{h.role}:{h.party}" for h in self.who.holdings}
        base = {Everyone, Authenticated, f"person:{self.who.person_id}"}
        return frozenset(base | held | ({"operator"} if self.who.is_operator else set()))


def identity(request: Request) -> Identity | None:
    """Find out who asks, in one short look at the database."""
    if (clear := calendar_door.token_of(request)) is not None:
        return _at_the_calendar_door(request, clear)
    bearer = bearer_token(request)
    cookie = request.cookies.get(request.registry["cookie_name"])
    if bearer is None and not cookie:
        return None
    with request.glance() as db:
        if bearer is not None:
            token = tokens.find(db, bearer, request.real_now)
            if token is None or not token.person.active:
                return None
            return Identity(_who(request, db, token.person), token.person.username, None, token.scope)
        current = sessions.look_up(db, cookie, request.real_now)
        if current is None or current.person is None:
            return None
        found = Identity(_who(request, db, current.person), current.person.username, current, "write")
    if current.stale:
        with request.apart() as db:
            sessions.touch(db, current, request.real_now)
    return found


def _at_the_calendar_door(request: Request, clear: str) -> Identity | None:
    """Whose feed it is; a cookie or a bearer token beside it counts for nothing."""
    with request.glance() as db:
        feed = feeds.find(db, clear)
        if feed is None or not calendar_door.opens(request, feed):
            return None
        return Identity(_who(request, db, feed.person), feed.person.username, None, calendar_door.SCOPE)


def _who(request: Request, db: object, person: Person) -> Who:
    return Who(
        person_id=person.id,
        name=person.name,
        holdings=people_holdings.holdings(db, person.id, request.today),  # type: ignore[arg-type]  # a Session
        language=person.language,
        is_operator=person.is_operator,
    )


def bearer_token(request: Request) -> str | None:
    """The bearer token of the request (RFC 6750, section 2.1), or None."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == BEARER and value.strip() else None


@implementer(ISecurityPolicy)
class SecurityPolicy:
    """Pyramid's questions, answered from :func:`identity` and the access lists."""

    def identity(self, request: Request) -> Identity | None:
        return request.me  # type: ignore[no-any-return]  # reified below

    def authenticated_userid(self, request: Request) -> str | None:
        return request.me.who.person_id if request.me else None

    def permits(self, request: Request, context: object, permission: str) -> object:
        if request.me and request.me.scope == calendar_door.SCOPE:
            if getattr(request, "view_name", None) != calendar_door.VIEW:
                return Denied("a calendar address opens its feed and nothing else")
        elif request.me and request.me.scope != "write" and request.method not in READING:
            return Denied("a token that only reads")
        principals = request.me.principals if request.me else frozenset({Everyone})
        return ACLHelper().permits(context, principals, permission)

    def remember(self, request: Request, userid: str, **kw: object) -> list[tuple[str, str]]:
        return cookie_headers(request, userid)

    def forget(self, request: Request, **kw: object) -> list[tuple[str, str]]:
        return cookie_headers(request, "")


def cookie_headers(request: Request, value: str) -> list[tuple[str, str]]:
    """Set the session cookie to ``value``, or take it away with an empty one."""
    response = Response()
    secure = request.registry["https"]
    name = request.registry["cookie_name"]
    if value:
        response.set_cookie(name, value, path="/", httponly=True, secure=secure, samesite="Lax")
    else:
        response.set_cookie(name, "", max_age=0, path="/", httponly=True, secure=secure, samesite="Lax")
    return [(k, v) for k, v in response.headerlist if k == "Set-Cookie"]


@implementer(ICSRFStoragePolicy)
class CsrfPolicy:
    """The session's own token; before login, a random cookie sent back in the form.

    A program with a bearer token sends no cookie that a foreign page could
    borrow, and so needs none.
    """

    def new_csrf_token(self, request: Request) -> str:
        request.csrf_cookie = secrets.token_urlsafe(32)
        request.add_response_callback(_set_csrf_cookie)
        return request.csrf_cookie  # type: ignore[no-any-return]

    def get_csrf_token(self, request: Request) -> str:
        if request.me is not None:
            return request.me.session.csrf_token if request.me.session else ""
        known = getattr(request, "csrf_cookie", None) or request.cookies.get(
            request.registry["csrf_cookie_name"]
        )
        return str(known) if known else self.new_csrf_token(request)

    def check_csrf_token(self, request: Request, supplied_token: str) -> bool:
        expected = self.get_csrf_token(request)
        return bool(expected) and hmac.compare_digest(
            expected.encode("utf-8"), str(supplied_token).encode("utf-8", "replace")
        )


def _set_csrf_cookie(request: Request, response: Response) -> None:
    response.set_cookie(
        request.registry["csrf_cookie_name"],
        request.csrf_cookie,
        path="/",
        httponly=True,
        secure=request.registry["https"],
        samesite="Lax",
    )


def csrf_wanted(request: Request) -> bool:
    """Whether the request could have been made by a foreign page in a person's browser."""
    return bearer_token(request) is None


def includeme(config: Configurator) -> None:
    """Settings: ``avtaleflyt.https`` (``__Host-`` cookies, sent over HTTPS only) and
    ``avtaleflyt.secret`` (keys the hashes of the security log). Tests may put a
    cheaper way of hashing into the registry.
    """
    settings = config.get_settings()
    https = asbool(settings.get("avtaleflyt.https"))
    secret = settings.get("avtaleflyt.secret")
    config.registry["passwords"] = STANDARD
    config.registry["throttle"] = Throttle(key=secret.encode()) if secret else Throttle()
    config.registry["https"] = https
    # RFC 6265bis section 4.1.3.2: __Host- binds a cookie to this host, path / and HTTPS.
    prefix = "__Host-" if https else ""
    config.registry["cookie_name"] = f"{prefix}avtaleflyt"
    config.registry["csrf_cookie_name"] = f"{prefix}avtaleflyt_csrf"
    config.add_request_method(identity, "me", reify=True)
    config.add_request_method(lambda request: request.me.who if request.me else None, "who", reify=True)
    config.set_security_policy(SecurityPolicy())
    config.set_csrf_storage_policy(CsrfPolicy())
    config.set_default_csrf_options(require_csrf=True, callback=csrf_wanted)

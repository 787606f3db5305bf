"""What a person or a program is told when it did not work: one sentence, the right status.

No traceback ever leaves the house. What a program gets is the contract's
``{"error", "message", "refusals"}``; a person gets a page that says what to do.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from pyramid.events import ContextFound, subscriber
from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken, PredicateMismatch
from pyramid.httpexceptions import HTTPException, HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import exception_view_config, forbidden_view_config, notfound_view_config
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from workflow_app.domain.fields import InvalidData
from workflow_app.domain.messages import Message, msg
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed, NotThere, ServiceError
from workflow_app.services.filters import WrongFilters
from workflow_app.web.body import BadRequest
from workflow_app.web.calendar_door import turned_away
from workflow_app.web.pagemodels import ErrorPage, Kept, Link, LoginPage, Problem
from workflow_app.web.passkey_site import site_or_reason
from workflow_app.web.present.demonstration import demo_accounts
from workflow_app.web.present.kept import kept
from workflow_app.web.rendering import wants_json

log = logging.getLogger(__name__)


def answer(
    request: Request,
    status: int,
    code: str,
    message: Message,
    *,
    reasons: tuple[Problem, ...] = (),
    refusals: list[dict[str, str]] | None = None,
    reference: str | None = None,
    fields: dict[str, str] | None = None,
    back: Link | None = None,
) -> Response:
    """The answer to something that did not work, for whoever asked; ``back`` is where a person goes on."""
    _find_out_who(request)
    request.response.status_int = status
    if wants_json(request) or request.content_type == "application/json":
        body: dict[str, Any] = {"error": code, "message": request.say(message), "refusals": refusals or []}
        if fields:
            body["fields"] = fields
        response = render_to_response("json", body, request=request)
    else:
        model = ErrorPage(
            status=status,  # type: ignore[arg-type]  # the statuses used here are the page's own
            message=request.say(message),
            reasons=reasons,
            back=back or _back(request),
            reference=reference,
            looked=request.method in ("GET", "HEAD"),
        )
        response = render_to_response(
            "workflow_app.templates:pages/error.pt", {"page": model}, request=request
        )
    response.status_int = status
    return response


def _find_out_who(request: Request) -> None:
    """Without a database nobody is known, and the page that says so is drawn for a stranger."""
    try:
        _ = request.me
    except SQLAlchemyError:
        log.warning("who asks could not be found out")
        request.me = None


def _back(request: Request) -> Link | None:
    parts = request.path_info.strip("/").split("/")
    if len(parts) > 2 and parts[0] == "agreements":
        return Link(f"/agreements/{parts[1]}", request.say(msg("Back to the agreement")))
    return Link("/", request.say(msg("To my tasks"))) if request.me else None


@forbidden_view_config()
def forbidden(context: Exception, request: Request) -> Response:
    """Not signed in: to the login page (a program: 401). Signed in: yours to see, not to do."""
    if (answered := turned_away(request)) is not None:
        return answered
    if request.me is None:
        sentence = msg("You are not signed in, or your session has ended. Sign in and try again.")
        if wants_json(request) or request.headers.get("Authorization"):
            response = answer(request, 401, "not_signed_in", sentence)
            response.headers["WWW-Authenticate"] = 'Bearer realm="avtaleflyt"'
            return response
        # Where a form is sent to, its page stands as well; what went with the form's address does not.
        here = request.path_qs if request.method == "GET" else request.path
        # Only a form that was made here has cost anybody work.
        if request.method == "POST" and request.POST.get("csrf_token") and (words := kept(request)):
            return _at_the_door(request, sentence, here, words)
        return HTTPSeeOther(f"{request.script_name}/login?{urlencode({'came_from': here})}")
    return answer(request, 403, "forbidden", msg("This is not yours to do in the roles you hold today."))


def _at_the_door(request: Request, sentence: Message, here: str, words: tuple[Kept, ...]) -> Response:
    """The login at the form's own address, with what she had written: a redirect would lose it."""
    accounts, password = demo_accounts(request)
    site, _ = site_or_reason(request)
    model = LoginPage(
        passkeys=site.origins[0] if site else None,
        came_from=here,
        reason=request.say(sentence),
        kept=words,
        accounts=accounts,
        demo_password=password,
    )
    response = render_to_response("workflow_app.templates:pages/login.pt", {"page": model}, request=request)
    response.status_int = 401
    return response


@notfound_view_config(append_slash=False)
def not_found(context: Exception, request: Request) -> Response:
    """Not there, or not yours to see: the same answer."""
    if (answered := turned_away(request)) is not None:
        return answered
    if isinstance(context, PredicateMismatch) and request.method not in ("GET", "HEAD"):
        return answer(
            request,
            405,
            "method_not_allowed",
            msg("This address does not take ${method}.", method=request.method),
        )
    return answer(request, 404, "not_found", msg("There is nothing here, or nothing that is yours to see."))


@subscriber(ContextFound)
def nothing_below_a_view(event: ContextFound) -> None:
    """A view is a leaf: what is written behind its address leads nowhere, and not to the view."""
    request = event.request
    if request.subpath and request.matched_route is None:
        raise HTTPNotFound()


@exception_view_config(BadCSRFToken)
@exception_view_config(BadCSRFOrigin)
def bad_csrf(context: Exception, request: Request) -> Response:
    """A form that is not of this session; a session that ended in mid-form goes to the login."""
    if request.me is None and request.path_info != "/login":
        return forbidden(context, request)
    return answer(
        request,
        400,
        "bad_csrf_token",
        msg("The form was not made for this session. Open the page again and repeat what you wanted."),
    )


@exception_view_config(FieldErrors)
def field_errors(context: FieldErrors, request: Request) -> Response:
    """Fields are wrong; nothing was done."""
    said = {name: request.say(message) for name, message in context.fields.items()}
    reasons = tuple(Problem(name, sentence) for name, sentence in said.items())
    back = _without(request, said) if isinstance(context, WrongFilters) else None
    return answer(request, 422, "invalid", context.message, reasons=reasons, fields=said, back=back)


def _without(request: Request, wrong: Collection[str]) -> Link:
    """The same list without the filters that are wrong."""
    rest = [(name, value) for name, value in request.GET.items() if name not in wrong]
    address = f"{request.path}?{urlencode(rest)}" if rest else request.path
    return Link(address, request.say(msg("Open without what is wrong")))


@exception_view_config(InvalidData)
def invalid_data(context: InvalidData, request: Request) -> Response:
    """A transition's fields are wrong; the engine was not asked."""
    return field_errors(FieldErrors(context.errors), request)


@exception_view_config(ServiceError)
def service_error(context: ServiceError, request: Request) -> Response:
    """Anything else a service will not do, by its kind."""
    status = next(
        (
            code
            for kind, code in ((NotAllowed, 403), (Conflict, 409), (NotThere, 404), (BadRequest, 400))
            if isinstance(context, kind)
        ),
        422,
    )
    refusals = (
        [{"code": context.code, "reason": request.say(context.message)}] if status in (403, 409) else []
    )
    return answer(request, status, context.code, context.message, refusals=refusals)


@exception_view_config(OperationalError)
def database_busy(context: OperationalError, request: Request) -> Response:
    """Another writer held the database too long; nothing was changed and it may be tried again."""
    log.warning("database not available: %s", type(context.orig).__name__)
    response = answer(
        request, 503, "busy", msg("The database is busy. Nothing was changed; try again in a moment.")
    )
    response.headers["Retry-After"] = "2"
    return response


@exception_view_config(HTTPException)
def http_exception(context: HTTPException, request: Request) -> Response:
    """Pyramid's own refusals, in our words."""
    if isinstance(context, HTTPForbidden | HTTPNotFound) or context.status_int < 400:
        return context
    status = context.status_int if context.status_int in (400, 405, 413, 415, 429) else 400
    return answer(
        request, status, "bad_request", msg("The request could not be read; open the page and try again.")
    )


@exception_view_config(UnicodeError)
def undecodable(context: UnicodeError, request: Request) -> Response:
    """An address or a form with bytes that are not UTF-8."""
    return answer(
        request, 400, "bad_request", msg("The address or the form holds characters that cannot be read.")
    )


@exception_view_config(Exception)
def unexpected(context: Exception, request: Request) -> Response:
    """Our fault. The person gets a reference; the log gets the rest, without what was sent."""
    reference = secrets.token_hex(4)
    log.error("unexpected error %s at %s", reference, request.path_info, exc_info=context)
    return answer(
        request,
        500,
        "unexpected",
        msg(
            "Something went wrong on our side. Nothing was changed. Quote ${reference} to the operator.",
            reference=reference,
        ),
        reference=reference,
    )

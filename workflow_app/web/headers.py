"""What every answer says about itself, so that a browser can protect the reader.

No script or style but our own files, no framing, no sniffing, no referrer to
other sites, and nothing of a signed-in page in a shared cache. Being outermost,
it also catches what goes wrong after the views, in the commit itself, and
before them, in a request that cannot be read at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import Message

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.settings import asbool
from pyramid.tweens import INGRESS

from workflow_app.domain.messages import msg
from workflow_app.web.body import BadRequest

POLICY = (
    "default-src 'self'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_BOUNDARY = re.compile(r"[ -~]{0,200}[!-~]")

Handler = Callable[[Request], Response]


def _read_address(request: Request) -> None:
    """Raise ``UnicodeDecodeError`` for an address that is not UTF-8, and leave one that can be spoken of.

    A null character in it is told as well, since PostgreSQL fails over one: raises ``HTTPNotFound`` for the
    path, as no name has it, and ``BadRequest`` for the query.
    """
    try:
        # The query is read when asked for.
        path, asked = request.path_info, "".join((*request.GET.keys(), *request.GET.values()))
    except UnicodeDecodeError:
        request.environ.update(PATH_INFO="/", QUERY_STRING="")
        raise
    if "\0" in path:
        request.environ.update(PATH_INFO="/", QUERY_STRING="")
        raise HTTPNotFound()
    if "\0" in asked:
        request.environ.update(QUERY_STRING="")
        raise BadRequest("null_character", msg("The address holds a null character, which nothing here has."))


def check_content_type(request: Request) -> None:
    """Raise ``HTTPBadRequest`` for a body that the form parser would only stumble over.

    Everything here is UTF-8; a form in parts must say what divides them (RFC 7578, section 4.1).
    """
    said = Message()
    said["Content-Type"] = request.headers.get("Content-Type", "")
    charset, boundary = said.get_param("charset"), said.get_param("boundary", "")
    if charset is not None and str(charset).lower() not in ("utf-8", "utf8"):
        raise HTTPBadRequest()
    if said.get_content_type() == "multipart/form-data" and not _BOUNDARY.fullmatch(str(boundary)):
        raise HTTPBadRequest()


def headers_tween(handler: Handler, registry: Registry) -> Handler:
    """Add the headers to every response, errors included; no error goes out as a traceback."""
    secure = asbool(registry.settings.get("avtaleflyt.https"))

    def tween(request: Request) -> Response:
        try:
            _read_address(request)
            check_content_type(request)
            response = handler(request)
        except Exception:
            # The transaction is committed outside the views that answer to errors.
            response = request.invoke_exception_view()
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if not request.path_info.startswith("/static/"):
            # A calendar is fetched again and again, and may say how long its answer stays true.
            response.headers.setdefault("Cache-Control", "no-store")
            if "public" not in response.headers["Cache-Control"]:
                response.vary = ("Accept", "Accept-Language", "Cookie", "Authorization")
        return response

    return tween


def includeme(config: Configurator) -> None:
    """Settings: ``avtaleflyt.https``."""
    config.add_tween("workflow_app.web.headers.headers_tween", under=INGRESS)

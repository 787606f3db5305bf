"""Reading what was sent: a JSON object or a form, with one sentence for what is wrong.

Both become the same plain mapping, so that a page and its JSON twin ask the
services the same thing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pyramid.request import Request
from webob.multidict import MultiDict

from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors, ServiceError

_NOT_DATA = frozenset({"csrf_token", "_charset_", "__formid__", "submit", "version", "came_from"})


class BadRequest(ServiceError):
    """What was sent cannot be read at all (a 400)."""


def json_object(request: Request) -> dict[str, Any]:
    """The request's body as a JSON object; an empty body is an empty object. Raises ``BadRequest``."""
    if not request.body.strip():
        return {}
    try:
        # UTF-8 and nothing else (RFC 8259, section 8.1); left to itself, the library guesses.
        found = json.loads(request.body.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest(
            "not_json", msg("The body is not JSON that can be read; send one JSON object.")
        ) from error
    if b"\\ud" in request.body.lower() and not _encodable(found):
        raise BadRequest("half_a_character", msg("The body holds half a character, which cannot be kept."))
    if not isinstance(found, dict):
        raise BadRequest("not_an_object", msg('The body must be a JSON object, such as {"version": 7}.'))
    if b"\\u0000" in request.body:
        refuse_nul(found.items())
    return found


def refuse_nul(fields: Iterable[tuple[str, object]]) -> None:
    """Raise ``FieldErrors`` for every field with a null character in it: PostgreSQL keeps none in a text."""
    wrong = {
        name.replace("\0", "\ufffd")[:60]: msg(
            "“${name}” holds a null character, which cannot be kept; take it out and send it again.",
            name=name.replace("\0", "\ufffd")[:60],
        )
        for name, value in fields
        if _holds_nul([name, value])
    }
    if wrong:
        raise FieldErrors(wrong)


def _holds_nul(value: object) -> bool:
    # By a list of what is left: JSON may be nested deeper than a function may call itself.
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str) and "\0" in one:
            return True
        if isinstance(one, dict):
            left += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            left += one
    return False


def _encodable(value: object) -> bool:
    """Whether every text in it can be written as UTF-8; a lone surrogate (RFC 8259, section 8.2) cannot."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _no_constant(name: str) -> None:
    raise ValueError(name)


def sent(request: Request) -> dict[str, Any]:
    """What was sent, as one mapping: the JSON object, or the form's fields (the last of each)."""
    if request.content_type == "application/json":
        return json_object(request)
    return form_fields(request.POST)


def form_fields(post: MultiDict[str, Any]) -> dict[str, Any]:
    """A form's own fields, without those that only carry it. Raises ``FieldErrors`` for a null character."""
    refuse_nul(post.items())
    return {
        name: value for name, value in post.items() if name not in _NOT_DATA and not name.startswith("__")
    }


def sent_version(request: Request) -> int | None:
    """The version the client saw, or None where it names none. Raises ``FieldErrors``."""
    raw = (
        json_object(request).get("version")
        if request.content_type == "application/json"
        else (request.POST.get("version"))
    )
    if raw in (None, ""):
        return None
    told = "" if isinstance(raw, bool) else str(raw)
    if not (told.isascii() and told.isdecimal()) or len(told) > 9:
        raise FieldErrors(
            {"version": msg("The version must be a whole number: the one of the page you saw.")}
        )
    return int(told)

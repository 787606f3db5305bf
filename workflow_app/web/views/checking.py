"""The log in words, and the page where anybody may check what she holds.

Checking changes nothing and answers with nothing that the sender does not hold,
so a POST here wants no token: a page elsewhere that sends something on a
reader's behalf cannot read the answer, and there is nothing to be done in her
name. That lets a program check a file with one request and no cookie.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import msg
from workflow_app.services.checking.files import Checked, check
from workflow_app.services.checking.heads import look_up
from workflow_app.services.checking.typed import Asked, read_pasted, read_typed
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.papers.labels import LIMITS
from workflow_app.services.sealing.foreign import look as look_for_signatures
from workflow_app.services.texts import TooLarge
from workflow_app.web.body import BadRequest, json_object
from workflow_app.web.changing import as_json, page_again, problems_of, status_of
from workflow_app.web.checking_gate import Busy, gate_of
from workflow_app.web.log_resources import Log
from workflow_app.web.pagemodels import CheckResult, Problem, VerifyPage
from workflow_app.web.permissions import Right
from workflow_app.web.present.checking import result_of
from workflow_app.web.present.checking_json import checked_json
from workflow_app.web.present.log_page import log_json, log_page
from workflow_app.web.present.seals import settings_of
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import Root
from workflow_app.web.uploads import form_file, json_file
from workflow_app.web.views.errors import answer

_TYPED = ("checkpoint", "size", "root")


@page("log", context=Log, permission=Right.READ_LOG)
def log(context: Log, request: Request) -> dict[str, object]:
    """The log, its witnesses and its keys."""
    return {"page": log_page(request)}


@twin(context=Log, permission=Right.READ_LOG)
def log_twin(context: Log, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return log_json(request)


@view_config(context=Root, name="verify", permission=Right.ENTER, request_method="GET")
def look(context: Root, request: Request) -> Response:
    """The two forms, and what was looked up where a checkpoint was given."""
    given = {name: str(request.GET.get(name, "")) for name in _TYPED}
    try:
        asked = _typed(given)
        if asked is not None:
            gate_of(request).count(request.client_addr or "-", request.real_now)
        found = None if asked is None else _head(request, asked)
    except ServiceError as wrong:
        return _wrong(request, wrong, given)
    return _shown(request, found, given)


@view_config(context=Root, name="verify", permission=Right.ENTER, request_method="POST", require_csrf=False)
def check_what_was_sent(context: Root, request: Request) -> Response:
    """Check a file: a form's, or in a program's JSON; JSON may hold a checkpoint instead."""
    given = dict.fromkeys(_TYPED, "")
    try:
        _refuse_flood(request)
        gate_of(request).count(request.client_addr or "-", request.real_now)
        if request.content_type == "application/json":
            data = json_object(request)
            given = {name: str(data.get(name) or "") for name in _TYPED}
            asked = _typed(given)
            found = _head(request, asked) if asked else _checked(request, json_file(data)[1])
        else:
            found = _checked(request, _sent_file(request))
    except ServiceError as wrong:
        return _wrong(request, wrong, given)
    return _shown(request, found, given)


def _typed(given: dict[str, str]) -> Asked | None:
    if given["checkpoint"].strip():
        return read_pasted(given["checkpoint"])
    if given["size"].strip() or given["root"].strip():
        return read_typed(given["size"], given["root"])
    return None


def _head(request: Request, asked: Asked) -> Checked:
    return Checked("checkpoint", head=look_up(request.reading, asked, request.log_signer))


def _sent_file(request: Request) -> bytes:
    chosen = form_file(request, most=gate_of(request).largest)
    if chosen is None:
        raise FieldErrors({"file": msg("No file was chosen; choose a trail, a receipt or a PDF.")})
    name, content = chosen
    if not content:
        raise FieldErrors({"file": msg("«${name}» is empty; choose a file with something in it.", name=name)})
    return content


def _checked(request: Request, content: bytes) -> Checked:
    gate = gate_of(request)
    if len(content) > gate.largest:
        raise _too_large(gate.largest)
    with gate.one_at_a_time():
        return check(
            request.reading,
            content,
            request.log_signer,
            attached=request.who is not None,
            most=gate.largest,
            signatures=partial(look_for_signatures, settings=settings_of(request), now=request.real_now),
        )


def _refuse_flood(request: Request) -> None:
    """Raise before a body is read that holds more than is checked; base64 makes four bytes of three."""
    largest = gate_of(request).largest
    if (request.content_length or 0) > largest * 4 // 3 + (1 << 20):
        raise _too_large(largest)


def _too_large(largest: int) -> TooLarge:
    said = msg("The file is too large; at most ${limit} MB are checked.", limit=largest >> 20)
    return TooLarge({"file": said})


def _shown(request: Request, found: Checked | None, given: dict[str, str]) -> Response:
    result = None if found is None else result_of(request, found)
    if wants_json(request) or request.content_type == "application/json":
        return as_json(request, checked_json(request, found, result))
    return page_again(request, "verify", _page(request, given, result), 200, nav="")


def _page(
    request: Request,
    given: dict[str, str],
    result: CheckResult | None = None,
    problems: tuple[Problem, ...] = (),
) -> VerifyPage:
    return VerifyPage(
        largest=f"{gate_of(request).largest >> 20} MB",
        result=result,
        problems=problems,
        checkpoint=given["checkpoint"],
        size=given["size"],
        root=given["root"],
        limits=tuple(request.say(limit) for limit in LIMITS),
    )


def _wrong(request: Request, wrong: ServiceError, given: dict[str, str]) -> Response:
    as_program = wants_json(request) or request.content_type == "application/json"
    if isinstance(wrong, Busy):
        response = answer(request, wrong.status, wrong.code, wrong.message)
        response.headers["Retry-After"] = str(wrong.retry_after)
        return response
    if as_program or isinstance(wrong, BadRequest) or not isinstance(wrong, FieldErrors):
        raise wrong
    status = 413 if isinstance(wrong, TooLarge) else status_of(wrong)
    model = _page(request, given, problems=problems_of(request, wrong))
    return page_again(request, "verify", model, status, nav="")

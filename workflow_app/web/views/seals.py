"""The installation's seal, for administrators and the operator; trying again is a POST."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors
from workflow_app.services.sealing import minding
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, to_page
from workflow_app.web.mail_resource import SealRoom
from workflow_app.web.permissions import Right
from workflow_app.web.present.seal_room import seals_json, seals_page
from workflow_app.web.rendering import page, twin, wants_json


@page("seals", context=SealRoom, permission=Right.MIND_SEALS)
def seals(context: SealRoom, request: Request) -> dict[str, object]:
    """The certificate, and what waits."""
    return {"page": seals_page(request), "nav": "seals"}


@twin(context=SealRoom, permission=Right.MIND_SEALS)
def seals_twin(context: SealRoom, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return seals_json(request)


@view_config(context=SealRoom, permission=Right.MIND_SEALS, request_method="POST")
def retry(context: SealRoom, request: Request) -> Response:
    """``action`` retry: what waits is tried at the server's next look."""
    if sent(request).get("action") != "retry":
        raise FieldErrors({"action": msg("Say what is to be done: retry.")})
    done = minding.again(request.dbsession, request.who, request.now)
    if wants_json(request):
        return as_json(request, {"done": done})
    return to_page(request, "/seals", done="seals_wait")

"""One matter: the bodies that had it before the kommunestyre, its outcome, and the særutskrift back.

What may be done here is asked of the person's holding for that kommune, not of
the agreement's state: the excerpt comes when the agreement has long moved on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.case import Holding
from workflow_app.domain.definitions import Permission
from workflow_app.domain.fields import InvalidData, clean
from workflow_app.domain.messages import msg
from workflow_app.models.proceedings import Matter
from workflow_app.services import blobs, matters, matters_files, matters_handling
from workflow_app.services.errors import FieldErrors, NotThere, ServiceError
from workflow_app.services.matters_occasions import check_holder, record_outcome
from workflow_app.services.texts import TooLarge
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, shown_again, status_of, to_page
from workflow_app.web.downloads import download
from workflow_app.web.present.matter import MatterView, one_matter_json
from workflow_app.web.present.matter_cards import OUTCOME_FORM
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, MatterResource
from workflow_app.web.uploads import form_file, json_file, limit_of, refuse_flood

_ROW = re.compile(r"handling\.([1-9][0-9]?)\.(committee|meeting_date|case_number|proposal)")


@page("matter", context=MatterResource, permission=Permission.VIEW)
def matter(context: MatterResource, request: Request) -> dict[str, object]:
    """Everything of one matter."""
    return {"page": MatterView(request, context).page(), "nav": "agreements"}


@twin(context=MatterResource, permission=Permission.VIEW)
def matter_twin(context: MatterResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return one_matter_json(request, context)


@view_config(context=MatterResource, name="excerpt", permission=Permission.VIEW, request_method="GET")
def excerpt(context: MatterResource, request: Request) -> Response:
    """The særutskrift as it came: the newest, or an older one by its number (``file``)."""
    raw = request.GET.get("file", "")
    if raw and not (raw.isascii() and raw.isdecimal() and len(raw) < 5):
        raise NotThere("not_there", msg("There is no such file."))
    found = matters_files.find(context.matter, int(raw) if raw else None)
    content = blobs.fetch(request.reading, found.sha256)
    return download(content, found.name, found.media_type, found.sha256)


@view_config(context=MatterResource, permission=Permission.VIEW, request_method="POST")
def change(context: MatterResource, request: Request) -> Response:
    """Write the bodies before the kommunestyre, keep an excerpt, or record the outcome."""
    refuse_flood(request)
    check_holder(context.definition, context.matter.party, request.who)
    asked = sent(request)
    action = str(asked.get("action", ""))
    as_program = request.content_type == "application/json"
    try:
        if action not in _DOING:
            raise FieldErrors(
                {"action": msg("Say what to do with the matter: handling, excerpt or outcome.")}
            )
        resource = held(request, context.owner, Permission.VIEW)
        found = matters.find(request.dbsession, resource.agreement, context.matter.number)
        holding = check_holder(resource.definition, found.party, request.who)
        _DOING[action](request, resource, found, holding, asked)
    except ServiceError as wrong:
        if wants_json(request) or as_program or isinstance(wrong, TooLarge) or not shown_again(wrong):
            raise
        return _again(context, request, str(action), asked, wrong)
    if wants_json(request):
        return as_json(request, one_matter_json(request, MatterResource(
            request, found, str(found.number), resource
        )))  # fmt: skip
    return to_page(request, f"/agreements/{resource.agreement.id}/matters/{found.number}", done=_DONE[action])


def _again(
    context: MatterResource, request: Request, action: str, asked: Mapping[str, Any], wrong: ServiceError
) -> Response:
    errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
    rows = _rows(asked) if action == "handling" else None
    view = MatterView(request, context, action, asked, errors, rows)
    return page_again(request, "matter", view.page(), status_of(wrong))


def _rows(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bodies that were sent: a list from a program, numbered fields from a form."""
    listed = asked.get("handling")
    if listed is not None:
        if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
            raise FieldErrors({"handling": msg("The bodies must be a list of objects, in order.")})
        return listed
    found: dict[int, dict[str, Any]] = {}
    for name, value in asked.items():
        if (place := _ROW.fullmatch(name)) is not None:
            found.setdefault(int(place[1]), {})[place[2]] = value
    return [found[n] for n in sorted(found) if any(str(v).strip() for v in found[n].values())]


def _handling(
    request: Request, resource: AgreementResource, found: Matter, holding: Holding, asked: Mapping[str, Any]
) -> None:
    rows = matters_handling.cleaned(_rows(asked))
    matters_handling.save(
        request.dbsession, resource.agreement, found, rows, who=request.who, holding=holding, now=request.now
    )


def _excerpt(
    request: Request, resource: AgreementResource, found: Matter, holding: Holding, asked: Mapping[str, Any]
) -> None:
    chosen = json_file(dict(asked)) if request.content_type == "application/json" else form_file(request)
    if chosen is None:
        raise FieldErrors({"file": msg("No file was chosen; choose the excerpt that came back.")})
    matters_files.add(
        request.dbsession, resource.agreement, found, *chosen, who=request.who, holding=holding,
        now=request.now, limit=limit_of(request),
    )  # fmt: skip


def _outcome(
    request: Request, resource: AgreementResource, found: Matter, holding: Holding, asked: Mapping[str, Any]
) -> None:
    try:
        data = clean(OUTCOME_FORM, {n: v for n, v in asked.items() if n not in ("action", "version")})
    except InvalidData as wrong:
        raise FieldErrors(wrong.errors) from wrong
    record_outcome(
        request.dbsession, resource.agreement, found, data, who=request.who, holding=holding, now=request.now
    )


_DOING = {"handling": _handling, "excerpt": _excerpt, "outcome": _outcome}
_DONE = {"handling": "saved", "excerpt": "added", "outcome": "recorded"}

"""The yearly evaluation: read it, write a new version of it. Approving it is a step."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.fields import InvalidData, clean, field
from workflow_app.domain.messages import msg
from workflow_app.services import evaluations
from workflow_app.services.errors import FieldErrors, NotThere, ServiceError
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, shown_again, status_of, to_page
from workflow_app.web.present.evaluation import FORM, chosen_year, evaluation_json, evaluation_page
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource


@page("evaluation", context=AgreementResource, name="evaluation", permission=Permission.VIEW)
def evaluation(context: AgreementResource, request: Request) -> dict[str, object]:
    """One year's evaluation (``year``; the one open unless it is named)."""
    year = chosen_year(request, context, _asked(request))
    return {"page": evaluation_page(request, context, year), "nav": "agreements"}


@twin(context=AgreementResource, name="evaluation", permission=Permission.VIEW)
def evaluation_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return evaluation_json(request, context, chosen_year(request, context, _asked(request)))


def _asked(request: Request) -> int | None:
    raw = request.GET.get("year")
    if raw in (None, ""):
        return None
    if not (raw.isascii() and raw.isdecimal() and len(raw) == 4 and raw[0] in "12"):
        raise NotThere(
            "not_there", msg("“${value}” is not a year; write four digits, as 2026.", value=raw[:20])
        )
    return int(raw)


@view_config(
    context=AgreementResource, name="evaluation", permission=Permission.EVALUATE, request_method="POST"
)
def save(context: AgreementResource, request: Request) -> Response:
    """Save a version; what was written comes back when something is wrong with it."""
    written = sent(request)
    try:
        resource, year = _save(context, request, written)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not shown_again(wrong):
            raise
        year = context.agreement.evaluation_year or request.today.year
        errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
        return page_again(
            request, "evaluation", evaluation_page(request, context, year, written, errors), status_of(wrong)
        )
    if wants_json(request):
        return as_json(request, evaluation_json(request, resource, year))
    return to_page(request, f"/agreements/{resource.agreement.id}/evaluation", year=str(year), done="saved")


def _save(
    context: AgreementResource, request: Request, written: dict[str, Any]
) -> tuple[AgreementResource, int]:
    try:
        data = clean((*FORM, field("year?")), {k: v for k, v in written.items() if k != "version"})
    except InvalidData as wrong:
        raise FieldErrors(wrong.errors) from wrong
    resource = held(request, context, Permission.EVALUATE)
    saved = evaluations.save(
        request.dbsession, resource.agreement, year=data.get("year"), body=data["body"],
        learning_points=data.get("learning_points", ""), outcome=data["outcome"],
        who=request.who, now=request.now,
    )  # fmt: skip
    return resource, saved.year

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
from workflow_app.services.documents_words import Voice
from workflow_app.services.errors import FieldErrors, NotThere, ServiceError
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, shown_again, status_of, to_page
from workflow_app.web.evaluation_input import SEEN, answers_of, is_guided, raw_answers
from workflow_app.web.meeting_input import whole
from workflow_app.web.present.evaluation import (
    FORM,
    Asked,
    EvaluationYear,
    chosen_year,
)
from workflow_app.web.present.evaluation_json import evaluation_json
from workflow_app.web.present.evaluation_written import Written
from workflow_app.web.present.papers import translator
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource

YEAR = field("year?")


@page("evaluation", context=AgreementResource, name="evaluation", permission=Permission.VIEW)
def evaluation(context: AgreementResource, request: Request) -> dict[str, object]:
    """One year's evaluation (``year``; the one open unless it is named), or two of its versions compared."""
    year = chosen_year(request, context, asked_year(request))
    asked = Asked(*(_number(request, name) for name in ("version", "old", "new")))
    return {"page": EvaluationYear(request, context, year, asked).page(), "nav": "agreements"}


@twin(context=AgreementResource, name="evaluation", permission=Permission.VIEW)
def evaluation_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return evaluation_json(request, context, chosen_year(request, context, asked_year(request)))


def asked_year(request: Request) -> int | None:
    """The year in the address, None where none is. Raises ``NotThere`` for what is no year."""
    raw = request.GET.get("year")
    if raw in (None, ""):
        return None
    if not (raw.isascii() and raw.isdecimal() and len(raw) == 4 and raw[0] in "12"):
        raise NotThere(
            "not_there", msg("“${value}” is not a year; write four digits, as 2026.", value=raw[:20])
        )
    return int(raw)


def _number(request: Request, name: str) -> int | None:
    raw = request.GET.get(name, "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 7 else None


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
        model = EvaluationYear(request, context, year, written=_back(request, written, wrong)).page()
        return page_again(request, "evaluation", model, status_of(wrong))
    if wants_json(request):
        return as_json(request, evaluation_json(request, resource, year))
    return to_page(request, f"/agreements/{resource.agreement.id}/evaluation", year=str(year), done="saved")


def _save(
    context: AgreementResource, request: Request, written: dict[str, Any]
) -> tuple[AgreementResource, int]:
    db, who, now = request.dbsession, request.who, request.now
    if is_guided(written):
        answers = answers_of(written)
        year = _clean((YEAR,), {"year": written.get("year")}).get("year")
        resource = held(request, context, Permission.EVALUATE)
        voice = _voice(request, resource)
        saved = evaluations.save_answers(
            db, resource.agreement, answers, year=year, say=voice.say, who=who, now=now
        )
        return resource, saved.year
    data = _clean((*FORM, YEAR), {k: v for k, v in written.items() if k != "version"})
    resource = held(request, context, Permission.EVALUATE)
    saved = evaluations.save(
        db, resource.agreement, year=data.get("year"), body=data["body"],
        learning_points=data.get("learning_points", ""), outcome=data["outcome"], who=who, now=now,
    )  # fmt: skip
    return resource, saved.year


def _clean(fields: Any, data: dict[str, Any]) -> dict[str, Any]:
    try:
        return clean(fields, data)
    except InvalidData as wrong:
        raise FieldErrors(wrong.errors) from wrong


def _voice(request: Request, resource: AgreementResource) -> Voice:
    """The agreement's own language: an evaluation reads the same whoever wrote it."""
    return Voice(translator(request, resource.agreement.language), resource.agreement.language)


def _back(request: Request, written: dict[str, Any], wrong: ServiceError) -> Written:
    """What was written, to be shown again, and what it was filled from where somebody was first."""
    errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
    stale = not isinstance(wrong, FieldErrors)
    if not is_guided(written):
        return Written(given=written, errors=errors, text=str(written.get("body", "")) if stale else None)
    raw = raw_answers(written) | {"outcome": written.get("outcome") or ""}
    seen, version = whole(written.get(SEEN)), whole(request.POST.get("version"))
    return Written(raw=raw, errors=errors, stale=stale, seen=seen, version=version)

"""One year's evaluation as programs get it: every version with its answers and what it lacks."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.models.proceedings import EvaluationVersion
from workflow_app.services import evaluations, twins
from workflow_app.web.present.evaluation_read import view
from workflow_app.web.resources import AgreementResource


def evaluation_json(request: Request, resource: AgreementResource, year: int) -> dict[str, Any]:
    """One year's evaluation as programs get it: the newest version and all before it."""
    db, agreement = request.dbsession, resource.agreement
    versions = evaluations.versions(db, agreement, year)
    return {
        "version": agreement.version,
        "year": year,
        "open_year": agreement.evaluation_year,
        "years": evaluations.years(db, agreement),
        "may_write": agreement.evaluation_year == year
        and bool(request.has_permission(Permission.EVALUATE, resource)),
        "evaluation": version_json(request, versions[0]) if versions else None,
        "versions": [version_json(request, v) for v in versions],
    }


def version_json(request: Request, version: EvaluationVersion) -> dict[str, Any]:
    """One version, with what it lacks where it is not finished."""
    lacks = view(request, "", version, False).missing
    return twins.version_json(version, [{"field": p.field, "reason": p.message} for p in lacks])

"""The page of one year's evaluation: what was found, in which versions, and who has approved it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.definitions import Of, Permission
from workflow_app.domain.fields import FIELDS, Choice, Field, FieldType
from workflow_app.domain.messages import Message, msg
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion
from workflow_app.services import evaluations
from workflow_app.services.cases import case_of
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.people_holdings import holders
from workflow_app.web.pagemodels import (
    DeadlineRow,
    EvaluationPage,
    EvaluationView,
    Link,
    RoundView,
    TransitionRow,
    VersionRow,
)
from workflow_app.web.present.deadlines import deadline_row, text_places
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.steps import round_view, transition_row
from workflow_app.web.present.twins import what_i_may_do
from workflow_app.web.present.words import head, moment, person_name
from workflow_app.web.resources import AgreementResource

FORM: tuple[Field, ...] = (
    Field("body", "body", FieldType.LONGTEXT, msg("What was found"), free_text=True),
    Field("learning_points", "learning_points", FieldType.LONGTEXT, msg("Learning points"), required=False),
    FIELDS["evaluation_outcome"],
)
"""What is written. The year is that of the evaluation that is open."""


def outcome_word(request: Request, outcome: str) -> str:
    """An outcome in words."""
    choices: tuple[Choice, ...] = FIELDS["evaluation_outcome"].choices
    found = next((c.label for c in choices if c.value == outcome), Message(outcome))
    said: str = request.say(found)
    return said


def chosen_year(request: Request, resource: AgreementResource, asked: int | None) -> int:
    """The year of the page: the one asked for, the one open, the newest written, or this one."""
    agreement = resource.agreement
    if asked is not None:
        return asked
    if agreement.evaluation_year is not None:
        return agreement.evaluation_year
    written = evaluations.years(request.dbsession, agreement)
    return written[0] if written else request.today.year


def evaluation_page(
    request: Request,
    resource: AgreementResource,
    year: int,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message] | None = None,
) -> EvaluationPage:
    """The page; ``given`` and ``errors`` keep what was written and say what is wrong."""
    db, agreement = request.dbsession, resource.agreement
    versions = evaluations.versions(db, agreement, year)
    newest = versions[0] if versions else None
    page_head = head(request, agreement, resource.definition)
    open_here = agreement.evaluation_year == year
    may = open_here and bool(request.has_permission(Permission.EVALUATE, resource))
    form = None
    if may:
        form = render_form(
            request, action=f"{page_head.url}/evaluation", version=agreement.version, fields=FORM,
            button=msg("Save the evaluation"), given=given if given is not None else _written(newest),
            errors=errors, extra={"year": str(year)},
        )  # fmt: skip
    return EvaluationPage(
        head=page_head,
        year=year,
        years=_years(request, resource, page_head.url, year),
        form=form,
        closed=None if may else request.say(_closed(resource, year)),
        current=_view(request, page_head.url, newest) if newest else None,
        versions=tuple(_row(request, page_head.url, v, v is newest) for v in versions),
        rounds=_rounds(request, resource, versions),
        deadline=_deadline(request, resource, year),
        approve=_approve(request, resource) if open_here and newest else (),
    )


def _written(newest: EvaluationVersion | None) -> dict[str, str] | None:
    if newest is None:
        return None
    return {"body": newest.body, "learning_points": newest.learning_points, "outcome": newest.outcome}


def _closed(resource: AgreementResource, year: int) -> Message:
    open_year = resource.agreement.evaluation_year
    if open_year is None:
        return msg("No evaluation is open. It is begun under Steps, when the agreement is in force.")
    if open_year != year:
        return msg("The evaluation that is open is for ${open}; this one is closed.", open=open_year)
    return msg("Only an SLT coordinator or a politikontakt of the parties writes the evaluation.")


def _years(request: Request, resource: AgreementResource, url: str, shown: int) -> tuple[Link, ...]:
    agreement = resource.agreement
    found = {shown, *evaluations.years(request.dbsession, agreement)}
    if agreement.evaluation_year is not None:
        found.add(agreement.evaluation_year)
    return tuple(
        Link("" if year == shown else f"{url}/evaluation?year={year}", str(year))
        for year in sorted(found, reverse=True)
    )


def _row(request: Request, url: str, version: EvaluationVersion, current: bool) -> VersionRow:
    return VersionRow(
        number=version.number,
        when=moment(request, version.created_at),
        who=person_name(request, version.person_id) if version.person_id else request.say(msg("the system")),
        sha256=version.sha256,
        href=f"{url}/evaluation?year={version.year}",
        note=outcome_word(request, version.outcome),
        current=current,
    )


def _view(request: Request, url: str, version: EvaluationVersion) -> EvaluationView:
    return EvaluationView(
        year=version.year,
        version=_row(request, url, version, True),
        body=version.body,
        learning_points=version.learning_points,
        outcome=version.outcome,
        outcome_label=outcome_word(request, version.outcome),
    )


def _steps(resource: AgreementResource) -> list[str]:
    """The transitions whose approvals are bound to an evaluation."""
    steps = resource.definition.transitions.values()
    return [s.name for s in steps if s.approvals is not None and s.approvals.of is Of.EVALUATION]


def _rounds(
    request: Request, resource: AgreementResource, versions: list[EvaluationVersion]
) -> tuple[RoundView, ...]:
    db, agreement = request.dbsession, resource.agreement
    rows = db.scalars(
        select(ApprovalRound)
        .where(
            ApprovalRound.agreement_id == agreement.id,
            ApprovalRound.transition.in_(_steps(resource)),
            ApprovalRound.digest.in_([v.sha256 for v in versions]),
        )
        .order_by(ApprovalRound.id)
    ).all()
    people = holders(db, [p.party.key for p in agreement.parties], request.today) if rows else ()
    return tuple(
        round_view(request, agreement, resource.definition, row, people, number)
        for number, row in enumerate(rows, 1)
    )


def _deadline(request: Request, resource: AgreementResource, year: int) -> DeadlineRow | None:
    chronicle = read_chronicle(request.dbsession, resource.agreement, request.today)
    found = next((d for d in chronicle.deadlines() if d.kind == "evaluation" and d.year == year), None)
    if found is None:
        return None
    return deadline_row(request, resource.agreement, found, text_places(request, resource.agreement))


def _approve(request: Request, resource: AgreementResource) -> tuple[TransitionRow, ...]:
    db, agreement = request.dbsession, resource.agreement
    chronicle = read_chronicle(db, agreement, request.today)
    found = what_i_may_do(request, resource, case_of(db, agreement), chronicle)
    names = _steps(resource)
    return tuple(transition_row(request, resource, p) for p in found if p.allowed and p.transition in names)


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
        "evaluation": _version_json(versions[0]) if versions else None,
        "versions": [_version_json(v) for v in versions],
    }


def _version_json(version: EvaluationVersion) -> dict[str, Any]:
    return {
        "year": version.year,
        "number": version.number,
        "body": version.body,
        "learning_points": version.learning_points,
        "outcome": version.outcome,
        "sha256": version.sha256,
        "by": version.person_id,
        "at": version.created_at,
    }

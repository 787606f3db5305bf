"""The page of those who stand in at an agreement's meetings: the clause, who they are, naming another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.models.deputies import MeetingDeputy
from workflow_app.services import deputies
from workflow_app.services.people_roles import OFFICES
from workflow_app.web.pagemodels import Choice, Clause, Link, Problem
from workflow_app.web.pagemodels.people import DeputiesPage, DeputyRow
from workflow_app.web.present.words import agreement_url, day, head, role_word
from workflow_app.web.resources import AgreementResource


def deputies_page(
    request: Request,
    resource: AgreementResource,
    written: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> DeputiesPage:
    """The page; ``written`` and ``problems`` keep what was sent and say what is wrong."""
    agreement = resource.agreement
    quote = deputies.clause(request.dbsession, agreement)
    offices = _offices(request, resource) if quote else ()
    return DeputiesPage(
        head=head(request, agreement, resource.definition),
        clause=Clause(quote, f"{agreement_url(request, agreement.id)}/text", language=agreement.language)
        if quote
        else None,
        closed=None if offices else request.say(_closed(quote)),
        rows=tuple(_row(request, resource, d) for d in _found(request, resource)),
        offices=offices,
        values=tuple({"from": request.today.isoformat(), **(written or {})}.items()),
        problems=problems,
        today=request.today.isoformat(),
    )


def deputies_json(request: Request, resource: AgreementResource) -> dict[str, Any]:
    """The same for a program."""
    return {
        "version": resource.agreement.version,
        "clause": deputies.clause(request.dbsession, resource.agreement),
        "deputies": [
            {
                "number": d.id,
                "username": d.person.username,
                "name": d.person.name,
                "role": d.role,
                "title": d.title,
                "party": d.party.key,
                "from": d.from_date,
                "to": d.to_date,
            }
            for d in _found(request, resource)
        ],
    }


def _found(request: Request, resource: AgreementResource) -> list[MeetingDeputy]:
    return deputies.list_deputies(request.dbsession, today=request.today, agreements=[resource.agreement.id])


def _closed(quote: str | None) -> Any:
    if quote is None:
        return msg(
            "No confirmed clause of this agreement allows deputies at its meetings; "
            "an acting holder can be named instead."
        )
    return msg("Those who hold an office of a party name its deputies.")


def _offices(request: Request, resource: AgreementResource) -> tuple[Choice, ...]:
    """Every role of the parties the reader may name deputies for."""
    return tuple(
        Choice(f"{p.party.key} {role}", f"{role_word(request, role)}, {p.party.name}")
        for p in resource.agreement.parties
        if deputies.may_change(request.who, p.party)
        for role in OFFICES.get(p.party.side, ())
    )


def _row(request: Request, resource: AgreementResource, found: MeetingDeputy) -> DeputyRow:
    return DeputyRow(
        number=found.id,
        name=found.person.name,
        role=role_word(request, found.role, found.title),
        party=found.party.name,
        agreement=Link(agreement_url(request, resource.agreement.id), resource.agreement.title),
        since=day(request, found.from_date),
        until=day(request, found.to_date) if found.to_date else None,
        may_end=deputies.may_change(request.who, found.party),
    )

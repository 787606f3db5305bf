"""The JSON of an agreement, as the contract has it; the PDF's attachment is the same bytes' source."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain.case import Refusal
from workflow_app.domain.engine import Possible, possible
from workflow_app.services.cases import Gathered, case_of, facts_for
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.sealing import sealed
from workflow_app.services.twins import approvals_json as approvals_json
from workflow_app.services.twins import base_json as base_json
from workflow_app.services.twins import shared_json as shared_json
from workflow_app.web.present.links import links_of
from workflow_app.web.present.seals import seal_json
from workflow_app.web.resources import AgreementResource


def refusal_json(request: Request, refusal: Refusal) -> dict[str, str]:
    """A refusal as programs get it."""
    return {"code": refusal.code, "reason": request.say(refusal.reason)}


def what_i_may_do(
    request: Request, resource: AgreementResource, gathered: Gathered, chronicle: Chronicle
) -> list[Possible]:
    """Every transition for the reader, with the reasons where it is refused."""
    facts = facts_for(
        request.dbsession,
        resource.agreement,
        resource.definition,
        today=request.today,
        who=request.who,
        chronicle=chronicle,
    )
    return possible(resource.definition, gathered.case, request.who.actor, facts)


def possible_json(request: Request, found: list[Possible]) -> list[dict[str, Any]]:
    """The contract's ``transitions``."""
    return [
        {
            "name": p.transition,
            "allowed": p.allowed,
            "refusals": [refusal_json(request, r) for r in p.refusals],
        }
        for p in found
    ]


def agreement_json(request: Request, resource: AgreementResource) -> dict[str, Any]:
    """One agreement, whole. Names of people are not in it: programs get opaque keys."""
    db, agreement = request.dbsession, resource.agreement
    chronicle = read_chronicle(db, agreement, request.today)
    gathered = case_of(db, agreement)
    return shared_json(db, agreement, resource.definition, chronicle, gathered) | {
        "transitions": possible_json(request, what_i_may_do(request, resource, gathered, chronicle)),
        "links": links_of(request, agreement),
        "seal": seal_json(sealed.of_agreement(db, agreement)),
    }

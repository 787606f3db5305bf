"""The JSON of an agreement, as the contract has it; the PDF's attachment is the same bytes' source."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from sqlalchemy.orm import Session

from workflow_app.domain.case import Refusal
from workflow_app.domain.engine import Possible, possible
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound
from workflow_app.services import trail
from workflow_app.services.cases import Gathered, case_of, facts_for
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.links import connections
from workflow_app.services.material import text_of
from workflow_app.web.present.links import link_json, links_of
from workflow_app.web.resources import AgreementResource


def refusal_json(request: Request, refusal: Refusal) -> dict[str, str]:
    """A refusal as programs get it."""
    return {"code": refusal.code, "reason": request.say(refusal.reason)}


def approvals_json(rounds: tuple[ApprovalRound, ...]) -> list[dict[str, Any]]:
    """The approvals that count now, each with its transition."""
    return [
        {
            "transition": round_row.transition,
            "role": a.role,
            "party": a.party_key,
            "by": a.person_id,
            "acting_for": a.acting_for,
            "at": a.at.isoformat(),
            "digest": round_row.digest,
        }
        for round_row in rounds
        for a in round_row.approvals
    ]


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
    return shared_json(db, agreement, resource, chronicle, gathered) | {
        "transitions": possible_json(request, what_i_may_do(request, resource, gathered, chronicle)),
        "links": links_of(request, agreement),
    }


def shared_json(
    db: Session, agreement: Agreement, resource: AgreementResource, chronicle: Chronicle, gathered: Gathered
) -> dict[str, Any]:
    """All of it that is the same for every reader; attached to the papers."""
    since, until = chronicle.in_force
    return base_json(db, agreement, resource) | {
        "approvals": approvals_json(gathered.rounds),
        "in_force": {"from": _iso(since), "to": _iso(until)},
        "deadlines": [d.to_json() for d in chronicle.deadlines()],
        # What others build on this one is theirs to tell, and may be a draft.
        "links": [link_json(c) for c in connections(db, agreement) if c.outgoing],
    }


def base_json(db: Session, agreement: Agreement, resource: AgreementResource) -> dict[str, Any]:
    """What is the same for every reader of the agreement."""
    size, head = trail.head(db, trail.agreement_chain(agreement.id))
    definition = resource.definition
    return {
        "id": agreement.id,
        "title": agreement.title,
        "language": agreement.language,
        "state": agreement.state,
        "version": agreement.version,
        "definition": {"id": definition.id, "version": definition.version, "digest": definition.digest},
        "parties": [
            {"key": p.party.key, "side": p.party.side, "name": p.party.name, "number": p.party.kommune_number}
            for p in agreement.parties
        ],
        "text_sha256": text_of(db, agreement).sha256,
        "text_version": agreement.text_number,
        "digest": agreement.digest,
        "signed_on": agreement.signing.written if agreement.signing else None,
        "predecessor": agreement.predecessor_id,
        "trail": {"size": size, "head": head},
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None

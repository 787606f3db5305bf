"""What programs get of an agreement, the same for every reader; attached to its papers as their JSON twin.

Here and not beside a request, since a paper is also made when nobody asks:
frozen by the scheduler, after what it tells of was committed.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Registry
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion
from workflow_app.services import trail
from workflow_app.services.cases import Gathered, case_of
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.links import Connection, connections
from workflow_app.services.material import text_of
from workflow_app.services.trail_final import final_json, final_of


def agreement_twin(db: Session, agreement: Agreement, registry: Registry, today: date) -> bytes:
    """The agreement's JSON as it is attached to a paper made on ``today``, in UTF-8."""
    definition = registry.by_digest(agreement.definition_digest)
    chronicle = read_chronicle(db, agreement, today)
    shared = shared_json(db, agreement, definition, chronicle, case_of(db, agreement))
    return json.dumps(shared, ensure_ascii=False, indent=1).encode("utf-8")


def evaluation_twin(agreement: Agreement, version: EvaluationVersion, missing: list[Any]) -> bytes:
    """A version of an evaluation as it is attached to its paper; ``missing`` is what it lacks."""
    told = {"agreement": agreement.id, "title": agreement.title, **version_json(version, missing)}
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode("utf-8")


def version_json(version: EvaluationVersion, missing: list[Any]) -> dict[str, Any]:
    """One version of an evaluation as programs get it."""
    return {
        "year": version.year,
        "number": version.number,
        "body": version.body,
        "learning_points": version.learning_points,
        "outcome": version.outcome or None,
        "answers": version.answers,
        "complete": version.complete,
        "missing": missing,
        "sha256": version.sha256,
        "by": version.person_id,
        "at": version.created_at,
    }


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
            "how": a.how,
            "digest": round_row.digest,
        }
        for round_row in rounds
        for a in round_row.approvals
    ]


def shared_json(
    db: Session, agreement: Agreement, definition: Definition, chronicle: Chronicle, gathered: Gathered
) -> dict[str, Any]:
    """All of it that is the same for every reader; attached to the papers."""
    since, until = chronicle.in_force
    return base_json(db, agreement, definition) | {
        "approvals": approvals_json(gathered.rounds),
        "in_force": {"from": _iso(since), "to": _iso(until)},
        "deadlines": [d.to_json() for d in chronicle.deadlines()],
        # What others build on this one is theirs to tell, and may be a draft.
        "links": [link_json(c) for c in connections(db, agreement) if c.outgoing],
    }


def base_json(db: Session, agreement: Agreement, definition: Definition) -> dict[str, Any]:
    """What is the same for every reader of the agreement."""
    size, head = trail.head(db, trail.agreement_chain(agreement.id))
    final = final_of(db, agreement)
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
        "trail": {"size": size, "head": head, "final": final_json(final)},
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def link_json(found: Connection) -> dict[str, Any]:
    """A connection without what belongs to the other agreement alone: for papers that others read."""
    quoted = {"quote": found.quote} if found.quote else {}
    return {
        "relation": found.relation,
        "direction": "out" if found.outgoing else "in",
        "agreement": found.other.id,
        **quoted,
    }

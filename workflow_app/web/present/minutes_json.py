"""The minutes of one meeting as programs get them, and as they lie beside the paper in its PDF."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyramid.request import Request

from workflow_app.domain.meetings.minutes import public_by_clause
from workflow_app.models.meetings import Decision, Meeting
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.meetings import attendance, conduct, decisions, minutes
from workflow_app.web.present.words import named
from workflow_app.web.resources import AgreementResource


def minutes_json(request: Request, resource: AgreementResource, meeting: Meeting) -> dict[str, Any]:
    """The minutes for a program: who came, the text, the decisions, and every version kept."""
    db, agreement = request.dbsession, resource.agreement
    chronicle = read_chronicle(db, agreement, request.today)
    return {
        "version": agreement.version,
        "meeting": {"number": meeting.number, "version": meeting.version, "on": meeting.on},
        "held": meeting.held_at is not None,
        "public": minutes.is_public(meeting, chronicle),
        "public_by_clause": public_by_clause(chronicle.rules),
        "legal_basis": meeting.legal_basis,
        "text": meeting.minutes or "",
        "people": [
            {
                "key": e.key,
                "name": named(request, e.name),
                "role": e.role,
                "title": e.title,
                "party": e.party.key if e.party is not None else None,
                "deputy_for": e.deputy_for,
                "guest": e.guest,
                "present": e.present,
            }
            for e in attendance.expected(db, agreement, meeting)
        ],
        "decisions": list(_decisions_json(meeting, meeting.decisions)),
        "follow_ups": [
            row
            for earlier, decision in decisions.brought_up(db, meeting)
            for row in _decisions_json(earlier, [decision])
        ],
        "kept": [
            {"number": k.number, "entry": k.entry, "at": k.at, "sha256": k.sha256, "public": k.public}
            for k in minutes.keepings(db, agreement, meeting)
        ],
        "kept_now": conduct.kept(meeting),
    }


def _decisions_json(meeting: Meeting, found: Iterable[Decision]) -> Iterable[dict[str, Any]]:
    for d in found:
        yield {
            "meeting": meeting.number,
            "number": d.number,
            "point": d.point,
            "text": d.text,
            "responsible": d.responsible,
            "party": d.responsible_party.key if d.responsible_party is not None else None,
            "due": d.due,
            "done_on": d.done_on,
        }

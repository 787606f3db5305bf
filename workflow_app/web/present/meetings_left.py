"""What the agreement before this one left: meetings planned after its last day, to be planned anew here.

Nothing is moved by itself. Another agreement may ask for other meetings, at
other notice, and whoever was called should hear of it from a person.
"""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.links import REPLACES
from workflow_app.models.meetings import Meeting
from workflow_app.services.meetings.finding import left_after
from workflow_app.services.successors import SUCCEEDS
from workflow_app.web.pagemodels import Link
from workflow_app.web.present.links import seen_connections
from workflow_app.web.present.words import agreement_url


def left_links(request: Request, agreement: Agreement) -> tuple[Link, ...]:
    """A sentence with a way to them, for each agreement this one revises or replaces."""
    sentence = msg("Meetings are still planned under the agreement before this one, after its last day:")
    return tuple(
        Link(
            f"{agreement_url(request, older.id)}/meetings?year={found[0].on.year}",
            request.say(msg("look at them, and plan them anew here (${count})", count=len(found))),
            request.say(sentence),
        )
        for older, found in _left(request, agreement)
    )


def left_json(request: Request, agreement: Agreement) -> list[dict[str, Any]]:
    """The same for a program: the agreement, and the numbers of its meetings."""
    return [
        {"agreement": older.id, "meetings": [m.number for m in found]}
        for older, found in _left(request, agreement)
    ]


def _left(request: Request, agreement: Agreement) -> list[tuple[Agreement, list[Meeting]]]:
    if agreement.signed_on is None:
        return []
    older = [
        c.other
        for c in seen_connections(request, agreement)
        if c.outgoing and c.relation in (SUCCEEDS, REPLACES)
    ]
    found = [(other, left_after(request.dbsession, other)) for other in older]
    return [(other, left) for other, left in found if left]

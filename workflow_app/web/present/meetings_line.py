"""The line about meetings on the agreement's own page: the next one, and how far the year has come."""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.domain.meetings.wanted import wanted
from workflow_app.models.agreements import Agreement
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.meetings import finding
from workflow_app.services.meetings.access import after_it
from workflow_app.web.pagemodels.meetings import MeetingsLine
from workflow_app.web.present.meeting_words import meeting_row
from workflow_app.web.present.words import agreement_url


def meetings_line(request: Request, agreement: Agreement, chronicle: Chronicle) -> MeetingsLine | None:
    """None before the agreement is signed: nobody meets under a draft."""
    if agreement.signed_on is None:
        return None
    year = request.today.year
    of_year = finding.meetings_of(request.dbsession, agreement, year)
    coming = finding.next_meeting(request.dbsession, agreement, request.today)
    if coming is not None and after_it(agreement, coming.on):
        coming = None
    return MeetingsLine(
        href=f"{agreement_url(request, agreement.id)}/meetings",
        year=year,
        standing=request.say(wanted(chronicle.rules).standing(finding.held(of_year))),
        next=meeting_row(request, agreement, coming, chronicle) if coming else None,
    )

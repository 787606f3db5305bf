"""The way from a meeting to its minutes, with how far they have come."""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.meetings import conduct
from workflow_app.web.pagemodels import Link
from workflow_app.web.present.meeting_words import meeting_url


def minutes_links(request: Request, agreement: Agreement, meeting: Meeting) -> tuple[Link, ...]:
    """To the minutes from the day of the meeting on; none for one that is ahead or called off."""
    if not conduct.begun(meeting, request.today):
        return ()
    words = msg("Who came, the minutes and what was decided")
    note = msg("The minutes are not kept yet.")
    if conduct.kept(meeting):
        note = msg("The minutes are kept.")
    elif meeting.minutes_sha256 is not None:
        note = msg("The minutes are being corrected.")
    url = f"{meeting_url(request, agreement, meeting)}/minutes"
    return (Link(url, request.say(words), request.say(note)),)

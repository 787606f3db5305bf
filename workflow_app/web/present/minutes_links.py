"""The ways to minutes: from a meeting to its own, and from what was decided and is not done yet."""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.meetings import conduct, decisions
from workflow_app.web.pagemodels import Link
from workflow_app.web.pagemodels.minutes import DecisionRow
from workflow_app.web.present.meeting_words import meeting_url
from workflow_app.web.present.words import day


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


def open_rows(request: Request, agreement: Agreement) -> tuple[DecisionRow, ...]:
    """What was decided at any meeting and is not done yet, each with the way to where it can be told."""
    rows = []
    for meeting, decision in decisions.open_decisions(request.dbsession, agreement):
        party = decision.responsible_party
        who = ", ".join(filter(None, (decision.responsible, party.name if party is not None else None)))
        url = f"{meeting_url(request, agreement, meeting)}/minutes#decided"
        rows.append(
            DecisionRow(
                meeting=meeting.number,
                number=decision.number,
                text=decision.text,
                responsible=who or None,
                due=day(request, decision.due) if decision.due is not None else None,
                late=decision.due is not None and decision.due < request.today,
                origin=Link(url, request.say(msg("decided at meeting ${number}", number=meeting.number))),
            )
        )
    return tuple(rows)

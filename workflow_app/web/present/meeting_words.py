"""The small words of meetings: weekdays, hours, where a point comes from, how an agenda stands."""

from __future__ import annotations

from datetime import date, time

from pyramid.request import Request

from workflow_app.domain.meetings.lead import agenda_day
from workflow_app.domain.meetings.weekdays import WEEKDAYS
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import (
    ADDED,
    EVALUATION,
    FOLLOW_UP,
    RAISED,
    STANDING,
    TEXT,
    AgendaItem,
    Meeting,
)
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.meetings.finding import status_of
from workflow_app.web.pagemodels.meetings import MeetingRow, Point
from workflow_app.web.present.words import agreement_url, day

STATUS: dict[str, Message] = {
    "planned": msg("Planned"),
    "held": msg("Held"),
    "cancelled": msg("Called off"),
}

_ORIGIN: dict[str, Message] = {
    TEXT: msg("fixed point of the agreement"),
    STANDING: msg("standing point"),
    RAISED: msg("raised"),
    ADDED: msg("added by the coordinators"),
    FOLLOW_UP: msg("to be followed up"),
    EVALUATION: msg("the yearly evaluation"),
}

SOON = 7
"""Days ahead of its last day that an agenda counts as soon to be sent."""


def weekday_of(request: Request, on: date) -> str:
    """The day of the week in words."""
    return str(request.say(WEEKDAYS[on.weekday()]))


def hour(request: Request, at: time) -> str:
    """ "10.00", in English "10:00"."""
    return at.strftime("%H:%M" if request.locale_name == "en" else "%H.%M")


def clock(request: Request, starts: time | None, ends: time | None) -> str | None:
    """From when to when, as far as it is said."""
    if starts is None:
        return None
    return hour(request, starts) if ends is None else f"{hour(request, starts)}–{hour(request, ends)}"


def meeting_url(request: Request, agreement: Agreement, meeting: Meeting) -> str:
    """The meeting's own address."""
    return f"{agreement_url(request, agreement.id)}/meetings/{meeting.number}"


def agenda_standing(meeting: Meeting, chronicle: Chronicle) -> tuple[Message, str] | None:
    """How a meeting's agenda stands toward the deadline of the clause, and the status as a deadline's.

    The first sending is what meets it; the trail tells of that, the meeting only of the last.
    """
    last, today = agenda_day(meeting.on, chronicle.rules), chronicle.today
    sent = next((f.invited_on for f in chronicle.history.meetings if f.number == meeting.number), None)
    if sent is not None:
        if last is not None and sent > last:
            return msg("agenda sent ${sent}; it was to be sent by ${last}", sent=sent, last=last), "missed"
        return msg("agenda sent ${sent}", sent=sent), "met"
    if last is None or status_of(meeting) == "cancelled":
        return None
    if status_of(meeting) == "held":
        return msg("no agenda was sent from here"), "undocumented"
    if last < today:
        return msg("the agenda was to be sent by ${last}", last=last), "missed"
    return msg("agenda to be sent by ${last}", last=last), "soon" if (last - today).days <= SOON else "open"


def meeting_row(request: Request, agreement: Agreement, meeting: Meeting, chronicle: Chronicle) -> MeetingRow:
    """One meeting in a list."""
    stands = agenda_standing(meeting, chronicle)
    status = status_of(meeting)
    return MeetingRow(
        number=meeting.number,
        href=meeting_url(request, agreement, meeting),
        when=day(request, meeting.on),
        weekday=weekday_of(request, meeting.on),
        status=status,
        status_label=request.say(STATUS[status]),
        clock=clock(request, meeting.starts_at, meeting.ends_at),
        place=meeting.place,
        agenda=request.say(stands[0]) if stands else None,
        agenda_status=stands[1] if stands else None,
    )


def point(request: Request, item: AgendaItem, number: int) -> Point:
    """A point of an agenda, or one that waits."""
    origin = _ORIGIN[item.kind]
    if item.kind == RAISED and item.raised_by is not None:
        origin = msg("raised by ${party}", party=item.raised_by.name)
    return Point(
        id=item.id,
        number=number,
        title=item.title,
        origin=request.say(origin),
        description=item.description,
        late=item.late,
        quote=item.quote,
    )


def point_json(item: AgendaItem) -> dict[str, object]:
    """The same for a program."""
    return {
        "id": item.id,
        "position": item.position,
        "kind": item.kind,
        "title": item.title,
        "description": item.description,
        "quote": item.quote,
        "raised_by": item.raised_by.key if item.raised_by else None,
        "late": item.late,
    }


def meeting_json(meeting: Meeting, rules: tuple[Rule, ...]) -> dict[str, object]:
    """A meeting as programs get it, without its agenda."""
    return {
        "number": meeting.number,
        "version": meeting.version,
        "status": status_of(meeting),
        "on": meeting.on,
        "starts_at": meeting.starts_at.isoformat("minutes") if meeting.starts_at else None,
        "ends_at": meeting.ends_at.isoformat("minutes") if meeting.ends_at else None,
        "place": meeting.place,
        "convener": meeting.convener.key if meeting.convener else None,
        "secretary": meeting.secretary.key if meeting.secretary else None,
        "agenda_by": agenda_day(meeting.on, rules),
        "invited_at": meeting.invited_at,
        "sendings": meeting.sendings,
        "changed_since_sent": meeting.invited_version not in (None, meeting.version),
    }

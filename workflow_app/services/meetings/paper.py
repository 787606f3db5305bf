"""The invitation as a paper, filled from the meeting as it stands, in the kommune's own language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.dates import render
from workflow_app.domain.meetings.lead import lead_rule
from workflow_app.domain.meetings.weekdays import WEEKDAYS
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.role_names import role_name
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import EVALUATION, FOLLOW_UP, RAISED, AgendaItem, Meeting
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.documents_words import Voice
from workflow_app.services.meetings.agenda import items_of
from workflow_app.services.meetings.called import guests, members
from workflow_app.services.papers.invitation import CalledLine, InvitationPaper, PointLine
from workflow_app.services.papers.render import render_invitation

_ORIGINS: dict[str, Message] = {
    FOLLOW_UP: msg("to be followed up"),
    EVALUATION: msg("the yearly evaluation"),
}


def invitation_pdf(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    *,
    kind: str,
    now: datetime,
    twin: bytes,
    translate: Callable[[str], str],
    language: str,
) -> bytes:
    """The invitation as PDF/A-3a and UA-1. ``kind`` is "invitation", "changed" or "draft".

    ``twin`` is the meeting's JSON, attached; ``translate`` turns English into ``language``.
    """
    voice = Voice(translate, language)
    paper = invitation_paper(session, agreement, meeting, kind=kind, now=now, voice=voice)
    # A PDF's dates have no fractions (ISO 32000-1, 7.9.4).
    return render_invitation(paper, twin, timestamp=now.replace(microsecond=0), translate=translate)


def invitation_paper(
    session: Session, agreement: Agreement, meeting: Meeting, *, kind: str, now: datetime, voice: Voice
) -> InvitationPaper:
    """The facts of the paper."""
    rule = lead_rule(read_chronicle(session, agreement, now.date()).rules)
    people = [
        CalledLine(
            c.name, voice.say(role_name(c.role, c.title)), c.party.name, voice.say(c.note) if c.note else ""
        )
        for c in members(session, agreement, meeting)
    ]
    invited = [CalledLine(g.name, g.title or voice.say(msg("guest"))) for g in guests(session, meeting)]
    return InvitationPaper(
        language=voice.paper_language,
        kind=kind,
        number=meeting.number,
        agreement=agreement.title,
        day=render(meeting.on, voice.paper_language),
        weekday=voice.say(WEEKDAYS[meeting.on.weekday()]),
        clock=_clock(meeting, voice),
        place=meeting.place,
        convener=meeting.convener.name if meeting.convener else None,
        secretary=meeting.secretary.name if meeting.secretary else None,
        points=tuple(_point(item, voice) for item in items_of(session, meeting)),
        called=(*people, *invited),
        lead=rule.quote if rule else None,
    )


def _point(item: AgendaItem, voice: Voice) -> PointLine:
    origin = voice.say(_ORIGINS[item.kind]) if item.kind in _ORIGINS else None
    if item.kind == RAISED and item.raised_by is not None:
        origin = voice.say(msg("raised by ${party}", party=item.raised_by.name))
    return PointLine(item.title, item.description, origin, item.late)


def _clock(meeting: Meeting, voice: Voice) -> str | None:
    """From when to when: "10.00–12.00", in English "10:00–12:00"."""
    form = "%H:%M" if voice.paper_language == "en" else "%H.%M"
    ends = [at.strftime(form) for at in (meeting.starts_at, meeting.ends_at) if at is not None]
    return "–".join(ends) or None

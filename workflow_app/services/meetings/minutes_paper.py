"""The minutes as a paper, filled from the meeting as it stands, in the agreement's own language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.dates import render
from workflow_app.domain.meetings.minutes import minutes_rule, split
from workflow_app.domain.meetings.weekdays import WEEKDAYS
from workflow_app.domain.messages import msg
from workflow_app.domain.role_names import role_name
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Attendance, Decision, Meeting
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.documents_signing import ERASED
from workflow_app.services.documents_words import Voice
from workflow_app.services.meetings.agenda import items_of
from workflow_app.services.meetings.minutes import is_public
from workflow_app.services.papers.minutes import DecisionLine, MinutesPaper, PersonLine, PointLine
from workflow_app.services.papers.render import render_minutes


def minutes_pdf(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    chronicle: Chronicle,
    *,
    kept: int | None,
    reason: str | None = None,
    now: datetime,
    twin: bytes,
    translate: Callable[[str], str],
    language: str,
) -> bytes:
    """The minutes as PDF/A-3a and UA-1; ``kept`` is the number of the version, None for a draft.

    ``twin`` is the minutes' JSON, attached; ``translate`` turns English into ``language``.
    """
    voice = Voice(translate, language)
    paper = minutes_paper(session, agreement, meeting, chronicle, kept=kept, reason=reason, voice=voice)
    # A PDF's dates have no fractions (ISO 32000-1, 7.9.4).
    return render_minutes(paper, twin, timestamp=now.replace(microsecond=0), translate=translate)


def minutes_paper(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    chronicle: Chronicle,
    *,
    kept: int | None,
    reason: str | None = None,
    voice: Voice,
) -> MinutesPaper:
    """The facts of the paper."""
    before, points = split(meeting.minutes or "", [i.title for i in items_of(session, meeting)])
    rule = minutes_rule(chronicle.rules)
    form = "%H:%M" if voice.paper_language == "en" else "%H.%M"
    hours = [at.strftime(form) for at in (meeting.starts_at, meeting.ends_at) if at is not None]
    return MinutesPaper(
        language=voice.paper_language,
        number=meeting.number,
        agreement=agreement.title,
        day=render(meeting.on, voice.paper_language),
        weekday=voice.say(WEEKDAYS[meeting.on.weekday()]),
        public=is_public(meeting, chronicle),
        present=tuple(_person(a, voice) for a in meeting.attendance if a.present),
        absent=tuple(_person(a, voice) for a in meeting.attendance if a.present is False),
        before=before,
        points=tuple(PointLine(p.number, p.title, p.lines) for p in points),
        decisions=tuple(_decision(d) for d in meeting.decisions),
        clock="–".join(hours) or None,
        place=meeting.place,
        convener=meeting.convener.name if meeting.convener else None,
        secretary=meeting.secretary.name if meeting.secretary else None,
        legal_basis=meeting.legal_basis,
        clause=rule.quote if rule is not None else None,
        kept=kept,
        reason=reason,
    )


def _person(row: Attendance, voice: Voice) -> PersonLine:
    role = voice.say(role_name(row.role, row.title)) if row.role else row.title or ""
    if not role and row.guest:
        role = voice.say(msg("guest"))
    return PersonLine(
        row.name or voice.say(ERASED), role, row.party.name if row.party else "", row.deputy_for or None
    )


def _decision(decision: Decision) -> DecisionLine:
    party = decision.responsible_party
    who = ", ".join(filter(None, (decision.responsible, party.name if party is not None else None)))
    return DecisionLine(decision.number, decision.text, decision.point, who, decision.due)

"""The letters about a meeting: the invitation with its agenda, and that the meeting is called off.

Written when they are sent. An invitation that has been sent anew since, or whose
meeting is called off, is no longer true and goes nowhere; the later letter says
what is. Members get the agreement's page; a guest has no account, so all there
is to know is in the letter and the paper with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from workflow_app.domain.meetings.lead import lead_rule
from workflow_app.domain.meetings.weekdays import WEEKDAYS
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.role_names import role_name
from workflow_app.domain.rule_names import list_words
from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Mail
from workflow_app.models.meetings import Meeting
from workflow_app.services import blobs
from workflow_app.services.calendars.events import Event, of_meeting, whom
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.errors import NotThere
from workflow_app.services.mail.letters import (
    Attached,
    Block,
    Facts,
    Guest,
    Letter,
    Link,
    Paragraph,
    Points,
    Quote,
    Value,
)
from workflow_app.services.mail.step_words import WHY
from workflow_app.services.meetings.agenda import items_of
from workflow_app.services.meetings.called import guests, members
from workflow_app.services.meetings.delivery import reached_before
from workflow_app.services.meetings.finding import find

INVITED = msg("Invitation: meeting of the politiråd ${day} – ${whom}")
CHANGED = msg("Changed: meeting of the politiråd ${day} – ${whom}")
OFF = msg("Called off: meeting of the politiråd ${day} – ${whom}")
CLAUSE = msg("What the agreement says of the agenda")


def invitation(session: Session, mail: Mail, today: date) -> Letter | None:
    """The invitation to one who is called; None where a newer one, or a calling off, took its place."""
    found = _meeting(session, mail)
    if found is None or found.cancelled_at is not None or found.on < today:
        return None
    if found.sendings != mail.data["sending"] or found.invitation_sha256 is None:
        return None
    agreement = mail.agreement
    assert agreement is not None, "a meeting is an agreement's"
    reason = _why(session, agreement, found, mail)
    if reason is None:
        return None
    guest = _guest(session, found, mail)
    # To one who had none before it is no change, whatever the others got.
    anew = found.sendings > 1 and (guest is None or reached_before(session, agreement, found, mail))
    paper = blobs.fetch(session, found.invitation_sha256)
    return Letter(
        subject=_about(CHANGED if anew else INVITED, agreement, found),
        blocks=tuple(_invitation(session, agreement, found, today, linked=guest is None, anew=anew)),
        why=reason,
        attached=(Attached(f"innkalling-{found.on.isoformat()}.pdf", "application/pdf", paper),),
        calendar=_event(agreement, found, linked=guest is None),
        to=guest,
    )


def cancelled(session: Session, mail: Mail, today: date) -> Letter | None:
    """That a meeting somebody was called to will not be; None where it is past."""
    found = _meeting(session, mail)
    if found is None or found.cancelled_at is None or found.on < today:
        return None
    agreement = mail.agreement
    assert agreement is not None, "a meeting is an agreement's"
    reason = _why(session, agreement, found, mail)
    if reason is None:
        return None
    guest = _guest(session, found, mail)
    blocks: list[Block] = [
        Paragraph(msg("The meeting you were called to is called off.")),
        Facts(tuple(_facts(agreement, found))),
    ]
    if guest is None:
        blocks.append(Link(_path(agreement, found), msg("Look at the meeting")))
    return Letter(
        subject=_about(OFF, agreement, found),
        blocks=tuple(blocks),
        why=reason,
        calendar=_event(agreement, found, linked=guest is None),
        to=guest,
    )


def _invitation(
    session: Session, agreement: Agreement, meeting: Meeting, today: date, *, linked: bool, anew: bool
) -> Iterator[Block]:
    if anew:
        yield Paragraph(
            msg("The meeting or its agenda has changed. This takes the place of what you got before.")
        )
    else:
        yield Paragraph(msg("You are called to a meeting of the politiråd."))
    yield Facts(tuple(_facts(agreement, meeting)))
    titles = tuple(Message("${title}", {"title": i.title}) for i in items_of(session, meeting))
    if titles:
        yield Paragraph(msg("The agenda:"))
        yield Points(titles, numbered=True)
    yield Paragraph(msg("The invitation is attached as a PDF, and the meeting as a calendar file."))
    rule = lead_rule(read_chronicle(session, agreement, today).rules)
    if rule is not None:
        yield Quote(rule.quote, CLAUSE, agreement.language)
    if linked:
        yield Link(_path(agreement, meeting), msg("Look at the meeting"))


def _facts(agreement: Agreement, meeting: Meeting) -> Iterator[tuple[Message, Value]]:
    yield msg("Day"), msg("${weekday} ${day}", weekday=WEEKDAYS[meeting.on.weekday()], day=meeting.on)
    hours = [at.strftime("%H.%M") for at in (meeting.starts_at, meeting.ends_at) if at is not None]
    if hours:
        yield msg("Time of day"), "–".join(hours)
    if meeting.place:
        yield msg("Place"), meeting.place
    if meeting.convener is not None:
        yield msg("Convener"), meeting.convener.name
    yield msg("Agreement"), agreement.title


def _meeting(session: Session, mail: Mail) -> Meeting | None:
    assert mail.agreement is not None, "a meeting is an agreement's"
    try:
        return find(session, mail.agreement, mail.data["meeting"])
    except NotThere:
        return None


def _why(session: Session, agreement: Agreement, meeting: Meeting, mail: Mail) -> Message | None:
    """In what capacity one is called; None for one who is not called any more."""
    if mail.guest is not None:
        named = _guest(session, meeting, mail)
        parties = list_words([p.party.name for p in agreement.parties])
        return (
            msg("You get this because you are invited as a guest by ${parties}.", parties=parties)
            if named
            else None
        )
    for one in members(session, agreement, meeting):
        if one.person == mail.person_id:
            role = role_name(one.role, one.title)
            if one.deputy:
                return msg(
                    "You get this because you are deputy for the ${role} at ${party}.",
                    role=role, party=one.party.name,
                )  # fmt: skip
            return Message(WHY.text, {"role": role, "party": one.party.name})
    return None


def _guest(session: Session, meeting: Meeting, mail: Mail) -> Guest | None:
    found = next((g for g in guests(session, meeting) if g.id == mail.guest), None)
    return Guest(found.name, found.email) if found is not None and found.email else None


def _event(agreement: Agreement, meeting: Meeting, *, linked: bool) -> Event:
    """The meeting for the reader's calendar; a guest's leads to no page, since a guest can open none."""
    event = of_meeting(agreement, meeting, set())
    return event if linked else replace(event, path="")


def _about(sentence: Message, agreement: Agreement, meeting: Meeting) -> Message:
    return Message(sentence.text, {"day": meeting.on, "whom": whom(agreement)})


def _path(agreement: Agreement, meeting: Meeting) -> str:
    return f"/agreements/{agreement.id}/meetings/{meeting.number}"

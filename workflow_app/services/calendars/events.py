"""Deadlines and meetings as the events of a calendar, before any language or format.

A deadline is an all-day event on its *last* day, also where the clause gives a
season or a whole year: an event from January to December would lie over
everything else in the calendar, and the last day is the one that counts. The
description tells the whole interval, the clause, and how the day was found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from workflow_app.domain.case import CaseParty
from workflow_app.domain.deadline_words import headline, what_to_do
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reminding.responsible import roles_reminded
from workflow_app.domain.rule_names import kind_word
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.calendars.changes import Ending, Standing, done
from workflow_app.services.norway import OSLO

DOMAIN = "avtaleflyt"
"""What stands after @ in a UID. No host name: an installation that moves keeps its events."""

NAMED = 3
"""Kommuner that are named in an event's title; beyond that the first one, and how many more."""

LENGTH = timedelta(hours=2)
"""How long a meeting is taken to last where nobody has said when it ends."""


@dataclass(frozen=True)
class Event:
    """One event. ``day`` for an all-day one; ``starts`` and ``ends`` are aware and in Norwegian time.

    ``path`` leads to the page below the installation's address; it is "" for a
    reader who could not open it, a guest of a meeting. ``mine`` says
    that the reader is one of those who have to do it, and so wants an alarm.
    ``lines`` are the paragraphs of the description.
    """

    uid: str
    day: date
    title: Message
    lines: tuple[Message | str, ...]
    path: str
    category: Message
    sequence: int
    changed_at: datetime
    starts: datetime | None = None
    ends: datetime | None = None
    place: str | None = None
    cancelled: bool = False
    mine: bool = False


def of_deadline(agreement: Agreement, standing: Standing, held: Set[tuple[str, str]]) -> Event:
    """The event of a deadline. ``held`` are the (party, role) pairs the reader holds."""
    deadline = standing.deadline
    title = msg("${what} – ${whom}", what=headline(deadline), whom=whom(agreement, deadline.party))
    if standing.fallen:
        title = msg("No longer applies: ${what}", what=title)
    elif done(deadline):
        title = msg("Done: ${what}", what=title)
    waits = not standing.fallen and not done(deadline)
    return Event(
        uid=uid(agreement, deadline.key),
        day=deadline.latest,
        title=title,
        lines=tuple(_told(agreement, deadline)),
        path=f"/agreements/{agreement.id}/deadlines",
        category=kind_word(deadline.kind),
        sequence=standing.sequence,
        changed_at=standing.changed_at,
        cancelled=standing.fallen,
        mine=waits and bool(held & responsible(agreement, deadline)),
    )


def of_meeting(
    agreement: Agreement,
    meeting: Meeting,
    held: Set[tuple[str, str]],
    endings: Sequence[Ending] = (),
) -> Event:
    """The event of a meeting of the politiråd: with its hours where they are known, else all day.

    ``endings`` are what the agreement's last day has been. A meeting planned
    after the newest falls away by it, and stands again if a later day comes.
    Each of them since the meeting was planned counts as a version of the event,
    so that its SEQUENCE never falls, whichever day the meeting is moved to.
    """
    planned = meeting.cancelled_at is None and meeting.held_at is None
    last = endings[-1].last if endings else None
    fallen = planned and last is not None and meeting.on > last
    since = [e.at for e in endings if e.at > meeting.created_at]
    title = msg("Meeting of the politiråd – ${whom}", whom=whom(agreement))
    if meeting.cancelled_at is not None:
        title = msg("Cancelled: ${what}", what=title)
    elif fallen:
        title = msg("No longer applies: ${what}", what=title)
    starts = _moment(meeting.on, meeting.starts_at)
    ends = _moment(meeting.on, meeting.ends_at) if meeting.ends_at else None
    if starts is not None and (ends is None or ends <= starts):
        ends = (starts.astimezone(UTC) + LENGTH).astimezone(OSLO)
    times = (
        meeting.created_at, meeting.invited_at, meeting.cancelled_at, meeting.held_at, meeting.minutes_at,
        *since,
    )  # fmt: skip
    return Event(
        uid=uid(agreement, f"meeting/{meeting.number}"),
        day=meeting.on,
        title=title,
        lines=(agreement.title, *(_beyond(last) if fallen else ()), *_agenda(meeting)),
        path=f"/agreements/{agreement.id}/meetings/{meeting.number}",
        category=kind_word("meeting"),
        sequence=meeting.version + len(since),
        changed_at=max(at for at in times if at is not None),
        starts=starts,
        ends=ends,
        place=meeting.place,
        cancelled=meeting.cancelled_at is not None or fallen,
        mine=planned and not fallen and bool(held),
    )


def whom(agreement: Agreement, party: str | None = None) -> Message | str:
    """The kommuner of an agreement by name, or the one party a deadline is for."""
    names = [p.party.name for p in agreement.parties if p.party.key == party] or [
        p.party.name for p in agreement.parties if p.party.side == "municipal"
    ]
    if len(names) > NAMED:
        return msg("${first} and ${count} more", first=names[0], count=len(names) - 1)
    return ", ".join(names)


def responsible(agreement: Agreement, deadline: Deadline) -> set[tuple[str, str]]:
    """The (party, role) pairs that a deadline is for, as reminders see it."""
    parties = [CaseParty(p.party.key, p.party.side) for p in agreement.parties]
    return {
        (party.key, role)
        for party in parties
        if deadline.party in (None, party.key)
        for role in roles_reminded(deadline.kind, party.side, last=True)
    }


def uid(agreement: Agreement, key: str) -> str:
    """What the event is called in every calendar for ever: the agreement, and what it is in it (RFC 7986,
    section 5.3: globally unique, and telling nothing)."""
    return f"{agreement.id}-{hashlib.sha256(key.encode()).hexdigest()[:20]}@{DOMAIN}"


def _told(agreement: Agreement, deadline: Deadline) -> list[Message | str]:
    """Paragraphs: what to do, in which agreement, the whole interval, the clause, how it was counted."""
    lines: list[Message | str] = [
        what_to_do(deadline.kind, deadline.occasion),
        agreement.title,
    ]
    if deadline.earliest != deadline.latest:
        lines.append(msg("From ${first} to ${last}.", first=deadline.earliest, last=deadline.latest))
    if deadline.progress is not None:
        count, wanted = deadline.progress
        lines.append(msg("Done so far: ${count} of ${wanted}.", count=count, wanted=wanted))
    if deadline.quote:
        lines.append(f"«{' '.join(deadline.quote.split())}»")
    if deadline.source == "house_rule":
        lines.append(msg("House rule of the kommune: the agreement itself gives no day."))
    lines.append(deadline.rule_sentence)
    lines += [Message(a) for a in deadline.assumptions]
    return lines


def _beyond(last: date | None) -> Sequence[Message]:
    return [msg("The last day of the agreement is ${day}, and the meeting was planned after it.", day=last)]


def _agenda(meeting: Meeting) -> Sequence[Message | str]:
    points = [f"{number}. {item.title}" for number, item in enumerate(meeting.items, 1)]
    return [msg("Agenda:"), *points] if points else [msg("The agenda is not made yet.")]


def _moment(day: date, clock: time | None) -> datetime | None:
    return None if clock is None else datetime.combine(day, clock, tzinfo=OSLO)

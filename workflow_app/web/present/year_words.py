"""The words of the year wheel: when, who, how it stands, and what the signs mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pyramid.request import Request

from workflow_app.domain.dates import MONTHS, Interval, render
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.wheel import Kind, State
from workflow_app.services.calendars.year import Thing
from workflow_app.web.pagemodels.common import Moment
from workflow_app.web.present.words import role_word

KINDS: Mapping[Kind, Message] = {
    "meeting": msg("Meeting of the politiråd"),
    "agenda": msg("Agenda to be sent out"),
    "evaluation": msg("Evaluation"),
    "council": msg("The kommunestyre"),
    "revision": msg("Revision"),
    "term": msg("Term and notice"),
    "yearly": msg("In the course of the year"),
}
STATES: Mapping[State, Message] = {
    "open": msg("To come"),
    "done": msg("Done"),
    "missed": msg("Not recorded as done"),
    "past": msg("Not documented"),
    "cancelled": msg("Cancelled or postponed"),
}
"""What a sign means; how one thing stands is said more closely by :func:`stands`."""

_MEETING: Mapping[State, Message] = {
    "open": msg("Planned"),
    "done": msg("Held"),
    "cancelled": msg("Called off"),
}
_OUTCOME: Mapping[str, Message] = {
    "noted": msg("Noted by the kommunestyre"),
    "adopted": msg("Adopted by the kommunestyre"),
    "postponed": msg("Postponed by the kommunestyre"),
    "sent_back": msg("Sent back by the kommunestyre"),
}


def stands(request: Request, thing: Thing) -> str:
    """How one thing stands today, in a word or two."""
    if thing.outcome is not None and thing.outcome in _OUTCOME:
        return str(request.say(_OUTCOME[thing.outcome]))
    if thing.kind == "meeting":
        past = thing.state == "open" and thing.last < request.today
        return str(request.say(msg("Not recorded as held") if past else _MEETING[thing.state]))
    return str(request.say(STATES[thing.state]))


def when(request: Request, thing: Thing) -> Moment:
    """The day and its week without the year, the two days it lies between, or that no day is given."""
    span, year = Interval(thing.first, thing.last), thing.last.year
    if thing.whole:
        whole = (thing.first, thing.last) == (date(year, 1, 1), date(year, 12, 31))
        first, last = (_bare(request, Interval.on(day)) for day in (thing.first, thing.last))
        part = msg("between ${first} and ${last}", first=first, last=last)
        words = msg("in the course of the year") if whole else part
        return Moment(thing.last.isoformat(), request.say(words))
    text = _bare(request, span)
    if thing.starts is not None:
        clock = thing.starts.strftime("%H:%M" if request.locale_name == "en" else "%H.%M")
        text = request.say(msg("${day} at ${clock}", day=text, clock=clock))
    if span.exact:
        text = request.say(msg("${day}, week ${week}", day=text, week=thing.last.isocalendar().week))
    return Moment(thing.last.isoformat(), text)


def _bare(request: Request, span: Interval) -> str:
    return render(span, request.locale_name).removesuffix(f" {span.latest.year}")


def who(request: Request, thing: Thing) -> str:
    """Whose it is to do: roles, and the one party where it is one party's."""
    roles = [role_word(request, role) for role in thing.roles]
    if thing.kind == "meeting" and thing.party:
        return str(request.say(msg("called by ${party}", party=thing.party)))
    said = ", ".join([*roles, thing.party] if thing.party else roles)
    return said[:1].upper() + said[1:]


def details(request: Request, thing: Thing) -> tuple[str, ...]:
    """What more there is to say: the place, how much is done, that a house rule gave the day."""
    lines: list[Message | str] = [thing.place] if thing.place else []
    if thing.progress is not None:
        count, wanted = thing.progress
        lines.append(msg("Done so far: ${count} of ${wanted}.", count=count, wanted=wanted))
    if thing.house_rule:
        lines.append(msg("House rule of the kommune: the agreement itself gives no day."))
    return tuple(str(request.say(line)) for line in lines)


def months(request: Request) -> tuple[str, ...]:
    """The twelve months, January first."""
    return MONTHS[request.locale_name]

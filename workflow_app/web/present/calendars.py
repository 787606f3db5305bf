"""Calendar feeds as they go out, and the page where their addresses are made."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote, urlsplit

from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy import select

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.calendars import CalendarFeed
from workflow_app.models.people import Party
from workflow_app.services.calendars import feeds, ics
from workflow_app.services.calendars.choosing import MINE, chosen
from workflow_app.services.calendars.gathering import Scope, agreements_in, gather
from workflow_app.services.calendars.replay import Window
from workflow_app.services.documents_words import Voice
from workflow_app.services.errors import FieldErrors
from workflow_app.web.calendar_door import VIEW
from workflow_app.web.pagemodels.calendars import CalendarPage, FeedRow, NewAddress
from workflow_app.web.pagemodels.common import Choice, Problem
from workflow_app.web.present.papers import translator
from workflow_app.web.present.words import day, moment_day
from workflow_app.web.rendering import wants_json

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
SHOWN = 200
"""Agreements the page offers a feed of; the agreement's own page leads to any other."""


def public_url(request: Request) -> str:
    """Where people find the pages, without a slash at the end.

    ``avtaleflyt.public_url``, or what this request was sent to: behind a proxy
    that does not say its name, only the setting is right.
    """
    said = str(request.registry.settings.get("avtaleflyt.public_url") or "").strip()
    return (said or request.application_url).rstrip("/")


def calendar_response(request: Request, scope: Scope, name: Message) -> Response:
    """The feed of ``scope`` for whoever asks, as a calendar file or, for a program that wants it, as JSON."""
    events = gather(request.reading, request.who, request.definitions, scope, request.today)
    voice = Voice(translator(request, request.locale_name), request.locale_name)
    reader = ics.Reader(voice, public_url(request), request.today)
    response = Response()
    if wants_json(request):
        response.json_body = ics.as_json(name, events, reader)
        response.content_type = "application/json"
    else:
        response.body = ics.write(name, events, reader)
        response.content_type, response.charset = "text/calendar", "utf-8"
        response.content_disposition = 'inline; filename="kalender.ics"'
    response.etag = hashlib.sha256(response.body).hexdigest()[:32]
    response.headers["Cache-Control"] = "private, no-cache"
    response.conditional_response = True
    return response


def calendar_page(
    request: Request, made: NewAddress | None = None, problems: tuple[Problem, ...] = (), about: str = ""
) -> CalendarPage:
    """The page; ``made`` is the address that was just made, ``about`` what is chosen in the form."""
    asked, subject = _asked(request, about or str(request.GET.get("about", "")))
    window = Window(request.today)
    found = agreements_in(request.dbsession, request.who, request.definitions, Scope(), window)[:SHOWN]
    agreements = {f"agreements/{a.id}": a.title for a in found}
    parties = {f"parties/{p.key}": p.name for p in _parties(request)}
    if isinstance(subject, Agreement):
        agreements.setdefault(asked, subject.title)
    elif subject is not None:
        parties.setdefault(asked, subject.name)
    host = urlsplit(public_url(request)).hostname or ""
    return CalendarPage(
        own=Choice(MINE, request.say(msg("All my deadlines and meetings")), chosen=asked == MINE),
        agreements=tuple(Choice(key, name, chosen=key == asked) for key, name in agreements.items()),
        parties=tuple(Choice(key, name, chosen=key == asked) for key, name in parties.items()),
        rows=tuple(feed_row(request, feed) for feed in feeds.live(request.dbsession, request.who.person_id)),
        made=made,
        problems=problems,
        reachable=host not in LOCAL,
    )


def _asked(request: Request, about: str) -> tuple[str, Agreement | Party | None]:
    """What the address of the page asks for, where it is something the reader may see; else all her own."""
    try:
        return about, chosen(request.dbsession, request.who, request.definitions, about)
    except FieldErrors:
        return MINE, None


def calendar_json(request: Request) -> dict[str, Any]:
    """The same for a program: the addresses that work, and what can be made."""
    page = calendar_page(request)
    return {
        "feeds": [
            {"id": row.id, "about": row.about, "last_four": row.last_four, "made": row.made.iso}
            for row in page.rows
        ],
        "choices": [
            {"about": choice.value, "name": choice.label}
            for choice in (page.own, *page.agreements, *page.parties)
        ],
    }


def address(request: Request, feed: CalendarFeed, clear: str) -> NewAddress:
    """Where the feed is read, to be shown this once."""
    place = f"/agreements/{feed.agreement_id}" if feed.agreement_id else ""
    if feed.party is not None:
        place = f"/parties/{quote(feed.party.key)}"
    https = f"{public_url(request)}{place}/{VIEW}?token={clear}"
    return NewAddress(request.say(_about(feed)), https, "webcal:" + https.partition(":")[2])


def feed_row(request: Request, feed: CalendarFeed) -> FeedRow:
    """One address that works."""
    made = day(request, moment_day(feed.created_at))
    return FeedRow(feed.id, request.say(_about(feed)), feed.last_four, made)


def _about(feed: CalendarFeed) -> Message:
    if feed.agreement is not None:
        return Message(feed.agreement.title)
    if feed.party is not None:
        return Message(feed.party.name)
    return msg("All my deadlines and meetings")


def _parties(request: Request) -> list[Party]:
    """The kommuner and police units the reader acts for."""
    keys = sorted({h.party for h in request.who.holdings})
    return list(request.dbsession.scalars(select(Party).where(Party.key.in_(keys)).order_by(Party.name)))

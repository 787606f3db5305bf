"""The door that calendar programs come in by: an address with a token, that opens one feed and nothing else.

A calendar program has no cookie and cannot sign in. Its token makes somebody of
it for the three addresses of feeds, for reading, and only for that view there
(see ``SecurityPolicy.permits``). Whatever is wrong with a token, its holder is
told the same, and nothing of whose it was.
"""

from __future__ import annotations

import re

from pyramid.request import Request
from pyramid.response import Response

from workflow_app.models.calendars import CalendarFeed

VIEW = "calendar.ics"
SCOPE = "calendar"
"""What an identity that came in by this door may do; compare the scopes of a program's token."""

_ADDRESS = re.compile(r"(?:/(?P<kind>agreements|parties)/(?P<key>[^/]+))?/calendar\.ics")

NOT_HERE = (
    "Her er det ingen kalender. Adressen kan være trukket tilbake.\n"
    "There is no calendar here. The address may have been taken back.\n"
)


def token_of(request: Request) -> str | None:
    """The token of a request for a feed; None for every other request, and where there is none."""
    if request.method not in ("GET", "HEAD") or "token" not in request.GET:
        return None
    return str(request.GET["token"]) if _ADDRESS.fullmatch(request.path_info) else None


def opens(request: Request, feed: CalendarFeed) -> bool:
    """Whether the feed is the one at this address: a person's own opens every part of it too."""
    here = _ADDRESS.fullmatch(request.path_info)
    if here is None:
        return False
    if feed.agreement_id is not None:
        return here["kind"] == "agreements" and here["key"] == feed.agreement_id
    if feed.party is not None:
        return here["kind"] == "parties" and here["key"] == feed.party.key
    return True


def turned_away(request: Request) -> Response | None:
    """The one answer to a token that opens nothing; None for a request without one."""
    if token_of(request) is None:
        return None
    return Response(NOT_HERE, status=404, content_type="text/plain", charset="utf-8")

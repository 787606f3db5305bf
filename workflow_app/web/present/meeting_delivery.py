"""That mail about a meeting did not reach a guest, in words, to those who can invite the guest again.

Told on the meeting's own page, since a guest has no account whose address an
administrator could correct. It is no part of the paper that everybody gets.
"""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.meetings import access
from workflow_app.services.meetings.delivery import Undelivered, undelivered
from workflow_app.web.present.words import moment_day

INVITE_AGAIN = msg(
    "Take the guest off the list, invite again with the right address, and send the invitation once more."
)
ASK_FIRST = msg(
    "The mail may have arrived: ask the guest. If it has not, take the guest off the list, invite again, and"
    " send the invitation once more."
)
TELL_YOURSELF = msg("Tell the guest yourself.")


def failed(request: Request, agreement: Agreement, meeting: Meeting) -> dict[int, Undelivered]:
    """By the number of a guest; nothing for those who do not call people to the meeting."""
    if access.coordinating(agreement, request.who) is None:
        return {}
    return undelivered(request.dbsession, agreement, meeting)


def told(
    request: Request, meeting: Meeting, found: Undelivered | None, *, changes: bool
) -> dict[str, str | None]:
    """What a guest's row has of it: the mark with its day, and what the reader does while there is time."""
    if found is None:
        return {}
    mark = msg("perhaps not delivered ${day}") if found.uncertain else msg("not delivered ${day}")
    advice = TELL_YOURSELF if not changes else ASK_FIRST if found.uncertain else INVITE_AGAIN
    return {
        "undelivered": request.say(Message(mark.text, {"day": moment_day(found.at)})),
        "advice": request.say(advice) if meeting.on >= request.today else None,
    }


def guests_json(
    request: Request, agreement: Agreement, meeting: Meeting, guests: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The guests of a meeting's JSON, with what became of their mail for those who call them."""
    if access.coordinating(agreement, request.who) is None:
        return guests
    found = failed(request, agreement, meeting)
    return [guest | {"undelivered": _json(found.get(guest["id"]))} for guest in guests]


def _json(found: Undelivered | None) -> dict[str, Any] | None:
    return None if found is None else {"at": found.at, "uncertain": found.uncertain}

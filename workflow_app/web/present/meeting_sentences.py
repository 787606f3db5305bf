"""What the entries about meetings say was done, in one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from workflow_app.domain.messages import Message, msg

Data = Mapping[str, Any]
Clear = Mapping[str, str]
Teller = Callable[[Any, Data, Data, Clear], Message]
"""(the teller, the entry, its data, its clear values) → the sentence."""


def _number(data: Data) -> object:
    return data.get("meeting", "?")


def _day(data: Data) -> object:
    return date.fromisoformat(data["on"]) if data.get("on") else "?"


def _planned(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg("Meeting ${number} was planned for ${day}.", number=_number(data), day=_day(data))


def _moved(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    if not data.get("from"):
        return msg("Hour or place of meeting ${number} was changed.", number=_number(data))
    before = date.fromisoformat(data["from"])
    return msg(
        "Meeting ${number} was moved from ${before} to ${day}.",
        number=_number(data), before=before, day=_day(data),
    )  # fmt: skip


def _cancelled(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg("Meeting ${number} was called off.", number=_number(data))


def _held(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg("Meeting ${number} was recorded as held on ${day}.", number=_number(data), day=_day(data))


def _sent(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    if data.get("sending", 1) > 1:
        return msg("A changed invitation to meeting ${number} was sent.", number=_number(data))
    return msg("The invitation to meeting ${number} was sent with its agenda.", number=_number(data))


def _agenda(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    if data.get("standing"):
        return msg("The standing points of every agenda were changed.")
    return msg("The agenda of meeting ${number} was changed.", number=_number(data))


def _raised(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    if "meeting" not in data:
        return msg("A matter was raised; it waits for a meeting to be planned.")
    if data.get("late"):
        return msg("A matter was raised to meeting ${number}, late.", number=_number(data))
    return msg("A matter was raised to meeting ${number}.", number=_number(data))


def _posts(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg("Convener and secretary of meeting ${number} were chosen.", number=_number(data))


def _turn(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    if data.get("side") == "police":
        return msg("The turns were settled: the police began with ${year}.", year=data.get("year", "?"))
    return msg("The turns were settled: the kommune began with ${year}.", year=data.get("year", "?"))


def _guest(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg("A guest was invited to meeting ${number}.", number=_number(data))


def _no_guest(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg("A guest was taken off the list of meeting ${number}.", number=_number(data))


def _deputy(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg("A deputy was called to meeting ${number}.", number=_number(data))


MEETING_SENTENCES: dict[str, Teller] = {
    "meeting_planned": _planned,
    "meeting_moved": _moved,
    "meeting_cancelled": _cancelled,
    "meeting_held": _held,
    "agenda_sent": _sent,
    "agenda_changed": _agenda,
    "matter_raised": _raised,
    "meeting_posts": _posts,
    "turn_chosen": _turn,
    "guest_invited": _guest,
    "guest_removed": _no_guest,
    "deputy_called": _deputy,
}
"""Kind of entry → its sentence."""

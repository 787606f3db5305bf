"""What the entries about who came, minutes and decisions say was done, in one sentence each."""

from __future__ import annotations

from datetime import date
from typing import Any

from workflow_app.domain.messages import Message, msg
from workflow_app.web.present.meeting_sentences import Clear, Data, Teller


def _number(data: Data) -> object:
    return data.get("meeting", "?")


def _attendance(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg(
        "Who came to meeting ${number} was saved; there were ${count}.",
        number=_number(data),
        count=data.get("present", "?"),
    )


def _kept(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    if data.get("number", 1) > 1:
        return msg(
            "Corrected minutes of meeting ${number} were kept, version ${version}.",
            number=_number(data),
            version=data["number"],
        )
    if data.get("public"):
        return msg("The public minutes of meeting ${number} were kept.", number=_number(data))
    return msg("The closed minutes of meeting ${number} were kept.", number=_number(data))


def _reopened(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg("The minutes of meeting ${number} were taken up again.", number=_number(data))


def _done(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    on = date.fromisoformat(data["on"]) if data.get("on") else "?"
    return msg(
        "Decision ${decision} of meeting ${number} was told to be done on ${day}.",
        decision=data.get("decision", "?"),
        number=_number(data),
        day=on,
    )


def _opened(t: Any, entry: Data, data: Data, clear: Clear) -> Message:
    return msg(
        "Decision ${decision} of meeting ${number} was told not to be done after all.",
        decision=data.get("decision", "?"),
        number=_number(data),
    )


MINUTES_SENTENCES: dict[str, Teller] = {
    "attendance_saved": _attendance,
    "minutes_kept": _kept,
    "minutes_reopened": _reopened,
    "decision_done": _done,
    "decision_opened": _opened,
}
"""Kind of entry → its sentence."""

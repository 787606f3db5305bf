"""What the record tells of a year before anybody writes: meetings held, tasks done, signed and told.

Shown beside the questions, so that nobody counts from memory what the trail has.
"""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.domain.deadline_words import headline
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.services.chronicle import Chronicle
from workflow_app.web.present.words import day

STANDS: dict[str, Message] = {
    "met": msg("done"),
    "missed": msg("not recorded as done"),
    "open": msg("not recorded as done yet"),
    "moot": msg("no longer applies"),
}


def known(request: Request, chronicle: Chronicle, year: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Heading and lines for each part there is something to tell of."""
    say = request.say
    found = [d for d in chronicle.deadlines() if d.year == year]
    meetings = [_progress(request, d) for d in found if d.kind == "meeting"]
    held = [m for m in chronicle.history.meetings if m.status == "held" and m.on.year == year]
    if held:
        days = ", ".join(day(request, m.on).text for m in held)
        meetings.append(say(msg("Held: ${days}", days=days)))
    tasks = [_progress(request, d) for d in found if d.kind in ("task", "attendance")]
    parts = ((msg("Meetings"), meetings), (msg("What the clauses ask for each year"), tasks))
    return tuple((say(heading), tuple(lines)) for heading, lines in parts if lines)


def _progress(request: Request, found: Deadline) -> str:
    words = headline(found)
    if found.progress is not None:
        done, wanted = found.progress
        return str(request.say(msg("${what}: ${done} of ${wanted}", what=words, done=done, wanted=wanted)))
    return str(request.say(msg("${what}: ${stands}", what=words, stands=STANDS[found.status])))

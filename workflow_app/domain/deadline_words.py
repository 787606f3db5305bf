"""What a deadline is called and what must be done by it, in one line each.

Pages, mails, calendars and the year wheel name the same things and must call
them the same. The year or the subject is part of the name, since a calendar
shows nothing else beside it.
"""

from __future__ import annotations

from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import kind_word

WHAT: dict[str, Message] = {
    "revision": msg("Look through the agreement and decide whether it is to be revised."),
    "evaluation": msg("Evaluate the cooperation, and have the evaluation approved."),
    "expiry": msg("The last day of the agreement, unless it is extended or followed by another."),
    "renewal": msg("The agreement renews itself unless it is terminated in time."),
    "notice": msg("The last day to give notice."),
    "option": msg("The last day to use the option to extend."),
    "report": msg("Lay the agreement before the kommunestyre."),
    "agenda": msg("Send out the agenda."),
    "meeting": msg("Hold the meetings that the clause asks for."),
    "task": msg("Do what the clause asks for."),
    "attendance": msg("See to it that they meet as the clause asks for."),
}
"""What must be done by each kind of deadline, in one line."""

TO_LAY_BEFORE: dict[str, Message] = {
    "evaluation": msg("Lay the evaluation before the kommunestyre."),
    "termination": msg("Tell the kommunestyre that notice of termination has been given."),
    "lapse": msg("Tell the kommunestyre that the agreement has ended."),
}
"""What must be done by a report that is not of the agreement itself."""

LAID_BEFORE: dict[str, Message] = {
    "evaluation": msg("The evaluation of ${year} before the kommunestyre"),
    "termination": msg("The termination before the kommunestyre"),
    "lapse": msg("The end of the agreement before the kommunestyre"),
}
"""What is laid before the kommunestyre, by the occasion, where it is not the agreement itself."""


MEETINGS_OF: dict[str | None, Message] = {
    None: msg("Meetings of the politiråd in ${year}"),
    "spring": msg("Meetings of the politiråd, spring ${year}"),
    "autumn": msg("Meetings of the politiråd, autumn ${year}"),
}
"""The year's obligation, or that of half a year."""


def what_to_do(kind: str, occasion: str = "agreement") -> Message:
    """What must be done by a deadline of this kind. Raises ``KeyError`` for a kind without words."""
    return TO_LAY_BEFORE.get(occasion, WHAT[kind]) if kind == "report" else WHAT[kind]


def headline(deadline: Deadline) -> Message:
    """What the deadline is called where nothing stands beside it: "Task 2026: trygghetsvandring"."""
    if deadline.kind == "agenda" and "day" in deadline.rule_sentence.values:
        return msg("The agenda of the meeting on ${day}", day=deadline.rule_sentence.values["day"])
    return named(deadline.kind, deadline.year, deadline.half, deadline.about, deadline.occasion)


def named(
    kind: str, year: int | None, half: str | None, about: str | None, occasion: str = "agreement"
) -> Message:
    """The same from the parts that are kept of a deadline where long lists are sorted by it."""
    word = kind_word(kind)
    if kind == "meeting" and year is not None:
        return Message(MEETINGS_OF[half].text, {"year": year})
    if kind == "report" and occasion in LAID_BEFORE:
        return Message(LAID_BEFORE[occasion].text, {"year": year})
    if about and year is not None:
        return msg("${kind} ${year}: ${what}", kind=word, year=year, what=about)
    return word if year is None else msg("${kind} ${year}", kind=word, year=year)

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
    "meeting": msg("Hold the meeting."),
    "task": msg("Do what the clause asks for."),
    "attendance": msg("Attend the meeting."),
}
"""What must be done by each kind of deadline, in one line."""

LAID_BEFORE: dict[str, Message] = {
    "evaluation": msg("The evaluation of ${year} before the kommunestyre"),
    "termination": msg("The termination before the kommunestyre"),
    "lapse": msg("The end of the agreement before the kommunestyre"),
}
"""What is laid before the kommunestyre, by the occasion, where it is not the agreement itself."""


def headline(deadline: Deadline) -> Message:
    """What the deadline is called where nothing stands beside it: "Evaluation 2026", "Task: the walk"."""
    word = kind_word(deadline.kind)
    if deadline.kind == "agenda" and "day" in deadline.rule_sentence.values:
        return msg("The agenda of the meeting on ${day}", day=deadline.rule_sentence.values["day"])
    if deadline.kind == "meeting":
        return msg("Meetings of the politiråd in ${year}", year=deadline.year)
    if deadline.kind == "report" and deadline.occasion in LAID_BEFORE:
        return Message(LAID_BEFORE[deadline.occasion].text, {"year": deadline.year})
    about = deadline.rule.values.get("what" if deadline.kind == "task" else "who") if deadline.rule else None
    if deadline.kind in ("task", "attendance") and about:
        return msg("${kind}: ${what}", kind=word, what=about)
    return word if deadline.year is None else msg("${kind} ${year}", kind=word, year=deadline.year)

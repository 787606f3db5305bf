"""One deadline in the words of a letter: when, what must be done, the clause, how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workflow_app.domain.deadline_words import headline, what_to_do
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.services.mail.letters import Block, Facts, Heading, Paragraph, Quote, Value

TOO_LATE = msg("The time for it is over. Enter what was done and is not entered here yet.")
"""What is left to do about meetings, tasks and visits of a year that has passed."""


def when(deadline: Deadline, today: date) -> Message:
    """ "due in 30 days", "due today", "5 days overdue": by the latest day it can be."""
    left = (deadline.latest - today).days
    if left <= -2 * 365:
        # Days in thousands say nothing to anybody.
        return msg("${count} years overdue", count=-left // 365)
    if left > 1:
        return msg("due in ${count} days", count=left)
    if left < -1:
        return msg("${count} days overdue", count=-left)
    return {1: msg("due tomorrow"), 0: msg("due today"), -1: msg("one day overdue")}[left]


def told_of_deadline(
    deadline: Deadline, agreement: Agreement, today: date, *, alone: bool = False
) -> Iterator[Block]:
    """The blocks of one deadline, each with its clause or the word that a house rule gave the day.

    ``alone`` is whether the letter is about this one, so that its subject is heading enough.
    """
    words = _day_to_come if deadline.latest >= today else _day_gone
    named = words(deadline, today)
    yield Paragraph(named) if alone else Heading(named)
    yield Paragraph(
        TOO_LATE
        if deadline.window and deadline.latest < today
        else what_to_do(deadline.kind, deadline.occasion)
    )
    if deadline.quote:
        yield Quote(deadline.quote, msg("The agreement, in its own words"), agreement.language)
    yield Facts(tuple(_facts(deadline)))


def _day_to_come(deadline: Deadline, today: date) -> Message:
    return msg(
        "${what}: ${when}, on ${day}.",
        what=headline(deadline),
        when=when(deadline, today),
        day=deadline.latest,
    )


def _day_gone(deadline: Deadline, today: date) -> Message:
    return msg(
        "${what}: ${when}. The last day was ${day}.",
        what=headline(deadline),
        when=when(deadline, today),
        day=deadline.latest,
    )


def _facts(deadline: Deadline) -> Iterator[tuple[Message, Value]]:
    if deadline.progress is not None:
        yield msg("How it stands"), _progress(deadline)
    if deadline.source == "house_rule":
        yield msg("Whose rule"), msg("House rule of the kommune: the agreement itself gives no day.")
    yield msg("How it is counted"), deadline.rule_sentence
    for assumption in deadline.assumptions:
        yield msg("Assumed"), Message(assumption)
    if deadline.earliest != deadline.latest and not deadline.window:
        yield (
            msg("Half known"),
            msg(
                "It can be as early as ${first}; you are reminded by the latest day it can be, ${last}.",
                first=deadline.earliest,
                last=deadline.latest,
            ),
        )


def _progress(deadline: Deadline) -> Message:
    count, wanted = deadline.progress or (0, 0)
    floor = deadline.floor
    if deadline.kind == "meeting" and floor is not None and floor < wanted:
        return msg(
            "${count} of ${wanted} held; at least ${floor} must be.", count=count, wanted=wanted, floor=floor
        )
    words = (
        msg("${count} of ${wanted} held.")
        if deadline.kind == "meeting"
        else msg("${count} of ${wanted} done.")
    )
    return Message(words.text, {"count": count, "wanted": wanted})

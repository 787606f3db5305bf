"""The agenda of each planned meeting: sent out so many days before it, as the clause says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflow_app.domain.dates import Interval, add_days
from workflow_app.domain.deadlines.facts import Facts
from workflow_app.domain.deadlines.model import Deadline
from workflow_app.domain.history import MeetingFact
from workflow_app.domain.meetings.lead import lead_rule
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule


def agendas(facts: Facts) -> Iterator[Deadline]:
    """One for each meeting that is not cancelled, once the signing is recorded.

    Of several clauses the one that wants it earliest stands: the other is then kept too.
    """
    rule = lead_rule(facts.rules)
    if rule is None or facts.history.signing is None:
        return
    for meeting in facts.history.meetings:
        if meeting.status != "cancelled":
            yield _agenda(facts, rule, meeting)


def _agenda(facts: Facts, rule: Rule, meeting: MeetingFact) -> Deadline:
    """Met by the sending, missed without it; an agenda sent too late is missed by that entry.

    It reminds until the day of the meeting: after that there is nothing to send.
    """
    due = add_days(meeting.on, -rule.values["days"])
    deadline = Deadline.of(
        "agenda", Interval.on(due), rule, _sentence(rule.values["days"], meeting), meeting=meeting.number
    )
    if meeting.invited_on is not None:
        in_time = meeting.invited_on <= due
        return replace(deadline, status="met" if in_time else "missed", met_by=meeting.invited_entry)
    if facts.over_on is not None and meeting.on > facts.over_on:
        return replace(deadline, status="moot")
    if facts.today <= due and meeting.status == "planned":
        return deadline
    passed = meeting.status == "held" or meeting.on < facts.today or facts.over
    return replace(deadline, status="missed", undocumented=passed)


def _sentence(days: int, meeting: MeetingFact) -> Message:
    if days == 1:
        return msg("One day before the meeting on ${day}.", day=meeting.on)
    return msg("${days} days before the meeting on ${day}.", days=days, day=meeting.on)

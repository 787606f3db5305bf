"""The days an agenda is counted by: when it is to be sent, and when matters are to be reported to it.

"Agenda sendes ut senest 1 uke før møtet" is seven days before the meeting's own
day. Where no clause says, there is no such day, and none is made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from workflow_app.domain.dates import add_days
from workflow_app.domain.rules import Rule


def lead_rule(rules: Iterable[Rule]) -> Rule | None:
    """The clause that says how long before a meeting its agenda is sent: the strictest where several do."""
    return _longest(rules, "lead")


def submission_rule(rules: Iterable[Rule]) -> Rule | None:
    """The clause that says how long before a meeting matters are reported to it."""
    return _longest(rules, "submission")


def agenda_day(meeting: date, rules: Iterable[Rule]) -> date | None:
    """The last day the agenda can be sent in time, that day included; None where no clause says."""
    rule = lead_rule(rules)
    return None if rule is None else add_days(meeting, -int(rule.values["days"]))


def submission_day(meeting: date, rules: Iterable[Rule]) -> date | None:
    """The last day a matter can be reported in time; None where no clause says."""
    rule = submission_rule(rules)
    return None if rule is None else add_days(meeting, -int(rule.values["days"]))


def earliest_meeting(today: date, rules: Iterable[Rule]) -> date:
    """The first day a meeting can be on and still have its agenda sent in time, sent today."""
    rule = lead_rule(rules)
    return today if rule is None else add_days(today, int(rule.values["days"]))


def _longest(rules: Iterable[Rule], form: str) -> Rule | None:
    own = [r for r in rules if r.kind == "agenda" and r.form == form and r.dated and r.values.get("days")]
    return max(own, key=lambda r: int(r.values["days"]), default=None)

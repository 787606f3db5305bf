"""The revision: due so many months after signing, or after it was last discharged.

Each "reviewed, unchanged" discharges the one due and starts its months anew, so
only one is open at a time; the date of the one after it would be a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from workflow_app.domain.dates import Interval, add_months, clipped
from workflow_app.domain.deadlines.facts import Facts, counts_from_signing
from workflow_app.domain.deadlines.model import Deadline
from workflow_app.domain.deadlines.term import months_of
from workflow_app.domain.history import EvaluationDone
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule

# A revision in the making: when it is due, what discharged it, how it was counted.
_Due = tuple[Interval, EvaluationDone | None, Message]


def revisions(facts: Facts) -> Iterator[Deadline]:
    """Each discharged revision and the one now open: by clause, else by house rule."""
    clauses = list(facts.of_kind("revision", "every"))
    for rule in clauses:
        for span, done, sentence in _due(facts, rule):
            assumed = facts.signing_assumptions if counts_from_signing(rule) else ()
            clause = Deadline.of("revision", span, rule, sentence, assumptions=assumed)
            yield _standing(facts, clause, done)
    if not clauses:
        yield from _by_house_rule(facts)


def _by_house_rule(facts: Facts) -> Iterator[Deadline]:
    for house in facts.house_rules:
        if house.kind != "review_after_months" or house.party not in facts.history.municipal:
            continue
        sentence = msg(
            "A house rule of the kommune, where the agreement names no date: every ${months} months.",
            months=house.number,
        )
        for span, done, _ in _floating(facts, facts.signing, house.number):
            days = (span.earliest, span.latest)
            own = Deadline("revision", "house_rule", *days, "", sentence, party=house.party)
            yield _standing(facts, own, done)


def _due(facts: Facts, rule: Rule) -> Iterator[_Due]:
    months = months_of(rule)
    if "month" in rule.values:
        return _fixed(facts, months, rule.values["month"], rule.values["day"])
    if counts_from_signing(rule):
        return _floating(facts, facts.signing, months)
    if rule.values["anchor"] == "year_end":
        return _fixed(facts, months, 12, 31)
    return _floating(facts, Interval.parse(rule.values["anchor"]), months)


def _floating(facts: Facts, anchor: Interval | None, months: int) -> Iterator[_Due]:
    """Counted from the anchor, then from the day of each review."""
    if anchor is None:
        return
    counted = msg("${months} months after ${anchor}.", months=months, anchor=anchor)
    for done in facts.history.reviews:
        yield _later(anchor, months), done, counted
        anchor = Interval.on(done.on)
        counted = msg(
            "${months} months after the review on ${anchor} that left the agreement unchanged.",
            months=months,
            anchor=done.on,
        )
    yield _later(anchor, months), None, counted


def _later(anchor: Interval, months: int) -> Interval:
    return anchor.map(lambda day: add_months(day, months))


def _fixed(facts: Facts, months: int, month: int, day: int) -> Iterator[_Due]:
    """On a day of the calendar: the first one after the start, then every so many months.

    A review discharges the one due where it falls in that one's own cycle, and
    a late one does not move the day.
    """
    if facts.start is None:
        return
    counted = msg("Every ${months} months, on the day of the year that the clause names.", months=months)
    due = _first_after(add_months(facts.start.latest, max(months - 12, 0)), month, day, months)
    for done in facts.history.reviews:
        if done.on > add_months(due, -months):
            yield Interval.on(due), done, counted
            due = _first_after(max(add_months(due, max(months - 12, 0)), done.on), month, day, months)
    yield Interval.on(due), None, counted


def _first_after(after: date, month: int, day: int, months: int) -> date:
    """The first day after ``after`` on the named day, or on those between it within a year."""
    step = months if 12 % months == 0 else 12
    named = ((after.year + year, month + ahead) for year in (-1, 0, 1) for ahead in range(0, 12, step))
    days = (clipped(y + (m - 1) // 12, (m - 1) % 12 + 1, day) for y, m in named)
    return min((d for d in days if d > after), default=date.max)


def _standing(facts: Facts, deadline: Deadline, done: EvaluationDone | None) -> Deadline:
    """The deadline with its status: a review meets it, and so does a signed successor."""
    span = Interval(deadline.earliest, deadline.latest)
    deadline = replace(deadline, settled_by=facts.settled_by(span, deadline.rule))
    history = facts.history
    if done is not None:
        return replace(deadline, status="met", met_by=done.entry)
    if history.successor_signed_on is not None:
        return replace(deadline, status="met", met_by=history.successor_entry)
    status = facts.status(span)
    return replace(deadline, status=status, undocumented=status == "missed" and facts.over)

"""The last day an agreement is in force, as far as it is known, and by what.

A picture of many agreements says of each how it ends: a last day, or none and
why. Drawn from the same functions as the deadlines; :func:`in_force` of
``domain.deadlines`` has the last word on the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflow_app.domain.dates import Interval, add_days, as_interval
from workflow_app.domain.deadlines import effective_end, in_force
from workflow_app.domain.deadlines.term import read_term
from workflow_app.domain.history import History
from workflow_app.domain.rules import Rule

How = Literal[
    "replaced", "terminated", "succeeded", "lapsed", "extended", "expires",
    "renews", "until_terminated", "unsaid",
]  # fmt: skip
"""What ends it. The last three have no end: it renews itself, it runs until notice, it does not say."""


@dataclass(frozen=True)
class LastDay:
    """The last day in force (None: there is none to name), and how it comes to be."""

    span: Interval | None
    how: How


def last_day(rules: Sequence[Rule], history: History) -> LastDay | None:
    """How a signed agreement ends; None for one that was never signed."""
    signed = history.signing
    if signed is None:
        return None
    last = in_force(rules, history)[1]
    end = effective_end(rules, history, signed.latest)
    if last is None:
        dated = [r for r in rules if r.dated]
        rule = read_term(dated, history).rule
        running = rule is not None and rule.form == "until_terminated"
        return LastDay(None, "renews" if end.renews else "until_terminated" if running else "unsaid")
    happened: list[tuple[Interval | None, How]] = [
        (_span(history.replaced_on), "replaced"),
        (Interval.on(history.terminated.effective_on) if history.terminated else None, "terminated"),
        (_span(history.successor_signed_on), "succeeded"),
        (end.interval, "extended" if history.extensions else "expires"),
        (Interval.on(add_days(history.lapsed_on, -1)) if history.lapsed_on else None, "lapsed"),
    ]
    for span, how in happened:
        if span is not None and span.latest == last:
            return LastDay(span, how)
    return LastDay(Interval.on(last), "expires")


def _span(day: date | Interval | None) -> Interval | None:
    return None if day is None else as_interval(day)

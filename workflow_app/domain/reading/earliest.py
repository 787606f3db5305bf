"""Before when an event cannot be: "etter to års drift" of an agreement that begins 1 January 2020.

The event itself has no date, and gets none; only the day before which it cannot
come is counted, and only from a beginning that a clause gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from workflow_app.domain.dates import Interval, add_months
from workflow_app.domain.reading import wording
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.times import months_of, ordinal
from workflow_app.domain.rules import Rule

# "To års drift", "når avtalen har virket i ett år"
_RUN = phrase(
    r"\A(?:<latest> )?(?:etter|når) (?:at )?(?:(?:\w+ ){0,3}?(?:virket|verka|vart|vara|løpt|pågått"
    r"|eksistert) i )?"
    r"(?P<dur><dur>)(?! <before>| etter)\b"
)
# "Etter at regnskapet for det andre hele driftsåret er lagt frem"
_YEAR_OF_RUNNING = phrase(
    r"\b(?P<nth><ordinal>) (?P<whole>hele |heile |fulle )?(?:drifts|virke|avtale|prosjekt)år(?:et)?\b"
)


def with_earliest(rules: Iterable[Rule]) -> list[Rule]:
    """``rules`` with ``earliest`` on each evaluation tied to so much time since the agreement began."""
    found = list(rules)
    starts = [
        rule.values.get("from") for rule in found if rule.kind == "validity" and "scope" not in rule.values
    ]
    days = {start for start in starts if start and start != "signing" and len(start) == len("2020-01-01")}
    if len(days) != 1:
        return found
    return [_with_earliest(rule, days.copy().pop()) for rule in found]


def _with_earliest(rule: Rule, start: str) -> Rule:
    if (rule.kind, rule.form) != ("evaluation", "event") or "earliest" in rule.values:
        return rule
    months = _months(rule.values["event"], start)
    if not months:
        return rule
    day = add_months(Interval.parse(start).earliest, months)
    return replace(
        rule,
        values=MappingProxyType({**rule.values, "earliest": day.isoformat()}),
        assumptions=(*rule.assumptions, wording.FROM_BEGINNING),
    )


def _months(event: str, start: str) -> int | None:
    year = _YEAR_OF_RUNNING.search(event)
    # A whole year of running is one of the calendar, as accounts are.
    if year and (not year["whole"] or start.endswith("-01-01")):
        return 12 * (ordinal(year["nth"]) or 0)
    run = _RUN.match(event)
    return months_of(run["dur"]) if run else None

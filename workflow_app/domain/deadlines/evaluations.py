"""Evaluations: one each year on the day, or in the season, that the clause names.

They stand on the calendar, so every year has its own deadline, and an
evaluation meets the one of the year it names, early or late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from workflow_app.domain.dates import Interval, clipped
from workflow_app.domain.deadlines.facts import Facts
from workflow_app.domain.deadlines.model import Deadline
from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule

# First and last month; winter begins in the year it is counted to. Meteorological
# seasons: no clause we know says more, so the assumption goes with the deadline.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
SEASON_READINGS: dict[str, str] = {
    "spring": msg("spring is read as 1 March to 31 May").text,
    "summer": msg("summer is read as 1 June to 31 August").text,
    "autumn": msg("autumn is read as 1 September to 30 November").text,
    "winter": msg("winter is read as 1 December to the end of February").text,
}
FROM_PERIOD = msg("the signing date is not known; counted from the first day of the period").text


def evaluations(facts: Facts) -> Iterator[Deadline]:
    """Yearly evaluations from the year of signing to the end, and those due once."""
    for rule in facts.of_kind("evaluation", "yearly"):
        yield from _marked(facts, list(_yearly(facts, rule)))
    for rule in facts.of_kind("evaluation", "once"):
        span = Interval.parse(rule.values["by"])
        sentence, unclear = msg("The clause names the day."), facts.settled_by(span, rule)
        once = Deadline.of("evaluation", span, rule, sentence, year=span.latest.year, settled_by=unclear)
        yield from _marked(facts, [once])


def _yearly(facts: Facts, rule: Rule) -> Iterator[Deadline]:
    start = facts.start
    if start is None:
        return
    season = rule.values.get("season")
    assumptions: tuple[str, ...] = (SEASON_READINGS[season],) if season else ()
    sentence = msg("Every year from signing on ${start} to the end of the agreement.", start=start)
    if facts.signing is None:
        assumptions += (FROM_PERIOD,)
        sentence = msg("Every year from ${start} to the end of the agreement.", start=start)
    for year in range(start.earliest.year, facts.until.year + 1):
        span = _in_year(rule, year)
        if facts.last_day is not None and span.earliest > facts.last_day.latest:
            return
        if _begun(span, start, signed=facts.signing is not None):
            yield Deadline.of("evaluation", span, rule, sentence, year=year, assumptions=assumptions)


def _in_year(rule: Rule, year: int) -> Interval:
    season = rule.values.get("season")
    if season:
        first, last = SEASONS[season]
        return Interval(date(year, first, 1), clipped(year if last > first else year + 1, last, 31))
    return Interval.on(clipped(year, rule.values["month"], rule.values["day"]))


def _begun(span: Interval, start: Interval, *, signed: bool) -> bool:
    """Whether the cycle comes after the start, for certain where that is half known.

    At year's end the year of signing counts whole; otherwise it is the first
    one after signing. A period's own first day may itself be a day due.
    """
    year_end = span.exact and (span.latest.month, span.latest.day) == (12, 31)
    return span.earliest >= start.latest if year_end or not signed else span.earliest > start.latest


def _marked(facts: Facts, cycles: list[Deadline]) -> Iterator[Deadline]:
    """Give each cycle its status; of the missed ones only the newest still reminds.

    None does that a newer one has been met after: who has evaluated 2026 is not asked for 2024.
    """
    done: dict[int, int] = {}
    for evaluation in sorted(facts.history.evaluations, key=lambda e: e.entry):
        done.setdefault(evaluation.year, evaluation.entry)
    marked = []
    for cycle in cycles:
        if cycle.year in done:
            marked.append(replace(cycle, status="met", met_by=done[cycle.year]))
        else:
            marked.append(replace(cycle, status=facts.status(Interval(cycle.earliest, cycle.latest))))
    newest = max((c.latest for c in marked if c.status in ("missed", "met")), default=None)
    for cycle in marked:
        old = cycle.status == "missed" and (cycle.latest != newest or facts.over)
        yield replace(cycle, undocumented=True) if old else cycle

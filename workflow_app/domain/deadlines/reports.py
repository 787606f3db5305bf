"""The matter before each kommunestyre, where a clause asks for one.

The clause names no date, so the day is the kommune's own house rule, marked as
such; an agreement known from its file alone has no kommune and gets none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflow_app.domain.dates import Interval, add_days
from workflow_app.domain.deadlines.facts import Facts
from workflow_app.domain.deadlines.model import Deadline
from workflow_app.domain.deadlines.occasions import dealt_with
from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule

DEFAULT_DAYS = 90

NO_DATE = msg("the clause names no date; counted by the house rule of the kommune").text


def reports(facts: Facts) -> Iterator[Deadline]:
    """One report for each municipal party, within the days its house rule allows after signing.

    An agreement the council adopts before it is signed has been before it already.
    """
    rule = next(iter(facts.of_kind("council", "referatsak", "orientation")), None)
    if rule is None or facts.signing is None:
        return
    days = {h.party: h.number for h in facts.house_rules if h.kind == "report_within_days"}
    for party in facts.history.municipal:
        yield _report(facts, rule, party, facts.signing, days.get(party, DEFAULT_DAYS))


def _report(facts: Facts, rule: Rule, party: str, signing: Interval, days: int) -> Deadline:
    span = signing.map(lambda day: add_days(day, days))
    sentence = msg(
        "Within ${days} days of signing on ${signing}, by the house rule of the kommune.",
        days=days,
        signing=signing,
    )
    assumptions = (NO_DATE, *facts.signing_assumptions)
    deadline = Deadline.of(
        "report", span, rule, sentence, source="house_rule", party=party, assumptions=assumptions,
        settled_by=facts.settled_by(span),
    )  # fmt: skip
    done = dealt_with(facts.history, party, "agreement", None)
    if done is not None:
        return replace(deadline, status="met", met_by=done.entry)
    status = facts.status(span)
    return replace(deadline, status=status, undocumented=status == "missed" and facts.over)

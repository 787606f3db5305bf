"""What a kommune has decided to lay before its kommunestyre besides the agreement itself.

No clause we know asks for it, so it comes of a house rule alone and quotes
nothing: each evaluation once both have approved it, a notice of termination,
and the lapse. These are due although the agreement is over, since it is its end
that the kommunestyre is told of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from workflow_app.domain.dates import add_days
from workflow_app.domain.deadlines.facts import Facts
from workflow_app.domain.deadlines.model import Deadline, HouseRule, HouseRuleKind
from workflow_app.domain.history import History, MatterDone, Occasion
from workflow_app.domain.messages import Message, msg

RULE_OF: dict[Occasion, HouseRuleKind] = {
    "evaluation": "council_evaluation",
    "termination": "council_termination",
    "lapse": "council_lapse",
}
"""By occasion, the house rule that asks for its matter."""


@dataclass(frozen=True)
class Happened:
    """One thing a kommunestyre may be told of, and the day it happened; ``year`` of an evaluation."""

    occasion: Occasion
    on: date
    year: int | None = None


def happenings(history: History) -> tuple[Happened, ...]:
    """What has happened to the agreement that may be laid before a kommunestyre, in order of day.

    A year evaluated twice is told of once, from the first approval. What lapses
    because another agreement has taken its place is no news: that other one is
    laid before the kommunestyre itself.
    """
    found: dict[tuple[Occasion, int | None], Happened] = {}
    for done in sorted(history.evaluations, key=lambda e: e.entry):
        found.setdefault(("evaluation", done.year), Happened("evaluation", done.on, done.year))
    if history.terminated is not None:
        found["termination", None] = Happened("termination", history.terminated.given_on)
    if history.lapsed_on is not None and history.successor_signed_on is None:
        found["lapse", None] = Happened("lapse", history.lapsed_on)
    return tuple(sorted(found.values(), key=lambda h: (h.on, h.occasion, h.year or 0)))


def council_occasions(facts: Facts) -> Iterator[Deadline]:
    """A matter for each happening and each kommune whose house rule asks for one."""
    for house in facts.house_rules:
        if house.party not in facts.history.municipal:
            continue
        asked = [h for h in happenings(facts.history) if RULE_OF.get(h.occasion) == house.kind]
        due = [_due(facts, house, h) for h in asked if house.since is None or h.on >= house.since]
        newest = max((d.latest for d in due if d.status == "missed"), default=None)
        for deadline in due:
            old = deadline.status == "missed" and deadline.latest != newest
            yield replace(deadline, undocumented=True) if old else deadline


def _due(facts: Facts, house: HouseRule, happened: Happened) -> Deadline:
    day = add_days(happened.on, house.number)
    deadline = Deadline(
        "report", "house_rule", day, day, "", _sentence(house.number, happened),
        party=house.party, year=happened.year, occasion=happened.occasion,
    )  # fmt: skip
    done = dealt_with(facts.history, house.party, happened.occasion, happened.year)
    if done is not None:
        return replace(deadline, status="met", met_by=done.entry)
    return replace(deadline, status="missed" if facts.today > day else "open")


def dealt_with(history: History, party: str, occasion: Occasion, year: int | None) -> MatterDone | None:
    """The matter by which this kommunestyre was told, the first where there were several; else None."""
    found = [
        m
        for m in history.matters
        if m.party == party and m.dealt_with and (m.occasion, m.year) == (occasion, year)
    ]
    return min(found, key=lambda m: m.entry, default=None)


def _sentence(days: int, happened: Happened) -> Message:
    if happened.occasion == "evaluation":
        return msg(
            "Within ${days} days after the evaluation for ${year} was approved on ${day}, by the house rule"
            " of the kommune.",
            days=days,
            year=happened.year,
            day=happened.on,
        )
    if happened.occasion == "termination":
        return msg(
            "Within ${days} days after notice was given on ${day}, by the house rule of the kommune.",
            days=days,
            day=happened.on,
        )
    return msg(
        "Within ${days} days after the agreement ended on ${day}, by the house rule of the kommune.",
        days=days,
        day=happened.on,
    )

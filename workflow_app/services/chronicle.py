"""The trail folded into what the deadline function counts from, and its answers.

Nothing here is a second truth: the history is read from the entries of the
agreement's own chain, so a deadline that is met points to the entry that met it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from sqlalchemy import or_
from sqlalchemy.orm import Session

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines import Deadline, End, HouseRule, compute, effective_end, in_force
from workflow_app.domain.deadlines.model import HouseRuleKind
from workflow_app.domain.history import EvaluationDone, Extension, History, MatterDone, Termination
from workflow_app.domain.rules import Rule
from workflow_app.domain.timeline.validity import last_day
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.models.links import REPLACES
from workflow_app.models.trail import TrailEntry
from workflow_app.services import chronicle_year, parties_rules, trail
from workflow_app.services.material import rules_of
from workflow_app.services.tellings import Telling, read

TELLING = ("sign", "register", "continue", "revise", "extend", "terminate", "report", "adopt", "lapse")
"""Transitions that meet, move or end a deadline."""

SUCCEEDED = "succeeded"
"""The kind of the entry that tells an agreement that another has been signed in its place."""

UNLINKED = "unlinked"
"""The kind of the entry that tells that a link was taken away; what it had told is then untold."""

MATTER_SETTLED = "matter_settled"
"""The kind of the entry that tells what a kommunestyre did with a matter that moves no state."""


def tellings(session: Session, agreement: Agreement) -> tuple[Telling, ...]:
    """What the agreement's chain tells of its deadlines, in order; one statement."""
    telling = or_(
        TrailEntry.transition.in_(TELLING),
        TrailEntry.kind.in_((SUCCEEDED, UNLINKED, MATTER_SETTLED, *chronicle_year.KINDS)),
    )
    return read(session, TrailEntry.chain == trail.agreement_chain(agreement.id), telling)


def history_of(session: Session, agreement: Agreement) -> History:
    """What has happened, as far as deadlines care; one statement."""
    return folded(agreement, tellings(session, agreement))


def folded(agreement: Agreement, entries: Sequence[Telling]) -> History:
    """What had happened when the last of these was entered."""
    told: dict[str, Any] = {"evaluations": [], "extensions": [], "matters": [], "places": {}}
    year = told["year"] = chronicle_year.Year()
    for entry in entries:
        _fold(told, entry.number, entry.kind, entry.transition, entry.entry)
    after = sorted(told["places"].values())
    return History(
        signed=told.get("signed"),
        evaluations=tuple(told["evaluations"]),
        extensions=tuple(told["extensions"]),
        terminated=told.get("terminated"),
        successor_signed_on=_known(after[0][0]) if after else None,
        successor_entry=after[0][1] if after else None,
        replaced_on=next((_known(on) for on, _, relation in after if relation == REPLACES), None),
        matters=tuple(told["matters"]),
        adopted_on=told.get("adopted_on"),
        lapsed_on=told.get("lapsed_on"),
        municipal=tuple(p.party.key for p in agreement.parties if p.party.side == "municipal"),
        meetings=tuple(year.meetings.values()),
        yearly=tuple(year.yearly.values()),
    )


def _fold(
    told: dict[str, Any], number: int, kind: str, transition: str | None, entry: dict[str, Any]
) -> None:
    data = entry.get("data", {})
    entered = date.fromisoformat(entry["at"][:10])
    happened = Interval.parse(entry["event_date"]) if entry.get("event_date") else Interval.on(entered)
    if not happened.exact:
        # It had happened when it was entered, whatever was left of the month.
        happened = Interval(happened.earliest, max(happened.earliest, min(happened.latest, entered)))
    on = happened.latest
    moved = kind == "transition"
    if kind in chronicle_year.KINDS:
        told["year"].tell(number, kind, data, on)
    elif kind == SUCCEEDED:
        told["places"][data["successor"]] = (happened, number, data.get("relation", ""))
    elif kind == UNLINKED:
        told["places"].pop(data["other"], None)
    elif kind == MATTER_SETTLED:
        meeting = date.fromisoformat(data["meeting_date"])
        told["matters"].append(
            MatterDone(data["party"], data["outcome"], meeting, number, data["occasion"], data.get("year"))
        )
    elif transition in ("report", "adopt") and "outcome" in data and "meeting_date" in data:
        meeting = date.fromisoformat(data["meeting_date"])
        told["matters"].append(MatterDone(data["party"], data["outcome"], meeting, number))
        if moved and transition == "adopt":
            told["adopted_on"] = meeting
    elif not moved:
        return
    elif transition in ("sign", "register"):
        told["signed"] = _known(happened)
    elif transition in ("continue", "revise"):
        told["evaluations"].append(EvaluationDone(data["year"], on, data["outcome"], number))
    elif transition == "extend":
        told["extensions"].append(
            Extension(date.fromisoformat(data["effective_date"]), on, number, data.get("basis") == "option")
        )
    elif transition == "terminate":
        given = date.fromisoformat(data.get("given_date", on.isoformat()))
        told["terminated"] = Termination(given, date.fromisoformat(data["effective_date"]), number)
    elif transition == "lapse":
        told["lapsed_on"] = on


def _known(day: Interval) -> date | Interval:
    """A whole day as a day, one that is half known as what it is."""
    return day.latest if day.exact else day


def house_rules(session: Session, agreement: Agreement) -> tuple[HouseRule, ...]:
    """The kommuner's own rules for this agreement, defaults included; one statement."""
    return as_house_rules(parties_rules.dated_rules(session, [p.party for p in agreement.parties]))


def as_house_rules(own: Mapping[str, Mapping[str, tuple[int, date | None]]]) -> tuple[HouseRule, ...]:
    """What the kommuner have set, by party and kind, as deadlines are counted from it."""
    rules = []
    for key, dated in own.items():
        for kind, (number, since) in dated.items():
            if kind == "report":
                rules.append(HouseRule("report_within_days", key, days=number))
            elif kind == "review":
                rules.append(HouseRule("review_after_months", key, months=number))
            elif kind in parties_rules.COUNCIL:
                rules.append(HouseRule(cast(HouseRuleKind, kind), key, days=number, since=since))
    return tuple(rules)


@dataclass(frozen=True)
class Chronicle:
    """Rules and history of one agreement, and every answer drawn from them.

    Read once per request and asked many times; ``today`` is the day of the asking.
    """

    rules: tuple[Rule, ...]
    history: History
    house_rules: tuple[HouseRule, ...]
    today: date

    def deadlines(self, until: date | None = None) -> tuple[Deadline, ...]:
        """All deadlines to ``until`` (three years ahead unless said)."""
        return self._ahead if until is None else self._to(until)

    @cached_property
    def _ahead(self) -> tuple[Deadline, ...]:
        return self._to(self.today.replace(year=self.today.year + 3, month=12, day=31))

    def _to(self, until: date) -> tuple[Deadline, ...]:
        return compute(self.rules, self.history, today=self.today, until=until, house_rules=self.house_rules)

    @property
    def end(self) -> End:
        """When the agreement ends, and why."""
        return effective_end(self.rules, self.history, self.today)

    @property
    def in_force(self) -> tuple[date | None, date | None]:
        """From signing to the earliest end; (None, None) where it has not begun."""
        return in_force(self.rules, self.history)

    def next_due(self) -> Deadline | None:
        """The earliest deadline somebody still has to meet."""
        waiting = [d for d in self.deadlines() if d.reminds]
        return min(waiting, key=lambda d: (d.latest, d.kind), default=None)


def read_chronicle(
    session: Session, agreement: Agreement, today: date, rules: RuleSet | None = None
) -> Chronicle:
    """Gather rules, history and house rules; three statements."""
    chosen = rules or rules_of(session, agreement)
    return Chronicle(
        rules=rules_in(chosen.rules),
        history=history_of(session, agreement),
        house_rules=house_rules(session, agreement),
        today=today,
    )


def rules_in(raw: Sequence[dict[str, Any]]) -> tuple[Rule, ...]:
    """Stored rules as the domain knows them."""
    return tuple(Rule.from_json(r) for r in raw)


NOTHING: dict[str, Any] = dict.fromkeys(
    ("next_due", "next_deadline", "effective_end", "in_force_to", "in_force_to_earliest", "ends_how")
)
"""The derived columns of what was never signed: it has no deadline that somebody must keep."""


def derived(chronicle: Chronicle) -> dict[str, Any]:
    """The derived columns of an agreement: what long lists are sorted by, and when the clock must look.

    Rebuilt the same way by ``avtaleflyt worklists``.
    """
    due = chronicle.next_due()
    last = last_day(chronicle.rules, chronicle.history)
    span = last.span if last else None
    return {
        "next_due": due.latest if due else None,
        "next_deadline": due.to_json() if due else None,
        "effective_end": chronicle.end.date,
        "in_force_to": span.latest if span else None,
        "in_force_to_earliest": span.earliest if span and not span.exact else None,
        "ends_how": last.how if last else None,
    }


def columns(session: Session, agreement: Agreement, today: date) -> dict[str, Any]:
    """What the derived columns of one agreement must be today."""
    return NOTHING if agreement.signed_on is None else derived(read_chronicle(session, agreement, today))


def bring_up_to_date(session: Session, agreement: Agreement, today: date) -> bool:
    """Set the derived columns of a locked agreement; whether any was behind."""
    right = columns(session, agreement, today)
    behind = {name: value for name, value in right.items() if getattr(agreement, name) != value}
    for name, value in behind.items():
        setattr(agreement, name, value)
    return bool(behind)

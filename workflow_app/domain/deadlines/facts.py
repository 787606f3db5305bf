"""What every counting of deadlines starts from, gathered once for one agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines.model import HouseRule, Status
from workflow_app.domain.deadlines.term import (
    Term,
    cut_short,
    period_start,
    read_term,
    signing,
    signing_assumptions,
)
from workflow_app.domain.history import History
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule

BY_CLAUSE = msg("The clause gives only part of the date; correct the rule to settle this.")
BY_SIGNING = msg("The text gives only part of the signing date; record the day of signing to settle this.")
BY_REGISTERING = msg("The day of signing settles it; it is given when the agreement is registered as signed.")
BY_NOBODY = msg("The signing is recorded without its day, so this stays between the two days.")


@dataclass(frozen=True)
class Facts:
    """The dated rules in the order of the text, the history, and what follows from both.

    ``signing`` is the recorded one or, until there is one, the text's, with what
    had to be assumed to read it. ``start``
    is the signing or, where none is known, the first day of the period.
    ``over_on`` is the last day in force where history cut it short.
    """

    rules: tuple[Rule, ...]
    history: History
    house_rules: tuple[HouseRule, ...]
    today: date
    until: date
    signing: Interval | None
    signing_assumptions: tuple[str, ...]
    start: Interval | None
    term: Term
    over_on: date | None

    def of_kind(self, kind: str, *forms: str) -> Iterable[Rule]:
        """The dated rules of a kind, of the forms given or of any."""
        return (r for r in self.rules if r.kind == kind and (not forms or r.form in forms))

    @property
    def last_day(self) -> Interval | None:
        """The last day the clauses and extensions give; None where it renews or has none."""
        return None if self.term.renewal is not None else self.term.last_day

    @property
    def over(self) -> bool:
        """Whether the agreement is no longer in force today."""
        ends = [self.over_on, self.last_day.latest if self.last_day else None]
        return any(end is not None and end < self.today for end in ends)

    def status(self, span: Interval) -> Status:
        """Where an unmet deadline stands: moot after an early end, missed after its last day.

        Nothing is missed before a signing is recorded: an old date in the text
        of a draft binds nobody yet.
        """
        if self.over_on is not None and span.earliest > self.over_on:
            return "moot"
        return "missed" if self.today > span.latest and self.history.signing is not None else "open"

    def settled_by(self, span: Interval, rule: Rule | None = None) -> Message | None:
        """What would narrow an interval: the day of signing, or else the clause's own date.

        ``rule`` is what the days are counted by; None is a house rule, which counts from signing.
        """
        if span.exact:
            return None
        unsettled = self.signing is not None and not self.signing.exact
        if not unsettled or (rule is not None and not counts_from_signing(rule)):
            return BY_CLAUSE
        return BY_NOBODY if self.history.signing is not None else BY_SIGNING

    def end_settled_by(self, span: Interval) -> Message | None:
        """The same of what is counted to or from the end of the term."""
        return self.settled_by(span, self.term.rule)


def counts_from_signing(rule: Rule) -> bool:
    """Whether a clause counts its days from the signing, as it also does where it is silent."""
    if rule.kind == "revision":
        return "month" not in rule.values and rule.values.get("anchor", "signing") == "signing"
    return rule.form == "duration" and rule.values.get("from") in (None, "signing")


def gather(
    rules: Sequence[Rule], history: History, house_rules: Sequence[HouseRule], today: date, until: date
) -> Facts:
    """Sort the rules by where they stand in the text and read signing and term from them."""
    dated = tuple(sorted((r for r in rules if r.dated), key=lambda r: (r.start, r.end)))
    signed = signing(dated, history)
    term = read_term(dated, history)
    return Facts(
        rules=dated,
        history=history,
        house_rules=tuple(house_rules),
        today=today,
        until=until,
        signing=signed,
        signing_assumptions=signing_assumptions(dated, history),
        start=signed or period_start(dated),
        term=term,
        over_on=cut_short(history),
    )

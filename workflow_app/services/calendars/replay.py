"""One agreement's deadlines as they stand, each with the entry that last changed it.

A deadline hangs on the agreement's entries, on its rules, and on the house rules
of its kommuner, so all three are followed back: the rules by the entries that
corrected them, the house rules by those of the kommune's own chain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.dates import add_days
from workflow_app.domain.deadlines import Deadline, HouseRule, compute, in_force
from workflow_app.domain.rules import Rule
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.models.trail import TrailEntry
from workflow_app.services import parties_rules, trail
from workflow_app.services.calendars.changes import Ending, Standing, Step, replayed
from workflow_app.services.chronicle import (
    SUCCEEDED,
    UNLINKED,
    as_house_rules,
    folded,
    house_rules,
    rules_in,
    tellings,
)
from workflow_app.services.material import rules_of
from workflow_app.services.parties import MUNICIPAL
from workflow_app.services.tellings import Telling, read

ENDING = ("sign", "register", "extend", "terminate", "lapse")
"""Transitions that give an agreement its last day, or another one."""

CORRECTED, PROPOSED = "rules_corrected", "correction_proposed"
RULE_SET, RULE_REMOVED = "house_rule_set", "house_rule_removed"

KEPT = 366
"""Days that what fell away is still told of, so that every calendar has time to hear it."""

AHEAD, FARTHEST = 3, 10
"""Years ahead that what comes each year is shown; and what comes once, as an expiry. A feed ends there."""

ONCE = frozenset({"expiry", "renewal", "notice", "option", "revision"})

OwnRules = dict[str, dict[str, tuple[int, date | None]]]
"""By party and kind, a house rule's number and since when."""


@dataclass(frozen=True)
class Window:
    """What a feed holds: from the first day of last year, to the end of the third and tenth year ahead.

    What is not done and still reminds is held whatever its age.
    """

    today: date

    @property
    def since(self) -> date:
        """The first day shown."""
        return date(self.today.year - 1, 1, 1)

    @property
    def until(self) -> date:
        """The last day shown of anything."""
        return date(self.today.year + FARTHEST, 12, 31)

    def shows(self, standing: Standing) -> bool:
        """Whether an event is made of it."""
        deadline, last = standing.deadline, date(self.today.year + AHEAD, 12, 31)
        if deadline.kind not in ONCE and deadline.latest > last:
            return False
        # What somebody still has to do stands, however long ago its day was.
        if deadline.latest < self.since and (standing.fallen or not deadline.reminds):
            return False
        if deadline.undocumented:
            return False
        return not standing.fallen or standing.changed_at.date() >= add_days(self.today, -KEPT)


def past_of(session: Session, agreement: Agreement, window: Window) -> Past:
    """What a signed agreement's entries tell; four statements."""
    return Past(session, agreement, tellings(session, agreement), window)


class Past:
    """What is known of one signed agreement, and what it gave after any of its steps."""

    def __init__(
        self, session: Session, agreement: Agreement, told: Sequence[Telling], window: Window
    ) -> None:
        self.agreement, self.told, self.window = agreement, told, window
        self.house_rules = house_rules(session, agreement)
        current = rules_of(session, agreement)
        others = _others(session, agreement)
        # A rule corrected before the signing had given nobody a deadline.
        signed = next((t.id for t in told if t.transition in ("sign", "register")), 0)
        self.corrections = [t for t in others if t.kind == CORRECTED and t.id > signed]
        self.decided = [t for t in others if t.kind in (RULE_SET, RULE_REMOVED)]
        self.rules = _rules_by_number(session, agreement, current, self.corrections, others)
        self.numbers = sorted(self.rules)
        self.moments = sorted((*told, *self.corrections, *self.decided), key=lambda t: t.id)

    def standings(self) -> list[Standing]:
        """The deadlines that a feed shows."""
        return [s for s in replayed(self.steps(), self.deadlines) if self.window.shows(s)]

    def endings(self) -> tuple[Ending, ...]:
        """Each time the last day became another, from the signing on, whatever the window."""
        found: list[Ending] = []
        for moment in self.moments:
            if moment.transition in ENDING or moment.kind in (SUCCEEDED, UNLINKED, CORRECTED):
                told = folded(self.agreement, [t for t in self.told if t.id <= moment.id])
                last = in_force(self._rules(moment.id), told)[1]
                if not found or found[-1].last != last:
                    found.append(Ending(datetime.fromisoformat(moment.entry["at"]), last))
        return tuple(found)

    def steps(self) -> list[Step]:
        """The last entry before the window, and each one within it; entries of one moment are one step."""
        found: list[Step] = []
        for number, moment in enumerate(self.moments):
            at = datetime.fromisoformat(moment.entry["at"])
            if found and (found[-1].at == at or at.date() < self.window.since):
                found.pop()
            found.append(Step(number, at))
        return found

    def deadlines(self, step: Step) -> tuple[Deadline, ...]:
        """The deadlines as they stood right after the step, as they are looked at today."""
        last = step.number == len(self.moments) - 1
        until = self.moments[step.number].id
        return compute(
            self._rules(until),
            folded(self.agreement, [t for t in self.told if t.id <= until]),
            today=self.window.today,
            until=self.window.until,
            house_rules=self.house_rules if last else self._house_rules(until),
        )

    def _rules(self, until: int) -> tuple[Rule, ...]:
        applied = [t.entry["data"]["rules"] for t in self.corrections if t.id <= until]
        return self.rules[applied[-1] if applied else self.numbers[0]]

    def _house_rules(self, until: int) -> tuple[HouseRule, ...]:
        own: OwnRules = {
            p.party.key: {kind: (number, None) for kind, number in parties_rules.DEFAULTS.items()}
            for p in self.agreement.parties
            if p.party.side == MUNICIPAL
        }
        for decided in self.decided:
            if decided.id <= until:
                _decide(own, decided)
        return as_house_rules(own)


def _others(session: Session, agreement: Agreement) -> tuple[Telling, ...]:
    """Corrections of the rules, and what the kommuner decided for themselves."""
    kommuner = [trail.party_chain(p.party.key) for p in agreement.parties if p.party.side == MUNICIPAL]
    own = and_(
        TrailEntry.chain == trail.agreement_chain(agreement.id), TrailEntry.kind.in_((CORRECTED, PROPOSED))
    )
    theirs = and_(TrailEntry.chain.in_(kommuner), TrailEntry.kind.in_((RULE_SET, RULE_REMOVED)))
    return read(session, or_(own, theirs))


def _rules_by_number(
    session: Session,
    agreement: Agreement,
    current: RuleSet,
    corrections: Sequence[Telling],
    others: Sequence[Telling],
) -> Mapping[int, tuple[Rule, ...]]:
    """The rules in force since the signing, by the number of their set; the first is the lowest."""
    if not corrections:
        return {current.number: rules_in(current.rules)}
    applied = {t.entry["data"]["rules"] for t in corrections}
    proposed = {t.entry["data"]["rules"] for t in others if t.kind == PROPOSED}
    rows = session.scalars(select(RuleSet).where(RuleSet.agreement_id == agreement.id))
    sets = {row.number: row for row in rows}
    before = max((n for n in sets if n < min(applied) and n not in proposed), default=min(applied))
    return {n: rules_in(sets[n].rules) for n in sorted({before, *applied})}


def _decide(own: OwnRules, decided: Telling) -> None:
    data = decided.entry["data"]
    kind, rules = data["rule"], own[decided.chain.partition("/")[2]]
    number = data.get(parties_rules.UNITS.get(kind, ""))
    if number is not None:
        since = rules[kind][1] if kind in rules else date.fromisoformat(decided.entry["at"][:10])
        rules[kind] = number, since
    elif kind in parties_rules.DEFAULTS:
        rules[kind] = parties_rules.DEFAULTS[kind], None
    else:
        rules.pop(kind, None)

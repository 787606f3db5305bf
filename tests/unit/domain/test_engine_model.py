"""Ten thousand random lives through ``decide``, step by step beside an independent model."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.engine_model import PARTIES, Model
from tests.support.life import LIFE_ADOPTED, LIFE_REPORTED, Row
from tests.support.workflows import ADOPTED, FINE, GOOD_DATA, REPORTED, after, person
from workflow_app.domain.case import Actor, Case, CaseParty, Refused
from workflow_app.domain.definitions import Definition
from workflow_app.domain.engine import decide, due_automatic
from workflow_app.domain.guards import Facts

HELD: dict[str, tuple[tuple[str, str], ...]] = {
    "slt-dal": (("slt_coordinator", "dal"),),
    "slt-fjell": (("slt_coordinator", "fjell"),),
    "slt-shared": (("slt_coordinator", "dal"), ("slt_coordinator", "fjell")),
    "contact": (("politikontakt", "lensmann"),),
    "contact-2": (("politikontakt", "lensmann"),),
    "mayor-dal": (("mayor", "dal"),),
    "mayor-fjell": (("mayor", "fjell"),),
    "chief": (("station_chief", "lensmann"),),
    "two-hats": (("mayor", "dal"), ("station_chief", "lensmann")),
    "secretary-dal": (("council_secretary", "dal"),),
    "secretary-fjell": (("council_secretary", "fjell"),),
    "stranger": (("mayor", "vik"), ("auditor", "dal"), ("station_chief", "dal")),
}
ACTORS: dict[str, Actor] = {name: person(name, *held) for name, held in HELD.items()}
PEOPLE = list(ACTORS)
CASE_PARTIES = tuple(CaseParty(party, side) for side, parties in PARTIES.items() for party in parties)
OUTCOMES = ("noted", "adopted", "adopted", "noted", "postponed", "sent_back", "noted", "adopted")


ENDING = ("withdraw", "terminate", "lapse", "reopen")


@cache
def facts_of(agreed: int | None, adopted: int | None, points: str) -> Facts:
    return replace(
        FINE,
        agreed_digest=None if agreed is None else f"text-{agreed}",
        adopted_digest=None if adopted is None else f"text-{adopted}",
        evaluation_outcome=points,
    )


class Life:
    """The engine's case and the model, kept side by side; begun anywhere, since most lives are long."""

    def __init__(self, definition: Definition, rows: list[Row], begun: int) -> None:
        self.definition = definition
        self.model = Model({row[0]: row for row in rows})
        self.steps = [row[0] for row in rows]
        self.case = Case("draft", CASE_PARTIES)
        if begun % 4:
            self.model.agreed = self.model.adopted = 0
            self.model.state = ("draft", "negotiated", "reported", "signed")[begun % 4]
            self.case = Case(self.model.state, CASE_PARTIES)
        self.log: list[str] = []

    def step(self, which: int, who: int) -> str:
        """One event: an edit, a new evaluation, the clock, or somebody's attempt."""
        legal = [n for n in self.steps if self.model.state in self.model.life[n][1]]
        # Mostly what starts here, leads on and is done by somebody who counts, or no life would come far.
        leading = [n for n in legal if n not in ENDING]
        names = (leading if which % 8 > 1 else legal if which % 8 else self.steps) or self.steps
        name = names[which // 8 % len(names)]
        if which % 32 == 31:
            return self.change()
        kind, roles = self.model.life[name][3], self.model.life[name][4]
        if kind == "clock":
            return self.clock(name)
        fitting = [p for p in PEOPLE if any(role in roles for role, _ in HELD[p])]
        people = fitting if who % 4 else PEOPLE
        return self.attempt(name, people[who // 4 % len(people)], OUTCOMES[who % 8], which)

    def change(self) -> str:
        if self.model.state == "draft":
            self.model.text += 1
        elif self.model.state == "annual_evaluation":
            self.model.evaluation += 1
        return "changed"

    def clock(self, name: str) -> str:
        late = replace(FINE, today=date(2027, 1, 1))
        facts = replace(late, successor_withdrawn=True, effective_end=None) if name == "resume" else late
        if self.model.state not in self.model.life[name][1]:
            with pytest.raises(Refused):
                decide(self.definition, self.case, name, None, facts)
            return "refused"
        assert due_automatic(self.definition, self.case, facts) == name
        decision = decide(self.definition, self.case, name, None, facts)
        self.case = after(self.case, decision, None)
        assert self.case.state == self.model.move(name, self.model.life[name][2])
        return name

    def attempt(self, name: str, who: str, outcome: str, which: int) -> str:
        model, actor = self.model, ACTORS[who]
        points = "to_be_revised" if (name == "revise") != (which % 5 == 0) else "continues"
        self.case = replace(
            self.case,
            digests={"agreement": f"text-{model.text}", "evaluation": f"evaluation-{model.evaluation}"},
        )
        facts = facts_of(model.agreed, model.adopted, points)
        data = dict(GOOD_DATA.get(name, {}))
        if name in ("report", "adopt"):
            data |= {"outcome": outcome, "reason": "As the minutes say."}
        expected = model.attempt(name, who, set(HELD[who]), outcome, points)
        self.log.append(f"{name} by {who} ({outcome}, {points}): {expected}")
        try:
            decision = decide(self.definition, self.case, name, actor, facts, data)
        except Refused as refused:
            got = "forbidden" if refused.forbidden else "refused"
        else:
            if decision.repeated:
                got = "repeated"
            elif decision.to is not None:
                got = decision.to
            else:
                got = "recorded" if decision.fills is None else "collected"
            self.case = after(self.case, decision, actor)
        assert got == expected, self.log
        assert self.case.state == model.state, self.log
        return name if got == self.case.state else got


SEEN: Counter[str] = Counter()


@settings(max_examples=5_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.binary(min_size=9, max_size=33))
def lives_reported(events: bytes) -> None:
    live(REPORTED, LIFE_REPORTED, events)


@settings(max_examples=5_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.binary(min_size=9, max_size=33))
def lives_adopted(events: bytes) -> None:
    live(ADOPTED, LIFE_ADOPTED, events)


def live(definition: Definition, rows: list[Row], events: bytes) -> None:
    life = Life(definition, rows, events[0])
    SEEN["lives"] += 1
    for which, who in zip(events[1::2], events[2::2], strict=False):
        SEEN[life.step(which, who)] += 1
        if definition.states[life.case.state].final:
            # One more, to see that nothing leads out, and the rest would be the same.
            SEEN[life.step(which, who)] += 1
            break


def test_no_divergence_in_ten_thousand_lives() -> None:
    lives_reported()
    lives_adopted()
    assert SEEN["lives"] >= 10_000
    # A search that never gets anywhere proves nothing: every step and every answer has been seen.
    unseen = {row[0] for row in LIFE_REPORTED + LIFE_ADOPTED} - set(SEEN)
    assert unseen == set(), SEEN
    assert {"collected", "repeated", "recorded", "refused", "forbidden", "changed"} <= set(SEEN), SEEN

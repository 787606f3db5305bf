"""Every role in every state trying every transition: allowed exactly where the definition says."""

from __future__ import annotations

import pytest

from tests.support.workflows import ADOPTED, DIGEST, GOOD_DATA, REPORTED, TWO, case, facts_for, person
from workflow_app.domain.case import Approval, Refused, Round
from workflow_app.domain.definitions import Definition
from workflow_app.domain.engine import decide, possible, slots

ROLES = ["slt_coordinator", "mayor", "council_secretary", "politikontakt", "station_chief", "auditor",
         "administrator", "operator"]  # fmt: skip
BOTH = [REPORTED, ADOPTED]
MATRIX = [
    pytest.param(d, role, state, id=f"{d.id}-{role}-{state}")
    for d in BOTH
    for role in ROLES
    for state in d.states
]


def party_of(definition: Definition, role: str) -> str:
    side = definition.side_of.get(role, "municipal")
    return next(party.key for party in TWO if party.side == side)


@pytest.mark.parametrize(("definition", "role", "state"), MATRIX)
def test_every_transition(definition: Definition, role: str, state: str) -> None:
    for name in definition.transitions:
        cell(definition, role, state, name)


def cell(definition: Definition, role: str, state: str, name: str) -> None:
    """One attempt, with everybody else's approval given: allowed, it must also move the state."""
    step = definition.transitions[name]
    party = party_of(definition, role)
    actor = person("kari", (role, party))
    legal = state in step.sources
    allowed = legal and role in step.roles
    where = case(state, origin="signed")
    others = [
        slot for slot in slots(definition, step, where) if slot.party != party or role not in slot.roles
    ]
    data = GOOD_DATA.get(name, {})
    if step.approvals is not None and step.approvals.of != "proposal":
        given = tuple(Approval(slot, f"other-{slot.party}-{slot.roles[0]}", slot.roles[0]) for slot in others)
        where = case(state, origin="signed", rounds=(Round(name, DIGEST, given),))
    if allowed:
        decision = decide(definition, where, name, actor, facts_for(name), data)
        assert decision.holding is not None
        assert (decision.holding.role, decision.holding.party) == (role, party)
        if step.approvals is None:
            assert decision.to is not None
        else:
            assert decision.fills is not None
            assert (decision.to is not None) == (step.approvals.of != "proposal" or not others)
    else:
        with pytest.raises(Refused) as caught:
            decide(definition, where, name, actor, facts_for(name), data)
        assert caught.value.forbidden == legal
        code = caught.value.refusals[0].code
        assert code == ("not_from_here" if not legal else "automatic" if step.automatic else "missing_role")


@pytest.mark.parametrize("definition", BOTH, ids=lambda d: d.id)
@pytest.mark.parametrize("role", ROLES)
def test_the_list_of_what_i_may_do_agrees_with_the_attempt(definition: Definition, role: str) -> None:
    actor = person("kari", (role, party_of(definition, role)))
    for state in definition.states:
        where = case(state, origin="signed")
        for name in definition.transitions:
            listed = [
                row for row in possible(definition, where, actor, facts_for(name)) if row.transition == name
            ]
            try:
                decide(definition, where, name, actor, facts_for(name), GOOD_DATA.get(name, {}))
                allowed = True
            except Refused:
                allowed = False
            assert [row.allowed for row in listed] == (
                [] if definition.transitions[name].automatic else [allowed]
            )

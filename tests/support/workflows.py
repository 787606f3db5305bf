"""Definitions, cases and people for tests of the engine, made from thin air."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflow_app.domain.case import Actor, Approval, Case, CaseParty, Decision, Holding, Round
from workflow_app.domain.definitions import Definition, load_all
from workflow_app.domain.guards import Facts

STATES = Path(__file__).resolve().parents[2] / "states"
REGISTRY = load_all((path.name, path.read_text("utf-8")) for path in sorted(STATES.glob("*.toml")))
REPORTED: Definition = REGISTRY.newest("politiradsavtale")
ADOPTED: Definition = REGISTRY.newest("politiradsavtale_vedtak")

TODAY = date(2026, 6, 15)
DIGEST = "d" * 64
MOSS = CaseParty("moss", "municipal")
POLICE = CaseParty("moss-police", "police")
TWO = (MOSS, POLICE)
THREE_KOMMUNER = (
    CaseParty("dal", "municipal"),
    CaseParty("fjell", "municipal"),
    CaseParty("vik", "municipal"),
    POLICE,
)

FINE = Facts(
    today=TODAY,
    incomplete_sections=(),
    signatories_set=True,
    rules_confirmed=True,
    corrections_proposed=True,
    agreed_digest=DIGEST,
    adopted_digest=DIGEST,
    reauthenticated=True,
    signed_on=date(2026, 1, 10),
    effective_end=date(2026, 12, 31),
    notice_months=3,
    evaluation_version=1,
    evaluation_year=2026,
    evaluation_outcome="continues",
)
"""Facts that no guard of the real definitions minds, but the ones that exclude each other."""

GOOD_DATA: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "reopen": {"reason": "A date is wrong."},
        "sign": {"password": "correct horse"},
        "register": {"signed_on": "2026-01-10"},
        "report": {"outcome": "noted", "meeting_date": "2026-03-01"},
        "adopt": {
            "outcome": "adopted",
            "meeting_date": "2026-03-01",
            "decision": "The agreement is adopted.",
        },
        "begin_evaluation": {"year": 2026},
        "revise_on_request": {"reason": "The cooperation has grown."},
        "extend": {"effective_date": "2027-12-31"},
        "terminate": {
            "reason": "No longer needed.",
            "given_date": "2026-06-01",
            "effective_date": "2026-10-01",
        },
        "withdraw": {"reason": "Not needed."},
    }
)


def facts_for(transition: str) -> Facts:
    """Facts under which no guard of ``transition`` refuses."""
    if transition == "revise":
        return replace(FINE, evaluation_outcome="to_be_revised")
    if transition == "lapse":
        return replace(FINE, effective_end=date(2026, 6, 14))
    if transition == "resume":
        return replace(FINE, successor_withdrawn=True)
    return FINE


def case(state: str, parties: tuple[CaseParty, ...] = TWO, **more: Any) -> Case:
    """A case in ``state`` with the one digest for everything."""
    digests = {"agreement": DIGEST, "evaluation": DIGEST}
    return Case(
        state=state, parties=parties, digests=MappingProxyType(digests | more.pop("digests", {})), **more
    )


def person(name: str, *holdings: tuple[str, str], acting_for: str | None = None) -> Actor:
    """A person with (role, party) holdings."""
    return Actor(name, tuple(Holding(role, party, acting_for) for role, party in holdings))


def after(before: Case, decision: Decision, actor: Actor | None) -> Case:
    """The case once a decision is written: what the write path does, in miniature."""
    if decision.repeated:
        return before
    if decision.to is not None:
        others = tuple(r for r in before.rounds if r.transition != decision.transition)
        kept = others if "void_approvals" not in decision.effects else ()
        return replace(before, state=decision.to, origin=decision.origin, rounds=kept)
    if decision.fills is None:
        return before
    assert actor is not None
    assert decision.holding is not None
    approval = Approval(decision.fills, actor.person, decision.holding.role, decision.holding.acting_for)
    digest = decision.digest or ""
    mine = [r for r in before.rounds if r.transition == decision.transition and r.digest == digest]
    others = tuple(r for r in before.rounds if r.transition != decision.transition)
    earlier = mine[-1].approvals if mine else ()
    data = mine[-1].data if mine else decision.data
    round_ = Round(decision.transition, digest, (*earlier, approval), data)
    return replace(before, rounds=(*others, round_))

"""From the database to the engine's question: the case as it stands, and the facts guards ask for.

Only what a transition's guards read is gathered for a single attempt; a listing
of everything that could be done gathers all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Case, CaseParty
from workflow_app.domain.dates import prolonged
from workflow_app.domain.definitions import Definition, Effect
from workflow_app.domain.guards import Facts
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.models.proceedings import ApprovalRound
from workflow_app.services import evaluations, matters
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.material import replaced
from workflow_app.services.people_holdings import holders
from workflow_app.services.waiting import round_of
from workflow_app.services.waiting_since import Asked, asked_of

_TEXT = frozenset({"sections_complete", "rules_confirmed"})
_TERM = frozenset(
    {"period_not_over", "new_end_is_later", "option_reaches", "notice_is_given", "notice_is_kept",
     "does_not_renew_itself"}
)  # fmt: skip
_MATTER = frozenset(
    {"meeting_known", "meeting_not_ahead", "meeting_not_before_signing", "matter_for_decision",
     "decision_recorded", "sent_back_with_reason"}
)  # fmt: skip
_EVALUATION = frozenset({"evaluation_written", "evaluation_continues", "evaluation_to_be_revised"})
_EVALUATED = frozenset({"evaluation_year_possible"})
_SUCCESSOR = frozenset({"successor_not_signed", "successor_withdrawn"})


@dataclass(frozen=True)
class Gathered:
    """A case with its open rounds as rows (to be written to) and as the engine sees them."""

    case: Case
    asked: Asked

    @property
    def rounds(self) -> tuple[ApprovalRound, ...]:
        """The open rounds, oldest first."""
        return tuple(self.asked.rounds)


def case_of(session: Session, agreement: Agreement) -> Gathered:
    """The case as it stands; one statement for the rounds with their approvals."""
    asked = asked_of(session, agreement)
    digests = {
        "agreement": agreement.digest,
        # What one kommunestyre has dealt with is not undone by a later correction of a rule.
        "matter": agreement.signed_digest or agreement.digest,
    }
    if asked.evaluation is not None:
        digests["evaluation"] = asked.evaluation.sha256
    if agreement.proposed_rules is not None:
        digests["proposal:correct_rules"] = proposed_digest(session, agreement)
    case = Case(
        state=agreement.state,
        parties=tuple(CaseParty(p.party.key, p.party.side) for p in agreement.parties),
        origin=agreement.origin,
        rounds=tuple(round_of(row) for row in asked.rounds),
        digests=digests,
    )
    return Gathered(case, asked)


def proposed_digest(session: Session, agreement: Agreement) -> str:
    """What an approval of a proposed correction is bound to: the rules it would leave."""
    rules = session.scalars(
        select(RuleSet.rules).where(
            RuleSet.agreement_id == agreement.id, RuleSet.number == agreement.proposed_rules
        )
    ).one()
    canonical = json.dumps(rules, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((agreement.digest + canonical).encode()).hexdigest()


def facts_for(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    *,
    today: date,
    who: Who | None = None,
    transitions: Iterable[str] | None = None,
    party: str | None = None,
    reauthenticated: bool = False,
    passkey: bool = False,
    chronicle: Chronicle | None = None,
) -> Facts:
    """What the guards of ``transitions`` (all of the definition, unless named) may ask.

    ``party`` is the kommune whose matter is meant, where one is named.
    """
    names = definition.transitions if transitions is None else transitions
    wanted = {g for name in names for g in definition.transitions[name].guards}
    wanted |= {a.when for name in names if (a := definition.transitions[name].automatic) and a.when}
    timed = any(definition.transitions[name].automatic for name in names)
    found: dict[str, Any] = {
        "today": today,
        "agreed_digest": agreement.agreed_digest,
        "adopted_digest": agreement.adopted_digest,
        "signed_on": agreement.signing.earliest if agreement.signing else None,
        "corrections_proposed": agreement.proposed_rules is not None,
        "evaluation_year": agreement.evaluation_year,
        "replaced": replaced(agreement),
        "reauthenticated": reauthenticated,
        "passkey": passkey,
    }
    if wanted & _TEXT:
        incomplete, confirmed_at = session.execute(
            select(RuleSet.incomplete, RuleSet.confirmed_at).where(
                RuleSet.agreement_id == agreement.id, RuleSet.number == agreement.rules_number
            )
        ).one()
        found["incomplete_sections"] = tuple(incomplete)
        found["rules_confirmed"] = confirmed_at is not None
    if wanted & (_TERM | _EVALUATED) or timed:
        read = chronicle or read_chronicle(session, agreement, today)
        found |= _term(read)
        found["evaluated_years"] = frozenset(e.year for e in read.history.evaluations)
    if "signatories_set" in wanted:
        missing = missing_signatories(session, agreement, definition, today)
        found |= {"signatories_set": not missing, "missing_signatories": missing}
    if wanted & _MATTER:
        found |= _matter(session, agreement, who, party)
    if wanted & _EVALUATION and (newest := evaluations.newest(session, agreement)) is not None:
        found |= {"evaluation_version": newest.number, "evaluation_outcome": newest.outcome}
    if wanted & _SUCCESSOR:
        found |= _successor(session, agreement)
    return Facts(**found)


def _term(chronicle: Chronicle) -> dict[str, Any]:
    end = chronicle.end
    notice = next(
        (r.values.get("months") for r in chronicle.rules if r.kind == "termination" and r.dated), None
    )
    return {
        "effective_end": end.date,
        "renews_itself": end.renews,
        "notice_months": notice,
        "option_until": _option_reach(chronicle, end.date),
    }


def _option_reach(chronicle: Chronicle, end: date | None) -> date | None:
    """How far the next unused option would carry the agreement; None where there is none."""
    for rule in chronicle.rules:
        months = rule.values.get("months")
        if rule.kind == "renewal" and rule.form == "option" and isinstance(months, list) and end is not None:
            used = chronicle.history.options_used
            return prolonged(end, months[used]) if used < len(months) else None
    return None


def missing_signatories(
    session: Session, agreement: Agreement, definition: Definition, today: date
) -> tuple[str, ...]:
    """The offices nobody holds today among those that will sign, in words ("mayor, Moss")."""
    side_of = definition.side_of
    roles = [
        role
        for step in definition.transitions.values()
        if step.approvals and step.approvals.reauthenticate and Effect.RECORD_SIGNING in step.effects
        for role in step.approvals.roles
    ]
    parties = [p.party for p in agreement.parties]
    held = {(h.role, h.party) for h in holders(session, [p.key for p in parties], today)}
    return tuple(
        f"{definition.label(role)}, {party.name}"
        for role in roles
        for party in parties
        if party.side == side_of[role] and (role, party.key) not in held
    )


def _matter(session: Session, agreement: Agreement, who: Who | None, party: str | None) -> dict[str, Any]:
    key = party or next(
        (
            p.party.key
            for p in agreement.parties
            if p.party.side == "municipal"
            and (who is None or any(h.party == p.party.key for h in who.holdings))
        ),
        None,
    )
    matter = matters.pending(session, agreement, key) if key else None
    if matter is None:
        return {}
    return {
        "meeting_date": matter.meeting_date,
        "matter_kind": matter.kind,
        "case_number": matter.case_number,
        "proposal": matter.proposal,
    }


def _successor(session: Session, agreement: Agreement) -> dict[str, Any]:
    rows = session.execute(
        select(Agreement._state, Agreement.signed_on).where(Agreement.predecessor_id == agreement.id)
    ).all()
    return {
        "successor_signed": any(signed is not None for _, signed in rows),
        "successor_withdrawn": bool(rows) and all(state == "withdrawn" for state, _ in rows),
    }

"""Corrections after the parties have agreed: proposed by one, accepted or declined by the others.

What a clause says is part of what was agreed on, so nobody corrects a rule
alone from then on. A proposal is a rule set of its own that counts for nothing
until the transition ``correct_rules`` has every approval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.answers import answered
from workflow_app.services.corrections import corrected
from workflow_app.services.errors import Conflict
from workflow_app.services.mail.noticing import note as tell_of
from workflow_app.services.material import close_rounds, open_rounds, rules_of, text_of
from workflow_app.services.readings import answers_in_words, next_number, record_change, successor_set
from workflow_app.services.waiting import CORRECT as CORRECT
from workflow_app.services.waiting_since import refresh


def propose(
    session: Session,
    agreement: Agreement,
    corrections: Sequence[Mapping[str, Any]],
    *,
    who: Who,
    now: datetime,
    note: str | None = None,
    answers: Mapping[str, str] = MappingProxyType({}),
) -> RuleSet:
    """Lay corrections or answers before the others, after the parties have agreed. They bind nobody yet.

    A newer proposal takes the place of the one that stood; approvals given to
    that were bound to its own digest and are void. Without corrections it asks
    the others to confirm the rules as they stand, where nobody has: an agreement
    registered from paper was never agreed on here. Raises as
    :func:`~workflow_app.services.corrections.corrected` and
    :func:`~workflow_app.services.answers.answered`.
    """
    current = rules_of(session, agreement)
    rules = current.rules
    if corrections or (current.confirmed_at is not None and not answers):
        rules = corrected(rules, corrections, text_of(session, agreement).text)
    rules, questions = answered(rules, current.questions, answers)
    fresh = successor_set(current, next_number(session, agreement), rules, now, questions)
    given = [q for old, q in zip(current.questions, questions, strict=True) if old != q]
    session.add(fresh)
    agreement.proposed_rules = fresh.number
    agreement.version += 1
    refresh(session, agreement)
    entry = record_change(
        session, agreement, "correction_proposed", current.rules, fresh, who, now, note,
        answers=answers_in_words(given),
    )  # fmt: skip
    tell_of(session, agreement, entry)
    return fresh


def proposed(session: Session, agreement: Agreement) -> RuleSet | None:
    """The rules as a standing proposal would leave them, or None where nothing is proposed."""
    if agreement.proposed_rules is None:
        return None
    return session.scalars(
        select(RuleSet).where(
            RuleSet.agreement_id == agreement.id, RuleSet.number == agreement.proposed_rules
        )
    ).one()


def decline(session: Session, agreement: Agreement, *, who: Who, now: datetime) -> None:
    """Take the standing proposal away; what has been approved of it counts no more. Raises ``Conflict``."""
    if agreement.proposed_rules is None:
        raise Conflict("no_proposal", msg("No correction is proposed; there is nothing to decline."))
    declined, agreement.proposed_rules = agreement.proposed_rules, None
    agreement.version += 1
    rounds = [r for r in open_rounds(session, agreement) if r.transition == CORRECT]
    close_rounds(session, agreement, rounds, because="proposal_declined", who=who, now=now)
    refresh(session, agreement)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="correction_declined",
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"rules": declined},
    )

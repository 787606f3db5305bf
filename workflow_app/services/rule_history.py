"""What the reader first made of a text, beside what stands: the other half of every correction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.services.answers import share_words
from workflow_app.services.material import rules_of


def first_reading(session: Session, agreement: Agreement) -> RuleSet:
    """What the reader made of the text that stands, before any correction."""
    return session.scalars(
        select(RuleSet)
        .where(
            RuleSet.agreement_id == agreement.id,
            RuleSet.text_number == rules_of(session, agreement).text_number,
        )
        .order_by(RuleSet.number)
        .limit(1)
    ).one()


def set_aside(session: Session, agreement: Agreement) -> list[dict[str, Any]]:
    """What was once read from the text that stands, and a person has said is no rule of it.

    A rule has been corrected, not set aside, where a corrected one now cites its very
    words, or is of its kind and cites more or fewer of them.
    """
    current = rules_of(session, agreement)
    spoken = {(r["kind"], r["quote"]) for r in current.rules}
    anew = [r for r in current.rules if r.get("corrected")]
    return [
        r
        for r in first_reading(session, agreement).rules
        if (r["kind"], r["quote"]) not in spoken and not any(_follows(other, r) for other in anew)
    ]


def _follows(new: dict[str, Any], old: dict[str, Any]) -> bool:
    if (new["start"], new["end"]) == (old["start"], old["end"]):
        return True
    return bool(new["kind"] == old["kind"] and share_words(new, old))

"""Whom a party is there for: those who act for it, and its counterparties in what they may see."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.visibility import visible_to

SHOWN = 50
"""Agreements of a party that its page names; the list of agreements has the rest."""


def sees_party(session: Session, who: Who, party: Party, registry: Registry) -> bool:
    """Whether a person holds a role for the party, or may see an agreement it is part of."""
    if any(h.party == party.key for h in who.holdings):
        return True
    return bool(agreements_of(session, who, party, registry, limit=1))


def agreements_of(
    session: Session, who: Who, party: Party, registry: Registry, limit: int = SHOWN
) -> list[Agreement]:
    """Agreements of the party that the person may see, those next due first."""
    its_own = select(AgreementParty.agreement_id).where(AgreementParty.party_id == party.id)
    return list(
        session.scalars(
            select(Agreement)
            .where(Agreement.id.in_(its_own), visible_to(who, registry))
            .order_by(Agreement.next_due.is_(None), Agreement.next_due, Agreement.id)
            .limit(limit)
        )
    )


def keys_seen(session: Session, who: Who, registry: Registry) -> frozenset[str]:
    """The keys of every party that is there for the person; one statement."""
    visible = select(Agreement.id).where(visible_to(who, registry))
    shared = select(AgreementParty.party_id).where(AgreementParty.agreement_id.in_(visible))
    found = session.scalars(select(Party.key).where(Party.id.in_(shared)))
    return frozenset(found) | frozenset(h.party for h in who.holdings)

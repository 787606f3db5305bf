"""What a person may see, as a filter the database can apply.

The rights stand in the definitions: a role, in a state. For a list of thousands
they are turned into one WHERE, so that what is not yours is never even loaded.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, and_, false, or_, select

from workflow_app.domain.definitions import Permission, Registry
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services.actors import Who


def visible_to(who: Who, registry: Registry) -> ColumnElement[bool]:
    """A condition on ``Agreement``: true for those where a role of ``who`` may view in its state."""
    parties_by_role: dict[str, set[str]] = defaultdict(set)
    for holding in who.holdings:
        parties_by_role[holding.role].add(holding.party)
    conditions = []
    for role, parties in parties_by_role.items():
        states = states_open_to(role, registry)
        if not states:
            continue
        mine = (
            select(AgreementParty.agreement_id)
            .join(Party, Party.id == AgreementParty.party_id)
            .where(Party.key.in_(sorted(parties)))
        )
        conditions.append(
            and_(
                Agreement.id.in_(mine),
                or_(
                    *(
                        and_(Agreement.definition_digest == digest, Agreement._state.in_(names))
                        for digest, names in states.items()
                    )
                ),
            )
        )
    return or_(*conditions) if conditions else false()


def states_open_to(role: str, registry: Registry) -> dict[str, list[str]]:
    """By definition digest, the states in which the role may view."""
    out: dict[str, list[str]] = {}
    for definition in registry.definitions:
        names = [n for n, s in definition.states.items() if role in s.may.get(Permission.VIEW, ())]
        if names:
            out[definition.digest] = names
    return out

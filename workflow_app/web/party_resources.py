"""Kommuner and police units in the tree of resources, and who may see and change whose people.

A party is seen by those who act for it or for a counterparty in an agreement
they may see. To everybody else it is not there at all, as an agreement is not.
Its administrators change who holds what; its auditors read what was.
"""

from __future__ import annotations

from typing import ClassVar

from pyramid.authorization import DENY_ALL, Allow, Authenticated
from pyramid.httpexceptions import HTTPForbidden
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.people import Party
from workflow_app.services.parties_seen import sees_party
from workflow_app.web.nodes import Acl, Node
from workflow_app.web.permissions import Right

RULE_SETTERS = ("administrator", "slt_coordinator", "council_secretary")
"""The roles that set the house rules of their own kommune."""


class Parties(Node):
    """Kommuner and police units a signed-in person may choose."""

    __acl__: ClassVar[Acl] = [(Allow, Authenticated, Right.SEE_OWN), DENY_ALL]

    def __getitem__(self, name: str) -> Node:
        if self.request.me is None:
            # Before anybody has said who they are, every party gives the same answer.
            raise HTTPForbidden()
        db: Session = self.request.reading
        party = db.scalars(select(Party).where(Party.key == name)).one_or_none()
        if party is None or not sees_party(db, self.request.who, party, self.request.definitions):
            raise KeyError(name)
        return PartyResource(self.request, party, self)


class PartyResource(Node):
    """One kommune or police unit: its people, its rules, what it is part of."""

    def __init__(self, request: Request, party: Party, parent: Node) -> None:
        super().__init__(request, party.key, parent)
        self.parent = parent
        self.party = party

    @property
    def language(self) -> str:
        """The language the party is written to in; pages about it speak it."""
        return self.party.language

    @property
    def __acl__(self) -> Acl:  # type: ignore[override]  # of one party
        key = self.party.key
        return [
            # Who may not see it does not come so far; see Parties.
            (Allow, Authenticated, Right.SEE_PARTY),
            (Allow, f"role:administrator:{key}", (Right.ADMINISTER, Right.SEE_PAST)),
            (Allow, f"role:auditor:{key}", Right.SEE_PAST),
            *((Allow, f"role:{role}:{key}", Right.SET_RULES) for role in RULE_SETTERS),
            DENY_ALL,
        ]

"""Who is asking: a signed-in person with the roles held today, or the system itself.

Everything below the web takes one of these as a plain argument; there is no
current user anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.domain.case import Actor, Holding
from workflow_app.services.trail import EntryActor


@dataclass(frozen=True)
class Who:
    """A person at the door. ``holdings`` are those of today, acting ones included."""

    person_id: str
    name: str
    holdings: tuple[Holding, ...] = ()
    language: str | None = None
    is_operator: bool = False

    @property
    def actor(self) -> Actor:
        """The engine's view of the person."""
        return Actor(self.person_id, self.holdings)

    def roles_for(self, party_keys: frozenset[str]) -> frozenset[str]:
        """The roles held for any of these parties."""
        return frozenset(h.role for h in self.holdings if h.party in party_keys)

    def entry(self, holding: Holding | None = None) -> EntryActor:
        """How the person stands in a trail entry: an opaque key, a role and a party."""
        if holding is None:
            return EntryActor(person=self.person_id)
        return EntryActor(
            person=self.person_id, role=holding.role, party=holding.party, acting_for=holding.acting_for
        )

"""What the engine is told about one case: its parties, its actor, its open rounds.

These are the words of the engine's question ("may this person do that now?").
They are filled by a service from the database, or by a test from thin air; the
engine cannot tell the difference, and that is the point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from workflow_app.domain.messages import Message


@dataclass(frozen=True, order=True)
class CaseParty:
    """A party to the agreement: a stable key and the side of the definition it is on."""

    key: str
    side: str


@dataclass(frozen=True, order=True)
class Slot:
    """A place for one approval: a role (or several to choose from) for one party.

    ``roles`` has one role where that very role must approve, and several where
    any one of them may (coordinator or council secretary reports).
    """

    party: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Holding:
    """A role held today for a party, by the person or in the office of another."""

    role: str
    party: str
    acting_for: str | None = None
    title: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Actor:
    """Who asks: an opaque person key and the roles held today, acting ones included."""

    person: str
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True)
class Approval:
    """One person's yes, filling one slot of a round."""

    slot: Slot
    person: str
    role: str
    acting_for: str | None = None


@dataclass(frozen=True)
class Round:
    """The open collecting of approvals for one transition, bound to one digest.

    ``data`` is what the first approver proposed (the new last day, the signing
    date): who comes after may leave those values out and approves these.
    """

    transition: str
    digest: str
    approvals: tuple[Approval, ...] = ()
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Case:
    """One workflow case as it stands: enough to decide any transition.

    ``origin`` is where ``@origin`` transitions go back to: the way here, as
    written by :attr:`Decision.origin` ("signed/annual_evaluation"; the last is
    next). Store it, do not read it. ``digests`` says what approvals are bound
    to now, by the ``of`` of the definition ("agreement", "evaluation",
    "matter", "proposal"); "proposal:extend" speaks for one transition alone.
    """

    state: str
    parties: tuple[CaseParty, ...]
    origin: str | None = None
    rounds: tuple[Round, ...] = ()
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Refusal:
    """A no with a code for programs and a sentence that tells a person what to do."""

    code: str
    reason: Message


class Refused(Exception):
    """Raised by ``decide`` with every refusal there is, never only the first.

    ``forbidden`` tells a missing right (403) from a moment or a guard (409).
    """

    def __init__(self, refusals: tuple[Refusal, ...], *, forbidden: bool = False) -> None:
        super().__init__("; ".join(r.code for r in refusals))
        self.refusals = refusals
        self.forbidden = forbidden


@dataclass(frozen=True)
class Decision:
    """What a legal attempt does. The write path writes this and nothing else.

    ``to`` is the new state, or None when an approval was only collected or a
    thing only recorded. ``fills`` is the slot filled by the actor, if any, and
    ``holding`` the role it was done in. ``repeated`` marks the same person's
    same approval once more: nothing to write, answer as the first time.

    ``digest`` is what the approval is bound to; ``voids`` are the approvals of
    a round bound to another digest, to be closed visibly before this one opens.
    ``origin`` is the case's origin after the step. ``effects`` are what the
    write path must also do, by the definition's names. ``data`` is cleaned and
    never holds a password.
    """

    transition: str
    to: str | None
    fills: Slot | None = None
    holding: Holding | None = None
    remaining: tuple[Slot, ...] = ()
    repeated: bool = False
    digest: str | None = None
    voids: tuple[Approval, ...] = ()
    origin: str | None = None
    effects: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

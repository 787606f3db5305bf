"""What a workflow definition is, once it has been read and found sound.

Everything is frozen: a definition is a law that agreements were made under. The
names in here (permissions, effects, documents) are the only ones a definition
may use; what they mean is in their docstrings, because people who edit a
definition choose among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from workflow_app.domain.fields import Field

SAME = "@same"
ORIGIN = "@origin"
FILL = "@fill"
RECORD = "@record"


class Permission(StrEnum):
    """A right in a state. What a state does not list is refused."""

    VIEW = "view"
    """See the agreement: text, rules, deadlines, matters, evaluations, attachments, documents."""
    EDIT = "edit"
    """Write a new version of the text, add and remove attachments, set parties and signatories."""
    CONFIRM_RULES = "confirm_rules"
    """Confirm or correct the rules read from the clauses, alone, before the parties have agreed."""
    PROPOSE_CORRECTION = "propose_correction"
    """Propose a correction of the rules after the parties have agreed; others must approve it."""
    PREPARE_MATTER = "prepare_matter"
    """Prepare and freeze the matter before the kommunestyre of one's own kommune."""
    EVALUATE = "evaluate"
    """Write a new version of the evaluation."""
    VIEW_TRAIL = "view_trail"
    """See the trail's entries and take them away as a bundle."""


class Effect(StrEnum):
    """What the write path does besides moving the state. The engine only passes the names on."""

    VOID_APPROVALS = "void_approvals"
    """Close every open round visibly; nothing approved so far counts any more."""
    RECORD_AGREED_DIGEST = "record_agreed_digest"
    """Keep the agreement digest as the one agreed on."""
    RECORD_ADOPTED_DIGEST = "record_adopted_digest"
    """Keep the agreement digest as the one the kommunestyre adopted."""
    RECORD_SIGNING = "record_signing"
    """Keep the day of the signing, from which deadlines are counted: the event's date."""
    RECORD_MATTER = "record_matter"
    """Write the matter's outcome into the matter of the actor's party, making it where none was prepared."""
    OPEN_EVALUATION = "open_evaluation"
    """Open the evaluation of the year named."""
    CLOSE_EVALUATION = "close_evaluation"
    """Mark the evaluation's version as approved, with its outcome; that discharges deadlines."""
    MAKE_SUCCESSOR = "make_successor"
    """Make the successor's draft: text, attachments, learning points, link both ways."""
    APPLY_CORRECTIONS = "apply_corrections"
    """Put the proposed rules in the place of the confirmed ones; the clause's words stay."""
    RECORD_EXTENSION = "record_extension"
    """Keep the new last day and whether an option or a new agreement gave it."""
    RECORD_TERMINATION = "record_termination"
    """Keep when notice was given, when it takes effect, and on what basis."""


class Document(StrEnum):
    """A document made from the committed state after a transition."""

    AGREEMENT = "agreement"
    """The agreement with its signatures."""
    REFERATSAK = "referatsak"
    """The matter's paper for the kommunestyre."""


class Of(StrEnum):
    """What approvals are bound to: when it changes, they are void."""

    AGREEMENT = "agreement"
    """The agreement digest: text, attachments and confirmed rules."""
    EVALUATION = "evaluation"
    """The newest version of the evaluation, outcome included."""
    MATTER = "matter"
    """Each party's own matter; what one kommunestyre did is not undone by another's."""
    PROPOSAL = "proposal"
    """What the first approver proposed (a day, a file, corrected rules), on the agreement as it is."""


class Order(StrEnum):
    """In which order slots are filled."""

    ANY = "any"
    """All at once."""
    AS_LISTED = "as_listed"
    """Role after role as listed; within a role every party at once."""


@dataclass(frozen=True)
class Side:
    """One side of the table, and the roles people hold for its parties."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """A state: what it is called, who may what in it, and what it waits for."""

    name: str
    label: str
    final: bool
    awaits: tuple[str, ...]
    may: Mapping[Permission, tuple[str, ...]]


@dataclass(frozen=True)
class Approvals:
    """Whose yes a transition needs.

    ``each`` True: a slot for every one of ``roles`` of every party of that
    role's side. False: one slot for every party, filled by any of ``roles``.
    """

    roles: tuple[str, ...]
    each: bool
    of: Of
    order: Order
    reauthenticate: bool


@dataclass(frozen=True)
class Automatic:
    """When the clock makes a transition: the day after a date of the facts, or when a guard agrees."""

    day_after: str | None
    when: str | None


@dataclass(frozen=True)
class Outcome:
    """What one outcome of a matter does: ``@fill`` the party's slot, ``@record`` only, or go to a state."""

    name: str
    to: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Transition:
    """One step: from where, to where, who, under what guards, asking for what.

    Exactly one of ``may`` (any one holder does it at once), ``approvals`` and
    ``automatic`` is set. ``effects`` come when the state moves (or a step to
    the same state is done), ``each_time`` with every accepted attempt.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    to: str
    may: tuple[str, ...]
    approvals: Approvals | None
    automatic: Automatic | None
    guards: tuple[str, ...]
    fields: tuple[Field, ...]
    outcomes: Mapping[str, Outcome]
    effects: tuple[Effect, ...]
    each_time: tuple[Effect, ...]
    documents: tuple[Document, ...]
    set_origin: bool

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that has a part in it, in the definition's order; none for an automatic one."""
        return self.approvals.roles if self.approvals else self.may


@dataclass(frozen=True, eq=False)
class Definition:
    """A workflow definition, checked whole. Agreements are pinned to its ``digest``."""

    id: str
    version: int
    title: str
    initial: str
    sides: Mapping[str, Side]
    observers: tuple[str, ...]
    labels: Mapping[str, str]
    states: Mapping[str, State]
    transitions: Mapping[str, Transition]
    digest: str
    filename: str
    written: bytes = b""
    """The canonical JSON that ``digest`` is the hash of; what a bundle takes along."""

    @cached_property
    def side_of(self) -> Mapping[str, str]:
        """Role → the side it belongs to; observers belong to none and are not in it."""
        return {role: side.name for side in self.sides.values() for role in side.roles}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every English word of it a person will read, for the catalogues."""
        found = [self.title, *self.labels.values()]
        found += [s.label for s in self.states.values()] + [t.label for t in self.transitions.values()]
        return tuple(dict.fromkeys(found))

    def label(self, name: str) -> str:
        """The word for a role or side, itself where the definition gives none."""
        return self.labels.get(name, name)

    def origins(self, state: str) -> tuple[str, ...]:
        """The states an ``@origin`` transition may go back to from ``state``."""
        ways = (t for t in self.transitions.values() if t.set_origin and t.to == state)
        return tuple(dict.fromkeys(source for t in ways for source in t.sources))

    def targets(self, transition: Transition, source: str) -> tuple[str, ...]:
        """Every state ``transition`` may end in from ``source``, outcomes and origins included."""
        if transition.to == SAME:
            first: tuple[str, ...] = (source,)
        elif transition.to == ORIGIN:
            first = self.origins(source)
        else:
            first = (transition.to,)
        jumps = tuple(o.to for o in transition.outcomes.values() if o.to not in (FILL, RECORD))
        return tuple(dict.fromkeys(first + jumps))

    @cached_property
    def evaluating(self) -> frozenset[str]:
        """The states in which an evaluation is under way: those from which one is closed."""
        closing = (t for t in self.transitions.values() if Effect.CLOSE_EVALUATION in t.effects)
        return frozenset(source for transition in closing for source in transition.sources)

"""What guards are asked with, and the registry a definition's names are looked up in.

A guard is a small question with a name: facts and data in, ``None`` or a refusal
out. It neither asks the database nor knows the transition it guards, so every
one can be tried from thin air, and a definition can use it where it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from workflow_app.domain.case import Refusal
from workflow_app.domain.messages import Message


@dataclass(frozen=True)
class Facts:
    """What is true of one agreement on one day, as far as guards ask.

    The defaults are the careful ones: what nobody has said is not so, and a
    guard that needs it refuses. Dates are whole days in Europe/Oslo; where a
    date is only half known, give the earliest day it can be.

    ``today`` is the day of the attempt. ``incomplete_sections`` are headings of
    sections with nothing but placeholders (None: not read yet).
    ``missing_signatories`` are words for offices nobody holds, such as "mayor,
    Moss kommune". ``agreed_digest`` and ``adopted_digest`` were recorded when
    the agreement was agreed and adopted. The matter's values are those of the
    prepared matter of the actor's party, and data overrides them.
    ``reauthenticated`` says that the password in the data was checked just now, or
    a passkey in its place; with ``passkey`` no password is asked for.
    ``evaluated_years`` are those whose evaluation is approved already.
    ``replaced``: another agreement has been signed that replaces this one, so
    that people do nothing more with it; the clock still may.

    The engine fills ``digest``, ``actor``, ``side``, ``approved`` (side →
    persons who have approved in the open round) and, where None,
    ``parties_set`` from the case.
    """

    today: date
    # The text
    incomplete_sections: tuple[str, ...] | None = None
    parties_set: bool | None = None
    signatories_set: bool = False
    missing_signatories: tuple[str, ...] = ()
    rules_confirmed: bool = False
    corrections_proposed: bool = False
    # What was approved
    digest: str | None = None
    agreed_digest: str | None = None
    adopted_digest: str | None = None
    # Who asks
    actor: str | None = None
    side: str | None = None
    approved: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    reauthenticated: bool = False
    passkey: bool = False
    # Validity
    signed_on: date | None = None
    effective_end: date | None = None
    renews_itself: bool = False
    notice_months: int | None = None
    option_until: date | None = None
    # The matter
    meeting_date: date | None = None
    matter_kind: str | None = None
    case_number: str | None = None
    proposal: str | None = None
    decision: str | None = None
    # The evaluation
    evaluation_version: int | None = None
    evaluation_year: int | None = None
    evaluation_outcome: str | None = None
    evaluated_years: frozenset[int] = frozenset()
    # What comes after it
    replaced: bool = False
    successor_signed: bool = False
    successor_withdrawn: bool = False


Data = Mapping[str, Any]
Check = Callable[[Facts, Data], Message | None]


@dataclass(frozen=True)
class Guard:
    """A named guard: its question, the fields it reads, and why it is there.

    ``needs`` are the data fields it reads: a definition that uses it must ask
    for them, and a listing of what I may do skips it, since nothing has been
    filled in yet. ``doc`` is the guard's own docstring, for people who edit
    definitions.
    """

    name: str
    check: Check
    needs: tuple[str, ...]
    doc: str

    def __call__(self, facts: Facts, data: Data) -> Refusal | None:
        """None, or a refusal whose code is the guard's name."""
        reason = self.check(facts, data)
        return None if reason is None else Refusal(self.name, reason)


GUARDS: dict[str, Guard] = {}


def guard(*needs: str) -> Callable[[Check], Check]:
    """Register a function as the guard of its name. Raises ``ValueError`` on a second of that name."""

    def register(check: Check) -> Check:
        name = check.__name__
        if name in GUARDS:
            raise ValueError(f"two guards are called {name}")
        GUARDS[name] = Guard(name, check, needs, (check.__doc__ or "").strip())
        return check

    return register

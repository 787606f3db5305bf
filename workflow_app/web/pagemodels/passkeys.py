"""Pages about passkeys: one's own, a party's people's, and what one is about to sign with one.

``passkeys.pt``, ``party_passkeys.pt`` and the signing part of ``transition.pt``.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Capacity, Moment, Problem
from workflow_app.web.pagemodels.people import PartyHead


@dataclass(frozen=True)
class PasskeyRow:
    """One passkey. ``number`` is what a form sends; ``counter`` how often it says it has been used."""

    number: int
    name: str
    key: str
    added: Moment
    used: Moment | None
    counter: int


@dataclass(frozen=True)
class PasskeysPage:
    """``passkeys.pt``. Posts ``action`` and its fields to ``{root}/passkeys``.

    ``origin`` is the address passkeys work at; None where they work at none, and
    then ``reason`` says why. ``typed`` is the name that was written, ``renaming`` the
    passkey whose new name was wrong.
    """

    rows: tuple[PasskeyRow, ...] = ()
    origin: str | None = None
    reason: str | None = None
    problems: tuple[Problem, ...] = ()
    typed: str = ""
    renaming: int | None = None


@dataclass(frozen=True)
class OwnerRow:
    """Somebody with a role for the party, and the passkeys they have."""

    name: str
    username: str
    roles: tuple[str, ...]
    rows: tuple[PasskeyRow, ...]


@dataclass(frozen=True)
class PartyPasskeysPage:
    """``party_passkeys.pt``: for the party's administrator, when somebody has lost a key."""

    head: PartyHead
    owners: tuple[OwnerRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    typed: str = ""
    removing: int | None = None


@dataclass(frozen=True)
class SigningView:
    """What a passkey will sign, as it can be read before it does. The nonce is drawn at the press.

    ``digest`` is None where it depends on what is filled in. ``keys`` is how many
    passkeys the reader has; ``origin`` and ``reason`` as in :class:`PasskeysPage`.
    """

    agreement: str
    title: str
    step: str
    step_name: str
    digest: str | None
    capacities: tuple[Capacity, ...]
    opening_number: int
    opening_hash: str
    log: str
    url: str
    keys: int
    origin: str | None = None
    reason: str | None = None

"""What a field of a transition is: a name, a type, words for it, and what it may hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflow_app.domain.messages import Message


class FieldType(StrEnum):
    """How a field is written and read."""

    TEXT = "text"
    """One line."""
    LONGTEXT = "longtext"
    """Several lines."""
    DATE = "date"
    """A whole day, ISO 8601: 2020-04-30."""
    YEAR = "year"
    """Four digits."""
    PASSWORD = "password"
    """The actor's own password. It is never stored, and never part of a decision."""
    CHOICE = "choice"
    """One of the field's choices."""
    INTEGER = "integer"
    """A whole number, zero or more."""
    FLAG = "flag"
    """Yes or no."""
    FILE = "file"
    """The SHA-256 (64 hex digits) of a file that has been stored already."""


@dataclass(frozen=True)
class Choice:
    """One of a field's possible values, and the words for it."""

    value: str
    label: Message


@dataclass(frozen=True)
class Field:
    """One field of a transition.

    ``key`` is its name in a definition and ``name`` its name in data; they
    differ where the contract uses one name for two things (``outcome`` of a
    matter and of an evaluation). ``internal`` marks the switch that keeps a
    reason out of public papers. ``free_text`` marks words a person wrote, which
    may name people: the trail holds them as salted commitments. ``half_known``
    is true of a day that may be given as a month or a year, where nobody knows more.
    """

    key: str
    name: str
    type: FieldType
    label: Message
    required: bool = True
    choices: tuple[Choice, ...] = ()
    internal: bool = False
    free_text: bool = False
    pattern: str | None = None
    example: str = ""
    half_known: bool = False

    @property
    def binding(self) -> bool:
        """Whether approvals of a proposal bind to the value: what is agreed, not how it is explained."""
        return self.type not in (FieldType.TEXT, FieldType.LONGTEXT, FieldType.PASSWORD) and not self.internal

"""What a form of a rule is made of: its values, how each is written, and which belong together.

The types of the table in ``rule_forms``. A value has words, since a person
meets it as a field of a form and in the sentence that says what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflow_app.domain.messages import Message


class ValueType(StrEnum):
    """How a value of a rule is written."""

    NUMBER = "number"
    """A whole number, at least one."""
    NUMBERS = "numbers"
    """A list of them: the lengths of one option after the other."""
    DATE = "date"
    """A day, or a month where the day is not known: 2025-02-28, 2025-02."""
    START = "start"
    """A date, or "signing", or null where the clause does not say (in a term counted in months)."""
    ANCHOR = "anchor"
    """"signing", "year_end", "month_day" (with month and day), or a date."""
    PARTIAL = "partial"
    """A date without its year: --06-25."""
    CHOICE = "choice"
    """One of the value's choices."""
    FLAG = "flag"
    """Yes or no."""
    TEXT = "text"
    """Words of the clause."""
    NAMES = "names"
    """A list of roles or bodies."""
    ROLES = "roles"
    """A list of roles."""
    TITLES = "titles"
    """The local title by role."""


@dataclass(frozen=True)
class Value:
    """One value of a form: its key, how it is written, its words, and its bounds."""

    name: str
    type: ValueType
    label: Message
    required: bool = False
    choices: tuple[tuple[str, Message], ...] = ()
    most: int = 1200


@dataclass(frozen=True)
class Form:
    """One form of a kind.

    ``dated`` False: the form gives no date, whatever its values. ``any_of``:
    at least one of these must be there; ``one_of``: at most one of these
    groups; ``together``: all of them or none. ``undated_without``: with none of
    these the form gives no date (an evaluation "every year", but when?).
    """

    kind: str
    form: str
    label: Message
    values: tuple[Value, ...] = ()
    dated: bool = True
    any_of: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    undated_without: tuple[str, ...] = ()

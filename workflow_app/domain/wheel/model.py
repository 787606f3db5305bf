"""What a year wheel shows: numbered marks, and the words around them.

A mark has a number and not its words, because words do not fit on a wheel:
they stand in a list beside it, and the number leads from one to the other. What
the agreement gives no day for has no place on the rim, and none is made up: it
stands in the middle, as something of the whole year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Kind = Literal["meeting", "agenda", "evaluation", "council", "revision", "term", "yearly"]
KINDS: tuple[Kind, ...] = (
    "meeting", "agenda", "evaluation", "council", "revision", "term", "yearly",
)  # fmt: skip
"""Meetings; agendas to be sent out; evaluations; matters before a kommunestyre; the revision; what begins,
ends or prolongs the agreement; and what is done once a year without a day."""

State = Literal["open", "done", "missed", "past", "cancelled"]
STATES: tuple[State, ...] = ("open", "done", "missed", "past", "cancelled")


@dataclass(frozen=True)
class Mark:
    """One thing of the year. ``first`` and ``last`` are the days it lies between, the same for one day.

    Both are None where the text gives no day within the year. Without a
    ``number`` it is a sign in an explanation of signs.
    """

    number: int | None
    kind: Kind
    state: State = "open"
    first: date | None = None
    last: date | None = None

    @property
    def dated(self) -> bool:
        """Whether it has a place on the rim."""
        return self.last is not None


@dataclass(frozen=True)
class Words:
    """Everything a wheel says, in the reader's language already.

    ``title`` and ``description`` are for those who do not see it, ``heading``
    stands above the poster and ``name`` in the middle of the wheel.
    """

    title: str
    description: str
    heading: str
    name: str
    months: tuple[str, ...]
    today: str
    all_year: str
    kinds: Mapping[Kind, str] = field(default_factory=lambda: MappingProxyType({}))
    states: Mapping[State, str] = field(default_factory=lambda: MappingProxyType({}))
    nothing: str = ""
    footer: str = ""
    language: str = "nb"


@dataclass(frozen=True)
class Line:
    """A mark in words, as the list on the poster has it."""

    mark: Mark
    when: str
    what: str
    who: str = ""
    stands: str = ""


@dataclass(frozen=True)
class Wheel:
    """A year to be drawn. ``today`` is marked where it is a day of the year."""

    year: int
    marks: tuple[Mark, ...]
    words: Words
    today: date | None = None

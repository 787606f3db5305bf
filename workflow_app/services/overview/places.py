"""Where a page of the overview begins, what stands on it, and what it is read with.

Apart from the two orders a page can be read in, which both begin at such a place.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.services import norway
from workflow_app.services.overview.scope import Scope
from workflow_app.services.overview.wanted import Wanted

AGREEMENT, KOMMUNE = "a", "k"

Line = Agreement | norway.Kommune
"""A row: an agreement, or a kommune without one that the reader may see."""


@dataclass(frozen=True)
class Place:
    """Where in the list a page begins: after an agreement or a kommune, by id or number."""

    kind: str
    ident: str

    def __str__(self) -> str:
        return f"{self.kind}~{self.ident}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place that ``str`` wrote; ``ValueError`` for anything else."""
        kind, mark, ident = text.partition("~")
        if not mark or kind not in (AGREEMENT, KOMMUNE) or not 0 < len(ident) <= 40:
            raise ValueError(f"{text!r} is not a place in the overview")
        return cls(kind, ident)

    @classmethod
    def of(cls, line: Line) -> Place:
        """The place of a row."""
        return cls(AGREEMENT, line.id) if isinstance(line, Agreement) else cls(KOMMUNE, line.number)


@dataclass(frozen=True)
class Page:
    """One page; ``next`` is where the one after it begins, None at the end."""

    lines: tuple[Line, ...]
    next: Place | None = None


@dataclass(frozen=True)
class Reading:
    """What pages are read with: the filters, the condition they come to, the kommuner without agreements."""

    session: Session
    wanted: Wanted
    condition: ColumnElement[bool]
    scope: Scope
    without: tuple[norway.Kommune, ...]


def row_at(reading: Reading, after: Place | None) -> Agreement | None:
    """The agreement of a place, None for another kind of place. ``ValueError`` where the list lacks it."""
    if after is None or after.kind != AGREEMENT:
        return None
    found = reading.session.scalars(
        select(Agreement).where(Agreement.id == after.ident, reading.condition)
    ).one_or_none()
    if found is None:
        raise ValueError(f"{after.ident} is not in this list")
    return found

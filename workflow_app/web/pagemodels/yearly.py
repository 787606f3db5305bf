"""The part of ``deadlines.pt`` where what is done once a year is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Link, Moment


@dataclass(frozen=True)
class DoneRow:
    """Something recorded as done. ``form`` takes it back, where one may; ``open`` shows it at once."""

    what: str
    when: Moment
    entry: Link
    form: str | None = None
    open: bool = False


@dataclass(frozen=True)
class YearlyPart:
    """``form`` records (None for who may not); ``rows`` are what is recorded, newest first."""

    form: str | None = None
    rows: tuple[DoneRow, ...] = ()

"""Days, half-known days and the arithmetic of months.

An agreement may say "februar 2025" and nothing more. Such a date is kept as
what it is, an interval with an earliest and a latest day, and stays one through
every calculation: a guessed first of the month would be an invented deadline.

Months are counted as in domstolloven § 148: to the day with the same number,
or to the last day of the month where it has no such day. Counting saturates at
the first and last day Python knows instead of raising, since "in 9,000 years" in
some text must not stop a page; nothing that far off is ever shown.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_HALF_KNOWN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

_NORWEGIAN = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

MONTHS = {"nb": _NORWEGIAN, "nn": _NORWEGIAN, "en": _ENGLISH}


def add_days(day: date, days: int) -> date:
    """The day ``days`` later (earlier if negative), saturating at date.min and date.max."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_months(day: date, months: int) -> date:
    """The day ``months`` later (earlier if negative), clipped to the end of a shorter month.

    29 February 2020 and 12 months is 28 February 2021. Count from the first day
    each time, never month by month, or the 31st is lost on the way.
    Source: domstolloven § 148. Saturates at date.min and date.max.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    return clipped(year, month + 1, day.day)


def clipped(year: int, month: int, day: int) -> date:
    """That day, or the last day of the month where it is shorter; saturates at date.max."""
    if year > date.max.year:
        return date.max
    return date(year, month, min(day, monthrange(year, month)[1]))


def last_day_of_term(first_day: date, months: int) -> date:
    """The last day of a term of ``months`` that begins with, and includes, ``first_day``.

    A year from 1 July 2013 ends on 30 June 2014.
    """
    return add_days(add_months(first_day, months), -1)


def prolonged(last_day: date, months: int) -> date:
    """The last day after ``months`` more: 30 April and 1 month is 31 May, a whole month."""
    return last_day_of_term(add_days(last_day, 1), months)


def last_day_before(last_day: date, months: int) -> date:
    """The last day that leaves ``months`` whole months up to and including ``last_day``.

    "Senest 3 måneder før" an expiry on 30 April: February, March and April must
    remain whole, so it is before 1 February, and 31 January is the last day.
    That is the reading Finans Norge publishes for main agreements.
    """
    return add_days(add_months(add_days(last_day, 1), -months), -1)


@dataclass(frozen=True, order=True)
class Interval:
    """A day known to lie between two days, both included; an exact day has both the same."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"an interval cannot end ({self.latest}) before it begins ({self.earliest})")

    @classmethod
    def on(cls, day: date) -> Self:
        """The interval of one known day."""
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2025-02-28", "2025-02" or "2025".

        Raises ``ValueError`` with a sentence for anything else, impossible days included.
        """
        match = _HALF_KNOWN.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a date; write it as 2025-02-28, 2025-02 or 2025")
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            if year is not None and month is not None and day is not None:
                return cls.on(date(year, month, day))
            if year is not None and month is not None:
                return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            return cls(date(year or 0, 1, 1), date(year or 0, 12, 31))
        except ValueError:
            raise ValueError(f"{text!r} is not a day in any calendar") from None

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest

    @property
    def written(self) -> str:
        """What :meth:`parse` would read it from: "2025-02-28", "2025-02", "2025"; else from/to."""
        first = self.earliest.isoformat()
        for text in (first[:7], first[:4]):
            if not self.exact and Interval.parse(text) == self:
                return text
        return str(self)

    def map(self, count: Callable[[date], date]) -> Interval:
        """Count from both ends with ``count``, which must keep the order of days."""
        return Interval(count(self.earliest), count(self.latest))

    def __str__(self) -> str:
        return self.earliest.isoformat() if self.exact else f"{self.earliest}/{self.latest}"


def as_interval(day: date | Interval) -> Interval:
    """The interval of a day that may or may not be half known."""
    return day if isinstance(day, Interval) else Interval.on(day)


def render(day: date | Interval, language: str = "nb") -> str:
    """A day as a person reads it: "3. desember 2018", in English "3 December 2018".

    Half-known days read as they were written where they are a whole month or
    year ("februar 2025", "2025"), otherwise from–to, the year once if it is the
    same. ``language`` is nb, nn or en; another raises ``KeyError``.
    """
    months = MONTHS[language]
    point = "" if language == "en" else "."

    def short(d: date) -> str:
        return f"{d.day}{point} {months[d.month - 1]}"

    span = as_interval(day)
    first, last = span.earliest, span.latest
    if span.exact:
        return f"{short(first)} {first.year}"
    if first.day == 1 and add_days(last, 1).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{months[first.month - 1]} {first.year}"
        if (first.month, last.month) == (1, 12) and first.year == last.year:
            return str(first.year)
    if first.year == last.year:
        return f"{short(first)} – {short(last)} {last.year}"
    return f"{short(first)} {first.year} – {short(last)} {last.year}"

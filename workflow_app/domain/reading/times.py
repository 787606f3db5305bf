"""Dates and durations: the only places where digits and words become a day or a span of months.

A date that no calendar has (31.02.2020) is found and marked, never mended: it
becomes a question to a person. Two-digit years below 70 are of this century.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from workflow_app.domain.reading import lexicon
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.stems import fold

_DIGITS = re.compile(r"\d+")
# Without the word boundary of the piece <month>: "3november" is a day and its month.
_MONTH_NAME = re.compile(rf"(?<![^\W\d])(?:{lexicon.alternatives(lexicon.MONTHS)})\b", re.IGNORECASE)
_MONTH_BEFORE = max(map(len, lexicon.MONTHS)) + len(". , ")
_ANY_DATE = phrase(
    r"(?P<full><date>)|(?P<blank_year>\d{1,2}\s?\.?\s?<month>\s?<blank>)|<month_year:month_year>"
    r"|<day_month:day_month>"
)


@dataclass(frozen=True)
class When:
    """A date as written. ``iso`` is "2020-04-30", "2025-02" or "--06-04"; None where it can't be a date.

    ``precision`` is day, month or dayless_year ("--06-04"); ``start`` and ``end``
    count within the piece of text that was searched. ``problem`` is None,
    "impossible" or "blank".
    """

    iso: str | None
    precision: str
    start: int
    end: int
    problem: str | None = None


def find_dates(text: str) -> list[When]:
    """Every date in ``text``, in order; those without a year too, for the clauses that need them."""
    # Most sentences hold no digit, hence no date; and only a month's name stands before a date's first.
    digit = _DIGITS.search(text)
    if digit is None:
        return []
    return [_when(found) for found in _ANY_DATE.finditer(text, max(0, digit.start() - _MONTH_BEFORE))]


def parse_date(words: str) -> str | None:
    """The ISO date of words that the piece ``date`` matched, or None when no calendar has it."""
    numbers = [int(n) for n in _DIGITS.findall(words)]
    if (named := month_of(words)) is not None:
        year, month, day = numbers[-1], named, numbers[0]
    elif re.match(r"\d{4}-", words):
        year, month, day = numbers
    else:
        day, month, year = numbers
    if year < 100:
        year += 2000 if year < 70 else 1900
    return iso_date(year, month, day)


def month_of(words: str) -> int | None:
    """The first month named in the words, 1 to 12; None where there is none."""
    named = _MONTH_NAME.search(words)
    return lexicon.MONTHS[fold(named[0])] if named else None


def iso_date(year: int, month: int, day: int) -> str | None:
    """The ISO form, or None when there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def day_and_month(words: str) -> tuple[int, int] | None:
    """(month, day) of words that the piece ``day_month`` matched, or None when no year has that day."""
    numbers = [int(n) for n in _DIGITS.findall(words)]
    month = month_of(words) or numbers[1]
    # 2024 is a leap year, so 29 February is a day.
    return (month, numbers[0]) if iso_date(2024, month, numbers[0]) else None


def last_day(month: int) -> int:
    """The last day of a month in most years: a clause that says "end of February" means the 28th then."""
    return monthrange(2023, month)[1]


def number(words: str) -> int | None:
    """The number of words that the piece ``num`` matched; None where digits and word disagree."""
    digits = _DIGITS.search(words)
    letters = re.findall(r"[^\W\d]+", words.lower())
    spelt = next((lexicon.NUMBERS[w] for w in letters if w in lexicon.NUMBERS), None)
    if digits is None:
        return spelt
    return int(digits[0]) if spelt is None or spelt == int(digits[0]) else None


def ordinal(words: str) -> int | None:
    """The place of words that the piece ``ordinal`` matched ("tredje", "3."), or None."""
    digits = _DIGITS.search(words)
    return int(digits[0]) if digits else lexicon.ORDINALS.get(words.strip().lower())


def months_of(words: str) -> int | None:
    """The months of a duration ("to år", "6 – seks – måneders"); None for days, weeks or a contradiction."""
    lowered = words.lower().replace("årig", " år").replace("års", " års")
    unit = next((u for u in ("måned", "månad", "mnd", "år") if re.search(rf"{u}(?!\w*dag)", lowered)), None)
    if unit is None:
        return None
    if "halvann" in lowered or "halvtann" in lowered:
        return 3 * lexicon.UNIT_MONTHS[unit] // 2
    if "halvt" in lowered:
        return lexicon.UNIT_MONTHS[unit] // 2 or None
    count = number(lowered)
    return count * lexicon.UNIT_MONTHS[unit] if count else None


def days_of(words: str) -> int | None:
    """The days of a duration in days or weeks; None for months, working days or a contradiction."""
    lowered = words.lower()
    if re.search(r"virke|arbeids|yrke|verke", lowered):
        return None
    per_unit = next((days for unit, days in lexicon.UNIT_DAYS.items() if unit in lowered), None)
    count = number(lowered)
    return per_unit * count if per_unit and count else None


def _when(found: re.Match[str]) -> When:
    start, end = found.span()
    if found["full"]:
        iso = parse_date(found["full"])
        return When(iso, "day", start, end, None if iso else "impossible")
    if found["blank_year"]:
        return When(None, "day", start, end, "blank")
    if found["month_year"]:
        month = month_of(found["month_year"]) or 0
        return When(f"{found['month_year'][-4:]}-{month:02}", "month", start, end)
    parts = day_and_month(found["day_month"])
    iso = f"--{parts[0]:02}-{parts[1]:02}" if parts else None
    return When(iso, "dayless_year", start, end, None if iso else "impossible")

"""Working days of a Norwegian office: reminders move to them, deadlines never do.

The public holidays are those of the package ``holidays`` for Norway. Christmas
Eve and New Year's Eve are no public holidays by law, but nobody reads a mail in
a town hall then, so they count as days off too.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5

# Not in the law of public holidays, and still days off in every municipal office.
_EVES = {(12, 24): "Julaften", (12, 31): "Nyttårsaften"}


@lru_cache(maxsize=64)
def _of_year(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=year, language="no"))


def holiday_name(day: date) -> str | None:
    """The Norwegian name of the holiday on ``day``, None on an ordinary day.

    A Saturday or a Sunday is no holiday by that alone. Whitsun is both: it has its name.
    """
    return _of_year(day.year).get(day) or _EVES.get((day.month, day.day))


def is_working_day(day: date) -> bool:
    """Whether an office is open: Monday to Friday, no holiday and neither of the two eves."""
    return day.weekday() < SATURDAY and holiday_name(day) is None


def working_day_before(day: date) -> date:
    """The day itself where it is a working day, else the last one before it.

    Saturates at the first day there is.
    """
    while not is_working_day(day) and day > date.min:
        day -= timedelta(days=1)
    return day

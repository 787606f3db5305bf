"""Days on which no politiråd should be called: holidays, days squeezed between them, weeks kept free.

A holiday is refused wherever a meeting is planned. What is only unwise (a
Friday after Ascension Day, the week before Easter, a kommune's winter holiday)
is kept clear of in a proposal, and a person may still choose it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.workdays import holiday_name, is_working_day

WEEKS_OFF = (27, 28, 29, 30, 31, 32, 52, 53, 1)
"""ISO weeks kept free where the kommune has set none of its own: midsummer and the turn of the year."""

SATURDAY = 5
_DAY = timedelta(days=1)


def closed(day: date) -> Message | None:
    """Why no meeting can be called on that day at all; None on a working day."""
    if is_working_day(day):
        return None
    name = holiday_name(day)
    if name is not None:
        return msg("${day} is ${name}; choose a working day.", day=day, name=_in_a_sentence(name))
    return msg("${day} is a Saturday or Sunday; choose a working day.", day=day)


def _in_a_sentence(name: str) -> str:
    """Two on one day come in one name, each with a capital: "Andre pinsedag; Grunnlovsdag"."""
    names = [n if n.startswith("Kristi") else n[:1].lower() + n[1:] for n in name.split("; ")]
    return " og ".join(names)


def unwise(day: date, weeks_off: Collection[int]) -> Message | None:
    """Why a proposal keeps clear of a day; None where it is as good as any.

    ``weeks_off`` are ISO weeks. The days before Easter and the days between
    Christmas and New Year are not in it: they are school-free everywhere.
    """
    if (reason := closed(day)) is not None:
        return reason
    if not is_working_day(day - _DAY) and not is_working_day(day + _DAY):
        return msg("${day} lies alone between two days off.", day=day)
    week = day.isocalendar().week
    if week in weeks_off:
        return msg("${day} is in week ${week}, which is kept free.", day=day, week=week)
    if before_easter(day):
        return msg("${day} is in the week before Easter.", day=day)
    return None


def unsendable(agenda_by: date) -> Message | None:
    """Why an agenda is hardly sent on its last day: nobody is at work, or it is the week before Easter."""
    if not is_working_day(agenda_by) or before_easter(agenda_by):
        return msg("its agenda would be due on ${day}, when offices are closed", day=agenda_by)
    return None


def before_easter(day: date) -> bool:
    """Whether the day is in Holy Week, which schools have off: Thursday and Friday of it are holidays."""
    monday = day - day.weekday() * _DAY
    thursday, friday = monday + 3 * _DAY, monday + 4 * _DAY
    # No other Thursday and Friday in a row are holidays in March or April.
    return monday.month in (3, 4) and not is_working_day(thursday) and not is_working_day(friday)


def weeks_in(text: str) -> tuple[int, ...]:
    """ISO weeks written as "8, 28-32, 40", sorted, each once; an empty text is no weeks.

    Raises ``ValueError`` with the part that is not a week or a range of weeks.
    """
    weeks: set[int] = set()
    for part in filter(None, (p.strip() for p in re.split(r"[,;]", text))):
        found = re.fullmatch(r"([0-9]{1,2})(?:\s*[-–]\s*([0-9]{1,2}))?", part)
        first = int(found[1]) if found else 0
        last = int(found[2] or first) if found else 0
        if not 1 <= first <= last <= 53:
            raise ValueError(part[:20])
        weeks |= set(range(first, last + 1))
    return tuple(sorted(weeks))


def weeks_words(weeks: Collection[int]) -> str:
    """The inverse of :func:`weeks_in`, neighbours as a range: "8, 28–32, 40"."""
    runs: list[list[int]] = []
    for week in sorted(set(weeks)):
        if runs and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)

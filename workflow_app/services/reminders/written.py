"""What somebody wrote of a kommune's ladder, on a page, in JSON or on the command line, read as settings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reminding.ladder import KINDS, Settings
from workflow_app.services.errors import FieldErrors
from workflow_app.services.reminders.settings import checked

FIELDS = ("before", "weeks", "escalate_after", "off")
FORM = "kinds"
"""A field of the page's form: with it, a kind is wanted where ``kind.NAME`` is sent and off otherwise."""

_NUMBERS = re.compile(r"[\s,;]+")
_LONGEST = 5
"""Digits a number may have: nobody means more, and it stays a number that can be told of."""


def read(written: Mapping[str, object], stands: Settings) -> Settings | None:
    """The settings that are asked for; None where ``usual`` asks for the usual ones.

    What isn't named stays as it ``stands``. Raises ``FieldErrors`` for what is no number,
    what is out of bounds and a field there is not.
    """
    if written.get("usual") in (True, "1", "true"):
        return None
    wrong: dict[str, Message] = {}
    strange = [
        name for name in written if name not in FIELDS and name not in (FORM, "usual") and not _kind(name)
    ]
    if strange or not written:
        wrong[""] = msg("Send before, weeks, escalate_after and off, or some of them.")
    before, weeks, leader = stands.before, stands.weeks, stands.escalate_after
    if "before" in written:
        days = _numbers(written["before"])
        if days is None:
            wrong["before"] = msg("Write whole numbers of days with commas between, such as 90, 30, 7.")
        before = days or before
    if "weeks" in written:
        found = _number(written["weeks"])
        if found is None:
            wrong["weeks"] = msg("Write a whole number of weeks; 0 is never again after the day.")
        weeks = weeks if found is None else found
    if "escalate_after" in written:
        leader = _number(written["escalate_after"])
        if leader is None and written["escalate_after"] not in (None, ""):
            wrong["escalate_after"] = msg("Write a whole number of days, or nothing where no leader is told.")
    off = _off(written, stands)
    if off is None:
        wrong["off"] = msg("Send off as a list of kinds of deadlines.")
    try:
        chosen = checked(before, weeks, leader, off or frozenset())
    except FieldErrors as bounds:
        wrong = {**bounds.fields, **wrong}
    if wrong:
        raise FieldErrors(wrong)
    return chosen


def _kind(name: str) -> bool:
    return name.removeprefix("kind.") in KINDS and name.startswith("kind.")


def _off(written: Mapping[str, object], stands: Settings) -> frozenset[str] | None:
    if FORM in written:
        return frozenset(kind for kind in KINDS if f"kind.{kind}" not in written)
    if "off" not in written:
        return stands.off
    named = written["off"]
    if isinstance(named, list | tuple) and all(isinstance(one, str) for one in named):
        return frozenset(str(one) for one in named)
    return None


def _numbers(value: object) -> tuple[int, ...] | None:
    parts = value if isinstance(value, list | tuple) else [p for p in _NUMBERS.split(str(value or "")) if p]
    numbers = [_number(part) for part in parts]
    found = tuple(n for n in numbers if n is not None)
    # Nothing written is the day itself, which is always there.
    return (found or (0,)) if len(found) == len(numbers) else None


def _number(value: object) -> int | None:
    text = "" if isinstance(value, bool) or value is None else str(value).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None

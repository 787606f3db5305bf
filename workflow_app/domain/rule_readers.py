"""From what a form or JSON sent to the value of a rule, type by type.

Numbers may come as a form sends them; everything else is JSON's. What cannot be
read raises :class:`WrongValue` with the sentence to show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import ROLE_NAMES
from workflow_app.domain.rule_values import Value, ValueType

LONGEST = 500
"""The most characters of a value in words."""

_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
_PARTIAL = re.compile(r"--(\d{2})-(\d{2})", re.ASCII)


class WrongValue(Exception):
    """A value is not written as its type is; ``message`` says what would be right."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _number(value: Value, raw: object) -> int:
    if isinstance(raw, str) and re.fullmatch(r"[0-9]{1,6}", raw.strip()):
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= value.most:
        raise WrongValue(
            msg("${value} must be a whole number from 1 to ${most}.", value=value.label, most=value.most)
        )
    return raw


def _numbers(value: Value, raw: object) -> list[int]:
    parts = raw if isinstance(raw, list) else str(raw).replace(";", ",").split(",")
    if not 1 <= len(parts) <= 20:
        raise WrongValue(msg("${value} must be one or more whole numbers, as 12, 12.", value=value.label))
    return [_number(value, part) for part in parts]


def _date(value: Value, raw: object) -> str:
    if isinstance(raw, str) and _DATE.fullmatch(raw):
        try:
            Interval.parse(raw)
        except ValueError:
            raise WrongValue(msg("“${value}” is not a day in the calendar.", value=raw)) from None
        return raw
    raise WrongValue(
        msg(
            "“${value}” is not a date; write 2025-02-28, or 2025-02 where the day is not known.",
            value=str(raw)[:60],
        )
    )


def _start(value: Value, raw: object) -> str:
    return "signing" if raw == "signing" else _date(value, raw)


def _anchor(value: Value, raw: object) -> str:
    return str(raw) if raw in ("signing", "year_end", "month_day") else _date(value, raw)


def _partial(value: Value, raw: object) -> str:
    match = _PARTIAL.fullmatch(str(raw))
    if match is None or not is_day(int(match[1]), int(match[2])):
        raise WrongValue(
            msg("“${value}” is not a date without its year; write it as --06-25.", value=str(raw)[:60])
        )
    return str(raw)


def is_day(month: int, day: int) -> bool:
    """Whether some year has that day."""
    try:
        date(2024, month, day)  # a leap year, which has every day there is
    except ValueError:
        return False
    return True


def _choice(value: Value, raw: object) -> str:
    codes = [code for code, _ in value.choices]
    if isinstance(raw, str) and raw in codes:
        return raw
    raise WrongValue(
        msg("“${value}” is not one of ${choices}.", value=str(raw)[:60], choices=", ".join(codes))
    )


def _flag(value: Value, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    raise WrongValue(msg("${value} is answered by true or false.", value=value.label))


def _text(value: Value, raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST or not _keepable(raw):
        raise WrongValue(
            msg(
                "${value} must be words on one line, at most ${most} characters.",
                value=value.label,
                most=LONGEST,
            )
        )
    return raw.strip()


def _keepable(words: str) -> bool:
    """Lone surrogates cannot be encoded, and control characters are no words."""
    return not any(c < " " or "\ud800" <= c <= "\udfff" for c in words)


def _names(value: Value, raw: object) -> list[str]:
    parts = raw if isinstance(raw, list) else str(raw).split(",")
    if len(parts) > 20:
        raise WrongValue(msg("${value} names too many; the most is 20.", value=value.label))
    return [_text(value, part) for part in parts if part != ""]


def _roles(value: Value, raw: object) -> list[str]:
    roles = _names(value, raw)
    unknown = next((r for r in roles if r not in ROLE_NAMES), None)
    if unknown is not None:
        raise WrongValue(
            msg("“${value}” is not one of ${choices}.", value=unknown[:60], choices=", ".join(ROLE_NAMES))
        )
    return list(dict.fromkeys(roles))


def _titles(value: Value, raw: object) -> dict[str, str]:
    if not isinstance(raw, Mapping):
        raise WrongValue(msg("${value} are written as a title for each role.", value=value.label))
    _roles(value, [*raw])
    return {role: _text(value, title) for role, title in raw.items()}


READERS: dict[ValueType, Callable[[Value, object], Any]] = {
    ValueType.NUMBER: _number,
    ValueType.NUMBERS: _numbers,
    ValueType.DATE: _date,
    ValueType.START: _start,
    ValueType.ANCHOR: _anchor,
    ValueType.PARTIAL: _partial,
    ValueType.CHOICE: _choice,
    ValueType.FLAG: _flag,
    ValueType.TEXT: _text,
    ValueType.NAMES: _names,
    ValueType.ROLES: _roles,
    ValueType.TITLES: _titles,
}
"""How each type is read."""

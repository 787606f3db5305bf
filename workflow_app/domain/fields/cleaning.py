"""From what a form or JSON sent to typed values, or every fault of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from workflow_app.domain.dates import Interval
from workflow_app.domain.fields.model import Field, FieldType
from workflow_app.domain.messages import Message, msg

LONGEST = {"text": 300, "longtext": 20_000, "password": 1_000}
"""The most characters of each kind of text."""


class InvalidData(Exception):
    """Raised by :func:`clean` with every wrong field and what would be right."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


def clean(fields: Iterable[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values of ``data`` by ``fields``; an absent optional field stays absent.

    Takes strings as a form sends them, JSON's values, and its own answers
    again. Raises :class:`InvalidData` with every fault: missing, wrong, and
    unknown, since a value that is silently dropped was meant by somebody.
    """
    known = {f.name: f for f in fields}
    out: dict[str, Any] = {}
    errors: dict[str, Message] = {}
    for name in data:
        if name not in known:
            errors[str(name)] = _unknown(str(name), known)
    for name, f in known.items():
        value = data.get(name)
        if isinstance(value, str) and f.type is not FieldType.PASSWORD:
            value = value.strip()
        if value is None or value == "":
            if f.required:
                errors[name] = msg("${field} is missing; fill it in.", field=f.label)
            continue
        try:
            out[name] = _READERS[f.type](f, value)
        except _Wrong as wrong:
            errors[name] = wrong.message
    if errors:
        raise InvalidData(errors)
    return out


class _Wrong(Exception):
    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _unknown(name: str, known: Mapping[str, Field]) -> Message:
    if not known:
        return msg("There is no field “${name}” here; this step takes none.", name=name[:60])
    return msg(
        "There is no field “${name}” here; the fields are ${fields}.", name=name[:60], fields=", ".join(known)
    )


def _read_text(f: Field, value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong(msg("${field} must be text.", field=f.label))
    value = value.replace("\r\n", "\n")
    if len(value) > LONGEST[f.type]:
        raise _Wrong(
            msg("${field} is ${length} characters long; the most is ${most}.",
                field=f.label, length=len(value), most=LONGEST[f.type])
        )  # fmt: skip
    # A lone surrogate cannot be encoded, and so neither stored nor hashed.
    if any((ch < " " and ch not in "\n\t") or "\ud800" <= ch <= "\udfff" for ch in value):
        raise _Wrong(
            msg(
                "${field} holds characters that cannot be kept; write it with ordinary letters.",
                field=f.label,
            )
        )
    if f.type is FieldType.TEXT and "\n" in value:
        raise _Wrong(msg("${field} must be on one line.", field=f.label))
    if f.pattern and not re.fullmatch(f.pattern, value):
        raise _Wrong(msg("“${value}” does not look like ${field}; write it as ${example}.",
                         value=value[:60], field=f.label, example=f.example))  # fmt: skip
    return value


def _read_date(f: Field, value: object) -> date | Interval:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if f.half_known and (half := _half_known(value)) is not None:
        return half
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise _Wrong(msg("“${value}” is not a day in the calendar.", value=value)) from None
    if f.half_known:
        raise _Wrong(
            msg(
                "“${value}” is not a date; write it as 2020-12-31, or as 2020-12 or 2020 where no more"
                " is known.",
                value=str(value)[:60],
            )
        )
    raise _Wrong(
        msg("“${value}” is not a date; write year, month and day as 2020-12-31.", value=str(value)[:60])
    )


def _half_known(value: object) -> Interval | None:
    """A month or a year as an interval of days; None for anything else."""
    if isinstance(value, Interval):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", value):
        try:
            return Interval.parse(value)
        except ValueError:
            raise _Wrong(msg("“${value}” is not a month or a year in the calendar.", value=value)) from None
    return None


def _read_year(f: Field, value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}", value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2999:
        return value
    raise _Wrong(msg("“${value}” is not a year; write four digits, as 2026.", value=str(value)[:60]))


def _read_integer(f: Field, value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
        return value
    raise _Wrong(msg("“${value}” is not a whole number.", value=str(value)[:60]))


def _read_choice(f: Field, value: object) -> str:
    values = [choice.value for choice in f.choices]
    if isinstance(value, str) and value in values:
        return value
    raise _Wrong(
        msg("“${value}” is not one of ${choices}.", value=str(value)[:60], choices=", ".join(values))
    )


def _read_flag(f: Field, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in ("true", "on", "1", "false", "off", "0"):
        return value in ("true", "on", "1")
    raise _Wrong(msg("${field} is answered by true or false.", field=f.label))


def _read_file(f: Field, value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value):
        return value
    raise _Wrong(msg("${field} must be a file that has been uploaded.", field=f.label))


_READERS = {
    FieldType.TEXT: _read_text,
    FieldType.LONGTEXT: _read_text,
    FieldType.PASSWORD: _read_text,
    FieldType.DATE: _read_date,
    FieldType.YEAR: _read_year,
    FieldType.INTEGER: _read_integer,
    FieldType.CHOICE: _read_choice,
    FieldType.FLAG: _read_flag,
    FieldType.FILE: _read_file,
}

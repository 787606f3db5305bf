"""The fields a transition may ask for, and the cleaning of what came back.

One registry, so that the form, the JSON twin, the guards and the trail mean the
same by ``effective_date``. A definition names fields; it cannot invent them,
because a guard that reads a field and a trail that keeps it must both know it.

A wrong field is :class:`InvalidData` (422): the question was misunderstood. A
right field with an impossible value for *this* agreement is a guard's (409).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from workflow_app.domain.messages import Message, msg

LONGEST = {"text": 300, "longtext": 20_000, "password": 1_000}


class FieldType(StrEnum):
    """How a field is written and read."""

    TEXT = "text"
    """One line."""
    LONGTEXT = "longtext"
    """Several lines."""
    DATE = "date"
    """A whole day, ISO 8601: 2020-04-30."""
    YEAR = "year"
    """Four digits."""
    PASSWORD = "password"
    """The actor's own password. It is never stored, and never part of a decision."""
    CHOICE = "choice"
    """One of the field's choices."""
    INTEGER = "integer"
    """A whole number, zero or more."""
    FLAG = "flag"
    """Yes or no."""
    FILE = "file"
    """The SHA-256 (64 hex digits) of a file that has been stored already."""


@dataclass(frozen=True)
class Choice:
    """One of a field's possible values, and the words for it."""

    value: str
    label: Message


@dataclass(frozen=True)
class Field:
    """One field of a transition.

    ``key`` is its name in a definition and ``name`` its name in data; they
    differ where the contract uses one name for two things (``outcome`` of a
    matter and of an evaluation). ``internal`` marks the switch that keeps a
    reason out of public papers. ``free_text`` marks words a person wrote, which
    may name people: the trail holds them as salted commitments.
    """

    key: str
    name: str
    type: FieldType
    label: Message
    required: bool = True
    choices: tuple[Choice, ...] = ()
    internal: bool = False
    free_text: bool = False
    pattern: str | None = None
    example: str = ""

    @property
    def binding(self) -> bool:
        """Whether approvals of a proposal bind to the value: what is agreed, not how it is explained."""
        return self.type not in (FieldType.TEXT, FieldType.LONGTEXT, FieldType.PASSWORD) and not self.internal


class InvalidData(Exception):
    """Raised by :func:`clean` with every wrong field and what would be right."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


def _text(key: str, label: Message, **more: Any) -> Field:
    return Field(key, more.pop("name", key), FieldType.TEXT, label, free_text=True, **more)


def _long(key: str, label: Message) -> Field:
    return Field(key, key, FieldType.LONGTEXT, label, free_text=True)


def _choice(key: str, name: str, label: Message, **choices: Message) -> Field:
    options = tuple(Choice(value, words) for value, words in choices.items())
    return Field(key, name, FieldType.CHOICE, label, choices=options)


FIELDS: dict[str, Field] = {
    f.key: f
    for f in (
        _long("reason", msg("Reason")),
        Field(
            "internal", "internal", FieldType.FLAG,
            msg("Keep the reason out of public papers"), internal=True,
        ),
        Field("password", "password", FieldType.PASSWORD, msg("Your password, once more")),
        # The matter before a kommunestyre.
        Field("party", "party", FieldType.TEXT, msg("For which party")),
        _choice(
            "kind", "kind", msg("Kind of matter"),
            referatsak=msg("For information (referatsak)"), vedtak=msg("For decision (vedtakssak)"),
        ),
        Field(
            "archive_case", "archive_case", FieldType.TEXT, msg("Archive case"),
            pattern=r"\d{2,4}/\d{1,7}(-\d{1,5})?", example="20/1234",
        ),
        Field("case_number", "case_number", FieldType.TEXT, msg("Case number of the meeting"),
              pattern=r".*\d+\s*/\s*\d{2,4}", example="RS 12/20"),
        Field("committee", "committee", FieldType.TEXT, msg("Committee")),
        Field("meeting_date", "meeting_date", FieldType.DATE, msg("Day of the meeting")),
        _text("case_officer", msg("Case officer")),
        _long("proposal", msg("Proposal (innstilling)")),
        _text("legal_basis", msg("Legal basis, if the matter is closed")),
        _choice(
            "outcome", "outcome", msg("Outcome of the matter"),
            noted=msg("Noted (tatt til orientering)"), adopted=msg("Adopted (vedtatt)"),
            postponed=msg("Postponed (utsatt)"), sent_back=msg("Sent back (sendt tilbake)"),
        ),
        _long("decision", msg("Decision (vedtak)")),
        # The evaluation.
        Field("year", "year", FieldType.YEAR, msg("Year evaluated")),
        _text("body", msg("Who evaluated")),
        _long("learning_points", msg("Learning points")),
        _choice(
            "evaluation_outcome", "outcome", msg("Outcome of the evaluation"),
            continues=msg("The agreement continues"),
            reviewed_unchanged=msg("Reviewed, unchanged"),
            to_be_revised=msg("To be revised"),
        ),
        # Days and grounds.
        Field("effective_date", "effective_date", FieldType.DATE, msg("Effective date")),
        Field("given_date", "given_date", FieldType.DATE, msg("Notice given on")),
        Field("signed_on", "signed_on", FieldType.DATE, msg("Signed on")),
        Field("scan", "scan", FieldType.FILE, msg("Scan of the signed agreement")),
        _text("original_at", msg("Where the original is kept")),
        _choice(
            "extension_basis", "basis", msg("Basis"),
            option=msg("An option in the agreement"), agreement=msg("The parties agree"),
        ),
        _choice(
            "termination_basis", "basis", msg("Basis"),
            clause=msg("The agreement's notice clause"), agreed=msg("The parties agree on the day"),
            stated=msg("Stated by the party that terminates"),
        ),
    )
}  # fmt: skip


def field(use: str) -> Field:
    """The field a definition names: ``reason`` is required, ``reason?`` is not. Raises ``KeyError``."""
    return replace(FIELDS[use.removesuffix("?")], required=not use.endswith("?"))


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


def _read_date(f: Field, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise _Wrong(msg("“${value}” is not a day in the calendar.", value=value)) from None
    raise _Wrong(
        msg("“${value}” is not a date; write year, month and day as 2020-12-31.", value=str(value)[:60])
    )


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

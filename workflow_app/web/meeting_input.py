"""What was sent about a meeting, cleaned: days, hours, numbers, each fault with its field.

Forms and programs send the same names; what only carries a form (action,
version of the page) is taken away before the fields are read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from workflow_app.domain.fields import Field, InvalidData, clean
from workflow_app.domain.meetings.fields import clock
from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors
from workflow_app.services.meetings.checks import Slot

_CARRIED = frozenset({"action", "version", "seen"})


def action_of(asked: Mapping[str, Any], known: Collection[str]) -> str:
    """What is asked for, one of ``known``. Raises ``FieldErrors``."""
    action = asked.get("action")
    if not isinstance(action, str) or action not in known:
        raise FieldErrors({"action": msg("Say what to do: one of ${known}.", known=", ".join(known))})
    return action


def cleaned(fields: tuple[Field, ...], asked: Mapping[str, Any], *more: str) -> dict[str, Any]:
    """Typed values of the fields; ``more`` are names that were read elsewhere. Raises ``FieldErrors``."""
    wanted = {k: v for k, v in asked.items() if k not in _CARRIED and k not in more}
    try:
        return clean(fields, wanted)
    except InvalidData as wrong:
        raise FieldErrors(wrong.errors) from wrong


def slot_of(data: Mapping[str, Any]) -> Slot:
    """When and where, from cleaned values."""
    return Slot(data["on"], clock(data.get("starts_at")), clock(data.get("ends_at")), data.get("place"))


def number_of(asked: Mapping[str, Any], name: str) -> int:
    """A whole number that names something on the page. Raises ``FieldErrors``."""
    found = whole(asked.get(name))
    if found is None:
        raise FieldErrors({name: msg("“${name}” must be the number of something on the page.", name=name)})
    return found


def seen_of(asked: Mapping[str, Any]) -> int | None:
    """The version of the meeting that the page showed; None where a program names none."""
    raw = asked.get("seen")
    if raw in (None, ""):
        return None
    found = whole(raw)
    if found is None:
        raise FieldErrors({"seen": msg("The version must be a whole number: the one of the page you saw.")})
    return found


def whole(raw: object) -> int | None:
    """A whole number below a billion, as text or as JSON has it; None for anything else."""
    if isinstance(raw, bool):
        return None
    text = str(raw).strip() if isinstance(raw, str | int) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def text_of(asked: Mapping[str, Any], name: str) -> str:
    """A text, "" where there is none. Raises ``FieldErrors`` for what is no text."""
    value = asked.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value:
        raise FieldErrors({name: msg("“${name}” must be text.", name=name)})
    return value.strip()

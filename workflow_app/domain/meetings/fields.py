"""The fields of what is written about meetings, so that a form and a program are asked the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from workflow_app.domain.fields import Choice, Field, FieldType
from workflow_app.domain.messages import msg

_CLOCK = r"([01]?[0-9]|2[0-3])[:.][0-5][0-9]"

ON = Field("on", "on", FieldType.DATE, msg("Day of the meeting"))
STARTS = Field(
    "starts_at", "starts_at", FieldType.TEXT, msg("Begins at"), required=False, pattern=_CLOCK,
    example="10:00",
)  # fmt: skip
ENDS = replace(STARTS, key="ends_at", name="ends_at", label=msg("Ends at"), example="12:00")
PLACE = Field("place", "place", FieldType.TEXT, msg("Place"), required=False, free_text=True)
CONFIRM = Field(
    "confirm", "confirm", FieldType.FLAG,
    msg("The meeting cannot wait: call it although the agenda cannot be sent in time"), required=False,
)  # fmt: skip
REASON = Field("reason", "reason", FieldType.LONGTEXT, msg("Why it is called off"), free_text=True)
TITLE = Field("title", "title", FieldType.TEXT, msg("The matter in one line"), free_text=True)
DESCRIPTION = Field(
    "description", "description", FieldType.LONGTEXT, msg("What it is about"), required=False, free_text=True
)
NAME = Field("name", "name", FieldType.TEXT, msg("Name"), free_text=True)
EMAIL = Field("email", "email", FieldType.TEXT, msg("E-mail address"), required=False, free_text=True)
GUEST_TITLE = Field(
    "guest_title", "guest_title", FieldType.TEXT, msg("Title and where from"), required=False, free_text=True
)
YEAR = Field("year", "year", FieldType.YEAR, msg("From the year"))
SIDE = Field(
    "side", "side", FieldType.CHOICE, msg("Who begins"),
    choices=(Choice("municipal", msg("the kommune")), Choice("police", msg("the police"))),
)  # fmt: skip

SLOT: tuple[Field, ...] = (ON, STARTS, ENDS, PLACE)
"""When and where."""


def clock(value: str | None) -> time | None:
    """A cleaned time of day ("9.30", "09:30"); None for none."""
    if not value:
        return None
    hour, minute = value.replace(".", ":").split(":")
    return time(int(hour), int(minute))


def party_choice(name: str, names: Mapping[str, str]) -> Field:
    """Which of the parties: ``names`` by key; may be left unsaid."""
    label = msg("Convener") if name == "convener" else msg("Secretary")
    from_names = tuple(Choice(key, msg("${name}", name=party)) for key, party in names.items())
    nobody = Choice("none", msg("not chosen"))
    return Field(name, name, FieldType.CHOICE, label, choices=(nobody, *from_names))

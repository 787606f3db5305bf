"""The fields of what is written of a meeting, so that a form and a program are asked the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workflow_app.domain.fields import Choice, Field, FieldType
from workflow_app.domain.meetings.fields import GUEST_TITLE, NAME
from workflow_app.domain.messages import msg

TEXT = Field(
    "minutes",
    "minutes",
    FieldType.LONGTEXT,
    msg("What was said, point by point"),
    required=False,
    free_text=True,
)
ACCESS = Field(
    "access", "access", FieldType.CHOICE, msg("Public or closed"), required=False,
    choices=(Choice("public", msg("Public minutes")), Choice("closed", msg("Closed minutes"))),
)  # fmt: skip
LEGAL_BASIS = Field(
    "legal_basis", "legal_basis", FieldType.TEXT, msg("Legal basis, if the minutes are closed"),
    required=False, free_text=True,
)  # fmt: skip
CAME = (replace(NAME, label=msg("Name of the one who came")), GUEST_TITLE)
REASON = Field(
    "reason", "reason", FieldType.LONGTEXT, msg("Why the minutes are taken up again"), free_text=True
)
DONE_ON = Field("done_on", "done_on", FieldType.DATE, msg("The day it was done"))

DECIDED = Field("text", "text", FieldType.LONGTEXT, msg("What was decided"), free_text=True)
RESPONSIBLE = Field(
    "responsible", "responsible", FieldType.TEXT, msg("Who follows it up"), required=False, free_text=True
)
DUE = Field("due", "due", FieldType.DATE, msg("By when"), required=False)


def written_fields(public: bool | None) -> tuple[Field, ...]:
    """Of the minutes, where the clause says they are ``public``, closed, or nothing (None)."""
    if public is None:
        return (TEXT, ACCESS, LEGAL_BASIS)
    return (TEXT,) if public else (TEXT, LEGAL_BASIS)


def decision_fields(points: Mapping[int, str], parties: Mapping[str, str]) -> tuple[Field, ...]:
    """Of a decision: ``points`` of the agenda by number, ``parties`` by key."""
    nowhere = Choice("", msg("no point in particular"))
    of_agenda = tuple(
        Choice(str(n), msg("${number}. ${title}", number=n, title=title)) for n, title in points.items()
    )
    point = Field(
        "point", "point", FieldType.CHOICE, msg("Under which point"), required=False,
        choices=(nowhere, *of_agenda),
    )  # fmt: skip
    either = Choice("", msg("nobody in particular"))
    party = Field(
        "party", "party", FieldType.CHOICE, msg("Which party"), required=False,
        choices=(either, *(Choice(key, msg("${name}", name=name)) for key, name in parties.items())),
    )  # fmt: skip
    return (DECIDED, *((point,) if points else ()), RESPONSIBLE, party, DUE)

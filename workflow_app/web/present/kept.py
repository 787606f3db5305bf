"""What somebody had written when her session ended: shown beside the login, so that nothing is lost.

It is shown to the browser that sent it and kept nowhere else. Only what takes
work to write again is shown: a date or a choice is made anew in a moment, and a
password is nobody's to see.
"""

from __future__ import annotations

import re

from pyramid.request import Request

from workflow_app.domain.evaluation_form.words import PARTS, QUESTIONS
from workflow_app.domain.fields.model import FieldType
from workflow_app.domain.fields.registry import FIELDS
from workflow_app.domain.meetings.fields import DESCRIPTION
from workflow_app.domain.meetings.minutes_fields import TEXT
from workflow_app.domain.messages import Message, msg
from workflow_app.web.evaluation_input import GENERAL, GOAL
from workflow_app.web.pagemodels import Kept

_OWN: dict[str, Message] = {
    "text": msg("Text"),
    "note": msg("What you changed"),
    "body": msg("What was found"),
    TEXT.name: TEXT.label,
    DESCRIPTION.name: DESCRIPTION.label,
}
"""Fields of pages that no definition names."""

_ROW = re.compile(r"^handling\.[1-9][0-9]?\.")
"""What stands before the name where a body that had the matter is one row of several."""

LONG: dict[str, Message] = _OWN | {f.name: f.label for f in FIELDS.values() if f.type is FieldType.LONGTEXT}
"""By its name, the label of every field that takes whole sentences."""


def _label(name: str) -> Message | None:
    """What a field that takes whole sentences is called; None for any other field."""
    if (place := GOAL.fullmatch(name)) is not None:
        label = PARTS.get(place[2])
        return label and msg("Goal ${number}: ${label}", number=place[1], label=label)
    if (key := GENERAL.fullmatch(name)) is not None:
        return QUESTIONS.get(key[1])
    return LONG.get(_ROW.sub("", name))


def kept(request: Request) -> tuple[Kept, ...]:
    """The sentences in the form that was sent, in its order; nothing where it holds none."""
    return tuple(
        Kept(name, request.say(label), value)
        for name, value in request.POST.items()
        if isinstance(value, str) and value.strip() and (label := _label(name)) is not None
    )

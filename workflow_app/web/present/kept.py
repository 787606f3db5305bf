"""What somebody had written when her session ended: shown beside the login, so that nothing is lost.

It is shown to the browser that sent it and kept nowhere else. Only what takes
work to write again is shown: a date or a choice is made anew in a moment, and a
password is nobody's to see.
"""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.domain.fields.model import FieldType
from workflow_app.domain.fields.registry import FIELDS
from workflow_app.domain.messages import Message, msg
from workflow_app.web.pagemodels import Kept

_OWN: dict[str, Message] = {"text": msg("Text"), "note": msg("What you changed")}
"""Fields of pages that no definition names."""

LONG: dict[str, Message] = _OWN | {f.name: f.label for f in FIELDS.values() if f.type is FieldType.LONGTEXT}
"""By its name, the label of every field that takes whole sentences."""


def kept(request: Request) -> tuple[Kept, ...]:
    """The sentences in the form that was sent, in its order; nothing where it holds none."""
    return tuple(
        Kept(name, request.say(LONG[name]), value)
        for name, value in request.POST.items()
        if name in LONG and isinstance(value, str) and value.strip()
    )

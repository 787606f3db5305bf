"""Which function writes which kind of mail.

A mail's row names its kind, and the letter is written when it is sent: from
what is true then, to whoever holds the role then. A function that finds that it
is no longer true returns None, and the mail is dropped.

To add a kind, write ``def letter(session, mail, today) -> Letter | None`` and give
it a line here. Modules are loaded when a mail of theirs is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import cast

from sqlalchemy.orm import Session

from workflow_app.models.mail import Mail
from workflow_app.services.mail.letters import Letter

Writer = Callable[[Session, Mail, date], Letter | None]
"""Session that only reads, the row, today in Norway → the letter, or None where it is no longer true."""

KINDS: dict[str, str] = {
    "coverage": "workflow_app.services.coverage_letters:letter",
    "handover": "workflow_app.services.handover_letters:given",
    "handover_taken": "workflow_app.services.handover_letters:taken",
    "meeting_cancelled": "workflow_app.services.meetings.letters:cancelled",
    "meeting_invitation": "workflow_app.services.meetings.letters:invitation",
    "passkey_added": "workflow_app.services.passkeys.letters:added",
    "passkey_removed": "workflow_app.services.passkeys.letters:removed",
    "passkey_suspected": "workflow_app.services.passkeys.letters:suspected",
    "reminder": "workflow_app.services.reminders.letter:letter",
    "step": "workflow_app.services.mail.steps:letter",
    "trial": "workflow_app.services.mail.trying:letter",
}
"""Kind → "module:function"."""


class UnknownKind(Exception):
    """A row of a kind that nothing writes; a defect, or a database newer than the code."""


def writer(kind: str) -> Writer:
    """What writes this kind of mail; raises :class:`UnknownKind`."""
    if kind not in KINDS:
        raise UnknownKind(f"nothing writes mail of the kind {kind!r}")
    module, _, name = KINDS[kind].partition(":")
    return cast(Writer, getattr(import_module(module), name))

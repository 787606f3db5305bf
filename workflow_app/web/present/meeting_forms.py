"""The forms of one meeting: each with what was written in it, where it came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pyramid.request import Request

from workflow_app.domain.fields import Field
from workflow_app.domain.meetings.fields import (
    CONFIRM,
    DESCRIPTION,
    EMAIL,
    GUEST_TITLE,
    NAME,
    REASON,
    SLOT,
    TITLE,
    party_choice,
)
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.web.present.forms import render_form


def posts_fields(agreement: Agreement) -> tuple[Field, ...]:
    """Convener and secretary, to be chosen among the parties."""
    names = {p.party.key: p.party.name for p in agreement.parties}
    return (party_choice("convener", names), party_choice("secretary", names))


class MeetingForms:
    """Every form that is the reader's to use; ``asked`` and ``errors`` belong to the one that was sent."""

    NAMES: ClassVar[tuple[str, ...]] = ("move", "cancel", "posts", "raise", "add", "guest")

    def __init__(
        self,
        request: Request,
        agreement: Agreement,
        meeting: Meeting,
        url: str,
        asked: Mapping[str, Any],
        errors: Mapping[str, Message],
        *,
        changes: bool,
        raises: bool,
        cancels: bool,
    ) -> None:
        self.request, self.agreement, self.meeting, self.url = request, agreement, meeting, url
        self.asked, self.errors = asked, errors
        self.changes, self.raises, self.cancels = changes, raises, cancels

    def all(self) -> dict[str, str | None]:
        """Markup by the name of the form; None where it is not the reader's."""
        made: dict[str, str | None] = dict.fromkeys(self.NAMES)
        if self.raises:
            made["raise"] = self._form("raise", (TITLE, DESCRIPTION), msg("Raise the matter"), 1)
        if self.cancels:
            made["cancel"] = self._form("cancel", (REASON,), msg("Call the meeting off"), 3)
        if self.changes:
            made["move"] = self._form("move", (*SLOT, CONFIRM), msg("Save"), 2, self._slot())
            made["posts"] = self._form("posts", posts_fields(self.agreement), msg("Save"), 4, self._posts())
            made["add"] = self._form("add", (TITLE, DESCRIPTION), msg("Add the point"), 5)
            made["guest"] = self._form("guest", (NAME, GUEST_TITLE, EMAIL), msg("Invite"), 6)
        return made

    def _form(
        self,
        name: str,
        fields: tuple[Field, ...],
        button: Message,
        number: int,
        given: Mapping[str, Any] | None = None,
    ) -> str:
        mine = self.asked.get("action") == name
        # What makes a meeting at short notice possible is asked only where the notice is short.
        if CONFIRM in fields and not (mine and "confirm" in self.errors):
            fields = tuple(f for f in fields if f is not CONFIRM)
        return render_form(
            self.request, action=self.url, version=self.agreement.version, fields=fields, button=button,
            given=self.asked if mine else given, errors=self.errors if mine else None, number=number,
            extra={"action": name, "seen": str(self.meeting.version)},
        )  # fmt: skip

    def _slot(self) -> dict[str, str]:
        meeting = self.meeting
        return {
            "on": meeting.on.isoformat(),
            "starts_at": meeting.starts_at.isoformat("minutes") if meeting.starts_at else "",
            "ends_at": meeting.ends_at.isoformat("minutes") if meeting.ends_at else "",
            "place": meeting.place or "",
        }

    def _posts(self) -> dict[str, str]:
        meeting = self.meeting
        return {
            "convener": meeting.convener.key if meeting.convener else "none",
            "secretary": meeting.secretary.key if meeting.secretary else "none",
        }

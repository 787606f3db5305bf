"""The forms of the minutes: each with what was written in it, where it came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pyramid.request import Request

from workflow_app.domain.fields import Field
from workflow_app.domain.meetings.minutes import outline, public_by_clause
from workflow_app.domain.meetings.minutes_fields import (
    CAME,
    DONE_ON,
    REASON,
    decision_fields,
    written_fields,
)
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Decision, Meeting
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.meetings import minutes
from workflow_app.web.present.forms import render_form


class MinutesForms:
    """Every form that is the reader's to use; ``asked`` and ``errors`` belong to the one that was sent."""

    NAMES: ClassVar[tuple[str, ...]] = ("came", "write", "decide", "again", "done")

    def __init__(
        self,
        request: Request,
        agreement: Agreement,
        meeting: Meeting,
        chronicle: Chronicle,
        url: str,
        asked: Mapping[str, Any],
        errors: Mapping[str, Message],
        titles: Sequence[str],
    ) -> None:
        self.request, self.agreement, self.meeting, self.url = request, agreement, meeting, url
        self.chronicle, self.asked, self.errors, self.titles = chronicle, asked, errors, titles

    def all(self, *, writes: bool, again: bool) -> dict[str, str]:
        """Markup by the name of the form, those that are the reader's to use."""
        made: dict[str, str] = {}
        if writes:
            by_clause = public_by_clause(self.chronicle.rules)
            made["came"] = self._form("came", CAME, msg("Add to the list"), 1)
            made["write"] = self._form(
                "write", written_fields(by_clause), msg("Save the minutes"), 2, self._written()
            )
            made["decide"] = self._form(
                "decide", decision_fields_of(self.agreement, self.titles), msg("Add the decision"), 3
            )
        if again:
            made["again"] = self._form("again", (REASON,), msg("Take the minutes up again"), 4)
        return made

    def done(self, meeting: Meeting, decision: Decision) -> str:
        """Tells that a decision, of this meeting or an earlier one, is done."""
        mine = self.is_done(meeting, decision)
        extra = {"meeting": str(meeting.number), "decision": str(decision.number)}
        return self._form(
            "done",
            (DONE_ON,),
            msg("It is done"),
            10 + decision.id,
            {"done_on": self.request.today},
            extra,
            mine,
        )

    def is_done(self, meeting: Meeting, decision: Decision) -> bool:
        """Whether this is the decision that was sent, with something wrong."""
        asked = (str(self.asked.get("meeting")), str(self.asked.get("decision")))
        sent = self.asked.get("action") == "done" and asked == (str(meeting.number), str(decision.number))
        return sent and bool(self.errors)

    def _form(
        self,
        name: str,
        fields: tuple[Field, ...],
        button: Message,
        number: int,
        given: Mapping[str, Any] | None = None,
        extra: Mapping[str, str] | None = None,
        mine: bool | None = None,
    ) -> str:
        here = self.asked.get("action") == name if mine is None else mine
        return render_form(
            self.request, action=self.url, version=self.agreement.version, fields=fields, button=button,
            given=self.asked if here else given, errors=self.errors if here else None, number=number,
            extra={"action": name, "seen": str(self.meeting.version), **(extra or {})},
        )  # fmt: skip

    def _written(self) -> dict[str, str]:
        """What is written so far; a blank page begins with the headings of the agenda."""
        meeting = self.meeting
        public = {True: "public", False: "closed", None: ""}[meeting.public]
        return {
            "minutes": meeting.minutes if meeting.minutes is not None else outline(self.titles),
            "access": public,
            "legal_basis": minutes.proposed_basis(meeting) if self._asks_basis() else "",
        }

    def _asks_basis(self) -> bool:
        """Where no clause closes the minutes, the usual legal basis would be a guess."""
        return public_by_clause(self.chronicle.rules) is False or bool(self.meeting.legal_basis)


def decision_fields_of(agreement: Agreement, titles: Sequence[str]) -> tuple[Field, ...]:
    """The fields of a decision under this agreement and agenda."""
    parties = {p.party.key: p.party.name for p in agreement.parties}
    return decision_fields(dict(enumerate(titles, 1)), parties)

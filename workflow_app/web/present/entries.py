"""An entry of the trail in one sentence: what was done, by whom, in what capacity, when, and why.

The entry's own bytes are the source; names and free text are put back from the
clear values beside the log, and what was erased is said to be erased.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pyramid.request import Request

from workflow_app.domain.dates import Interval
from workflow_app.domain.definitions import Definition
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.trail import TrailEntry as Row
from workflow_app.services import trail
from workflow_app.services.people_entries import CONSOLE
from workflow_app.web.pagemodels import Capacity, Detail, TrailEntry
from workflow_app.web.present.entry_details import details
from workflow_app.web.present.entry_sentences import SENTENCES, Entry
from workflow_app.web.present.refused_words import REASONS
from workflow_app.web.present.words import day, know_people, moment, party_name, person_name, role_word


class Teller:
    """Tells the entries of one agreement; what many of them need is looked up once."""

    def __init__(self, request: Request, agreement: Agreement, definition: Definition) -> None:
        self.request = request
        self.agreement = agreement
        self.definition = definition

    def tell(self, rows: Sequence[Row]) -> tuple[TrailEntry, ...]:
        """The rows in the order given; one statement for the clear values and one for the names."""
        clear = trail.clear(self.request.dbsession, rows)
        told = [(row, json.loads(row.body)) for row in rows]
        actors = [entry.get("actor") or {} for _, entry in told]
        know_people(self.request, (a.get(key) for a in actors for key in ("person", "acting_for")))
        return tuple(self._row(row, entry, clear.get(row.id, {})) for row, entry in told)

    def _row(self, row: Row, entry: Entry, clear: Mapping[str, str]) -> TrailEntry:
        actor = entry.get("actor") or {}
        data = entry.get("data", {})
        return TrailEntry(
            number=row.number,
            what=self.request.say(self.what(entry, clear)),
            when=moment(self.request, datetime.fromisoformat(entry["at"])),
            hash=row.hash,
            who=self._who(actor, data),
            capacity=self._capacity(actor),
            event=self._event(entry),
            details=tuple(
                Detail(self.request.say(label), self.request.say(value))
                for label, value in details(entry, clear, self.agreement)
            ),
            reasons=tuple(self.request.say(m) for m in self._reasons(data, clear)),
            refused=row.kind == "refusal",
        )

    def what(self, entry: Entry, clear: Mapping[str, str]) -> Message:
        """The sentence."""
        told = SENTENCES.get(entry["kind"])
        if told is None:
            return msg("Something of the kind “${kind}” was entered.", kind=entry["kind"])
        return told(self, entry, entry.get("data", {}), clear)

    def _who(self, actor: Mapping[str, str], data: Mapping[str, Any]) -> str | None:
        if "person" in actor:
            return person_name(self.request, actor["person"])
        console = data.get("by") == CONSOLE
        return self.request.say(msg("The operator, at the console")) if console else None

    def _capacity(self, actor: Mapping[str, str]) -> Capacity | None:
        if "role" not in actor:
            return None
        other = actor.get("acting_for")
        return Capacity(
            role_word(self.request, actor["role"]),
            party_name(self.agreement, actor.get("party", "")),
            person_name(self.request, other) if other else None,
        )

    def _event(self, entry: Entry) -> Any:
        """The day it tells of, where that is not the day it was entered."""
        told = entry.get("event_date")
        if told is None or told == entry["at"][:10]:
            return None
        return day(self.request, Interval.parse(told))

    def _reasons(self, data: Mapping[str, Any], clear: Mapping[str, str]) -> list[Message]:
        codes = [REASONS.get(c) or Message(c) for c in data.get("codes", ())]
        if clear.get("reason"):
            inside = data.get("internal") is True
            kept = msg("Reason, kept out of public papers: ${reason}", reason=clear["reason"])
            codes.append(kept if inside else msg("Reason: ${reason}", reason=clear["reason"]))
        return codes

    def step(self, name: str | None) -> Message:
        """The label of a transition, or its name where the definition has no such one."""
        found = self.definition.transitions.get(name or "")
        return Message(found.label) if found else Message("${name}", {"name": name or "?"})

    def state(self, name: str) -> Message:
        """The label of a state."""
        found = self.definition.states.get(name)
        return Message(found.label) if found else Message("${name}", {"name": name})

    def party(self, key: str | None) -> str:
        """The name of a party of the agreement."""
        return party_name(self.agreement, key or "")

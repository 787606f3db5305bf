"""The trail's steps and sign-offs, as a paper before a council tells them.

Read from the entries themselves. A reason marked internal stays in the trail
and out of the paper; of refused attempts the paper gives the number alone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition
from workflow_app.domain.fields.registry import FIELDS
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.trail import decode
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.chronicle import MATTER_SETTLED, SUCCEEDED
from workflow_app.services.documents_signing import ERASED, names, party_names
from workflow_app.services.documents_words import Voice
from workflow_app.services.norway import OSLO
from workflow_app.services.papers.model import TrailStep
from workflow_app.services.people_entries import CONSOLE

TOLD = ("created", "transition", "approval", "recorded", "round_closed", SUCCEEDED, MATTER_SETTLED)
"""The kinds of entries a paper tells: steps, sign-offs, and sign-offs that became void."""

_SAID = {
    "created": msg("Draft made"),
    SUCCEEDED: msg("The agreement that follows it was signed"),
    MATTER_SETTLED: msg("Dealt with by the kommunestyre"),
}


def steps_of(
    session: Session, agreement: Agreement, definition: Definition, voice: Voice
) -> tuple[TrailStep, ...]:
    """The steps in the order of the trail, with their numbers there."""
    rows = session.scalars(
        select(TrailEntry)
        .where(TrailEntry.chain == trail.agreement_chain(agreement.id), TrailEntry.kind.in_(TOLD))
        .order_by(TrailEntry.number)
    ).all()
    told = [(row, decode(row.body)) for row in rows]
    # A round that closed with nothing in it took nothing away from anybody.
    kept = [(r, e) for r, e in told if r.kind != "round_closed" or e.get("data", {}).get("voided")]
    clear = trail.clear(session, [row for row, _ in kept])
    actors = [entry["actor"] or {} for _, entry in kept]
    teller = _Teller(
        definition=definition,
        voice=voice,
        people=names(session, [a.get(key) for a in actors for key in ("person", "acting_for")]),
        parties=party_names(agreement),
        titles=_titles(session, agreement),
    )
    return tuple(teller.step(row, entry, clear.get(row.id, {})) for row, entry in kept)


def _titles(session: Session, agreement: Agreement) -> dict[int, str]:
    """Entry → the local title its approver had then."""
    rows = session.execute(
        select(ApprovalRow.entry_id, ApprovalRow.title)
        .join(ApprovalRound, ApprovalRound.id == ApprovalRow.round_id)
        .where(ApprovalRound.agreement_id == agreement.id, ApprovalRow.title.is_not(None))
    )
    return {entry: title for entry, title in rows if title}


class _Teller:
    """Turns entries into lines; what they need to be told with is looked up once."""

    def __init__(
        self,
        *,
        definition: Definition,
        voice: Voice,
        people: dict[str, str],
        parties: dict[str, str],
        titles: dict[int, str],
    ) -> None:
        self.definition = definition
        self.voice = voice
        self.people = people
        self.parties = parties
        self.titles = titles

    def step(self, row: TrailEntry, entry: dict[str, Any], clear: dict[str, str]) -> TrailStep:
        """One entry as a line of the table."""
        actor = entry["actor"] or {}
        data = entry.get("data", {})
        at = datetime.fromisoformat(entry["at"]).astimezone(OSLO)
        role = actor.get("role")
        office = self.voice.say(Message(self.definition.label(role))) if role else None
        return TrailStep(
            number=row.number,
            at=at,
            step=self._what(row, entry, data),
            person=self._person(actor.get("person"), data),
            role=self.titles.get(row.id) or office,
            party=self.parties.get(actor.get("party", "")),
            acting_for=self._person(actor.get("acting_for"), {}),
            on=_day_of_event(entry, at.date()),
            note=self._note(entry, data, clear),
            how=_how(data),
        )

    def _person(self, key: str | None, data: dict[str, Any]) -> str | None:
        if key is not None:
            return self.people.get(key) or self.voice.say(ERASED)
        return self.voice.say(msg("The operator, at the console")) if data.get("by") == CONSOLE else None

    def _what(self, row: TrailEntry, entry: dict[str, Any], data: dict[str, Any]) -> str:
        if row.kind in _SAID:
            return self.voice.say(_SAID[row.kind])
        name = data.get("transition_name") if row.kind == "round_closed" else row.transition
        step = self.definition.transitions.get(name or "")
        label = self.voice.say(Message(step.label)) if step else str(name)
        if row.kind == "approval":
            return self.voice.say(msg("Approved: ${step}", step=label))
        if row.kind == "round_closed":
            return self.voice.say(msg("Approvals void: ${step}", step=label))
        to, source = entry.get("to"), entry.get("from")
        if to is None or to == source or to not in self.definition.states:
            return label
        return f"{label} → {self.voice.say(Message(self.definition.states[to].label))}"

    def _note(self, entry: dict[str, Any], data: dict[str, Any], clear: dict[str, str]) -> str | None:
        said = []
        if (outcome := _outcome(data)) is not None:
            said.append(self.voice.say(outcome))
        if clear.get("reason") and not data.get("internal"):
            said.append(self.voice.say(msg("Reason: ${reason}", reason=clear["reason"])))
        return ". ".join(said) or None


def _how(data: dict[str, Any]) -> Literal["password", "passkey"] | None:
    """How a sign-off was given, where its step asks for more than being signed in."""
    told = data.get("signoff", {}).get("how")
    return told if told in ("password", "passkey") else None


def _outcome(data: dict[str, Any]) -> Message | None:
    """The outcome of a matter or an evaluation, in its words."""
    found = [*FIELDS["outcome"].choices, *FIELDS["evaluation_outcome"].choices]
    return next((choice.label for choice in found if choice.value == data.get("outcome")), None)


def _day_of_event(entry: dict[str, Any], entered: date) -> date | None:
    told = entry.get("event_date")
    if told is None or len(told) != 10:
        return None
    day = date.fromisoformat(told)
    return day if day != entered else None

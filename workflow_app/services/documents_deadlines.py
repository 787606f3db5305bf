"""The deadlines papers tell of: on the agreement's own all that wait, on a matter what lies ahead."""

from __future__ import annotations

from datetime import date

from workflow_app.domain.deadline_words import headline
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import kind_word
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.documents_words import Voice
from workflow_app.services.papers import model

MISSED = msg("the day has passed, and nothing in the trail meets it")
OF_THE_AGREEMENT = ("expiry", "renewal", "evaluation", "revision", "notice", "option")
"""The kinds of deadline that a kommunestyre is told of: what becomes of the agreement itself."""


def waiting(agreement: Agreement, chronicle: Chronicle, voice: Voice) -> tuple[model.DeadlineLine, ...]:
    """The next deadline of each kind, subject and party, after the one that was missed."""
    waiting: dict[tuple[str | None, ...], Deadline] = {}
    for found in sorted(chronicle.deadlines(), key=lambda d: (d.latest, d.kind)):
        if found.reminds:
            waiting.setdefault((found.kind, found.party, found.about, found.occasion, found.status), found)
    parties = {p.party.key: p.party.name for p in agreement.parties}
    return tuple(_deadline(found, parties.get(found.party or ""), voice) for found in waiting.values())


def ahead(party: Party, chronicle: Chronicle, today: date, voice: Voice) -> tuple[model.DeadlineLine, ...]:
    """What lies ahead of the agreement itself: the next of each kind.

    The kommunestyre decides on the agreement, so what its people do from meeting
    to meeting is left out, as is what is past, and the matter that the paper itself is.
    """
    waiting: dict[str, Deadline] = {}
    for found in sorted(chronicle.deadlines(), key=lambda d: (d.latest, d.kind)):
        told = found.kind in OF_THE_AGREEMENT and found.party in (None, party.key)
        if told and found.status == "open" and found.latest >= today:
            waiting.setdefault(found.kind, found)
    return tuple(_deadline(found, None, voice) for found in waiting.values())


def _deadline(found: Deadline, party: str | None, voice: Voice) -> model.DeadlineLine:
    named = found.window or found.kind == "agenda" or found.occasion != "agreement"
    kind = voice.say(headline(found) if named else kind_word(found.kind))
    notes = [voice.say(Message(assumption)) for assumption in found.assumptions]
    if found.settled_by is not None:
        notes.append(voice.say(found.settled_by))
    if found.status == "missed":
        notes.append(voice.say(MISSED))
    return model.DeadlineLine(
        earliest=found.latest if found.window else found.earliest,
        latest=found.latest,
        kind=f"{kind}, {party}" if party else kind,
        quote=found.quote,
        source=found.source,
        assumptions=tuple(notes),
    )

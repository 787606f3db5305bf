"""What a receipt is about, in plain words: what was done, in what capacity, when and how.

The verifier says that a receipt holds; whoever was handed one wants to know of
what. It is told from the receipt's own bytes and nothing else, so that nobody
learns more than she holds, and only of a receipt whose checkpoint this log
contains: then the entry is one that was written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Definition
from workflow_app.domain.messages import Message, msg
from workflow_app.services.checking.files import Told
from workflow_app.web.present.entry_details import SIGNED_WITH
from workflow_app.web.present.entry_sentences import SENTENCES
from workflow_app.web.present.words import moment, role_word


class _Words:
    """The words of the entry's steps, states and parties, for ``entry_sentences``."""

    def __init__(self, request: Request, definition: Definition | None, parties: Mapping[str, str]) -> None:
        self.request = request
        self.definition = definition
        self.parties = parties

    def step(self, name: str | None) -> Message:
        """The label of a transition."""
        found = self.definition.transitions.get(name or "") if self.definition else None
        return Message(found.label) if found else Message("${name}", {"name": name or "?"})

    def state(self, name: str) -> Message:
        """The label of a state."""
        found = self.definition.states.get(name) if self.definition else None
        return Message(found.label) if found else Message("${name}", {"name": name})

    def party(self, key: str | None) -> str:
        """The name of a party, where the receipt has the entry that gave it one."""
        return self.parties.get(key or "", key or "?")


def told_of(request: Request, told: Told) -> Iterator[str]:
    """What the receipt's entry says: a sentence, and a line with the rest.

    Names are not in a receipt, so none are told.
    """
    entry = told.entry
    words = _Words(request, _definition(request, entry), told.parties)
    sentence = SENTENCES.get(entry["kind"])
    if sentence is not None:
        what = request.say(sentence(words, entry, entry.get("data", {}), {}))
        yield request.say(
            msg("Entry ${number} of the agreement's trail: ${what}", number=entry["number"], what=what)
        )
    yield " · ".join(_rest(request, entry, words))


def _rest(request: Request, entry: Mapping[str, Any], words: _Words) -> Iterator[str]:
    actor = entry.get("actor") or {}
    if "role" in actor:
        yield f"{role_word(request, actor['role'])}, {words.party(actor.get('party'))}"
    yield moment(request, datetime.fromisoformat(entry["at"])).text
    how = (entry.get("data", {}).get("signoff") or {}).get("how")
    if how in SIGNED_WITH:
        yield f"{request.say(msg('Signed with'))} {request.say(SIGNED_WITH[how])}"


def _definition(request: Request, entry: Mapping[str, Any]) -> Definition | None:
    try:
        found: Definition = request.definitions.by_digest(entry.get("definition") or "")
    except KeyError:
        # Written under a definition whose file is gone: the steps keep the names the entry has.
        return None
    return found

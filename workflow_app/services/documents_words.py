"""A paper's own language: the kommune's, whoever happens to ask for the paper.

A page speaks to its reader; a paper is put before a council and into an
archive, and must read the same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from string import Template
from typing import cast

from workflow_app.domain.dates import Interval, render
from workflow_app.domain.messages import Message
from workflow_app.services.papers.model import Language

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True)
class Voice:
    """A language and its catalogue: ``translate`` turns an English sentence into it, placeholders kept."""

    translate: Callable[[str], str]
    language: str = "nb"

    @property
    def paper_language(self) -> Language:
        """The language as papers know it; one without a catalogue of ours is bokmål."""
        return cast(Language, self.language if self.language in LANGUAGES else "nb")

    def say(self, message: Message | str) -> str:
        """The message in the paper's language; messages and days among its values are said as well."""
        known = message if isinstance(message, Message) else Message(message)
        values = {key: self._value(value) for key, value in known.values.items()}
        return Template(self.translate(known.text)).safe_substitute(values)

    def day(self, day: date | Interval) -> str:
        """A day, or what is known of it, as a person reads it."""
        return render(day, self.paper_language)

    def _value(self, value: object) -> str:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, date | Interval) and not isinstance(value, datetime):
            return self.day(value)
        return str(value)

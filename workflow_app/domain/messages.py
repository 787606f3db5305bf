"""Sentences that a person will read, kept apart from the language they are read in.

The domain speaks in messages: an English sentence (the key of the gettext
catalogues in ``locale/``) and the values to be put into it. A program reads
``str(message)``; a page translates it first. So a refusal that was decided far
from any request still reaches a coordinator in nynorsk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from types import MappingProxyType


@dataclass(frozen=True)
class Message:
    """An English sentence with ``${name}`` placeholders, and their values.

    ``text`` is the catalogue key and must be a literal where it is made, so
    that the extraction of catalogues finds it.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return Template(self.text).safe_substitute({k: str(v) for k, v in self.values.items()})


def msg(text: str, **values: object) -> Message:
    """Make a message; the catalogue extraction looks for calls of this name."""
    return Message(text, MappingProxyType(dict(values)))

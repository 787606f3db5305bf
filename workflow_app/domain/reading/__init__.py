"""Reading agreements: Norwegian clauses to rules, each with the words it stands on.

``decode(bytes)`` and ``read(text)`` are the whole of it. The layers, from the ground up: ``lexicon``
(words), ``stems`` (where to look at all), ``phrases`` (patterns), ``times`` and ``frequencies`` (values),
``lines``, ``sections`` and ``sentences`` (the layout), ``subjects`` (who is
spoken of), ``clauses`` (the tables) and ``settle`` (what they mean together).
"""

from __future__ import annotations

from workflow_app.domain.reading.decode import UnreadableFile, decode
from workflow_app.domain.reading.model import Passage, Question, Reading, Reference, Section
from workflow_app.domain.reading.reader import read

__all__ = [
    "Passage",
    "Question",
    "Reading",
    "Reference",
    "Section",
    "UnreadableFile",
    "decode",
    "read",
]

"""Reading agreements: Norwegian clauses to rules, each with the words it stands on.

``decode(bytes)`` and ``read(text)`` are the whole of it. The layers, from the ground up: ``lexicon``
(words), ``stems`` (where to look at all), ``phrases`` (patterns), ``times`` and ``frequencies`` (values),
``lines``, ``sections`` and ``sentences`` (the layout), ``subjects`` (who is
spoken of), ``clauses`` (the tables) and ``settle`` (what they mean together).

To add a wording: put it, with what it says, among the examples of
``tests/unit/domain/reading``; then a row where its words belong (a word in
``lexicon``, a frequency in ``frequency_words``, a phrase in its clause's table)
and its stem where the table says which it looks for. ``make recall`` tells
whether clauses that nobody mended against are read any worse.
"""

from __future__ import annotations

from workflow_app.domain.reading.decode import UnreadableFile, decode
from workflow_app.domain.reading.model import Passage, Question, Reading, Reference, Section

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


def read(text: str) -> Reading:
    """Read an agreement. Never raises, whatever the text; what is uncertain becomes a question.

    The tables of wordings are compiled at the first reading: half a second that a
    start, or a command about something else, need not wait for.
    """
    from workflow_app.domain.reading import reader

    return reader.read(text)

"""Where in the text a clause stands: the section's anchor on the text page, and its heading.

Numbers sections exactly as ``sections.text_sections`` does, so that a deadline's
link ends at the words it quotes. Dividing a text is the dearest part of showing
a deadline, and most texts never change again; so the last answers are kept.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from workflow_app.domain.reading.lines import split_lines
from workflow_app.domain.reading.sections import find_headings

Place = tuple[str, str | None]
"""An anchor such as "s-3", and the heading there (None before the first)."""


class Places:
    """The sections of one text, asked by the offset of a clause in code points."""

    def __init__(self, text: str) -> None:
        lines = split_lines(text)
        headings = {h.index: h.words for h in find_headings(lines)}
        starts: list[int] = [0]
        names: list[str | None] = [None]
        preface = False
        for index, line in enumerate(lines):
            if line.kind in ("debris", "toc"):
                continue
            if index in headings:
                starts.append(line.start)
                names.append(" ".join(headings[index].split()) or None)
            elif len(names) == 1 and line.text.strip():
                preface = True
        if not preface and len(names) > 1:
            # What stands before the first heading is a section only where there is anything.
            del starts[0], names[0]
        self._starts = starts
        self._places: list[Place] = [(f"s-{number}", name) for number, name in enumerate(names)]

    def at(self, start: int) -> Place:
        """The section that holds the code point at ``start``."""
        return self._places[max(0, bisect_right(self._starts, start) - 1)]


@lru_cache(maxsize=64)
def places_of(text: str) -> Places:
    """The places of ``text``, found once while it is among the last that were asked for."""
    return Places(text)

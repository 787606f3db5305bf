"""Where in its text a clause stands: the section to lead to, and its heading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from workflow_app.domain.reading.lines import split_lines
from workflow_app.domain.reading.parts import parts
from workflow_app.domain.reading.sections import find_headings
from workflow_app.web.pagemodels import Clause


class Clauses:
    """Finds the section of every clause of one text; anchors are those of the text page."""

    def __init__(self, text: str, url: str, language: str) -> None:
        self._url, self._language = url, language
        lines = split_lines(text)
        headings = [h for h in find_headings(lines) if lines[h.index].kind not in ("debris", "toc")]
        self._starts = [lines[h.index].start for h in headings]
        self._words = [h.words for h in headings]
        divided = parts(text)
        # What stands before the first heading is a section of its own only where it holds something.
        self._first = 1 if divided and divided[0][1] is None else 0

    def at(self, quote: str, start: int) -> Clause:
        """The clause that begins at code point ``start``, with the way to its section."""
        place = bisect_right(self._starts, start) - 1
        number = place + self._first
        return Clause(
            quote=quote,
            href=f"{self._url}/text#s-{number}" if number >= 0 else f"{self._url}/text",
            section=self._words[place] if place >= 0 else None,
            language=self._language,
        )

    def of(self, rule: Mapping[str, Any]) -> Clause:
        """The clause of a stored rule."""
        return self.at(rule["quote"], rule["start"])

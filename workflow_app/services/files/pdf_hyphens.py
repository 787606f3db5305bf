"""Words divided at the end of a line, put together again; hyphens that belong to the word stay.

"politi-" and "kontakt" are one word; "kommune-" before "og politisamarbeid"
stands for a word left out; "SLT-koordinator", "e-post" and "2-årig" have a
hyphen wherever they stand. Where the text writes a word with its hyphen in the
middle of a line, that decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_INSIDE = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_LAST = re.compile(r"([^\s-]+(?:-[^\s-]+)*)-$")
_NEXT = re.compile(r"([^\W_]+)")
_AND = frozenset({"og", "eller", "samt", "til", "som"})


class Hyphens:
    """Knows the words that a text itself writes with a hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._written = {word.lower() for line in lines for word in _INSIDE.findall(line)}

    def joined(self, lines: Sequence[str]) -> str:
        """The lines of one paragraph as one line."""
        out = lines[0] if lines else ""
        for line in lines[1:]:
            out = self._put(out, line)
        return out

    def _put(self, before: str, line: str) -> str:
        last, first = _LAST.search(before), _NEXT.match(line)
        if last is None or first is None:
            return f"{before} {line}"
        stem, go_on = last[1], first[1]
        if go_on.lower() in _AND:
            return f"{before} {line}"
        if self._keeps(stem, go_on):
            return before + line
        return before[:-1] + line

    def _keeps(self, stem: str, go_on: str) -> bool:
        if not go_on[0].islower() or not stem[-1].isalpha():
            return True
        part = stem.rpartition("-")[2]
        if len(part) == 1 or (part.isupper() and len(part) > 1):
            return True
        return f"{stem}-{go_on}".lower() in self._written

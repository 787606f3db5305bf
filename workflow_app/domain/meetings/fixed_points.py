"""The points an agreement wants on every agenda, read from its own list.

Some agreements end their chapter on the politiråd with "Faste punkter for
politiråd:" and a list. Those words, and only those, become points of an agenda,
each with its place in the text. No list, no points: what "usually" stands on an
agenda is nothing an agreement said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow_app.domain.reading.lines import Line, split_lines
from workflow_app.domain.reading.subjects import OWN_BODY, other_body

_OPENS = re.compile(
    r"\b(?:faste?|obligatoriske|standard|gjennomgående|gjennomgåande)\s+(?:\w+\s+){0,2}?"
    r"(?:punkt(?:er|ene|a)?|sak(?:er|ene)?|post(?:er|ene)?|tema(?:er|ene)?|dagsorden(?:en)?|sakliste|saksliste"
    r"|agenda(?:en)?|møtepunkt(?:er)?|agendapunkt(?:er)?)\b"
    r"|\b(?:dagsorden(?:en)?|agenda(?:en)?|saklist(?:e|a|en)|sakslist(?:e|a|en))\b[^.:]{0,80}"
    r"\b(?:skal (?:alltid )?(?:inneholde|innehalde|ha|omfatte)|inneholder|inneheld|omfatter|omfattar"
    r"|består av|er fast)\b[^.:]{0,60}:",
    re.IGNORECASE,
)
# "faste punkter kan være" leaves it to those who meet.
_ONLY_MAYBE = re.compile(r"\bkan\b|\bfor eksempel\b|\btil dømes\b", re.IGNORECASE)
_MARK = re.compile(r"(?:\d{1,2}|[a-zæøå])[.)](?:\s+|$)|(?:[-–—•·▪◦*●]|o(?=\s))(?:\s+|$)", re.IGNORECASE)
LONGEST = 300
"""Characters of a point's title; a paragraph that happens to follow the heading is no point."""


@dataclass(frozen=True)
class FixedPoint:
    """One point. ``quote`` is the line as it stands, from ``start`` to ``end`` of the text (code points);
    ``title`` the same without its mark."""

    title: str
    quote: str
    start: int
    end: int


def fixed_points(text: str) -> tuple[FixedPoint, ...]:
    """The points of the first list that the text names as the politiråd's fixed ones; none where it has none.

    The line before the list must speak of fixed points, and not of another
    body's ("Faste saker på SLT-møtet"). The list ends at the first line without a mark.
    """
    lines = split_lines(text)
    for index, line in enumerate(lines):
        if line.kind == "text" and _opens(line.text):
            points = tuple(_points(lines[index + 1 :], text))
            if points:
                return points
    return ()


def _opens(words: str) -> bool:
    if len(words) > LONGEST or _OPENS.search(words) is None or _ONLY_MAYBE.search(words):
        return False
    other, own = other_body(words), OWN_BODY.search(words)
    return other is None or (own is not None and own.start() < other[0])


def _points(lines: list[Line], text: str) -> Iterator[FixedPoint]:
    """The marked lines that follow, each with what it runs on to; a blank one is no end."""
    found: list[tuple[int, int, int]] = []
    kind: str | None = None
    near = False
    for line in lines:
        if line.kind != "text":
            near = near and line.kind == "debris"
            continue
        mark = _MARK.match(line.text)
        if mark is None and near and line.text[:1].islower():
            begin, words, _ = found[-1]
            found[-1] = (begin, words, line.end)
            continue
        this = _kind(mark[0], len(found)) if mark else "another"
        if mark is None or line.marked or this == "another" or kind not in (None, this):
            break
        kind, near = this, True
        found.append((line.start, line.start + mark.end(), line.end))
    for start, words, end in found:
        title = " ".join(text[words:end].split()).rstrip(" ;,")
        if title and len(title) <= LONGEST:
            yield FixedPoint(title, text[start:end], start, end)


def _kind(mark: str, place: int) -> str:
    """What sort of list a mark is of; a number out of its turn is another list's, or a heading's."""
    number = re.match(r"\d+", mark)
    if number is not None:
        return "numbers" if int(number[0]) == place + 1 else "another"
    return "letters" if mark[0].isalpha() and mark.strip() != "o" else mark.strip()

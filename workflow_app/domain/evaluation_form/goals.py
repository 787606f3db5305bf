"""The goals an agreement names, found where it names them: items of lists under headings of goals.

What is found is the agreement's own words with their place in it, proposed to a
person; nothing is made up where nothing stands. An item further in is what was
agreed on for the goal above it. Where the text only points to another paper, the
pointing sentence is given instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workflow_app.domain.reading.incomplete import placeholder
from workflow_app.domain.reading.lines import Line, split_lines
from workflow_app.domain.reading.sections import find_headings

_OF_GOALS = re.compile(
    r"\b(?:\w*(?<!for)(?<!bok)mål(?:a|et|ene|sett?ing\w*)?\b|sats(?:n?ing)s?område\w*|fokusområde\w*"
    r"|innsatsområde\w*|prioriter(?:te|ingar?|inger?)\b|utfordringsområde\w*)",
    re.IGNORECASE,
)
"""A heading of goals; "formål" says what an agreement is for, and is none."""

_POINTS = re.compile(r"\b(?:vedlegg|eget dokument|eige dokument|handlings?plan\w*)\b", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"sats(?:n?ing)s|fokusområd|innsatsområd|\bmål\b|måla\b|målene\b|legg\w* vekt|mer om dette|meir om dette",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"(\*\*|__)(.+?)\1")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
LONGEST = 400
"""An item longer than this is a paragraph with a dash, and no goal."""


@dataclass(frozen=True)
class Goal:
    """One goal: its words, the heading it stands under, and its place (code points) in the text.

    ``agreed`` are the measures that the agreement itself lists for it.
    """

    words: str
    section: str
    start: int
    end: int
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pointer:
    """A sentence that says the goals stand in another paper."""

    quote: str
    start: int
    end: int


def find_goals(text: str, but: Iterable[tuple[int, int]] = ()) -> tuple[Goal, ...]:
    """The goals in the order of the text; empty where it names none.

    ``but`` are places of what is asked for otherwise (a yearly task that stands
    in the same list), each from its start to its end.
    """
    lines, taken = split_lines(text), tuple(but)
    headings = find_headings(lines)
    found: list[Goal] = []
    for n, heading in enumerate(headings):
        if not _OF_GOALS.search(heading.words):
            continue
        last = headings[n + 1].index if n + 1 < len(headings) else len(lines)
        items = [line for line in lines[heading.index + 1 : last] if _is_item(line, taken)]
        found += _of_section(text, items, heading.words)
    first = {goal.words.lower(): goal for goal in reversed(found)}
    return tuple(goal for goal in found if first[goal.words.lower()] is goal)


def _is_item(line: Line, taken: tuple[tuple[int, int], ...]) -> bool:
    marked = line.bullet > 0 or (line.numbered and line.kind == "text")
    if line.kind != "text" or not marked or placeholder(line.body) or len(line.body) > LONGEST:
        return False
    return not any(start < line.end and line.start < end for start, end in taken)


def _of_section(text: str, items: list[Line], section: str) -> list[Goal]:
    """Goals are the items furthest out; those further in belong to the one above."""
    if not items:
        return []
    outermost = min(_indent(text, line) for line in items)
    goals: list[Goal] = []
    for line in items:
        words = _plain(line)
        if _indent(text, line) > outermost and goals:
            above = goals[-1]
            goals[-1] = Goal(above.words, section, above.start, above.end, (*above.agreed, words))
        else:
            goals.append(Goal(words, section, line.end - len(line.body), line.end))
    return goals


def _indent(text: str, line: Line) -> int:
    return line.start - (text.rfind("\n", 0, line.start) + 1)


def _plain(line: Line) -> str:
    """The item's words without its mark, its bold and its number."""
    words = _MARKUP.sub(r"\2", line.body)
    return re.sub(r"^\d{1,2}[.)]\s+", "", words).strip().rstrip(";,")


def find_pointer(text: str) -> Pointer | None:
    """The first sentence that points to another paper for the goals; None where none does."""
    for found in _SENTENCE.finditer(text):
        words = found[0].strip()
        if 10 < len(words) <= LONGEST and _POINTS.search(words) and _OF_WHAT.search(words):
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            return Pointer(words, start, start + len(words))
    return None

"""One text laid out for reading: lines, headings, sentences, signature block, and the clause in hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from workflow_app.domain.messages import Message
from workflow_app.domain.reading.lines import Line, split_lines
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.sections import Heading, find_headings
from workflow_app.domain.reading.sentences import Sentence, flatten, split_sentences
from workflow_app.domain.rules import Rule

_PLACE_DATE = re.compile(r"[^.]{0,60}\d{4}\s*\.?|[^.]{2,30},?\s+(?:den\s+)?\d{1,2}\s?[./].{0,20}")
_ROLE = re.compile(
    r"\b(?:varaordfør|ordfør|politistasjonss|stasjonss|lensmann|tjenesteenhet|tenesteeining|politimester)",
    re.I,
)
_SHORT = 90
_LABEL = 40
_COLUMNS = re.compile(r"\s{3,}")
_LONGEST_BLOCK = 40


@dataclass(frozen=True)
class Page:
    """A text laid out. ``flat`` is as long as ``text``; ``tail`` is the signature block.

    ``closing`` is the short lines that stand alone in the last section, the tail's among them.
    """

    text: str
    flat: str
    lines: list[Line]
    headings: list[Heading]
    sentences: list[Sentence]
    tail: list[Line]
    closing: list[Line]

    @cached_property
    def apart(self) -> str:
        """``flat`` with a line break after each heading: no name of a party goes on from a heading."""
        ends = [self.lines[heading.index].end for heading in self.headings]
        pieces = zip([0, *ends], [*ends, len(self.flat)], strict=True)
        return "\n".join(self.flat[start:end] for start, end in pieces)

    def rule(
        self,
        at: Sentence | Line,
        kind: str,
        form: str,
        values: Mapping[str, Any] | None = None,
        *,
        assumptions: tuple[str, ...] = (),
        reason: str | None = None,
    ) -> Rule:
        """A rule that quotes ``at``."""
        quote = self.text[at.start : at.end]
        frozen = MappingProxyType({name: _words(value) for name, value in (values or {}).items()})
        return Rule(kind, form, quote, at.start, at.end, frozen, assumptions, reason)

    def question(
        self,
        at: Sentence | Line,
        code: str,
        sentence: Message,
        form: str | None,
        *answers: tuple[Message, tuple[Rule, ...] | None],
    ) -> Question:
        """A question that quotes ``at``.

        ``form`` ("kind:form") is where the answer is written, and each of ``answers`` a
        choice with the rules it gives; None where the choice is to be filled in.
        """
        choices, outcomes = tuple(words for words, _ in answers), tuple(rules for _, rules in answers)
        return Question(
            code, sentence, self.text[at.start : at.end], at.start, at.end, choices, outcomes, form
        )


def _words(value: Any) -> Any:
    """A value in words on one line, without the signs that no form and no page can show."""
    if not isinstance(value, str):
        return value
    return " ".join("".join(c for c in value if c >= " " and not "\ud800" <= c <= "\udfff").split())


def lay_out(text: str) -> Page:
    """Lay out ``text``; linear in its length."""
    lines = split_lines(text)
    headings = find_headings(lines)
    flat = flatten(text, lines)
    sentences = split_sentences(flat, lines, headings)
    tail = signature_block(lines, headings)
    return Page(text, flat, lines, headings, sentences, tail, _closing(lines, headings, tail))


def signature_block(lines: list[Line], headings: list[Heading]) -> list[Line]:
    """The short lines at the very end; where an appendix follows, the last run of them with a date in it."""
    runs = _short_runs(lines, headings)
    last = next((line for line in reversed(lines) if line.kind == "text"), None)
    at_end = runs[-1][-_LONGEST_BLOCK:] if runs and runs[-1][-1] is last else []
    if any(_signs(line.text) for line in at_end):
        return at_end
    # The front page names and dates things too, but nobody signs there.
    body = lines[headings[0].index].start if headings else 1
    for run in reversed([run for run in runs if run[0].start >= body]):
        dated = any(_is_date_line(line.text) for line in run)
        if dated and any(_ROLE.search(line.text) for line in run):
            return run[-_LONGEST_BLOCK:]
    return at_end


def _short_runs(lines: list[Line], headings: list[Heading]) -> list[list[Line]]:
    """The runs of short lines between sentences, headings and lists, in order."""
    heads = {heading.index for heading in headings}
    runs: list[list[Line]] = [[]]
    for n, line in enumerate(lines):
        if line.kind != "text":
            continue
        if n in heads or line.bullet or not _short(line.text):
            runs.append([])
        else:
            runs[-1].append(line)
    return [run for run in runs if run]


def _closing(lines: list[Line], headings: list[Heading], tail: list[Line]) -> list[Line]:
    begin = headings[-1].index + 1 if headings else 0
    texts = [n for n in range(begin, len(lines)) if lines[n].kind == "text"]
    # A date at the top of a letter is not that of the signing.
    texts = texts[0 if headings else 3 :][-_LONGEST_BLOCK:]
    known = {line.start for line in tail}
    alone = [lines[n] for n in texts if _stands_alone(lines, n) and lines[n].start not in known]
    return tail + alone


def _stands_alone(lines: list[Line], n: int) -> bool:
    line = lines[n]
    if line.bullet or len(line.text) > _SHORT:
        return False
    neighbours = lines[max(0, n - 1) : n] + lines[n + 1 : n + 2]
    return all(other.kind != "text" for other in neighbours)


def _signs(words: str) -> bool:
    return _ROLE.search(words) is not None or _is_date_line(words) or "__" in words


def _short(words: str) -> bool:
    collapsed = _COLUMNS.sub("  ", words)
    if len(collapsed) > _SHORT:
        return False
    return (
        not collapsed.endswith((".", ":", ";", "!", "?"))
        or (collapsed.endswith(":") and len(collapsed) < _LABEL and _ROLE.search(collapsed) is not None)
        or _is_date_line(collapsed)
        or not any(map(str.isalpha, words))
    )


def _is_date_line(words: str) -> bool:
    """Whether a place and a date, or a label for them, stand on the line; two parties' stand side by side."""
    return any(
        _PLACE_DATE.fullmatch(part) is not None or re.match(r"(?:sted|stad|dato)\b", part, re.I) is not None
        for part in _COLUMNS.split(words)
    )

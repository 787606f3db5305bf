"""One text laid out for reading: lines, headings, sentences, signature block, and the clause in hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from workflow_app.domain.messages import Message
from workflow_app.domain.reading.lines import Line, split_lines
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.sections import Heading, find_headings
from workflow_app.domain.reading.sentences import Sentence, flatten, split_sentences
from workflow_app.domain.rules import Rule

_PLACE_DATE = re.compile(r"[^.]{0,60}\d{4}\s*\.?|[^.]{2,30},?\s+(?:den\s+)?\d{1,2}\s?[./].{0,20}")
_SHORT = 90
_COLUMNS = re.compile(r"\s{3,}")
_LONGEST_BLOCK = 40


@dataclass(frozen=True)
class Page:
    """A text laid out. ``flat`` is as long as ``text``; ``tail`` is the signature block at its end."""

    text: str
    flat: str
    lines: list[Line]
    headings: list[Heading]
    sentences: list[Sentence]
    tail: list[Line]

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
        frozen = MappingProxyType(dict(values or {}))
        return Rule(kind, form, quote, at.start, at.end, frozen, assumptions, reason)

    def question(
        self, at: Sentence | Line, code: str, sentence: Message, choices: tuple[Message, ...] = ()
    ) -> Question:
        """A question that quotes ``at``."""
        return Question(code, sentence, self.text[at.start : at.end], at.start, at.end, choices)


def lay_out(text: str) -> Page:
    """Lay out ``text``; linear in its length."""
    lines = split_lines(text)
    headings = find_headings(lines)
    sentences = split_sentences(text, lines, headings)
    return Page(text, flatten(text, lines), lines, headings, sentences, signature_block(lines, headings))


def signature_block(lines: list[Line], headings: list[Heading]) -> list[Line]:
    """The short lines at the very end, where no sentence stands any more."""
    heads = {heading.index for heading in headings}
    block: list[Line] = []
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        if line.kind != "text":
            continue
        if n in heads or line.bullet or len(block) >= _LONGEST_BLOCK or not _short(line.text):
            break
        block.insert(0, line)
    return block


def _short(words: str) -> bool:
    collapsed = _COLUMNS.sub("  ", words)
    if len(collapsed) > _SHORT:
        return False
    return (
        not collapsed.endswith((".", ":", ";", "!", "?"))
        or _is_date_line(collapsed)
        or not any(map(str.isalpha, words))
    )


def _is_date_line(words: str) -> bool:
    return (
        _PLACE_DATE.fullmatch(words) is not None or re.match(r"(?:sted|stad|dato)\b", words, re.I) is not None
    )

"""What a reading is: rules, questions and sections, each tied to the words it stands on.

Every piece carries ``start`` and ``end`` in code points of the text as decoded,
and ``text[start:end] == quote`` always: a page can mark the clause, and a person
who doubts a rule can go and look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workflow_app.domain.messages import Message
from workflow_app.domain.rules import Rule


@dataclass(frozen=True)
class Question:
    """Something only a person can settle.

    ``choices`` may be empty: then the answer is written into the rule form
    ``form`` ("validity:period"), beside the clause. ``outcomes`` says, choice for
    choice, which rules then stand in the place of those of the form's kind that
    are read from the same words; None where the choice is to be filled in, in
    ``form``. ``form`` is None where the words do not say what they are of.
    """

    code: str
    sentence: Message
    quote: str
    start: int
    end: int
    choices: tuple[Message, ...] = ()
    outcomes: tuple[tuple[Rule, ...] | None, ...] = ()
    form: str | None = None

    def __str__(self) -> str:
        text = f"{self.sentence} “{' '.join(self.quote.split())}”"
        return f"{text} ({' / '.join(str(choice) for choice in self.choices)})" if self.choices else text


@dataclass(frozen=True)
class Passage:
    """Words of the text by their place, with nothing read into them."""

    quote: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """The quote and its place."""
        return {"quote": self.quote, "start": self.start, "end": self.end}


@dataclass(frozen=True)
class Reference:
    """Another agreement that the text speaks of, and how the two hang together.

    ``relation`` is ``replaces`` (the other ends when this one is signed) or
    ``supplements`` (both stand). ``date`` is what the text gives to find the
    other by: "2008-05-12", "2008-05", "2008" or None.
    """

    relation: str
    date: str | None
    quote: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """The relation, the date if there is one, and the words."""
        dated = {} if self.date is None else {"date": self.date}
        return {"relation": self.relation, **dated, **Passage(self.quote, self.start, self.end).to_json()}


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``start`` is the heading's, ``end`` where the next begins.

    ``heading_end`` is where the heading's own words end. ``level`` is 1 for the outermost.
    """

    heading: str
    level: int
    start: int
    end: int
    heading_end: int


@dataclass(frozen=True)
class Reading:
    """All that the reader found in one text.

    ``unread`` are the sentences that speak of time and gave neither rule nor
    question: a person looks at them last. ``suggested_because`` is the clause
    that suggests the definition, None where the text's silence does.
    """

    language: str
    title: str
    municipal: tuple[str, ...]
    police: tuple[str, ...]
    rules: tuple[Rule, ...]
    undated: tuple[Rule, ...]
    incomplete_sections: tuple[str, ...]
    blank_names: bool
    questions: tuple[Question, ...]
    sections: tuple[Section, ...]
    suggested_definition: str
    suggested_because: Passage | None = None
    references: tuple[Reference, ...] = ()
    unread: tuple[Passage, ...] = ()

    def to_json(self, source_name: str, sha256: str, text_sha256: str) -> dict[str, Any]:
        """The contract's answer of ``avtaleflyt read --json``.

        ``sha256`` is that of the file's bytes, ``text_sha256`` that of the decoded text in UTF-8.
        """
        return {
            "source": {"name": source_name, "sha256": sha256, "text_sha256": text_sha256},
            "language": self.language,
            "title": self.title,
            "parties": {"municipal": list(self.municipal), "police": list(self.police)},
            "rules": [rule.to_json() for rule in self.rules],
            "undated": [rule.to_json() for rule in self.undated],
            "incomplete_sections": list(self.incomplete_sections),
            "blank_names": self.blank_names,
            "questions": [str(question) for question in self.questions],
            "suggested_definition": self.suggested_definition,
            "suggested_because": self.suggested_because.to_json() if self.suggested_because else None,
            "references": [reference.to_json() for reference in self.references],
            "unread": [passage.to_json() for passage in self.unread],
        }

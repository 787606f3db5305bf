"""What there is to draw: every way from one state to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import Template

from workflow_app.domain.definitions import FILL, ORIGIN, RECORD, SAME, Definition
from workflow_app.domain.messages import Message

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Arrow:
    """One way: states by name, and the words beside it: the step's, or its outcome's.

    ``key`` is the same for the arrows of one transition with one outcome, so
    that a drawing can let them share a line.
    """

    source: str
    target: str
    transition: str
    key: str
    label: Message
    automatic: bool


def arrows(definition: Definition) -> tuple[Arrow, ...]:
    """Every arrow, in the definition's order; ``@origin`` gives one for each origin."""
    found = []
    for step in definition.transitions.values():
        ends: list[tuple[str, str, Message]] = [(step.to, step.name, Message(step.label))]
        words = {c.value: c.label for f in step.fields if f.name == "outcome" for c in f.choices}
        for outcome in step.outcomes.values():
            if outcome.to not in (FILL, RECORD):
                ends.append((outcome.to, f"{step.name}:{outcome.name}", words[outcome.name]))
        for source in step.sources:
            for to, key, label in ends:
                targets = definition.origins(source) if to == ORIGIN else (source if to == SAME else to,)
                found += [
                    Arrow(source, target, step.name, key, label, step.automatic is not None)
                    for target in targets
                ]
    return tuple(found)


def as_list(definition: Definition, translate: Translate = str) -> list[tuple[str, str, str]]:
    """Rows of (from, transition, to) in words: the diagram for screen readers."""
    return [
        (
            translate(definition.states[arrow.source].label),
            say(arrow.label, translate),
            translate(definition.states[arrow.target].label),
        )
        for arrow in arrows(definition)
    ]


def say(message: Message, translate: Translate) -> str:
    """A message in the reader's language, the messages within it too."""
    values = {
        name: say(value, translate) if isinstance(value, Message) else str(value)
        for name, value in message.values.items()
    }
    return Template(translate(message.text)).safe_substitute(values)

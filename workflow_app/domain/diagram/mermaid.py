"""The diagram as Mermaid text, for documentation that renders it."""

from __future__ import annotations

import re

from workflow_app.domain.definitions import Definition
from workflow_app.domain.diagram.arrows import Translate, arrows, say

_SPECIAL = re.compile(r"[\"#;:<>{}\[\]\\]")


def mermaid(definition: Definition, translate: Translate = str) -> str:
    """A ``stateDiagram-v2`` with the definition's labels; automatic transitions say so."""
    lines = ["stateDiagram-v2"]
    for name, state in definition.states.items():
        lines.append(f'    state "{_plain(translate(state.label))}" as {_name(name)}')
    lines.append(f"    [*] --> {_name(definition.initial)}")
    for arrow in arrows(definition):
        words = _plain(say(arrow.label, translate)) + (" (automatic)" if arrow.automatic else "")
        lines.append(f"    {_name(arrow.source)} --> {_name(arrow.target)} : {words}")
    lines += [f"    {_name(name)} --> [*]" for name, state in definition.states.items() if state.final]
    return "\n".join(lines) + "\n"


def _plain(label: str) -> str:
    """A label without the characters that Mermaid reads as its own."""
    return " ".join(_SPECIAL.sub(" ", label).split())


def _name(state: str) -> str:
    # A state called "end" or "state" would be read as a word of the language.
    return f"s_{state}"

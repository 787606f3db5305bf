"""For what an agreement does not say: one way it is often said, to begin from.

The proposals say what most agreements of the kind say. They are words for the
parties to change, never a rule: nothing is counted from them until they stand
in the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow_app.domain.clause_writing.sentences import as_clause
from workflow_app.domain.rules import Rule

_USUAL: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "expiry": ("validity", "duration", {"months": 48, "from": "signing"}),
    "revision": ("revision", "every", {"months": 12, "anchor": "signing"}),
    "evaluation": ("evaluation", "yearly", {"month": 12, "day": 31, "written": True}),
    "report": ("council", "referatsak", {}),
}
"""By the kind of deadline that is missing: the rule whose clause is proposed."""


def proposed(kind: str, language: str) -> str | None:
    """A clause for a kind of deadline the text is silent on; None where there is none to propose.

    ``language`` is nb or nn; raises ``KeyError`` for another.
    """
    usual = _USUAL.get(kind)
    if usual is None:
        return None
    rule_kind, form, values = usual
    return as_clause(Rule(rule_kind, form, "", 0, 0, values), language)

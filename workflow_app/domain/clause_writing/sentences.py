"""Any rule as a sentence: the one table of all forms that a clause can have."""

from __future__ import annotations

from workflow_app.domain.clause_writing import lasting, working
from workflow_app.domain.clause_writing.words import TONGUES
from workflow_app.domain.rules import Rule

_SENTENCES = lasting.SENTENCES | working.SENTENCES


def as_clause(rule: Rule, language: str) -> str:
    """The rule as a clause of an agreement.

    ``language`` is nb or nn. Raises ``KeyError`` for another language, for a
    kind and form that no clause has (a date line left empty), and for a rule
    without the values of its form.
    """
    said = _SENTENCES[rule.kind, rule.form](TONGUES[language], rule.values)
    # A body or a task may be called by its name in mid-sentence.
    return said[0].upper() + said[1:]

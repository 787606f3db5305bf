"""A rule written as the clause of an agreement, in bokmål or nynorsk.

Where an agreement is silent, its parties ask how such a clause is worded; the
page proposes one, and what it proposes the reader must understand. So the two
are each other's test: reading what is written here gives the rule back.
"""

from __future__ import annotations

from workflow_app.domain.clause_writing.proposals import proposed
from workflow_app.domain.clause_writing.sentences import as_clause

__all__ = ["as_clause", "proposed"]

"""The one place that computes a deadline: rules and history in, dated deadlines out.

Pages, JSON, the command line, mails and calendars all ask :func:`compute`, so
they cannot disagree. Nothing here is stored, and nothing is dated without a
clause (or a house rule marked as one) to point at; what the text leaves open is
said in words by :func:`silences`.
"""

from workflow_app.domain.deadlines.compute import compute
from workflow_app.domain.deadlines.model import (
    WINDOWS,
    YEARLY,
    Deadline,
    End,
    HouseRule,
    Move,
    Silence,
    clause_key,
)
from workflow_app.domain.deadlines.moves import moves
from workflow_app.domain.deadlines.silences import silences
from workflow_app.domain.deadlines.term import effective_end, in_force

__all__ = [
    "WINDOWS",
    "YEARLY",
    "Deadline",
    "End",
    "HouseRule",
    "Move",
    "Silence",
    "clause_key",
    "compute",
    "effective_end",
    "in_force",
    "moves",
    "silences",
]

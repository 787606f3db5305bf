"""The general engine: a definition, a case, an actor, the facts → a decision or refusals.

It knows states, roles and parties, and no kommune: everything special stands in
the definition (``states/``) and in the guards it names.
"""

from __future__ import annotations

from workflow_app.domain.engine.deciding import decide
from workflow_app.domain.engine.listing import Possible, awaiting, due_automatic, permitted, possible
from workflow_app.domain.engine.machine import Workings, workings
from workflow_app.domain.engine.slots import open_round, slots

__all__ = [
    "Possible", "Workings", "awaiting", "decide", "due_automatic", "open_round", "permitted", "possible",
    "slots", "workings",
]  # fmt: skip

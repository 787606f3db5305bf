"""Named guards, grouped by theme; importing this package registers them all."""

from __future__ import annotations

from workflow_app.domain.guards import evaluation, matter, signing, text, validity
from workflow_app.domain.guards.base import GUARDS, Data, Facts, Guard, guard

__all__ = ["GUARDS", "Data", "Facts", "Guard", "evaluation", "guard", "matter", "signing", "text", "validity"]

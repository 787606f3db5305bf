"""Where on the site what a deadline asks for is done: the one link of a reminder. Looking changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement

_EVALUATE = msg("Open the evaluation")
_MATTERS = msg("Open the matters before the kommunestyre")
_MEETINGS = msg("Open the meetings")
_STEPS = msg("Open what can be done with the agreement")
_ALL = msg("Open the deadlines of the agreement")


def place(agreement: Agreement, deadlines: Sequence[Deadline]) -> tuple[str, Message]:
    """Path and label of the page for these deadlines: where one is done, or the list of several."""
    found = dict(_of(agreement, deadline) for deadline in deadlines)
    if len(found) == 1:
        return next(iter(found.items()))
    return f"/agreements/{agreement.id}/deadlines", _ALL


def _of(agreement: Agreement, deadline: Deadline) -> tuple[str, Message]:
    base = f"/agreements/{agreement.id}"
    if deadline.kind == "evaluation":
        return f"{base}/evaluation?year={deadline.year}", _EVALUATE
    if deadline.kind == "revision":
        return f"{base}/evaluation", _EVALUATE
    if deadline.kind == "report":
        return f"{base}/matters", _MATTERS
    if deadline.kind == "agenda" and deadline.meeting is not None:
        return f"{base}/meetings/{deadline.meeting}", _MEETINGS
    if deadline.kind in ("agenda", "meeting"):
        return f"{base}/meetings" + (f"?year={deadline.year}" if deadline.year else ""), _MEETINGS
    if deadline.kind in ("task", "attendance"):
        return f"{base}/deadlines", _ALL
    return f"{base}/transitions", _STEPS

"""A gap in words: which role nobody holds, for whom, from when, and for which deadline."""

from __future__ import annotations

from datetime import date

from workflow_app.domain.engine.refusals import either
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.role_names import ROLES
from workflow_app.services.coverage import Gap


def gap_message(gap: Gap, today: date) -> Message:
    """The sentence about a gap as it stands on ``today``."""
    role = either(ROLES.get(role, Message(role)) for role in gap.roles)
    if gap.now(today):
        if gap.until is not None:
            return msg(
                "${party} has nobody as ${role} until ${day}.", party=gap.name, role=role, day=gap.until
            )
        return msg("${party} has nobody as ${role} now.", party=gap.name, role=role)
    if gap.due is not None:
        return msg(
            "${party} has nobody as ${role} from ${day}, before the next deadline on ${due}.",
            party=gap.name,
            role=role,
            day=gap.since,
            due=gap.due,
        )
    return msg("${party} has nobody as ${role} from ${day}.", party=gap.name, role=role, day=gap.since)

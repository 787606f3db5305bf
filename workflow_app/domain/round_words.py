"""Why approvals no longer count, in words: on the page of the step, in the trail, in a letter."""

from __future__ import annotations

from workflow_app.domain.messages import Message, msg

CLOSED: dict[str, Message] = {
    "text_changed": msg("The text was changed afterwards."),
    "attachments_changed": msg("The attachments were changed afterwards."),
    "rules_confirmed": msg("The rules were confirmed anew afterwards."),
    "rules_corrected": msg("The rules were corrected afterwards."),
    "evaluation_changed": msg("The evaluation was changed afterwards."),
    "links_changed": msg("It was linked to another agreement afterwards, or a link was taken away."),
    "proposal_declined": msg("The proposal was declined afterwards."),
    "state_changed": msg("The agreement moved on in another way."),
    "something_else_approved": msg("Something else was proposed afterwards."),
}
"""Why the approvals of a closed round no longer count."""

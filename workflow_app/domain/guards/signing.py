"""Guards on approvals: the same thing, by the right people, while there is time."""

from __future__ import annotations

from workflow_app.domain.dates import as_interval
from workflow_app.domain.guards.base import Data, Facts, guard
from workflow_app.domain.messages import Message, msg


@guard()
def digest_unchanged_since_agreed(facts: Facts, data: Data) -> Message | None:
    """Text, attachments and confirmed rules are what the coordinators agreed on."""
    if facts.digest is not None and facts.digest == facts.agreed_digest:
        return None
    return msg(
        "The agreement is not what the coordinators agreed on;"
        " reopen it, so that they can agree on it as it is now."
    )


@guard()
def digest_unchanged_since_adopted(facts: Facts, data: Data) -> Message | None:
    """Text, attachments and confirmed rules are what the kommunestyre adopted."""
    if facts.digest is not None and facts.digest == facts.adopted_digest:
        return None
    return msg(
        "The agreement is not what the kommunestyre adopted;"
        " reopen it and put it before the kommunestyre again."
    )


@guard()
def nobody_signs_for_both_sides(facts: Facts, data: Data) -> Message | None:
    """One person never signs for more than one side, in whatever roles."""
    if any(facts.actor in people for side, people in facts.approved.items() if side != facts.side):
        return msg("You have signed for the other side already; somebody else must sign for this one.")
    return None


@guard()
def period_not_over(facts: Facts, data: Data) -> Message | None:
    """The period has not ended before the agreement is signed."""
    if facts.effective_end is None or facts.renews_itself or facts.today <= facts.effective_end:
        return None
    return msg(
        "The agreement's period ended on ${end}; reopen it and agree on a new period before signing.",
        end=facts.effective_end,
    )


@guard("signed_on")
def signed_on_not_ahead(facts: Facts, data: Data) -> Message | None:
    """What is registered has been signed already."""
    signed = data.get("signed_on")
    if signed is None or as_interval(signed).earliest <= facts.today:
        return None
    return msg("The signing date ${day} is ahead; register the agreement when it is signed.", day=signed)

"""Guards on the matter before a kommunestyre: held, after signing, and of the right kind.

A matter may be prepared beforehand or come whole with the transition; each guard
reads the transition's data first and the prepared matter second.
"""

from __future__ import annotations

from datetime import date

from workflow_app.domain.guards.base import Data, Facts, guard
from workflow_app.domain.messages import Message, msg


def _meeting(facts: Facts, data: Data) -> date | None:
    held: date | None = data.get("meeting_date", facts.meeting_date)
    return held


@guard("meeting_date")
def meeting_known(facts: Facts, data: Data) -> Message | None:
    """The matter has a meeting day, from the data or as prepared."""
    if _meeting(facts, data) is not None:
        return None
    return msg("The matter has no meeting day; give the day the kommunestyre met.")


@guard("meeting_date")
def meeting_not_ahead(facts: Facts, data: Data) -> Message | None:
    """An outcome is recorded on the day of the meeting or later."""
    held = _meeting(facts, data)
    if held is None or held <= facts.today:
        return None
    return msg("The meeting is on ${day}; record its outcome when it has been held.", day=held)


@guard("meeting_date")
def meeting_not_before_signing(facts: Facts, data: Data) -> Message | None:
    """What is reported is a signed agreement."""
    held = _meeting(facts, data)
    if held is None:
        return None
    if facts.signed_on is None:
        return msg(
            "The signing date is not recorded; correct that first, since what is reported must be signed."
        )
    if held >= facts.signed_on:
        return None
    return msg(
        "The meeting on ${day} was before the agreement was signed on ${signed};"
        " give a meeting after the signing.",
        day=held,
        signed=facts.signed_on,
    )


@guard("outcome", "kind", "case_number")
def matter_for_decision(facts: Facts, data: Data) -> Message | None:
    """Adopting takes a matter for decision (PS), not one for information (RS)."""
    if data.get("outcome") != "adopted":
        return None
    kind = data.get("kind", facts.matter_kind)
    number = str(data.get("case_number", facts.case_number) or "")
    if kind == "referatsak" or number.upper().startswith("RS"):
        return msg(
            "A matter for information (RS) adopts nothing; put the agreement before the kommunestyre"
            " as a matter for decision (PS)."
        )
    return None


@guard("outcome", "decision", "proposal")
def decision_recorded(facts: Facts, data: Data) -> Message | None:
    """An adoption has a decision in words, or a proposal that was adopted as it stood."""
    if data.get("outcome") != "adopted":
        return None
    if any((data.get("decision"), facts.decision, data.get("proposal"), facts.proposal)):
        return None
    return msg(
        "The decision is not recorded; write what the kommunestyre decided, or the proposal it adopted."
    )


@guard("outcome", "reason")
def sent_back_with_reason(facts: Facts, data: Data) -> Message | None:
    """What is sent back carries the reason: those who must write anew need it."""
    if data.get("outcome") != "sent_back" or data.get("reason") or data.get("decision"):
        return None
    return msg("The kommunestyre sent the matter back; write the reason or the decision.")

"""Guards on the agreement itself: is there something whole to agree on?"""

from __future__ import annotations

from workflow_app.domain.guards.base import Data, Facts, guard
from workflow_app.domain.messages import Message, msg


@guard()
def sections_complete(facts: Facts, data: Data) -> Message | None:
    """No section or list holds nothing but placeholders."""
    if facts.incomplete_sections is None:
        return msg("The text has not been read; save it once more, so that its sections are found.")
    if facts.incomplete_sections:
        return msg(
            "These sections hold nothing but placeholders: ${sections}. Fill them in or remove them.",
            sections="; ".join(facts.incomplete_sections),
        )
    return None


@guard()
def parties_set(facts: Facts, data: Data) -> Message | None:
    """Every side has at least one party."""
    if facts.parties_set:
        return None
    return msg("A side has no party yet; add at least one kommune and one police unit.")


@guard()
def signatories_set(facts: Facts, data: Data) -> Message | None:
    """Somebody holds every office that will sign."""
    if facts.missing_signatories:
        return msg(
            "Nobody holds these offices, so nobody could sign: ${offices}. Ask an administrator to add them.",
            offices="; ".join(facts.missing_signatories),
        )
    if not facts.signatories_set:
        return msg("It is not settled who signs; set the signatories of every party.")
    return None


@guard()
def rules_confirmed(facts: Facts, data: Data) -> Message | None:
    """A person has confirmed what the clauses say."""
    if facts.rules_confirmed:
        return None
    return msg("Nobody has confirmed the rules read from the clauses; go through them on the page of rules.")


@guard()
def corrections_proposed(facts: Facts, data: Data) -> Message | None:
    """There is a proposed correction of the rules to approve."""
    if facts.corrections_proposed:
        return None
    return msg("No correction of the rules is proposed; write one on the page of rules first.")

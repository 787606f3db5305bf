"""Why an attempt was turned away, in words, long after: the trail keeps the code alone.

What was true at that moment (who was missing, which day was named) was told to
the one who tried and is not kept; here is what every refusal with that code has
in common.
"""

from __future__ import annotations

from workflow_app.domain.messages import Message, msg

REASONS: dict[str, Message] = {
    # The moment, the right, the place.
    "stale_version": msg("The agreement had changed since the page was opened."),
    "unknown_transition": msg("The agreement's workflow has no such step."),
    "not_from_here": msg("The step does not start from the state the agreement was in."),
    "automatic": msg("The step happens by itself when it is due."),
    "not_due": msg("The step was not due."),
    "missing_role": msg("The person held no role that may do this."),
    "not_for_that_party": msg("The person did not act for the party that was named."),
    "slot_filled": msg("Somebody had approved in that role for that party already."),
    "already_approved": msg("The person had approved already."),
    "not_your_turn": msg("Others were to approve first."),
    "no_party": msg("A side of the agreement had no party."),
    "reauthenticate": msg("The password was not confirmed."),
    "unknown_origin": msg("It was not recorded where the agreement came from."),
    "unknown_outcome": msg("The step has no such outcome."),
    "replaced": msg("An agreement that replaces it was signed."),
    "signed_after_replaced": msg("The day of signing was after that of the agreement that replaces it."),
    "signed_before_replaced": msg("The day of signing was before that of the agreement it replaces."),
    # The text.
    "sections_complete": msg("A section held nothing but placeholders."),
    "parties_set": msg("A side of the agreement had no party."),
    "signatories_set": msg("Nobody held an office that was to sign."),
    "rules_confirmed": msg("Nobody had confirmed the rules read from the clauses."),
    "corrections_proposed": msg("No correction of the rules was proposed."),
    # Signing.
    "digest_unchanged_since_agreed": msg("The agreement was no longer what the parties had agreed on."),
    "digest_unchanged_since_adopted": msg("The agreement was no longer what the kommunestyre had adopted."),
    "nobody_signs_for_both_sides": msg("One person cannot sign for both sides."),
    "period_not_over": msg("The agreement's period was over."),
    "signed_on_not_ahead": msg("The day of signing lay ahead."),
    # The matter before the kommunestyre.
    "meeting_known": msg("The day of the meeting was missing."),
    "meeting_not_ahead": msg("The meeting had not been held yet."),
    "meeting_not_before_signing": msg("The meeting was before the signing."),
    "matter_for_decision": msg("The matter was not one for decision."),
    "decision_recorded": msg("The decision was missing."),
    "sent_back_with_reason": msg("The reason for sending it back was missing."),
    # The evaluation.
    "evaluation_year_possible": msg("The year cannot be evaluated."),
    "evaluation_written": msg("No evaluation had been written."),
    "evaluation_continues": msg("The evaluation did not say that the agreement continues."),
    "evaluation_to_be_revised": msg("The evaluation did not say that the agreement is to be revised."),
    # How long it lasts.
    "new_end_is_later": msg("The new last day was not later than the old one."),
    "option_reaches": msg("The new last day lay beyond the option."),
    "notice_is_given": msg("The day of notice cannot be right."),
    "notice_is_kept": msg("The end was missing, or too soon for the notice clause."),
    "does_not_renew_itself": msg("The agreement renews itself."),
    "successor_not_signed": msg("The agreement that follows it was signed."),
    "successor_withdrawn": msg("The agreement that follows it was not withdrawn."),
}
"""What was wrong, by the code of the refusal."""

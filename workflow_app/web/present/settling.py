"""The way to what would settle a day that is half known, for one who may go there.

A month in the text becomes a day when the signing is registered; a date that a
clause gives in part is settled by correcting the rule that was read from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyramid.request import Request

from workflow_app.domain.deadlines.facts import BY_CLAUSE, BY_REGISTERING, BY_SIGNING
from workflow_app.domain.definitions import Effect, Permission
from workflow_app.domain.engine import possible, workings
from workflow_app.domain.messages import Message, msg
from workflow_app.services.cases import case_of, facts_for
from workflow_app.web.pagemodels import Link
from workflow_app.web.present.words import agreement_url
from workflow_app.web.resources import AgreementResource


@dataclass(frozen=True)
class Settling:
    """Where the reader can settle the day of signing and a clause's date; None where she cannot."""

    signing: str | None = None
    rules: str | None = None

    def link(self, request: Request, settled_by: Message | None) -> Link | None:
        """The way to what ``settled_by`` asks for."""
        if self.signing and settled_by in (BY_SIGNING, BY_REGISTERING):
            return Link(self.signing, request.say(msg("Register the signing")))
        if self.rules and settled_by == BY_CLAUSE:
            return Link(self.rules, request.say(msg("Correct the rule")))
        return None


def settling_of(request: Request, resource: AgreementResource) -> Settling:
    """What the reader may do about it now."""
    agreement, definition = resource.agreement, resource.definition
    url = agreement_url(request, agreement.id)
    told = [
        step.name
        for step in definition.transitions.values()
        if Effect.RECORD_SIGNING in step.effects
        and any(f.half_known for f in step.fields)
        and workings(definition).legal(agreement.state, step.name)
    ]
    signing = None
    if told:
        db = request.dbsession
        facts = facts_for(db, agreement, definition, today=request.today, who=request.who, transitions=told)
        may = possible(definition, case_of(db, agreement).case, request.who.actor, facts)
        signing = next((p.transition for p in may if p.transition in told and p.allowed), None)
    corrects = any(
        request.has_permission(right, resource)
        for right in (Permission.CONFIRM_RULES, Permission.PROPOSE_CORRECTION)
    )
    return Settling(
        signing=f"{url}/transitions/{signing}" if signing else None,
        rules=f"{url}/rules" if corrects else None,
    )

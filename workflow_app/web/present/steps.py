"""The pages on which an agreement moves: what I may do, the form, exactly what is approved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.case import Slot
from workflow_app.domain.definitions import Definition
from workflow_app.domain.engine import Possible, open_round, possible, slots
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.round_words import CLOSED
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound
from workflow_app.services.cases import case_of, facts_for
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.material import attachments_of
from workflow_app.services.people_holdings import Holder, holders
from workflow_app.web.pagemodels import (
    ApprovalRow,
    Capacity,
    RoundView,
    TransitionPage,
    TransitionRow,
    TransitionsPage,
)
from workflow_app.web.present import coverage
from workflow_app.web.present.approving import approved, asked_for, capacities, consequence, slot_choices
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.links import ended_by_signing
from workflow_app.web.present.passkeys import signing_view
from workflow_app.web.present.words import (
    head,
    moment,
    party_name,
    person_name,
    role_word,
    state_label,
    waiting,
)
from workflow_app.web.resources import AgreementResource, TransitionResource

UNDONE = msg("The agreement became a draft again afterwards.")
"""Why those of a completed round no longer count."""


def transition_row(request: Request, resource: AgreementResource, found: Possible) -> TransitionRow:
    """One transition in a list, with the reasons where it is refused."""
    definition, step = resource.definition, resource.definition.transitions[found.transition]
    url = head(request, resource.agreement, definition).url
    targets = definition.targets(step, resource.agreement.state) if found.allowed else ()
    return TransitionRow(
        name=step.name,
        label=request.say(Message(step.label)),
        href=f"{url}/transitions/{step.name}",
        to_label=state_label(request, definition, targets[0]) if len(targets) == 1 else None,
        reasons=tuple(request.say(r.reason) for r in found.refusals),
        forbidden=found.forbidden,
    )


def transitions_page(request: Request, resource: AgreementResource) -> TransitionsPage:
    """What I may do now, and the reasons for the rest."""
    db, agreement = request.dbsession, resource.agreement
    facts = facts_for(db, agreement, resource.definition, today=request.today, who=request.who)
    found = possible(resource.definition, case_of(db, agreement).case, request.who.actor, facts)
    rows = [transition_row(request, resource, p) for p in found]
    return TransitionsPage(
        head=head(request, agreement, resource.definition),
        allowed=tuple(r for r in rows if not r.reasons),
        refused=tuple(r for r in rows if r.reasons),
    )


def transition_page(
    request: Request,
    context: TransitionResource,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message] | None = None,
) -> TransitionPage:
    """The form of one transition; ``given`` and ``errors`` keep what was sent and say what is wrong."""
    db, agreement, definition = request.dbsession, context.agreement, context.definition
    step = definition.transitions[context.__name__]
    gathered = case_of(db, agreement)
    chronicle = read_chronicle(db, agreement, request.today)
    facts = facts_for(
        db, agreement, definition, today=request.today, who=request.who, transitions=[step.name],
        chronicle=chronicle,
    )  # fmt: skip
    mine = {p.transition: p for p in possible(definition, gathered.case, request.who.actor, facts)}.get(
        step.name
    )
    people = holders(db, [p.party.key for p in agreement.parties], request.today)
    refusals = (
        tuple(request.say(r.reason) for r in mine.refusals)
        if mine
        else (request.say(msg("This happens by itself when it is due; nobody can do it by hand.")),)
    )
    current = open_round(gathered.case, step, None)
    row = next((r for r in gathered.rounds if r.transition == step.name), None)
    page_head = head(request, agreement, definition)
    targets = definition.targets(step, agreement.state)
    fields, known = asked_for(request, context, step, chronicle)
    return TransitionPage(
        head=page_head,
        name=step.name,
        label=request.say(Message(step.label)),
        to_label=state_label(request, definition, targets[0]) if len(targets) == 1 else None,
        form=None if refusals else render_form(
            request,
            action=f"{page_head.url}/transitions/{step.name}",
            version=agreement.version,
            fields=fields,
            # Where the meeting may have said no, the button does not say yes.
            button=msg("Record the outcome") if step.outcomes else Message(step.label),
            given=given if given is not None else {**known, **(current.data if current else {})},
            errors=errors,
            choices=slot_choices(request, context, step, gathered),
            files=tuple((f.sha256, f.name) for f in attachments_of(db, agreement)),
        ),
        consequence=" ".join(
            filter(
                None,
                (
                    consequence(request, definition, step, gathered, agreement),
                    ended_by_signing(request, agreement, step),
                ),
            )
        )
        or None,
        approved=approved(request, context, step) if step.approvals else None,
        warnings=() if refusals else coverage.of_step(request, agreement, definition, step),
        capacities=capacities(request, context, step, gathered),
        round=round_view(request, agreement, definition, row, people) if row else None,
        waits_for=tuple(
            waiting(request, agreement, slot, people)
            for slot in slots(definition, step, gathered.case)
            # In another state it waits for nobody yet.
            if agreement.state in step.sources
        ),
        refusals=refusals,
        signing=None if refusals else signing_view(request, context, step, gathered),
    )  # fmt: skip


def round_view(
    request: Request,
    agreement: Agreement,
    definition: Definition,
    row: ApprovalRound,
    people: tuple[Holder, ...] = (),
    number: int = 1,
    undone: bool = False,
) -> RoundView:
    """One round: who has approved, whom it waits for, or why it no longer counts.

    ``undone`` is true of a completed one after which the agreement became a draft again.
    """
    step = definition.transitions[row.transition]
    open_slots: tuple[Slot, ...] = ()
    if row.closed_at is None:
        case = case_of(request.dbsession, agreement).case
        taken = {(a.party_key, a.slot_role) for a in row.approvals}
        open_slots = tuple(
            s for s in slots(definition, step, case) if (s.party, "|".join(s.roles)) not in taken
        )
    voided = UNDONE if undone else CLOSED.get(row.closed_because or "")
    return RoundView(
        transition=request.say(Message(step.label)),
        number=number,
        digest=row.digest,
        approvals=tuple(
            ApprovalRow(
                who=person_name(request, a.person_id),
                capacity=Capacity(
                    role_word(request, a.role, a.title),
                    party_name(agreement, a.party_key),
                    person_name(request, a.acting_for) if a.acting_for else None,
                ),
                when=moment(request, a.at),
            )
            for a in row.approvals
        ),
        open_slots=tuple(waiting(request, agreement, s, people) for s in open_slots),
        voided=request.say(voided) if voided else None,
        completed=row.closed_because == "completed",
    )

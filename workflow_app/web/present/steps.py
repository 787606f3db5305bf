"""The pages on which an agreement moves: what I may do, the form, exactly what is approved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.case import Slot
from workflow_app.domain.definitions import Definition, Of, Transition
from workflow_app.domain.engine import Possible, open_round, possible, slots
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement, ApprovalRound
from workflow_app.services import evaluations
from workflow_app.services.cases import Gathered, case_of, facts_for
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.material import attachments_of, rules_of, text_of
from workflow_app.services.people_holdings import Holder, holders
from workflow_app.web.pagemodels import (
    ApprovalRow,
    Approved,
    Capacity,
    Link,
    RoundView,
    TransitionPage,
    TransitionRow,
    TransitionsPage,
)
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.sections import text_sections
from workflow_app.web.present.words import (
    capacity,
    head,
    moment,
    party_name,
    person_name,
    role_word,
    state_label,
    waiting,
)
from workflow_app.web.resources import AgreementResource, TransitionResource

CLOSED: dict[str, Message] = {
    "text_changed": msg("The text was changed afterwards."),
    "attachments_changed": msg("The attachments were changed afterwards."),
    "rules_confirmed": msg("The rules were confirmed anew afterwards."),
    "rules_corrected": msg("The rules were corrected afterwards."),
    "evaluation_changed": msg("The evaluation was changed afterwards."),
    "proposal_declined": msg("The proposal was declined afterwards."),
    "state_changed": msg("The agreement moved on in another way."),
    "something_else_approved": msg("Something else was proposed afterwards."),
}
"""Why the approvals of a closed round no longer count."""


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
    facts = facts_for(
        db, agreement, definition, today=request.today, who=request.who, transitions=[step.name],
        chronicle=read_chronicle(db, agreement, request.today),
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
    capacities = _capacities(request, context, step, gathered)
    targets = definition.targets(step, agreement.state)
    return TransitionPage(
        head=page_head,
        name=step.name,
        label=request.say(Message(step.label)),
        to_label=state_label(request, definition, targets[0]) if len(targets) == 1 else None,
        form=None if refusals else render_form(
            request,
            action=f"{page_head.url}/transitions/{step.name}",
            version=agreement.version,
            fields=step.fields,
            button=Message(step.label),
            given=given if given is not None else (dict(current.data) if current else None),
            errors=errors,
            choices=_slot_choices(request, context, step, gathered),
        ),
        consequence=_consequence(request, definition, step, gathered, agreement),
        approved=_approved(request, context, step) if step.approvals else None,
        capacities=capacities,
        round=round_view(request, agreement, definition, row, people) if row else None,
        waits_for=tuple(
            waiting(request, agreement, slot, people) for slot in slots(definition, step, gathered.case)
        ),
        refusals=refusals,
    )  # fmt: skip


def _my_slots(
    request: Request, context: TransitionResource, step: Transition, gathered: Gathered
) -> list[Slot]:
    held = {(h.party, h.role) for h in request.who.holdings}
    given = open_round(gathered.case, step, None)
    taken = {a.slot for a in given.approvals} if given else set()
    return [
        slot
        for slot in slots(context.definition, step, gathered.case)
        if slot not in taken and any((slot.party, role) in held for role in slot.roles)
    ]


def _capacities(
    request: Request, context: TransitionResource, step: Transition, gathered: Gathered
) -> tuple[Capacity, ...]:
    """What the reader acts in: the places still open to her, else the roles that may do it."""
    keys = {p.party.key for p in context.agreement.parties}
    if step.approvals:
        wanted = {(s.party, role) for s in _my_slots(request, context, step, gathered) for role in s.roles}
    else:
        wanted = {(key, role) for key in keys for role in step.may}
    return tuple(capacity(request, h) for h in request.who.holdings if (h.party, h.role) in wanted)


def _slot_choices(
    request: Request, context: TransitionResource, step: Transition, gathered: Gathered
) -> tuple[tuple[str, str], ...]:
    """Where the reader could fill several places, she says which; with one there is nothing to choose."""
    mine = _my_slots(request, context, step, gathered)
    if len(mine) < 2:
        return ()
    held = {(h.party, h.role): h for h in request.who.holdings}
    out = []
    for slot in mine:
        role = next(r for r in slot.roles if (slot.party, r) in held)
        said = capacity(request, held[slot.party, role])
        out.append((f"{role}@{slot.party}", f"{said.role}, {said.party}"))
    return tuple(out)


def _consequence(
    request: Request, definition: Definition, step: Transition, gathered: Gathered, agreement: Agreement
) -> str | None:
    """What happens on pressing the button, in one sentence."""
    targets = definition.targets(step, agreement.state)
    if step.outcomes or not targets:
        return None
    to = request.say(Message(definition.states[targets[0]].label))
    if step.approvals is None:
        return request.say(msg("The agreement becomes: ${state}.", state=to)) if len(targets) == 1 else None
    current = open_round(gathered.case, step, None)
    left = len(slots(definition, step, gathered.case)) - (len(current.approvals) if current else 0)
    if left > 1:
        return request.say(
            msg("Your approval is recorded; after it, ${count} more are needed.", count=left - 1)
        )
    return request.say(msg("Yours is the last approval: the agreement becomes ${state} at once.", state=to))


def _approved(request: Request, context: TransitionResource, step: Transition) -> Approved | None:
    """Exactly what the approval binds to."""
    db, agreement = request.dbsession, context.agreement
    assert step.approvals is not None
    url = head(request, agreement, context.definition).url
    if step.approvals.of is Of.EVALUATION:
        newest = evaluations.newest(db, agreement)
        if newest is None:
            return None
        return Approved(
            what=request.say(msg("The evaluation for ${year}", year=newest.year)),
            title=agreement.title,
            version=newest.number,
            digest=newest.sha256,
            full_text=Link(f"{url}/evaluation?year={newest.year}", request.say(msg("Read the evaluation"))),
        )
    text = text_of(db, agreement)
    rules = rules_of(db, agreement)
    files = attachments_of(db, agreement)
    return Approved(
        what=request.say(msg("The agreement")),
        title=agreement.title,
        version=text.number,
        digest=agreement.digest,
        full_text=Link(f"{url}/text?version={text.number}", request.say(msg("Read the whole text"))),
        text=text_sections(text.text),
        attachments=tuple(Link(f"{url}/attachments/{f.id}", f.name, f"SHA-256 {f.sha256}") for f in files),
        rules=tuple(f"{r['quote']}" for r in rules.rules) if rules.confirmed_at else (),
        rules_href=f"{url}/rules",
    )


def round_view(
    request: Request,
    agreement: Agreement,
    definition: Definition,
    row: ApprovalRound,
    people: tuple[Holder, ...] = (),
    number: int = 1,
) -> RoundView:
    """One round: who has approved, whom it waits for, or why it no longer counts."""
    step = definition.transitions[row.transition]
    open_slots: tuple[Slot, ...] = ()
    if row.closed_at is None:
        case = case_of(request.dbsession, agreement).case
        taken = {(a.party_key, a.slot_role) for a in row.approvals}
        open_slots = tuple(
            s for s in slots(definition, step, case) if (s.party, "|".join(s.roles)) not in taken
        )
    voided = CLOSED.get(row.closed_because or "")
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

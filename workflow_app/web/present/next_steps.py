"""What must happen for an agreement to move on: the step, whom it waits for, by when and why then.

The awaited steps come first. Where none is awaited the deadlines speak: an
evaluation that falls due is begun by a step nobody waits for yet, and a revised
agreement waits for the one that follows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyramid.request import Request

from workflow_app.domain.case import Slot
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.definitions import Effect, Transition
from workflow_app.domain.engine import Possible, workings
from workflow_app.domain.messages import Message, msg
from workflow_app.services.people_holdings import Holder
from workflow_app.web.pagemodels import DeadlineRow, Moment, NextStep
from workflow_app.web.present.deadlines import deadline_row
from workflow_app.web.present.places import Places
from workflow_app.web.present.words import agreement_url, roles_word, state_label, waiting
from workflow_app.web.present.worklist import needs_writing, serves, step_name
from workflow_app.web.resources import AgreementResource


@dataclass(frozen=True)
class Standing:
    """What the next steps are drawn from; gathered once for the whole page."""

    resource: AgreementResource
    awaited: Sequence[tuple[str, Slot]]
    since: Moment
    written: bool
    may: Sequence[Possible]
    deadlines: Sequence[Deadline]
    people: tuple[Holder, ...]
    places: Places
    successor: str | None = None
    """The successor's id, where there is one that the reader may see."""


def next_steps(request: Request, standing: Standing) -> tuple[NextStep, ...]:
    """The steps, the awaited ones first."""
    definition = standing.resource.definition
    grouped: dict[str, list[Slot]] = {}
    for name, slot in standing.awaited:
        grouped.setdefault(name, []).append(slot)
    steps = [_awaited(request, standing, definition.transitions[n], slots) for n, slots in grouped.items()]
    return (*steps, *_successor(request, standing), *_when_due(request, standing, set(grouped)))


def _awaited(request: Request, standing: Standing, step: Transition, slots: list[Slot]) -> NextStep:
    agreement = standing.resource.agreement
    writing = needs_writing(step, standing.written)
    return NextStep(
        label=step_name(request, step, agreement.evaluation_year, standing.written),
        explanation=_explanation(request, standing, step, writing),
        href=_href(request, standing, step, slots, writing),
        waits_for=tuple(waiting(request, agreement, slot, standing.people) for slot in slots),
        since=standing.since,
        deadline=_deadline(request, standing, step),
    )


def _href(
    request: Request, standing: Standing, step: Transition, slots: Iterable[Slot], writing: bool
) -> str | None:
    """The way to do it, for one who may now; to the evaluation for one who should write it."""
    url = agreement_url(request, standing.resource.agreement.id)
    held = {(h.party, h.role) for h in request.who.holdings}
    if writing:
        mine = any((slot.party, role) in held for slot in slots for role in slot.roles)
        return f"{url}/evaluation" if mine else None
    allowed = any(p.transition == step.name and p.allowed for p in standing.may)
    return f"{url}/transitions/{step.name}" if allowed else None


def _explanation(request: Request, standing: Standing, step: Transition, writing: bool) -> str:
    """Who must do it and what comes of it, in two sentences."""
    definition, agreement = standing.resource.definition, standing.resource.agreement
    said: list[Message] = []
    if writing:
        said.append(msg("The evaluation is written first, and then approved."))
    roles = roles_word(request, step.roles)
    if step.approvals is None:
        said.append(msg("Any one of these can do it: ${roles}.", roles=roles))
    elif not step.approvals.each:
        said.append(msg("Done once for every party, by ${roles}.", roles=roles))
    else:
        said.append(msg("Needs the approval of every party: ${roles}.", roles=_all(request, step.roles)))
    targets = definition.targets(step, agreement.state)
    if targets and targets[0] != agreement.state:
        label = state_label(request, definition, targets[0])
        said.append(msg("Then the agreement is: ${state}.", state=label))
    return " ".join(request.say(m) for m in said)


def _all(request: Request, roles: tuple[str, ...]) -> str:
    words = [roles_word(request, (role,)) for role in roles]
    if len(words) == 1:
        return words[0]
    together = msg("${first} and ${last}", first=", ".join(words[:-1]), last=words[-1])
    return str(request.say(together))


def _deadline(request: Request, standing: Standing, step: Transition) -> DeadlineRow | None:
    """The deadline the step is there to meet: of those somebody must still meet, the first."""
    kind = serves(step)
    found = [d for d in standing.deadlines if d.kind == kind and d.reminds]
    year = standing.resource.agreement.evaluation_year
    if year is not None and any(d.year == year for d in found):
        found = [d for d in found if d.year == year]
    if not found:
        return None
    return deadline_row(request, standing.resource.agreement, found[0], standing.places)


def _when_due(request: Request, standing: Standing, taken: set[str]) -> Iterator[NextStep]:
    """A step that meets the next deadline and could be taken from here, though nobody waits for it."""
    definition, agreement = standing.resource.definition, standing.resource.agreement
    legal = workings(definition).legal
    for step in definition.transitions.values():
        opens = Effect.OPEN_EVALUATION in step.effects
        if step.name in taken or not opens or not legal(agreement.state, step.name):
            continue
        row = _deadline(request, standing, step)
        if row is None:
            continue
        slots = [
            Slot(p.party.key, roles)
            for p in agreement.parties
            if (roles := tuple(r for r in step.may if definition.side_of[r] == p.party.side))
        ]
        yield NextStep(
            label=request.say(Message(step.label)),
            explanation=_explanation(request, standing, step, writing=False),
            href=_href(request, standing, step, slots, writing=False),
            waits_for=tuple(waiting(request, agreement, slot, standing.people) for slot in slots),
            deadline=row,
        )


def _successor(request: Request, standing: Standing) -> Iterator[NextStep]:
    """A revised agreement goes on until the one that follows it is signed."""
    if standing.successor is None or not _waits_for_successor(standing):
        return
    yield NextStep(
        label=request.say(msg("Finish the agreement that follows")),
        explanation=request.say(
            msg("This one goes on as it is until that one is signed, or comes back if it is withdrawn.")
        ),
        href=agreement_url(request, standing.successor),
        since=standing.since,
        by_note=request.say(msg("No clause gives a day for this.")),
    )


def _waits_for_successor(standing: Standing) -> bool:
    """Whether the clock would bring the agreement back if its successor were withdrawn."""
    state = standing.resource.agreement.state
    return any(
        step.automatic is not None and step.automatic.when == "successor_withdrawn" and state in step.sources
        for step in standing.resource.definition.transitions.values()
    )

"""The worklist as it is read: what to do, in what capacity, by when and from which clause."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyramid.request import Request

from workflow_app.domain.case import Slot
from workflow_app.domain.definitions import Effect, Of, Transition
from workflow_app.domain.messages import Message, msg
from workflow_app.services.people_holdings import Holder, holders
from workflow_app.services.worklist import Item, Worklist, worklist
from workflow_app.services.worklist_ahead import coming
from workflow_app.web.pagemodels import DeadlineRow, Link, WaitingItem, WorkItem, WorklistPage
from workflow_app.web.present.deadlines import stored_row, told_row
from workflow_app.web.present.lists import agreement_summary
from workflow_app.web.present.words import (
    agreement_url,
    day,
    moment_day,
    party_name,
    role_word,
    state_label,
    waiting,
)

SERVES: dict[Effect, str] = {
    Effect.RECORD_MATTER: "report",
    Effect.OPEN_EVALUATION: "evaluation",
    Effect.CLOSE_EVALUATION: "evaluation",
    Effect.RECORD_EXTENSION: "expiry",
}
"""The kind of deadline that a step with this effect is there to meet."""


def serves(step: Transition) -> str | None:
    """The kind of deadline the step meets, if it meets any."""
    effects = (*step.effects, *step.each_time)
    return next((SERVES[e] for e in effects if e in SERVES), None)


def step_name(request: Request, step: Transition, year: int | None, written: bool) -> str:
    """What is to be done: the step; of an evaluation which year's, or that it must be written first."""
    label = Message(step.label)
    if needs_writing(step, written):
        return str(request.say(msg("Write the evaluation for ${year}", year=year)))
    if year is not None and step.approvals is not None and step.approvals.of is Of.EVALUATION:
        return str(request.say(msg("Approve the evaluation for ${year}: ${step}", year=year, step=label)))
    return str(request.say(label))


def needs_writing(step: Transition, written: bool) -> bool:
    """Whether the step approves an evaluation that nobody has written yet."""
    return not written and step.approvals is not None and step.approvals.of is Of.EVALUATION


def worklist_page(request: Request) -> WorklistPage:
    """Mine first, then what waits for others, then the deadlines coming."""
    found = worklist(request.dbsession, request.who, request.definitions)
    keys = {p.party.key for i in found.others for p in i.agreement.parties}
    people = holders(request.dbsession, keys, request.today) if keys else ()
    return WorklistPage(
        mine=tuple(w for i in found.mine for w in _mine(request, i)),
        others=tuple(w for i in found.others for w in _others(request, i, people)),
        deadlines=tuple(
            row
            for a, d in coming(request.dbsession, found.coming, request.today)
            if (row := told_row(request, a, d)) is not None
        ),
        more_mine=found.more_mine,
        more_others=found.more_others,
        more_deadlines=found.more_coming,
        at_least=frozenset("deadlines" if n == "coming" else n for n in found.counted_out),
    )


def worklist_json(request: Request) -> dict[str, Any]:
    """The same for a program: each place by transition, party and the roles that may fill it."""
    found: Worklist = worklist(request.dbsession, request.who, request.definitions)
    return {
        "mine": [_item_json(request, i, i.mine) for i in found.mine],
        "others": [_item_json(request, i, i.waiting) for i in found.others],
        "deadlines": [
            {**d, "agreement": agreement_summary(request, a)}
            for a, d in coming(request.dbsession, found.coming, request.today)
        ],
        "more": {"mine": found.more_mine, "others": found.more_others, "deadlines": found.more_coming},
    }


def _item_json(request: Request, item: Item, places: Iterable[tuple[str, Slot]]) -> dict[str, Any]:
    url = agreement_url(request, item.agreement.id)
    return {
        "agreement": agreement_summary(request, item.agreement),
        "waits_for": [
            {
                "transition": name,
                "party": slot.party,
                "roles": list(slot.roles),
                "url": f"{url}/transitions/{name}",
            }
            for name, slot in places
        ],
        "since": item.since,
    }


def _mine(request: Request, item: Item) -> Iterable[WorkItem]:
    agreement = item.agreement
    url = agreement_url(request, agreement.id)
    for step, slots in _grouped(item, item.mine):
        writing = needs_writing(step, item.written)
        yield WorkItem(
            agreement=Link(url, agreement.title),
            step=step_name(request, step, agreement.evaluation_year, item.written),
            href=f"{url}/evaluation" if writing else f"{url}/transitions/{step.name}",
            capacity_text=_capacity_text(request, item, slots),
            state=agreement.state,
            state_label=state_label(request, item.definition, agreement.state),
            since=day(request, moment_day(item.since)),
            deadline=_deadline(request, item, step),
        )


def _others(request: Request, item: Item, people: tuple[Holder, ...]) -> Iterable[WaitingItem]:
    agreement = item.agreement
    for step, slots in _grouped(item, item.waiting):
        yield WaitingItem(
            agreement=Link(agreement_url(request, agreement.id), agreement.title),
            step=step_name(request, step, agreement.evaluation_year, item.written),
            state=agreement.state,
            state_label=state_label(request, item.definition, agreement.state),
            waits_for=tuple(waiting(request, agreement, slot, people) for slot in slots),
            since=day(request, moment_day(item.since)),
            deadline=_deadline(request, item, step),
        )


def _grouped(item: Item, places: Iterable[tuple[str, Slot]]) -> list[tuple[Transition, list[Slot]]]:
    found: dict[str, list[Slot]] = {}
    for name, slot in places:
        found.setdefault(name, []).append(slot)
    return [(item.definition.transitions[name], slots) for name, slots in found.items()]


def _capacity_text(request: Request, item: Item, slots: list[Slot]) -> str:
    """ "as mayor for Moss kommune", every capacity once."""
    said = []
    for slot in slots:
        holding = next(h for h in request.who.holdings if h.party == slot.party and h.role in slot.roles)
        words = msg(
            "as ${role} for ${party}",
            role=role_word(request, holding.role, holding.title),
            party=party_name(item.agreement, slot.party),
        )
        said.append(request.say(words))
    return ", ".join(dict.fromkeys(said))


def _deadline(request: Request, item: Item, step: Transition) -> DeadlineRow | None:
    """The agreement's next deadline, where this step is there to meet it."""
    stored = item.agreement.next_deadline
    if not stored or stored["kind"] != serves(step):
        return None
    return stored_row(request, item.agreement, linked=False)

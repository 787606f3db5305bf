"""The pages on which a role is handed over: what to hand over, to whom, and what it would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import Person
from workflow_app.services.handover import Move, NewPerson, Plan, choices
from workflow_app.services.handover_doing import Done
from workflow_app.services.links import sees
from workflow_app.services.people_roles import list_roles, roles_of
from workflow_app.web.pagemodels import Choice, Link, Problem
from workflow_app.web.pagemodels.people import HandoverPage, MoveView, PlanView
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.present.layout import LANGUAGE_NAMES
from workflow_app.web.present.party import party_head
from workflow_app.web.present.party_words import handover_url, known_people
from workflow_app.web.present.words import agreement_url, role_word

LISTED = 12
"""Agreements named in a preview; the rest are counted."""


@dataclass(frozen=True)
class Asked:
    """Which role is handed over from whom (None: from nobody), once it has been chosen."""

    role: str
    old: Person | None


def handover_page(
    request: Request,
    resource: PartyResource,
    asked: Asked | None,
    written: Mapping[str, str] | None = None,
    chosen: Sequence[str] | None = None,
    plan: Plan | None = None,
    problems: tuple[Problem, ...] = (),
) -> HandoverPage:
    """The page. ``written`` and ``chosen`` (parties) keep what was sent; ``plan`` is what it would do."""
    head = party_head(request, resource.party)
    if asked is None:
        return HandoverPage(head, choices=_choices(request, resource))
    parties = {p.key: p for p in (resource.party, *_more(request, asked))}
    ticked = set(parties) if chosen is None else set(chosen)
    values = {
        "first_day": request.today.isoformat(),
        "whom": "known",
        "title": _title(request, resource, asked),
    }
    values |= dict(written or {})
    return HandoverPage(
        head,
        role=asked.role,
        role_label=role_word(request, asked.role),
        holder=asked.old.name if asked.old else None,
        values=tuple({**values, "from": asked.old.username if asked.old else ""}.items()),
        parties=tuple(Choice(p.key, p.name, p.key in ticked) for p in parties.values()),
        languages=tuple(Choice(c, n, c == values.get("language")) for c, n in LANGUAGE_NAMES.items()),
        people=known_people(request),
        plan=plan_view(request, plan) if plan else None,
        problems=problems,
    )


def done_page(request: Request, resource: PartyResource, done: Done, link: str) -> HandoverPage:
    """What was done, and the new person's way in, shown this once."""
    said = msg(
        "${name} has the role from ${day}. Give the address below to them: with it they choose a password.",
        name=done.new.name,
        day=done.plan.order.first,
    )
    return HandoverPage(party_head(request, resource.party), done=request.say(said), link=link)


def link_page(request: Request, resource: PartyResource, link: str) -> HandoverPage:
    """A new way in for somebody who has not chosen a password yet, shown this once."""
    said = msg("Give the address below to them: with it they choose a password.")
    return HandoverPage(party_head(request, resource.party), done=request.say(said), link=link)


def _choices(request: Request, resource: PartyResource) -> tuple[Link, ...]:
    """Every role of the party with whoever has it, as ways to the form."""
    head, party = party_head(request, resource.party), resource.party
    held = [h for h in list_roles(request.dbsession, today=request.today, party=party) if h.person.active]
    links = []
    for role in roles_of(party.side):
        label = role_word(request, role)
        for h in held:
            if h.role == role and (h.to_date is None or h.to_date >= h.from_date):
                links.append(Link(handover_url(head, role, h.person.username), f"{label}: {h.person.name}"))
        nobody = not any(h.role == role for h in held)
        words = (
            msg("${role}: nobody holds it", role=label) if nobody else msg("${role}: one more", role=label)
        )
        links.append(Link(handover_url(head, role, ""), request.say(words)))
    return tuple(links)


def _more(request: Request, asked: Asked) -> list[Any]:
    old = asked.old.id if asked.old else None
    return choices(request.dbsession, request.who, asked.role, old, request.today)


def _title(request: Request, resource: PartyResource, asked: Asked) -> str:
    """The local title goes with the role: who was called Lensmann is followed by one."""
    held = list_roles(request.dbsession, today=request.today, party=resource.party, person=asked.old)
    found = (h.title for h in held if asked.old is not None and h.role == asked.role and h.title)
    return next(found, "")


def plan_view(request: Request, plan: Plan) -> PlanView:
    """The plan in sentences."""
    order = plan.order
    new = order.taken_by.name
    role = role_word(request, order.role, order.title)
    seen = [i.agreement for i in plan.waiting if sees(request.who, request.definitions, i.agreement)]
    count = len(plan.waiting) + plan.more
    return PlanView(
        sentence=request.say(msg("${name} becomes ${role} on ${day}.", name=new, role=role, day=order.first)),
        moves=tuple(_move_view(request, plan, move) for move in plan.moves),
        waiting=tuple(Link(agreement_url(request, a.id), a.title) for a in seen[:LISTED]),
        waiting_sentence=request.say(_waiting(count)),
        notes=tuple(request.say(m) for m in notes(plan, request.today)),
        seen=plan.seen,
    )


def _waiting(count: int) -> Message:
    if count == 0:
        return msg("No agreement waits for this role today.")
    if count == 1:
        return msg("One agreement waits for this role; from that day it waits for the new holder.")
    return msg(
        "${count} agreements wait for this role; from that day they wait for the new holder.", count=count
    )


def _move_view(request: Request, plan: Plan, move: Move) -> MoveView:
    return MoveView(
        party=move.party.name,
        done=tuple(request.say(m) for m in happens(plan, move)),
        warnings=tuple(request.say(m) for m in thoughts(plan, move)),
    )


def happens(plan: Plan, move: Move) -> list[Message]:
    """What changes for one party."""
    order, said = plan.order, []
    for held in move.ends:
        last = max(plan_before(plan), held.from_date)
        undone = held.from_date > plan_before(plan)
        text = (
            msg("${name} does not begin on ${day} after all.", name=held.person.name, day=held.from_date)
            if undone
            else msg("${name} has it until ${day}, that day included.", name=held.person.name, day=last)
        )
        said.append(text)
    for acting in move.acting:
        said.append(msg("${name} no longer acts in that office.", name=acting.person.name))
    if move.already:
        said.append(msg("${name} has the role already.", name=order.taken_by.name))
    elif order.last is None:
        said.append(
            msg("${name} has it from ${day} until further notice.", name=order.taken_by.name, day=order.first)
        )
    else:
        said.append(
            msg("${name} has it from ${first} to ${last}.", name=order.taken_by.name, first=order.first,
                last=order.last)
        )  # fmt: skip
    if move.approved:
        said.append(
            msg("What ${name} has approved stands: ${count} in rounds that are still open.",
                name=plan.old.name if plan.old else "", count=move.approved)
        )  # fmt: skip
    return said


def thoughts(plan: Plan, move: Move) -> list[Message]:
    """What to think about before confirming: doubled roles, and days on which nobody has it."""
    said = [
        msg("${name} holds the role as well; either of them can do what it asks.", name=other.person.name)
        for other in move.others
    ]
    if move.empty is not None:
        first, last = move.empty
        said.append(msg("Nobody has the role from ${first} to ${last}.", first=first, last=last))
    return said


def plan_before(plan: Plan) -> date:
    """The old holder's last day."""
    return date.fromordinal(plan.order.first.toordinal() - 1)


def notes(plan: Plan, today: date) -> list[Message]:
    """Who is told, and when; who cannot be."""
    new, said = plan.order.taken_by, []
    if isinstance(new, NewPerson):
        said.append(
            msg("${name} gets an account, and you a way for them to choose a password.", name=new.name)
        )
    for person in (new, plan.old):
        if person is None:
            continue
        if not person.email:
            said.append(
                msg("${name} has no e-mail address and gets no letter; tell them yourself.", name=person.name)
            )
        elif plan.order.first > today:
            said.append(msg("${name} gets a letter on ${day}.", name=person.name, day=plan.order.first))
        else:
            said.append(msg("${name} gets a letter now.", name=person.name))
    return said


def plan_json(request: Request, plan: Plan) -> dict[str, Any]:
    """What an order would do, for a program; ``seen`` goes back with ``"confirm": true``."""
    return {
        "role": plan.order.role,
        "first_day": plan.order.first,
        "last_day": plan.order.last,
        "moves": [
            {
                "party": m.party.key,
                "ends": [a.id for a in m.ends],
                "acting_ends": [a.id for a in m.acting],
                "others": [a.person.username for a in m.others],
                "empty": list(m.empty) if m.empty else None,
                "already": m.already,
                "approved": m.approved,
            }
            for m in plan.moves
        ],
        "waiting": len(plan.waiting) + plan.more,
        "notes": [request.say(m) for m in notes(plan, request.today)],
        "seen": plan.seen,
    }

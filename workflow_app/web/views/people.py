"""A party's own page, and the small changes of its people: a role ends, somebody acts in another's office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import ActingHolder, Party, RoleAssignment
from workflow_app.services import parties, password_links, people
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.people_acting import add_acting, end_acting
from workflow_app.services.people_last import refuse_last_administrator
from workflow_app.services.people_roles import ADMINISTRATOR, end_role
from workflow_app.services.people_sides import refuse_both_sides
from workflow_app.services.trail import EntryActor
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, page_again, status_of, to_page
from workflow_app.web.handover_asked import in_words
from workflow_app.web.pagemodels import Problem
from workflow_app.web.pagemodels.people import Typed
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.handover import link_page
from workflow_app.web.present.party import party_json, party_page
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.views.password import password_link

Values = Mapping[str, str]


@page("party", context=PartyResource, permission=Right.SEE_PARTY)
def party(context: PartyResource, request: Request) -> dict[str, object]:
    """Who holds what, what is coming, what the party is part of."""
    return {"page": party_page(request, context), "nav": "parties"}


@twin(context=PartyResource, permission=Right.SEE_PARTY)
def party_twin(context: PartyResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return party_json(request, context)


@view_config(context=PartyResource, permission=Right.ADMINISTER, request_method="POST")
def change(context: PartyResource, request: Request) -> Response:
    """One of the small changes, named by ``action``; what was written comes back when it is wrong."""
    values = {name: str(value).strip()[:300] for name, value in sent(request).items()}
    action = str(values.get("action", ""))
    program = wants_json(request) or request.content_type == "application/json"
    try:
        if action not in ACTIONS:
            raise FieldErrors(
                {"action": msg("Choose what to change: ${choices}.", choices=", ".join(ACTIONS))}
            )
        link = ACTIONS[action](request, parties.find(request.dbsession, context.party.key), values)
    except ServiceError as wrong:
        said = wrong.fields if isinstance(wrong, FieldErrors) else {PLACE.get(wrong.code, ""): wrong.message}
        said = {name: in_words(message) for name, message in said.items()}
        if program:
            raise (FieldErrors(said) if isinstance(wrong, FieldErrors) else wrong) from wrong
        problems = tuple(Problem(f"{action}-{n}" if n else "", request.say(m)) for n, m in said.items())
        model = party_page(request, context, Typed(action, tuple(values.items()), problems))
        return page_again(request, "party", model, status_of(wrong), "parties")
    if program:
        request.dbsession.flush()
        more = {"password_link": link} if link else {}
        return as_json(request, {**party_json(request, context), **more})
    if link:
        value = {"page": link_page(request, context, link), "nav": "parties"}
        return render_to_response("workflow_app.templates:pages/handover.pt", value, request=request)
    return to_page(request, f"/parties/{context.party.key}", done="saved")


PLACE: Mapping[str, str] = {
    "unknown_person": "username",
    "acting_for_self": "username",
    "person_ended": "username",
    "both_sides": "username",
    "office_not_held": "from",
    "acting_overlaps": "from",
    "period": "last_day",
    "ended_already": "last_day",
    "last_administrator": "assignment",
    "password_chosen": "username",
    "acts_for_others": "username",
}
"""The code of a fault → the field it belongs to."""


def _end_role(request: Request, party: Party, values: Values) -> None:
    held = request.dbsession.get(RoleAssignment, _number(values, "assignment"))
    if held is None or held.party_id != party.id:
        raise FieldErrors({"assignment": msg("Choose which role is to end.")})
    last = _day(values, "last_day")
    if held.role == ADMINISTRATOR:
        refuse_last_administrator(request.dbsession, held, last)
    end_role(request.dbsession, held.id, last_day=last, actor=_actor(request, party), now=request.now)


def _add_acting(request: Request, party: Party, values: Values) -> None:
    office = request.dbsession.get(RoleAssignment, _number(values, "office"))
    if office is None or office.party_id != party.id:
        raise FieldErrors({"office": msg("Choose in whose office somebody is to act.")})
    first, last = _day(values, "from"), _day(values, "to")
    if last < first:
        raise FieldErrors(
            {"to": msg("The last day, ${last}, is before the first day, ${first}.", last=last, first=first)}
        )
    if not values.get("username"):
        raise FieldErrors({"username": msg("Write the user name of the one who acts.")})
    person = people.find(request.dbsession, values["username"])
    refuse_both_sides(request.dbsession, person, party, office.role, first, last)
    add_acting(
        request.dbsession, person, office.person, party, office.role, title=values.get("title") or None,
        from_date=first, to_date=last, actor=_actor(request, party), now=request.now,
    )  # fmt: skip


def _end_acting(request: Request, party: Party, values: Values) -> None:
    acting = request.dbsession.get(ActingHolder, _number(values, "acting"))
    if acting is None or acting.party_id != party.id:
        raise FieldErrors({"acting": msg("Choose who is to stop acting.")})
    end_acting(
        request.dbsession, acting.id, last_day=_day(values, "last_day"), actor=_actor(request, party),
        now=request.now,
    )  # fmt: skip


def _new_link(request: Request, party: Party, values: Values) -> str:
    person = people.find(request.dbsession, values.get("username", ""))
    password_links.expect_own(request.dbsession, person, party, who=request.who, today=request.today)
    return password_link(request, person)


ACTIONS: Mapping[str, Callable[[Request, Party, Values], str | None]] = {
    "end_role": _end_role,
    "add_acting": _add_acting,
    "end_acting": _end_acting,
    "new_link": _new_link,
}


def _number(values: Values, name: str) -> int:
    raw = values.get(name, "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0


def _day(values: Values, name: str) -> date:
    raw = values.get(name, "")
    try:
        return date.fromisoformat(raw)
    except ValueError:
        wrong: Message = (
            msg("«${value}» is not a date; write it as 2026-12-31.", value=raw[:40])
            if raw
            else msg("Write the day, as 2026-12-31.")
        )
        raise FieldErrors({name: wrong}) from None


def _actor(request: Request, party: Party) -> EntryActor:
    return EntryActor(person=request.who.person_id, role=ADMINISTRATOR, party=party.key)

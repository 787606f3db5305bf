"""The meetings of a year: look at them, plan one, record one held, raise a matter, say whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.meetings.fields import CONFIRM, DESCRIPTION, SIDE, SLOT, TITLE, YEAR
from workflow_app.domain.messages import msg
from workflow_app.models.meetings import Meeting
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.meetings import plan, raising, standing, turns
from workflow_app.web.asked_year import year_in
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, shown_again, status_of, to_page
from workflow_app.web.meeting_input import action_of, cleaned, number_of, slot_of, text_of
from workflow_app.web.present.meetings import MeetingsView, meetings_json
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, Meetings

Asked = Mapping[str, Any]


@page("meetings", context=Meetings, permission=Permission.VIEW)
def meetings(context: Meetings, request: Request) -> dict[str, object]:
    """One year's meetings (``year``; this one unless it is named)."""
    view = MeetingsView(request, context.owner, asked_year(request))
    return {"page": view.page(), "nav": "agreements"}


@twin(context=Meetings, permission=Permission.VIEW)
def meetings_twin(context: Meetings, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return meetings_json(request, context.owner, asked_year(request))


def asked_year(request: Request) -> int:
    """The year in ``?year=``, this year where there is none. Raises ``NotThere``."""
    return year_in(request, msg("Meetings are shown for ${first} to ${last}, not for “${value}”."))


@view_config(context=Meetings, permission=Permission.VIEW, request_method="POST")
def change(context: Meetings, request: Request) -> Response:
    """Plan one meeting, record one held, raise a matter, keep standing points, say who begins."""
    asked = sent(request)
    try:
        done, check = ACTIONS[action_of(asked, ACTIONS)]
        data = check(asked)
        resource = held(request, context.owner, Permission.VIEW)
        made = done(request, resource, data)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not shown_again(wrong):
            raise
        errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
        view = MeetingsView(request, context.owner, request.today.year, asked, errors)
        return page_again(request, "meetings", view.page(), status_of(wrong))
    year = made.on.year if isinstance(made, Meeting) else request.today.year
    if wants_json(request):
        return as_json(request, meetings_json(request, resource, year))
    path = f"/agreements/{resource.agreement.id}/meetings"
    if isinstance(made, Meeting):
        return to_page(request, f"{path}/{made.number}", done="saved")
    return to_page(request, path, year=str(year), done="saved")


def _one(request: Request, resource: AgreementResource, data: dict[str, Any]) -> Meeting:
    (made,) = plan.plan(
        request.dbsession, resource.agreement, resource.definition, [slot_of(data)],
        who=request.who, now=request.now, confirmed=bool(data.get("confirm")),
    )  # fmt: skip
    return made


def _held(request: Request, resource: AgreementResource, data: dict[str, Any]) -> Meeting:
    return plan.record_held(
        request.dbsession, resource.agreement, resource.definition, slot_of(data),
        who=request.who, now=request.now,
    )  # fmt: skip


def _raise(request: Request, resource: AgreementResource, data: dict[str, Any]) -> Meeting | None:
    item = raising.raise_matter(
        request.dbsession, resource.agreement, resource.definition, title=data["title"],
        description=data.get("description"), who=request.who, now=request.now,
    )  # fmt: skip
    return item.meeting


def _standing(request: Request, resource: AgreementResource, data: dict[str, Any]) -> None:
    standing.add_standing(
        request.dbsession, resource.agreement, data["title"], who=request.who, now=request.now
    )


def _no_standing(request: Request, resource: AgreementResource, data: dict[str, Any]) -> None:
    standing.remove_standing(
        request.dbsession, resource.agreement, data["item"], who=request.who, now=request.now
    )


def _turn(request: Request, resource: AgreementResource, data: dict[str, Any]) -> None:
    rules = read_chronicle(request.dbsession, resource.agreement, request.today).rules
    turns.begin(
        request.dbsession, resource.agreement, rules, clause=data["clause"], side=data["side"],
        year=data["year"], who=request.who, now=request.now,
    )  # fmt: skip


ACTIONS: dict[str, tuple[Callable[..., Meeting | None], Callable[[Asked], dict[str, Any]]]] = {
    "one": (_one, lambda asked: cleaned((*SLOT, CONFIRM), asked)),
    "held": (_held, lambda asked: cleaned(SLOT, asked)),
    "raise": (_raise, lambda asked: cleaned((TITLE, DESCRIPTION), asked)),
    "standing": (_standing, lambda asked: cleaned((TITLE,), asked)),
    "no_standing": (_no_standing, lambda asked: {"item": number_of(asked, "item")}),
    "turn": (
        _turn,
        lambda asked: {**cleaned((SIDE, YEAR), asked, "clause"), "clause": text_of(asked, "clause")},
    ),
}
"""What a form or a program can ask for by ``action``: who does it, and what is read first."""

"""One meeting: move it or call it off, write its agenda, call people to it, send the invitation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.meetings.fields import (
    CONFIRM,
    DESCRIPTION,
    EMAIL,
    GUEST_TITLE,
    NAME,
    REASON,
    SLOT,
    TITLE,
)
from workflow_app.domain.messages import msg
from workflow_app.models.meetings import ADDED, EVALUATION, FOLLOW_UP, Meeting
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.errors import Conflict, FieldErrors, ServiceError
from workflow_app.services.meetings import (
    access,
    agenda_changes,
    called,
    finding,
    plan,
    raising,
    suggestions,
    turns,
)
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, shown_again, status_of, to_page
from workflow_app.web.meeting_input import action_of, cleaned, number_of, seen_of, slot_of, text_of, whole
from workflow_app.web.present.meeting import MeetingView, one_json
from workflow_app.web.present.meeting_forms import posts_fields
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, MeetingResource
from workflow_app.web.views.meeting_invitation import send

Asked = Mapping[str, Any]


@page("meeting", context=MeetingResource, permission=Permission.VIEW)
def meeting(context: MeetingResource, request: Request) -> dict[str, object]:
    """The meeting with its agenda."""
    return {"page": _view(context, request).page(), "nav": "agreements"}


@twin(context=MeetingResource, permission=Permission.VIEW)
def meeting_twin(context: MeetingResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    found = finding.find(request.dbsession, context.agreement, context.meeting.number)
    return one_json(request, context.owner, found)


@view_config(context=MeetingResource, permission=Permission.VIEW, request_method="POST")
def change(context: MeetingResource, request: Request) -> Response:
    """Do one thing with the meeting: ``action`` says which."""
    asked = sent(request)
    try:
        action, seen = action_of(asked, ACTIONS), seen_of(asked)
        resource = held(request, context.owner, Permission.VIEW)
        found = finding.find(request.dbsession, resource.agreement, context.meeting.number)
        if action != "cancel":
            # A meeting planned under an agreement that is over by then can only be called off.
            access.expect_planning(resource.agreement, resource.definition, found.on)
        ACTIONS[action](request, resource, found, asked, seen)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not _again(wrong):
            raise
        errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
        return page_again(request, "meeting", _view(context, request, asked, errors).page(), status_of(wrong))
    if wants_json(request):
        return as_json(request, one_json(request, resource, found))
    path = f"/agreements/{resource.agreement.id}/meetings/{found.number}"
    return to_page(request, path, done="sent" if action == "send" else "saved")


def _again(wrong: ServiceError) -> bool:
    """What the page itself tells, beside what was written: also what a meeting's own state forbids."""
    return shown_again(wrong) or isinstance(wrong, Conflict)


def _view(
    context: MeetingResource, request: Request, asked: Asked | None = None, errors: Any = None
) -> MeetingView:
    # The tree was walked with a session that only reads and is another than the page's.
    found = finding.find(request.dbsession, context.agreement, context.meeting.number)
    return MeetingView(request, context.owner, found, asked, errors)


def _move(request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    data = cleaned((*SLOT, CONFIRM), asked)
    plan.move(
        request.dbsession, resource.agreement, it, slot_of(data), who=request.who, now=request.now,
        seen=seen, confirmed=bool(data.get("confirm")),
    )  # fmt: skip


def _cancel(
    request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    reason = cleaned((REASON,), asked)["reason"]
    plan.cancel(
        request.dbsession, resource.agreement, it, reason, who=request.who, now=request.now, seen=seen
    )


def _posts(
    request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    data = cleaned(posts_fields(resource.agreement), asked)
    convener, secretary = ("" if data[n] == "none" else data[n] for n in ("convener", "secretary"))
    turns.give_posts(
        request.dbsession, resource.agreement, it, convener=convener, secretary=secretary,
        who=request.who, now=request.now, seen=seen,
    )  # fmt: skip


def _raise(
    request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    data = cleaned((TITLE, DESCRIPTION), asked)
    raising.raise_matter(
        request.dbsession, resource.agreement, resource.definition, title=data["title"],
        description=data.get("description"), who=request.who, now=request.now, meeting=it,
    )  # fmt: skip


def _add(request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    """A point of one's own words, or one of those the page offers."""
    kind, more = text_of(asked, "kind"), {}
    if kind in (FOLLOW_UP, EVALUATION):
        chronicle = read_chronicle(request.dbsession, resource.agreement, request.today)
        offered = suggestions.suggested(request.dbsession, resource.agreement, it, chronicle)
        decision = whole(asked.get("decision"))
        found = next((s for s in offered if s.kind == kind and s.decision == decision), None)
        if found is None:
            raise FieldErrors(
                {"": msg("This is not offered for the agenda any more; look at the page again.")}
            )
        title = found.title if isinstance(found.title, str) else request.say(found.title)
        more = {"decision_id": decision}
        description = None
    else:
        data = cleaned((TITLE, DESCRIPTION), asked, "kind", "decision")
        kind, title, description = ADDED, data["title"], data.get("description")
    agenda_changes.add_point(
        request.dbsession, resource.agreement, it, kind=kind, title=title, description=description,
        who=request.who, now=request.now, seen=seen, **more,
    )  # fmt: skip


def _remove(
    request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    agenda_changes.remove_point(
        request.dbsession, resource.agreement, it, number_of(asked, "item"),
        who=request.who, now=request.now, seen=seen,
    )  # fmt: skip


def _order(
    request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    """The numbers written beside the points, or a list of their ids in order."""
    wanted: dict[int, int] = {}
    if isinstance(asked.get("order"), list):
        numbers = [whole(item) for item in asked["order"]]
        wanted = {item: place for place, item in enumerate(numbers, 1) if item is not None}
    for name in asked:
        item = whole(name.removeprefix("place-")) if name.startswith("place-") else None
        if item is not None:
            wanted[item] = number_of(asked, name)
    agenda_changes.put_in_order(
        request.dbsession, resource.agreement, it, wanted, who=request.who, now=request.now, seen=seen
    )


def _guest(
    request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    data = cleaned((NAME, GUEST_TITLE, EMAIL), asked)
    called.invite_guest(
        request.dbsession, resource.agreement, it, name=data["name"], email=data.get("email", ""),
        title=data.get("guest_title"), who=request.who, now=request.now, seen=seen,
    )  # fmt: skip


def _no_guest(
    request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    called.remove_guest(
        request.dbsession, resource.agreement, it, number_of(asked, "guest"),
        who=request.who, now=request.now, seen=seen,
    )  # fmt: skip


def _deputy(
    request: Request, resource: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    called.call_deputy(
        request.dbsession, resource.agreement, it, number_of(asked, "deputy"),
        who=request.who, now=request.now, seen=seen,
    )  # fmt: skip


ACTIONS: dict[str, Callable[[Request, AgreementResource, Meeting, Asked, int | None], None]] = {
    "move": _move,
    "cancel": _cancel,
    "posts": _posts,
    "raise": _raise,
    "add": _add,
    "remove": _remove,
    "order": _order,
    "guest": _guest,
    "no_guest": _no_guest,
    "deputy": _deputy,
    "send": send,
}
"""What a form or a program can ask for by ``action``."""

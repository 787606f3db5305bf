"""The plan of a year: a proposal to look at, and the days to save in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.meetings.fields import ENDS, ON, PLACE, STARTS
from workflow_app.domain.messages import Message
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.meetings import habits, plan
from workflow_app.services.meetings.checks import Slot
from workflow_app.web.asked_year import shown_years
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, shown_again, status_of, to_page
from workflow_app.web.meeting_input import action_of, cleaned, slot_of, whole
from workflow_app.web.pagemodels.meetings import PlanRow
from workflow_app.web.present.meeting_plan import SPARE, PlanView, may_plan, plan_json
from workflow_app.web.present.meetings import meetings_json
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, Meetings
from workflow_app.web.views.meetings import asked_year

Asked = Mapping[str, Any]


@page("meeting_plan", context=Meetings, name="plan", permission=Permission.VIEW)
def proposal(context: Meetings, request: Request) -> dict[str, object]:
    """A proposal for one year, from the wish in the address."""
    may_plan(request, context.owner)
    view = PlanView(request, context.owner, asked_year(request), request.GET)
    return {"page": view.page(), "nav": "agreements"}


@twin(context=Meetings, name="plan", permission=Permission.VIEW)
def proposal_twin(context: Meetings, request: Request) -> dict[str, Any]:
    """The same for a program."""
    may_plan(request, context.owner)
    return plan_json(PlanView(request, context.owner, asked_year(request), request.GET))


@view_config(context=Meetings, name="plan", permission=Permission.VIEW, request_method="POST")
def save(context: Meetings, request: Request) -> Response:
    """Save the days of the plan, or keep the wish as the kommune's habits."""
    asked = sent(request)
    try:
        done, resource = _save(context, request, asked)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not shown_again(wrong):
            raise
        errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
        view = PlanView(request, context.owner, _year(request, asked), asked)
        # What is wrong with the wish is told already, by the wish itself.
        known = {name for name, _ in view.wish.problems}
        model = view.page(_rows(asked), {n: m for n, m in errors.items() if n not in known})
        return page_again(request, "meeting_plan", model, status_of(wrong))
    year = str(_year(request, asked))
    if wants_json(request):
        return as_json(request, meetings_json(request, resource, int(year)))
    path = f"/agreements/{resource.agreement.id}/meetings"
    return to_page(request, f"{path}/plan" if done == "habits" else path, year=year, done="saved")


def _save(context: Meetings, request: Request, asked: Asked) -> tuple[str, AgreementResource]:
    if action_of({"action": "plan", **asked}, ("plan", "habits")) == "habits":
        wish = PlanView(request, context.owner, request.today.year, asked).wish
        if wish.problems:
            raise FieldErrors(dict(wish.problems))
        resource = held(request, context.owner, Permission.VIEW)
        habits.set_habits(
            request.dbsession, resource.agreement, weeks_off=wish.weeks_off, weekday=wish.weekday,
            starts_at=wish.starts_at, place=wish.place or None, who=request.who, now=request.now,
        )  # fmt: skip
        return "habits", resource
    slots, wrong = _slots(asked)
    resource = held(request, context.owner, Permission.VIEW)
    # A row with a wrong hour has a day all the same, and all that is wrong is told at once; what was
    # planned beside it is thrown away with the request.
    if slots or not wrong:
        try:
            plan.plan(
                request.dbsession, resource.agreement, resource.definition, list(slots.values()),
                who=request.who, now=request.now,
            )  # fmt: skip
        except FieldErrors as no:
            wrong = _by_row(no.fields, list(slots)) | wrong
    if wrong:
        raise FieldErrors(dict(sorted(wrong.items(), key=_row_of)))
    return "plan", resource


def _slots(asked: Asked) -> tuple[dict[int, Slot], dict[str, Message]]:
    """The days to save by the row each stands in, and what cannot be read; empty rows are left out."""
    slots: dict[int, Slot] = {}
    wrong: dict[str, Message] = {}
    for row, written in _written(asked):
        try:
            slots[row] = slot_of(cleaned(_ROW, written))
        except FieldErrors as no:
            wrong |= {f"{name}-{row}": sentence for name, sentence in no.fields.items()}
            if "on" in written and "on" not in no.fields:
                slots[row] = Slot(cleaned((ON,), {"on": written["on"]})["on"])
    return slots, wrong


_ROW = (ON, STARTS, ENDS, PLACE)


def _written(asked: Asked) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows with a day in them: a form's, which share one place, or a program's ``meetings``."""
    if isinstance(asked.get("meetings"), list):
        for row, given in enumerate(asked["meetings"], 1):
            yield row, given if isinstance(given, dict) else {}
        return
    place = cleaned((PLACE,), {"place": asked.get("place", "")}).get("place")
    for row in _numbers(asked):
        if str(asked.get(f"on-{row}", "")).strip():
            hours = {"on": asked.get(f"on-{row}"), "starts_at": asked.get(f"starts_at-{row}", "")}
            yield row, hours | ({"place": place} if place else {})


def _row_of(fault: tuple[str, Message]) -> int:
    return whole(fault[0].rpartition("-")[2]) or 0


def _by_row(fields: Mapping[str, Message], rows: list[int]) -> dict[str, Message]:
    """Faults told of the first, second … meeting, told of the rows they stand in."""
    out: dict[str, Message] = {}
    for name, sentence in fields.items():
        field, _, place = name.partition("-")
        at = int(place) if place.isdecimal() else 1
        known = field == "on" or bool(place)
        out[f"{field}-{rows[at - 1]}" if known and at <= len(rows) else name] = sentence
    return out


def _numbers(asked: Asked) -> list[int]:
    found = (whole(name.removeprefix("on-")) for name in asked if name.startswith("on-"))
    return sorted(n for n in found if n is not None)


def _rows(asked: Asked) -> tuple[PlanRow, ...]:
    """The rows as they were written, and the spare ones after them."""
    written = tuple(
        PlanRow(number=n, on=str(asked.get(f"on-{n}", "")), starts_at=str(asked.get(f"starts_at-{n}", "")))
        for n in _numbers(asked)
    )
    return written or tuple(PlanRow(number=n) for n in range(1, SPARE + 1))


def _year(request: Request, asked: Asked) -> int:
    """The year the form was for."""
    found = whole(asked.get("year"))
    return found if found is not None and found in shown_years(request) else int(request.today.year)

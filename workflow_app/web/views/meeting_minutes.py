"""The minutes of one meeting: say who came, write, decide, keep, and take up again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.meetings.minutes import public_by_clause
from workflow_app.domain.meetings.minutes_fields import CAME, DONE_ON, REASON, written_fields
from workflow_app.domain.messages import msg
from workflow_app.models.meetings import Meeting
from workflow_app.services import blobs
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.errors import Conflict, FieldErrors, NotThere, ServiceError
from workflow_app.services.meetings import agenda, attendance, decisions, finding, minutes
from workflow_app.services.meetings.minutes_paper import minutes_pdf
from workflow_app.services.sealing import sealed
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, shown_again, status_of, to_page
from workflow_app.web.meeting_input import cleaned, number_of, seen_of, whole
from workflow_app.web.present.minutes import CAME as CAME_FIELD
from workflow_app.web.present.minutes import MinutesView
from workflow_app.web.present.minutes_forms import decision_fields_of
from workflow_app.web.present.minutes_json import minutes_json
from workflow_app.web.present.papers import pdf_response, translator
from workflow_app.web.present.seals import chosen
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, MeetingResource

Asked = Mapping[str, Any]


@page("minutes", context=MeetingResource, name="minutes", permission=Permission.VIEW)
def minutes_of(context: MeetingResource, request: Request) -> dict[str, object]:
    """Who came, what was said and decided, and the versions kept."""
    return {"page": _view(context, request).page(), "nav": "agreements"}


@twin(context=MeetingResource, name="minutes", permission=Permission.VIEW)
def minutes_twin(context: MeetingResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    found = finding.find(request.dbsession, context.agreement, context.meeting.number)
    return minutes_json(request, context.owner, found)


@view_config(context=MeetingResource, name="minutes.pdf", permission=Permission.VIEW, request_method="GET")
def minutes_paper(context: MeetingResource, request: Request) -> Response:
    """The newest version kept, or the one named by ``number``; as they stand now with ``draft``."""
    db, resource = request.dbsession, context.owner
    found = finding.find(db, resource.agreement, context.meeting.number)
    kept = {k.number: k for k in minutes.keepings(db, resource.agreement, found)}
    if request.GET.get("draft"):
        if not found.minutes:
            raise NotThere("not_written", msg("The minutes are not written yet."))
        content = _made(request, resource, found, None, None)
    else:
        asked = request.GET.get("number")
        number = whole(asked) if asked else max(kept, default=0)
        if number not in kept:
            raise NotThere("not_kept", msg("No such version of the minutes has been kept."))
        source = kept[number].sha256
        content = chosen(request, sealed.row_of(db, source), lambda: blobs.fetch(db, source), living=False)
    return pdf_response(request, content, "referat", str(found.number), found.on.isoformat())


@view_config(context=MeetingResource, name="minutes", permission=Permission.VIEW, request_method="POST")
def change(context: MeetingResource, request: Request) -> Response:
    """Do one thing with the minutes: ``action`` says which."""
    asked = sent(request)
    action = asked.get("action")
    try:
        if not isinstance(action, str) or action not in ACTIONS:
            known = ", ".join(ACTIONS)
            raise FieldErrors({"action": msg("Say what to do: one of ${known}.", known=known)})
        seen = seen_of(asked)
        resource = held(request, context.owner, Permission.VIEW)
        found = finding.find(request.dbsession, resource.agreement, context.meeting.number)
        ACTIONS[action](request, resource, found, asked, seen)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not _again(wrong):
            raise
        errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
        return page_again(request, "minutes", _view(context, request, asked, errors).page(), status_of(wrong))
    if wants_json(request):
        return as_json(request, minutes_json(request, resource, found))
    path = f"/agreements/{resource.agreement.id}/meetings/{found.number}/minutes"
    return to_page(request, path, done="saved")


def _again(wrong: ServiceError) -> bool:
    """What the page itself tells, beside what was written."""
    return shown_again(wrong) or isinstance(wrong, Conflict)


def _view(
    context: MeetingResource, request: Request, asked: Asked | None = None, errors: Any = None
) -> MinutesView:
    # The tree was walked with a session that only reads and is another than the page's.
    found = finding.find(request.dbsession, context.agreement, context.meeting.number)
    return MinutesView(request, context.owner, found, asked, errors)


def _attendance(
    request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None
) -> None:
    """The boxes that are ticked, or a program's list of keys."""
    listed = asked.get("present")
    if listed is not None and not (isinstance(listed, list) and all(isinstance(k, str) for k in listed)):
        raise FieldErrors({"present": msg("“present” is a list of the keys of those who came.")})
    boxes = (name.removeprefix(CAME_FIELD) for name in asked if name.startswith(CAME_FIELD))
    present = set(listed) if listed is not None else set(boxes)
    attendance.save(
        request.dbsession, res.agreement, it, present, who=request.who, now=request.now, seen=seen
    )


def _came(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    data = cleaned(CAME, asked)
    attendance.add(
        request.dbsession, res.agreement, it, name=data["name"], title=data.get("guest_title", ""),
        who=request.who, now=request.now, seen=seen,
    )  # fmt: skip


def _gone(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    row = number_of(asked, "row")
    attendance.remove(request.dbsession, res.agreement, it, row, who=request.who, now=request.now, seen=seen)


def _write(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    chronicle = read_chronicle(request.dbsession, res.agreement, request.today)
    data = cleaned(written_fields(public_by_clause(chronicle.rules)), asked)
    chosen = {"public": True, "closed": False}.get(data.get("access", ""))
    minutes.write(
        request.dbsession, res.agreement, it, chronicle, text=data.get("minutes", ""), public=chosen,
        legal_basis=data.get("legal_basis", ""), who=request.who, now=request.now, seen=seen,
    )  # fmt: skip


def _decide(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    titles = [i.title for i in agenda.items_of(request.dbsession, it)]
    data = cleaned(decision_fields_of(res.agreement, titles), _as_text(asked, "point"))
    new = decisions.New(
        text=data["text"], point=whole(data.get("point")), responsible=data.get("responsible", ""),
        party=data.get("party"), due=data.get("due"),
    )  # fmt: skip
    decisions.add(request.dbsession, res.agreement, it, new, who=request.who, now=request.now, seen=seen)


def _as_text(asked: Asked, name: str) -> Asked:
    """A program sends a number where a form sends its digits."""
    value = asked.get(name)
    return {**asked, name: str(value)} if isinstance(value, int) and not isinstance(value, bool) else asked


def _strike(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    number = number_of(asked, "decision")
    decisions.remove(
        request.dbsession, res.agreement, it, number, who=request.who, now=request.now, seen=seen
    )


def _done(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    on: date = cleaned((DONE_ON,), asked, "meeting", "decision")["done_on"]
    _settle(request, res, it, asked, on)


def _undone(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    _settle(request, res, it, asked, None)


def _settle(
    request: Request, res: AgreementResource, it: Meeting, asked: Asked, done_on: date | None
) -> None:
    """Of this meeting, or of the earlier one whose decision is followed up here."""
    number = number_of(asked, "decision")
    if asked.get("meeting") not in (None, ""):
        it = finding.find(request.dbsession, res.agreement, number_of(asked, "meeting"))
    decisions.settle(request.dbsession, res.agreement, it, number, done_on, who=request.who, now=request.now)


def _keep(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    """Everything is asked before the paper is made; then it is made and frozen."""
    db, agreement, who, now = request.dbsession, res.agreement, request.who, request.now
    chronicle = read_chronicle(db, agreement, request.today)
    minutes.expect_keepable(agreement, it, chronicle, who=who, now=now, seen=seen)
    number = 1 + len(minutes.keepings(db, agreement, it))
    paper = _made(request, res, it, number, minutes.reason_of(db, agreement, it) if number > 1 else None)
    minutes.keep(db, agreement, it, chronicle, paper, who=who, now=now)


def _taken_up(request: Request, res: AgreementResource, it: Meeting, asked: Asked, seen: int | None) -> None:
    reason = cleaned((REASON,), asked)["reason"]
    minutes.take_up_again(
        request.dbsession, res.agreement, it, reason, who=request.who, now=request.now, seen=seen
    )


def _made(
    request: Request, res: AgreementResource, it: Meeting, kept: int | None, reason: str | None
) -> bytes:
    agreement = res.agreement
    data = json.dumps(minutes_json(request, res, it), ensure_ascii=False, indent=1, default=_plain)
    return minutes_pdf(
        request.dbsession, agreement, it, read_chronicle(request.dbsession, agreement, request.today),
        kept=kept, reason=reason, now=request.now, twin=data.encode(),
        translate=translator(request, agreement.language), language=agreement.language,
    )  # fmt: skip


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a paper's JSON")


ACTIONS: dict[str, Callable[[Request, AgreementResource, Meeting, Asked, int | None], None]] = {
    "attendance": _attendance,
    "came": _came,
    "gone": _gone,
    "write": _write,
    "decide": _decide,
    "strike": _strike,
    "done": _done,
    "undone": _undone,
    "keep": _keep,
    "again": _taken_up,
}
"""What a form or a program can ask for by ``action``."""

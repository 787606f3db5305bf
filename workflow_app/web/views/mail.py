"""The mail that waits or was refused, for administrators and the operator; sending it again is a POST."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import msg
from workflow_app.models.mail import Mail
from workflow_app.services.errors import Conflict, FieldErrors, ServiceError
from workflow_app.services.mail import claiming, correcting, outbox
from workflow_app.services.mail.listing import to_decide
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, page_again, status_of, to_page
from workflow_app.web.mail_resource import MailRoom
from workflow_app.web.pagemodels.mail import MailPage
from workflow_app.web.permissions import Right
from workflow_app.web.present.mail import Typed, mail_json, mail_page, own_address
from workflow_app.web.rendering import page, twin, wants_json


@page("mail", context=MailRoom, permission=Right.MIND_MAIL)
def mail(context: MailRoom, request: Request) -> dict[str, object]:
    """What needs a person, and what waits."""
    return {"page": mail_page(request), "nav": "mail"}


@twin(context=MailRoom, permission=Right.MIND_MAIL)
def mail_twin(context: MailRoom, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return mail_json(request)


@view_config(context=MailRoom, permission=Right.MIND_MAIL, request_method="POST")
def change(context: MailRoom, request: Request) -> Response:
    """``action`` again or aside: send these ``ids``, or ``all``, once more, or let them rest; or trial.

    Or correct: give whom the mail of ``ids`` was for another address, ``email``.
    """
    written = sent(request)
    action = str(written.get("action", ""))
    try:
        done = DEEDS.get(action, _decide)(request, written)
    except (FieldErrors, Conflict) as wrong:
        if wants_json(request) or request.content_type == "application/json":
            raise
        again = _with_what_was_typed(request, written, wrong)
        return page_again(request, "mail", again, status_of(wrong), "mail")
    if wants_json(request):
        return as_json(request, {"done": done})
    return to_page(request, "/mail", done=TOLD.get(action, "mail_waits"))


def _with_what_was_typed(request: Request, written: dict[str, Any], wrong: ServiceError) -> MailPage:
    """The page with what is wrong; an address that was typed stands where it was."""
    ident = _number(written.get("ids"))
    if ident is None or not isinstance(wrong, FieldErrors) or "email" not in wrong.fields:
        return mail_page(request, wrong)
    typed = Typed(ident, str(written.get("email", ""))[:300], wrong.fields["email"])
    return mail_page(request, wrong, typed)


def _correct(request: Request, written: dict[str, Any]) -> int:
    db, ident, address = request.dbsession, _number(written.get("ids")), written.get("email")
    mine = to_decide(db, request.who, request.today, [ident] if ident else [])
    mail = db.get(Mail, mine[0]) if mine else None
    if mail is None:
        raise FieldErrors({"ids": msg("This mail is not there any more, or waits already.")})
    new = address if isinstance(address, str) else ""
    correcting.correct(db, request.who, mail, new, today=request.today, now=request.now)
    return 1


def _decide(request: Request, written: dict[str, Any]) -> int:
    deed = {"again": claiming.send_again, "aside": claiming.set_aside}.get(str(written.get("action", "")))
    if deed is None:
        raise FieldErrors({"action": msg("Say what is to be done: again, aside, correct or trial.")})
    if written.get("all") in (True, "1"):
        chosen = to_decide(request.dbsession, request.who, request.today)
    else:
        raw = written.get("ids", [])
        idents = [_number(one) for one in (raw if isinstance(raw, list) else [raw])]
        chosen = to_decide(request.dbsession, request.who, request.today, [i for i in idents if i])
        if len(chosen) != len(set(idents)):
            chosen = []
    if not chosen:
        raise FieldErrors({"ids": msg("This mail is not there any more, or waits already.")})
    return deed(request.dbsession, chosen, request.now)


def _number(one: object) -> int | None:
    text = str(one)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _trial(request: Request, written: dict[str, Any]) -> int:
    if own_address(request) is None:
        raise FieldErrors({"action": msg("You have no e-mail address that a trial mail could be sent to.")})
    key = f"trial/{request.who.person_id}/{request.now:%Y-%m-%d %H:%M:%S.%f}"
    made = outbox.enqueue(
        request.dbsession, kind="trial", key=key, person_id=request.who.person_id, now=request.now
    )
    return 1 if made is not None else 0


DEEDS = {"trial": _trial, "correct": _correct}
TOLD = {"aside": "mail_aside", "correct": "mail_corrected"}

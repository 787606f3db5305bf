"""The mail that waits or was refused, for administrators and the operator; sending it again is a POST."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors
from workflow_app.services.mail import claiming, outbox
from workflow_app.services.mail.listing import may_send_again
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, page_again, to_page
from workflow_app.web.mail_resource import MailRoom
from workflow_app.web.permissions import Right
from workflow_app.web.present.mail import mail_json, mail_page, own_address
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
    """``action`` again: send these ``ids`` once more; trial: send a trial mail to whoever asks."""
    written = sent(request)
    try:
        done = _trial(request) if written.get("action") == "trial" else _again(request, written)
    except FieldErrors as wrong:
        if wants_json(request) or request.content_type == "application/json":
            raise
        return page_again(request, "mail", mail_page(request, wrong.message), 422)
    if wants_json(request):
        return as_json(request, {"done": done})
    return to_page(request, "/mail", done="mail_waits")


def _again(request: Request, written: dict[str, Any]) -> int:
    if written.get("action") != "again":
        raise FieldErrors({"action": msg("Say what is to be done: again or trial.")})
    raw = written.get("ids", [])
    idents = [_number(one) for one in (raw if isinstance(raw, list) else [raw])]
    mine = may_send_again(request.dbsession, request.who, [i for i in idents if i], request.today)
    if not mine or len(mine) != len(set(idents)):
        raise FieldErrors({"ids": msg("This mail is not there any more, or waits already.")})
    return claiming.send_again(request.dbsession, mine, request.now)


def _number(one: object) -> int | None:
    text = str(one)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _trial(request: Request) -> int:
    if own_address(request) is None:
        raise FieldErrors({"action": msg("You have no e-mail address that a trial mail could be sent to.")})
    key = f"trial/{request.who.person_id}/{request.now:%Y-%m-%d %H:%M:%S.%f}"
    made = outbox.enqueue(
        request.dbsession, kind="trial", key=key, person_id=request.who.person_id, now=request.now
    )
    return 1 if made is not None else 0

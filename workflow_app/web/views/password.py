"""Choosing one's own password, with a link that works once."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import Person
from workflow_app.services import password_links
from workflow_app.services.errors import NotThere, ServiceError
from workflow_app.services.passwords import MINIMUM
from workflow_app.web.changing import page_again, to_page
from workflow_app.web.pagemodels import Problem
from workflow_app.web.pagemodels.people import PasswordPage
from workflow_app.web.permissions import Right
from workflow_app.web.rendering import page
from workflow_app.web.resources import Root


@page("password", context=Root, name="password", permission=Right.ENTER)
def password_form(context: Root, request: Request) -> dict[str, object]:
    """The form. Looking spends nothing: mail filters look at every link."""
    token = request.GET.get("token", "")
    person = password_links.find(request.dbsession, token, request.real_now)
    return {"page": PasswordPage(token, person.username, MINIMUM)}


@view_config(context=Root, name="password", permission=Right.ENTER, request_method="POST")
def choose_password(context: Root, request: Request) -> Response:
    """Set the password, and on to the login page."""
    token, first, again = (str(request.POST.get(n, "")) for n in ("token", "password", "again"))
    person = password_links.find(request.dbsession, token, request.real_now)
    try:
        if first != again:
            raise ServiceError("passwords_differ", msg("The two passwords differ; write the same twice."))
        password_links.use(
            request.dbsession, token, first, now=request.real_now, hashing=request.registry["passwords"]
        )
    except NotThere:
        raise
    except ServiceError as wrong:
        return page_again(request, "password", _model(request, token, person.username, wrong.message), 422)
    return to_page(request, "/login", done="password_set")


def password_link(request: Request, person: Person) -> str:
    """A new address with which the person chooses a password: in clear, to be shown this once."""
    clear = password_links.issue(request.dbsession, person, actor=request.who.entry(), now=request.real_now)
    address: str = request.resource_url(request.root, "password", query={"token": clear})
    return address


def _model(request: Request, token: str, username: str, wrong: Message) -> Any:
    return PasswordPage(token, username, MINIMUM, (Problem("password", request.say(wrong)),))

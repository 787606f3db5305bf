"""The agreements one hangs together with: look at them, link another, take a link away."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import msg
from workflow_app.services import links
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, problems_of, shown_again, status_of, to_page
from workflow_app.web.present.links import links_json, links_page
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource


@page("links", context=AgreementResource, name="links", permission=Permission.VIEW)
def all_links(context: AgreementResource, request: Request) -> dict[str, object]:
    """What there is and, in a draft, what the text suggests and the search for another."""
    return {"page": links_page(request, context), "nav": "agreements"}


@twin(context=AgreementResource, name="links", permission=Permission.VIEW)
def links_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return links_json(request, context)


@view_config(context=AgreementResource, name="links", permission=Permission.EDIT, request_method="POST")
def change(context: AgreementResource, request: Request) -> Response:
    """Make a link or take one away."""
    asked = sent(request)
    try:
        resource = _change(context, request, asked)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not shown_again(wrong):
            raise
        model = links_page(request, context, asked, problems_of(request, wrong))
        return page_again(request, "links", model, status_of(wrong))
    if wants_json(request):
        return as_json(request, links_json(request, resource))
    code = "added" if asked.get("action", "add") == "add" else "removed"
    return to_page(request, f"/agreements/{resource.agreement.id}/links", done=code)


def _change(context: AgreementResource, request: Request, asked: dict[str, Any]) -> AgreementResource:
    action, other = asked.get("action", "add"), _text(asked, "agreement")
    if action not in ("add", "remove"):
        raise FieldErrors({"action": msg("Say what to do with the link: add or remove.")})
    if not other:
        raise FieldErrors({"agreement": msg("No agreement was chosen; choose the one to link to.")})
    links.one_at_a_time(request.dbsession)
    resource = held(request, context, Permission.EDIT)
    if action == "remove":
        links.unlink(request.dbsession, resource.agreement, other, who=request.who, now=request.now)
    else:
        links.link(
            request.dbsession, resource.agreement, other, _text(asked, "relation"),
            who=request.who, registry=request.definitions, now=request.now, quote=_text(asked, "quote"),
        )  # fmt: skip
    return resource


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value:
        raise FieldErrors({name: msg("“${name}” must be text.", name=name)})
    return value.strip()

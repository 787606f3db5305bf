"""What every POST that changes an agreement does before and after: hold it, and answer.

The agreement is locked and looked at again, since the tree was walked before
the lock; a refusal throws away whatever was begun. A person who is refused gets
the page back with what she wrote, a program the same sentence as JSON.
"""

from __future__ import annotations

from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response

from workflow_app.domain.messages import msg
from workflow_app.services.agreements import expect_version
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed, NotThere, ServiceError
from workflow_app.services.ticking import tick_one
from workflow_app.services.transitions import Taken, lock
from workflow_app.web.body import BadRequest, sent_version
from workflow_app.web.pagemodels import Problem
from workflow_app.web.resources import AgreementResource
from workflow_app.web.views.errors import answer

UNASKED = "reauthenticate"


def held(request: Request, resource: AgreementResource, permission: str) -> AgreementResource:
    """The agreement, locked, in the version the client saw, and still the person's to change.

    Raises ``NotThere``, ``Conflict`` (``stale_version``) and ``NotAllowed``.
    """
    db = request.dbsession
    agreement = lock(db, resource.agreement.id)
    if agreement is None:
        raise NotThere("not_found", msg("There is nothing here, or nothing that is yours to see."))
    expect_version(agreement, sent_version(request))
    tick_one(db, agreement, request.now, registry=request.definitions)
    found = AgreementResource(request, agreement, resource.parent)
    if not request.has_permission(permission, found):
        raise NotAllowed("forbidden", msg("This is not yours to do in the roles you hold today."))
    return found


def to_page(request: Request, path: str, **query: str) -> Response:
    """Done: look at the page, which says so (the code in ``done``)."""
    return HTTPSeeOther(f"{request.script_name}{path}" + (f"?{urlencode(query)}" if query else ""))


def as_json(request: Request, value: object, status: int = 200) -> Response:
    """An answer for a program."""
    response = render_to_response("json", value, request=request)
    response.status_int = status
    return response


def page_again(
    request: Request, template: str, model: object, status: int, nav: str = "agreements"
) -> Response:
    """The page once more with what was written; what this request had begun is thrown away."""
    request.tm.doom()
    value = {"page": model, "nav": nav}
    response = render_to_response(f"workflow_app.templates:pages/{template}.pt", value, request=request)
    response.status_int = status
    return response


def shown_again(wrong: ServiceError) -> bool:
    """Whether a person gets her page back: wrong fields, or somebody was first."""
    return isinstance(wrong, FieldErrors | BadRequest) or wrong.code in ("stale_version", "nothing_changed")


def status_of(wrong: ServiceError) -> int:
    """The HTTP status of what is shown again."""
    return 409 if isinstance(wrong, Conflict) else 400 if isinstance(wrong, BadRequest) else 422


def problems_of(request: Request, wrong: ServiceError | None) -> tuple[Problem, ...]:
    """The faults as a page lists them, each with the id of its field."""
    if wrong is None:
        return ()
    if isinstance(wrong, FieldErrors):
        return tuple(Problem(name, request.say(message)) for name, message in wrong.fields.items())
    return (Problem("", request.say(wrong.message)),)


def refused(request: Request, taken: Taken) -> Response:
    """The write path said no: 403 or 409 with every reason. Its entry in the trail is kept."""
    # The password is not asked where it could not help, so only where nothing else is wrong is it the reason.
    reasons = tuple(r for r in taken.refusals if r.code != UNASKED) or taken.refusals
    said = [{"code": r.code, "reason": request.say(r.reason)} for r in reasons]
    return answer(
        request,
        403 if taken.forbidden else 409,
        reasons[0].code,
        reasons[0].reason,
        reasons=tuple(Problem("", r["reason"]) for r in said),
        refusals=said,
    )


def too_large(request: Request, wrong: FieldErrors) -> Response:
    """413 in whoever's way of reading."""
    request.tm.doom()
    said = {name: request.say(message) for name, message in wrong.fields.items()}
    return answer(request, 413, "too_large", wrong.message, fields=said)

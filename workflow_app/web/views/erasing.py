"""Erasing a person who has left: choose whom, see what goes and what stays, do it.

An administrator may, of a person who has held something for no other party than those she
administers; else it is the operator's, at the command line. A person is named in an address
by the opaque key, since addresses end up in logs.
"""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import Person
from workflow_app.services.erasing import checks, doing, nightly, register
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed, NotThere, ServiceError
from workflow_app.services.people_roles import ADMINISTRATOR
from workflow_app.services.trail import EntryActor
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, page_again, to_page
from workflow_app.web.pagemodels import Problem
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.erasing import erase_json, erase_page
from workflow_app.web.rendering import page, twin, wants_json


@page("erase", context=PartyResource, name="erase", permission=Right.ADMINISTER)
def erase(context: PartyResource, request: Request) -> dict[str, object]:
    """Whom; with ``person`` (a key) what erasing them would do."""
    return {"page": erase_page(request, context, _asked(context, request)), "nav": "parties"}


@twin(context=PartyResource, name="erase", permission=Right.ADMINISTER)
def erase_twin(context: PartyResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return erase_json(request, context, _asked(context, request))


@view_config(context=PartyResource, name="erase", permission=Right.ADMINISTER, request_method="POST")
def do_erase(context: PartyResource, request: Request) -> Response:
    """Erase ``person`` with a reason (``because``), the user name typed once more (``confirm``)."""
    written = {name: str(value).strip()[:1000] for name, value in sent(request).items()}
    program = wants_json(request) or request.content_type == "application/json"
    person = None
    try:
        person = _person(context, request, written.get("person", ""))
        if person is None:
            raise FieldErrors({"person": msg("Choose who is to be erased.")})
        doing.expect_own(checks.others(request.dbsession, request.who, person))
        if written.get("confirm") != person.username:
            raise FieldErrors({"confirm": msg("Write the person's user name exactly as it stands above.")})
        doing.erase(
            request.dbsession, person, because=written.get("because", ""), actor=_actor(request, context),
            now=request.now, throttle=request.registry["throttle"],
        )  # fmt: skip
    except (FieldErrors, Conflict, NotAllowed) as wrong:
        if program:
            raise
        said: dict[str, Message] = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
        problems = tuple(Problem(name, request.say(message)) for name, message in said.items())
        return page_again(
            request,
            "erase",
            erase_page(request, context, person, written, problems),
            _status(wrong),
            "parties",
        )
    _remember(request, person.id)
    if program:
        request.dbsession.flush()
        return as_json(request, {"party": context.party.key, "person": person.id, "erased": True})
    return to_page(request, f"/parties/{context.party.key}", done="erased")


def _asked(context: PartyResource, request: Request) -> Person | None:
    key = request.GET.get("person", "")
    person = _person(context, request, key)
    if key and person is None:
        raise NotThere("unknown_person", msg("Nobody with this key has held a role for the party."))
    return person


def _person(context: PartyResource, request: Request, key: str) -> Person | None:
    """Somebody of the party's who is not erased; nobody else is hers to see here."""
    person: Person | None = request.dbsession.get(Person, key) if key.isascii() and len(key) == 32 else None
    if person is None or person.erased_at is not None:
        return None
    keys = [party.key for party in checks.parties_of(request.dbsession, person)]
    return person if context.party.key in keys else None


def _status(wrong: ServiceError) -> int:
    return 422 if isinstance(wrong, FieldErrors) else 403 if isinstance(wrong, NotAllowed) else 409


def _actor(request: Request, context: PartyResource) -> EntryActor:
    return EntryActor(person=request.who.person_id, role=ADMINISTRATOR, party=context.party.key)


def _remember(request: Request, key: str) -> None:
    path, engine = register.path_in(request.registry.settings), request.registry["engine"]

    def afterwards(committed: bool) -> None:
        # One key too many would let the night erase somebody whom nobody erased.
        if committed:
            nightly.flush_journal(engine)
            if path is not None:
                register.remember(path, [key])

    request.tm.get().addAfterCommitHook(afterwards)

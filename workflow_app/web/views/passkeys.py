"""One's own passkeys, and those of a party's people for the one who minds them.

The options of a new one are given only to who has shown once more who she is, in a
transaction of its own: a wrong password must be remembered although nothing else
happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import msg
from workflow_app.models.people import Person
from workflow_app.services import people_login
from workflow_app.services.errors import FieldErrors, NotThere, ServiceError
from workflow_app.services.passkeys import challenges, keys, options, proving, registering
from workflow_app.services.passkeys.challenges import Purpose
from workflow_app.services.passkeys.keys import Because
from workflow_app.services.people_acting import list_acting
from workflow_app.services.people_login import LoginRefused
from workflow_app.services.people_roles import ADMINISTRATOR, list_roles
from workflow_app.services.trail import EntryActor
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, page_again, status_of, to_page
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.passkey_site import site
from workflow_app.web.permissions import Right
from workflow_app.web.present.passkeys import (
    party_passkeys_page,
    passkey_json,
    passkeys_json,
    passkeys_page,
)
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import Root
from workflow_app.web.views.errors import answer

Values = Mapping[str, Any]


@page("passkeys", context=Root, name="passkeys", permission=Right.SEE_OWN)
def passkeys(context: Root, request: Request) -> dict[str, object]:
    """The passkeys there are, and a form for another."""
    return {"page": passkeys_page(request)}


@twin(context=Root, name="passkeys", permission=Right.SEE_OWN)
def passkeys_twin(context: Root, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return passkeys_json(request)


@view_config(context=Root, name="passkeys", permission=Right.SEE_OWN, request_method="POST")
def change(context: Root, request: Request) -> Response:
    """Prepare, add, rename or remove one's own, named by ``action``."""
    values = sent(request)
    action, program = str(values.get("action", "")), _program(request)
    number = keys.sent_number(values) if action in ("rename", "remove") else None
    try:
        if action in _PREPARES:
            return as_json(request, _PREPARES[action](request, values))
        if action not in _DOES:
            known = ", ".join((*_PREPARES, *_DOES))
            raise FieldErrors({"action": msg("Choose what to change: ${choices}.", choices=known)})
        done = _DOES[action](request, values, number or 0)
    except LoginRefused as no:
        request.tm.doom()
        if program or action in _PREPARES:
            return refused(request, no)
        model = passkeys_page(request, no, typed=str(values.get("name", "")))
        return page_again(request, "passkeys", model, 422, "")
    except ServiceError as wrong:
        if program or action in _PREPARES:
            raise
        model = passkeys_page(request, wrong, typed=str(values.get("name", "")), number=number)
        return page_again(request, "passkeys", model, _status(wrong), "")
    if program:
        return as_json(request, done)
    return to_page(request, "/passkeys", done=_TELLS[action])


def _options(request: Request, values: Values) -> dict[str, Any]:
    """Options for a new passkey, to who gives the password or answers with one she has."""
    keys.name_of(str(values.get("name", "")))
    here = site(request)
    no: LoginRefused | None = None
    made: dict[str, Any] = {}
    with request.apart() as db:
        person = db.get(Person, request.who.person_id)
        assert person is not None
        try:
            _still_you(request, db, person, values)
            made = options.to_register(db, person, request.real_now, site=here)
        except LoginRefused as refusal:
            no = refusal
    if no is not None:
        raise no if no.code == "throttled" or values.get("passkey") else FieldErrors({"password": no.message})
    return {"options": made}


def _still_you(request: Request, db: Any, person: Person, values: Values) -> None:
    throttle, now = request.registry["throttle"], request.real_now
    if values.get("passkey"):
        shown = proving.once_more(
            db, person, values["passkey"], Purpose.CONFIRM, now, site=site(request), throttle=throttle
        )
        if not challenges.spend(db, shown.challenge, now):
            raise challenges.expired()
        return
    people_login.reauthenticate(
        db, person, str(values.get("password", "")), now,
        passwords=request.registry["passwords"], throttle=throttle,
    )  # fmt: skip


def _confirm(request: Request, values: Values) -> dict[str, Any]:
    """Options for an answer of one she has already, in place of the password."""
    here, now = site(request), request.real_now
    keys.name_of(str(values.get("name", "")))
    with request.apart() as db:
        person = db.get(Person, request.who.person_id)
        assert person is not None
        row = challenges.make(db, Purpose.CONFIRM, subject=person.id, now=now, person_id=person.id)
        return {"options": options.to_prove(db, person, row, site=here)}


def _add(request: Request, values: Values, number: int) -> dict[str, Any]:
    if not values.get("credential"):
        raise FieldErrors(
            {"": msg("A passkey needs JavaScript in the browser. Without it, the password works as before.")}
        )
    person = request.dbsession.get(Person, request.who.person_id)
    made = registering.add(
        request.dbsession, person, values["credential"], str(values.get("name", "")), site=site(request),
        now=request.now, real_now=request.real_now,
    )  # fmt: skip
    return passkey_json(made)


def _rename(request: Request, values: Values, number: int) -> dict[str, Any]:
    found = keys.rename(request.dbsession, request.who.person_id, number, str(values.get("name", "")))
    return passkey_json(found)


def _remove(request: Request, values: Values, number: int) -> dict[str, Any]:
    keys.remove(
        request.dbsession, request.who.person_id, number, because=Because.OWNER, actor=request.who.entry(),
        now=request.now, real_now=request.real_now,
    )  # fmt: skip
    return passkeys_json(request)


_PREPARES = {"options": _options, "confirm": _confirm}
_DOES = {"add": _add, "rename": _rename, "remove": _remove}
_TELLS = {"add": "passkey_added", "rename": "saved", "remove": "passkey_removed"}


@page("party_passkeys", context=PartyResource, name="passkeys", permission=Right.ADMINISTER)
def party_passkeys(context: PartyResource, request: Request) -> dict[str, object]:
    """The passkeys of everybody who acts for the party, to take away a lost one."""
    return {"page": party_passkeys_page(request, context), "nav": "parties"}


@twin(context=PartyResource, name="passkeys", permission=Right.ADMINISTER)
def party_passkeys_twin(context: PartyResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    model = party_passkeys_page(request, context)
    return {
        "people": [
            {
                "username": owner.username,
                "name": owner.name,
                "passkeys": [{"id": r.number, "name": r.name, "key": r.key} for r in owner.rows],
            }
            for owner in model.owners
        ]
    }


@view_config(context=PartyResource, name="passkeys", permission=Right.ADMINISTER, request_method="POST")
def remove_for(context: PartyResource, request: Request) -> Response:
    """Take away somebody's passkey, and say why."""
    values, program = sent(request), _program(request)
    number = keys.sent_number(values)
    reason = str(values.get("reason", ""))
    actor = EntryActor(person=request.who.person_id, role=ADMINISTRATOR, party=context.party.key)
    try:
        keys.remove(
            request.dbsession, _owner(request, context, str(values.get("username", ""))), number,
            because=Because.ADMINISTRATOR, reason=reason, actor=actor, now=request.now,
            real_now=request.real_now,
        )  # fmt: skip
    except ServiceError as wrong:
        if program:
            raise
        model = party_passkeys_page(request, context, wrong, typed=reason, number=number)
        return page_again(request, "party_passkeys", model, _status(wrong), "parties")
    if program:
        return as_json(request, party_passkeys_twin(context, request))
    return to_page(request, f"/parties/{context.party.key}/passkeys", done="passkey_removed")


def _owner(request: Request, context: PartyResource, username: str) -> str:
    """The key of somebody who acts for this party; its administrator reaches nobody else."""
    db, today, party = request.dbsession, request.today, context.party
    held: list[Any] = [*list_roles(db, today=today, party=party), *list_acting(db, today=today, party=party)]
    found = next((h.person_id for h in held if h.person.username == username), None)
    if found is None:
        raise FieldErrors({"username": msg("«${username}» holds no role here.", username=username[:100])})
    return str(found)


def refused(request: Request, no: LoginRefused, status: int = 422) -> Response:
    """What a passkey was refused for, to a script or a program; 429 where waiting helps."""
    response = answer(request, 429 if no.code == "throttled" else status, no.code, no.message)
    if no.retry_after:
        response.headers["Retry-After"] = str(no.retry_after)
    return response


def _status(wrong: ServiceError) -> int:
    """Somebody else may have removed it a moment ago: the page comes back, and says so."""
    return 404 if isinstance(wrong, NotThere) else status_of(wrong)


def _program(request: Request) -> bool:
    return wants_json(request) or request.content_type == "application/json"

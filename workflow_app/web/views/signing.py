"""Showing once more who one is before a sign-off: by the password, or by a passkey that signs the statement.

Both are checked before the agreement is locked, in a transaction of their own: a
wrong one must be remembered although nothing else happens, and checking must not
keep others from signing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.case import Refused
from workflow_app.domain.definitions import Permission, Transition
from workflow_app.domain.engine import possible
from workflow_app.domain.fields import FieldType, InvalidData
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import WITH_PARTIES, Agreement
from workflow_app.models.people import Person
from workflow_app.services import people_login
from workflow_app.services.cases import case_of, facts_for
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.passkeys import options, proving, signing
from workflow_app.services.passkeys.challenges import Purpose
from workflow_app.services.passkeys.signing import SignOff
from workflow_app.services.people_login import LoginRefused
from workflow_app.services.transitions import Taken, stale_version
from workflow_app.web.body import sent, sent_version
from workflow_app.web.changing import as_json
from workflow_app.web.changing import refused as said_no
from workflow_app.web.passkey_site import log_origin, site
from workflow_app.web.present.forms import whole_or_half_days
from workflow_app.web.resources import TransitionResource
from workflow_app.web.views.errors import answer
from workflow_app.web.views.passkeys import refused


@dataclass(frozen=True)
class Proof:
    """That it is still her. ``sign_off`` is what her passkey signed, None where it was the password.

    ``passkey`` says that one was shown, also where nothing depended on it and nobody looked.
    """

    reauthenticated: bool = False
    sign_off: SignOff | None = None
    passkey: bool = False


def data_of(request: Request) -> dict[str, Any]:
    """The step's fields as a form or JSON sends them."""
    if request.content_type != "application/json":
        return whole_or_half_days(sent(request))
    data = sent(request).get("data", {})
    if not isinstance(data, dict):
        raise FieldErrors({"data": msg("data must be a JSON object with the fields of the step.")})
    return dict(data)


def prove(context: TransitionResource, request: Request, step: Transition, data: dict[str, Any]) -> Proof:
    """What ``data`` proves; a passkey's answer is taken out of it. Raises ``FieldErrors`` for a wrong one."""
    field = next((f for f in step.fields if f.type is FieldType.PASSWORD), None)
    if field is None:
        return Proof()
    answered, password = data.pop("passkey", None), data.get(field.name)
    if answered:
        data.pop(field.name, None)
    elif not isinstance(password, str) or not password:
        return Proof()
    if not _may_try(context, request):
        return Proof(passkey=bool(answered))
    said: LoginRefused | None = None
    proof = Proof(True)
    with request.apart() as db:
        person = db.get(Person, request.who.person_id)
        assert person is not None
        try:
            if answered:
                proof = Proof(True, _signed(request, db, person, answered), passkey=True)
            else:
                people_login.reauthenticate(
                    db, person, str(password), request.real_now,
                    passwords=request.registry["passwords"], throttle=request.registry["throttle"],
                )  # fmt: skip
        except LoginRefused as no:
            said = no
    if said is not None:
        raise FieldErrors({"passkey" if answered else field.name: said.message})
    return proof


def _signed(request: Request, db: Any, person: Person, answered: object) -> SignOff:
    shown = proving.once_more(
        db, person, answered, Purpose.SIGN, request.real_now,
        site=site(request), throttle=request.registry["throttle"],
    )  # fmt: skip
    return signing.signed(shown)


def _may_try(context: TransitionResource, request: Request) -> bool:
    """Whether the password is worth asking: not for a step that is refused whatever it is."""
    db, agreement, name = request.reading, context.agreement, context.__name__
    facts = facts_for(
        db, agreement, context.definition, today=request.today, who=request.who, transitions=[name]
    )
    mine = possible(context.definition, case_of(db, agreement).case, request.who.actor, facts)
    return any(p.transition == name and p.allowed for p in mine)


@view_config(context=TransitionResource, name="challenge", permission=Permission.VIEW, request_method="POST")
def challenge(context: TransitionResource, request: Request) -> Response:
    """What a passkey is to sign for this step, filled in as it is: the statement, and the options.

    Refused as the step itself would be, but without an entry: nothing has been attempted.
    """
    data, version = data_of(request), sent_version(request)
    step, agreement = context.definition.transitions[context.__name__], context.agreement
    for field in step.fields:
        if field.type is FieldType.PASSWORD:
            data.pop(field.name, None)
    if step.approvals is None or not step.approvals.reauthenticate:
        raise Conflict("nothing_to_sign", msg("This step is not signed; being signed in is enough."))
    here = site(request)
    if version is not None and version != agreement.version:
        return said_no(request, Taken(refusals=(stale_version(agreement, version),)))
    try:
        with request.apart() as db:
            person = db.get(Person, request.who.person_id)
            assert person is not None
            row = signing.prepare(
                db, db.get(Agreement, agreement.id, options=[WITH_PARTIES]), step.name, request.who, data,
                request.now,
                registry=request.definitions, origin=log_origin(request), real_now=request.real_now,
            )  # fmt: skip
            if row is None:
                raise Conflict("nothing_to_sign", msg("You had done this already; nothing was changed."))
            made = options.to_prove(db, person, row, site=here)
            return as_json(request, {"statement": row.statement, "challenge": row.challenge, "options": made})
    except Refused as no:
        return said_no(request, Taken(refusals=no.refusals, forbidden=no.forbidden))
    except LoginRefused as no:
        return refused(request, no)
    except InvalidData as wrong:
        said = {name: request.say(m) for name, m in wrong.errors.items()}
        return answer(request, 422, "invalid", next(iter(wrong.errors.values())), fields=said)

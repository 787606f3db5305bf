"""What the pages about passkeys show, and what is to be signed with one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyramid.request import Request

from workflow_app.domain.case import Decision
from workflow_app.domain.definitions import Of, Transition
from workflow_app.domain.engine import open_round
from workflow_app.domain.engine.slots import held_digest
from workflow_app.domain.messages import Message
from workflow_app.models.passkeys import Passkey
from workflow_app.services.cases import Gathered
from workflow_app.services.errors import ServiceError
from workflow_app.services.passkeys import statement
from workflow_app.services.passkeys.keys import keys_of
from workflow_app.services.people_acting import list_acting
from workflow_app.services.people_roles import list_roles
from workflow_app.web.changing import problems_of
from workflow_app.web.pagemodels.common import Problem
from workflow_app.web.pagemodels.passkeys import (
    OwnerRow,
    PartyPasskeysPage,
    PasskeyRow,
    PasskeysPage,
    SigningView,
)
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.passkey_site import log_origin, site_or_reason
from workflow_app.web.present.approving import capacities
from workflow_app.web.present.party import party_head
from workflow_app.web.present.words import agreement_url, moment, role_word
from workflow_app.web.resources import TransitionResource


def passkeys_page(
    request: Request, wrong: ServiceError | None = None, *, typed: str = "", number: int | None = None
) -> PasskeysPage:
    """The reader's own passkeys; ``typed`` keeps a name that was written, for ``number`` or a new one."""
    site, reason = site_or_reason(request)
    return PasskeysPage(
        rows=_rows(request, keys_of(request.dbsession, request.who.person_id)),
        origin=site.origins[0] if site else None,
        reason=request.say(reason) if reason else None,
        problems=_at(problems_of(request, wrong), number),
        typed=typed,
        renaming=number,
    )


def passkeys_json(request: Request) -> dict[str, Any]:
    """The same for a program."""
    site, reason = site_or_reason(request)
    return {
        "rp_id": site.rp_id if site else None,
        "origins": list(site.origins) if site else [],
        **({"reason": request.say(reason)} if reason else {}),
        "passkeys": [passkey_json(key) for key in keys_of(request.dbsession, request.who.person_id)],
    }


def passkey_json(key: Passkey) -> dict[str, Any]:
    """One passkey; ``key`` is its name in the trail."""
    return {
        "id": key.id,
        "name": key.name,
        "key": key.key,
        "public_key": key.described,
        "added": key.created_at,
        "last_used": key.last_used_at,
        "counter": key.counter,
    }


def party_passkeys_page(
    request: Request, context: PartyResource, wrong: ServiceError | None = None, *, typed: str = "",
    number: int | None = None,
) -> PartyPasskeysPage:  # fmt: skip
    """Everybody who acts for the party, now or later, and their passkeys."""
    db, today, party = request.dbsession, request.today, context.party
    held: list[Any] = [*list_roles(db, today=today, party=party), *list_acting(db, today=today, party=party)]
    people = {h.person_id: h.person for h in held if h.person.active}
    owners = tuple(
        OwnerRow(
            name=person.name,
            username=person.username,
            roles=tuple(
                dict.fromkeys(role_word(request, h.role, h.title) for h in held if h.person_id == ident)
            ),
            rows=_rows(request, keys_of(db, ident)),
        )
        for ident, person in people.items()
    )
    return PartyPasskeysPage(
        head=party_head(request, party),
        owners=owners,
        problems=_at(problems_of(request, wrong), number),
        typed=typed,
        removing=number,
    )


def signing_view(
    request: Request, context: TransitionResource, step: Transition, gathered: Gathered
) -> SigningView | None:
    """What would be signed with a passkey; None where being signed in is enough."""
    if step.approvals is None or not step.approvals.reauthenticate:
        return None
    db, agreement = request.dbsession, context.agreement
    site, reason = site_or_reason(request)
    digest = None if step.approvals.of is Of.PROPOSAL else held_digest(step, gathered.case, {})
    opens = statement.opening_of(
        db, agreement, Decision(step.name, None, digest=digest or _of_open(gathered, step)), gathered
    )
    return SigningView(
        agreement=agreement.id,
        title=agreement.title,
        step=request.say(Message(step.label)),
        step_name=step.name,
        digest=digest,
        capacities=capacities(request, context, step, gathered),
        opening_number=opens["number"],
        opening_hash=opens["hash"],
        log=log_origin(request) if site else "",
        url=f"{agreement_url(request, agreement.id)}/transitions/{step.name}/challenge",
        keys=len(keys_of(db, request.who.person_id)),
        origin=site.origins[0] if site else None,
        reason=request.say(reason) if reason else None,
    )


def _of_open(gathered: Gathered, step: Transition) -> str | None:
    current = open_round(gathered.case, step, None)
    return current.digest if current is not None else None


def _rows(request: Request, keys: Iterable[Passkey]) -> tuple[PasskeyRow, ...]:
    return tuple(
        PasskeyRow(
            number=key.id,
            name=key.name,
            key=key.key,
            added=moment(request, key.created_at),
            used=moment(request, key.last_used_at) if key.last_used_at else None,
            counter=key.counter,
        )
        for key in keys
    )


def _at(problems: tuple[Problem, ...], number: int | None) -> tuple[Problem, ...]:
    """The faults beside the form of one passkey, or the one for a new."""
    if number is None:
        return problems
    return tuple(Problem(f"{p.field}-{number}" if p.field else "", p.message) for p in problems)

"""A party's own page: who holds what, what is coming, what it is part of, and who held what before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import ActingHolder, Party, RoleAssignment
from workflow_app.services import coverage, deputies, norway
from workflow_app.services.parties import MUNICIPAL
from workflow_app.services.parties_seen import SHOWN, agreements_of
from workflow_app.services.people_acting import list_acting
from workflow_app.services.people_roles import OFFICES, list_roles, roles_of
from workflow_app.web.pagemodels import Choice, Link
from workflow_app.web.pagemodels.people import (
    DeputyRow,
    PartyHead,
    PartyPage,
    PersonRow,
    RoleView,
    Typed,
)
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.layout import LANGUAGE_NAMES
from workflow_app.web.present.lists import agreement_row
from workflow_app.web.present.party_words import coming_words, gap_words, handover_url, known_people, row
from workflow_app.web.present.standing import SIDES
from workflow_app.web.present.words import agreement_url, day, named, role_word, root_url

Held = RoleAssignment | ActingHolder
NOTHING = Typed()


def party_head(request: Request, party: Party) -> PartyHead:
    """What the pages of a party begin with."""
    district = norway.district(party.district) if party.district else None
    return PartyHead(
        key=party.key,
        name=party.name,
        url=f"{root_url(request)}/parties/{party.key}",
        side_label=request.say(SIDES.get(party.side, Message(party.side))),
        number=party.kommune_number,
        district=district.name if district else party.district,
        language=LANGUAGE_NAMES.get(party.language, party.language) if party.side == MUNICIPAL else None,
    )


def party_page(request: Request, resource: PartyResource, typed: Typed = NOTHING) -> PartyPage:
    """The page; ``typed`` keeps what was written in one of its forms and says what is wrong."""
    db, party, today = request.dbsession, resource.party, request.today
    may_change = bool(request.has_permission(Right.ADMINISTER, resource))
    sees_past = bool(request.has_permission(Right.SEE_PAST, resource))
    held = [h for h in list_roles(db, today=today, party=party, ended=True) if h.person.active and _days(h)]
    acting = [a for a in list_acting(db, today=today, party=party) if a.person.active and _days(a)]
    now = [h for h in held if _last(h) >= today]
    shown = agreements_of(db, request.who, party, request.definitions, limit=SHOWN + 1)
    gaps = [
        gap
        for gap in coverage.of_party(db, party, request.definitions, today)
        if may_change or any(h.party == party.key for h in request.who.holdings)
    ]
    head = party_head(request, party)
    return PartyPage(
        head=head,
        roles=tuple(_role(request, head, role, now, acting, may_change) for role in roles_of(party.side)),
        coming=coming_words(request, now, acting),
        gaps=tuple(gap_words(request, gap) for gap in gaps),
        deputies=_deputies(request, party, [a.id for a in shown]),
        agreements=tuple(agreement_row(request, a) for a in shown[:SHOWN]),
        more_agreements=f"{root_url(request)}/agreements?party={party.key}" if len(shown) > SHOWN else None,
        past=_past(request, party, held, sees_past),
        sees_past=sees_past,
        may_change=may_change,
        offices=_choices(request, [h for h in now if h.role in OFFICES.get(party.side, ())]),
        endable=_choices(request, now),
        acting=_choices(request, acting),
        people=known_people(request) if may_change else (),
        waiting=tuple(
            Choice(username, name)
            for username, name in dict.fromkeys(
                (h.person.username, h.person.name) for h in now if h.person.password_hash is None
            )
        )
        if may_change
        else (),
        links=_links(request, head, party, may_change),
        today=today.isoformat(),
        typed=typed,
    )


def party_json(request: Request, resource: PartyResource) -> dict[str, Any]:
    """The same for a program; numbers are those that ``end_role`` and ``end_acting`` take."""
    db, party, today = request.dbsession, resource.party, request.today
    sees_past = bool(request.has_permission(Right.SEE_PAST, resource))
    page = party_page(request, resource)
    roles = [h for h in list_roles(db, today=today, party=party, ended=sees_past) if _days(h)]
    acting = [a for a in list_acting(db, today=today, party=party, ended=sees_past) if _days(a)]
    return {
        "key": party.key,
        "side": party.side,
        "name": party.name,
        "language": party.language,
        "roles": [_json(request, h) for h in roles],
        "acting": [{**_json(request, a), "for": a.for_person.username} for a in acting],
        "deputies": [
            {"number": d.number, "name": d.name, "role": d.role, "agreement": d.agreement.href}
            for d in page.deputies
        ],
        "gaps": list(page.gaps),
        "agreements": [row.link.href for row in page.agreements],
        "may_administer": page.may_change,
    }


def _json(request: Request, held: Held) -> dict[str, Any]:
    return {
        "number": held.id,
        "role": held.role,
        "title": held.title,
        "username": None if held.person.erased_at else held.person.username,
        "name": named(request, held.person.name),
        "from": held.from_date,
        "to": held.to_date,
    }


def _role(
    request: Request,
    head: PartyHead,
    role: str,
    held: Sequence[RoleAssignment],
    acting: Sequence[ActingHolder],
    may_change: bool,
) -> RoleView:
    today = request.today
    mine = [h for h in held if h.role == role]
    return RoleView(
        role=role,
        label=role_word(request, role),
        now=tuple(row(request, h, head, may_change) for h in mine if h.from_date <= today),
        acting=tuple(row(request, a, head) for a in acting if a.role == role),
        later=tuple(row(request, h, head, may_change) for h in mine if h.from_date > today),
        handover=handover_url(head, role, "") if may_change else None,
    )


def _past(
    request: Request, party: Party, held: Sequence[RoleAssignment], sees_past: bool
) -> tuple[PersonRow, ...]:
    if not sees_past:
        return ()
    db, today = request.dbsession, request.today
    over: list[Held] = [h for h in list_roles(db, today=today, party=party, ended=True) if _days(h)]
    over += [a for a in list_acting(db, today=today, party=party, ended=True) if _days(a)]
    head = party_head(request, party)
    ended = sorted(
        (h for h in over if _last(h) < today or not h.person.active), key=lambda h: _last(h), reverse=True
    )
    return tuple(row(request, h, head) for h in ended)


def _deputies(request: Request, party: Party, agreements: Sequence[str]) -> tuple[DeputyRow, ...]:
    found = deputies.list_deputies(request.dbsession, today=request.today, agreements=agreements, party=party)
    return tuple(
        DeputyRow(
            number=d.id,
            name=d.person.name,
            role=role_word(request, d.role, d.title),
            party=party.name,
            agreement=Link(f"{agreement_url(request, d.agreement_id)}/deputies", d.agreement.title),
            since=day(request, d.from_date),
            until=day(request, d.to_date) if d.to_date else None,
        )
        for d in found
    )


def _choices(request: Request, held: Sequence[Held]) -> tuple[Choice, ...]:
    return tuple(Choice(str(h.id), f"{role_word(request, h.role, h.title)}: {h.person.name}") for h in held)


def _links(request: Request, head: PartyHead, party: Party, may_change: bool) -> tuple[Link, ...]:
    links = [Link(f"{head.url}/year", request.say(msg("Year wheel")))]
    if party.side == MUNICIPAL:
        links.append(Link(f"{head.url}/rules", request.say(msg("House rules"))))
        links.append(Link(f"{head.url}/reminders", request.say(msg("Reminders"))))
    links.append(Link(f"{head.url}/witnesses", request.say(msg("Witnesses"))))
    if may_change:
        links.append(Link(f"{head.url}/passkeys", request.say(msg("Passkeys"))))
    return tuple(links)


def _days(held: Held) -> bool:
    """A period that ends before it begins was undone, and is shown to nobody."""
    return held.to_date is None or held.to_date >= held.from_date


def _last(held: Held) -> date:
    return held.to_date or date.max

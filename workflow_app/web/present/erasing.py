"""The page for erasing a person: who could be, what exactly would be gone, and what stays and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import ActingHolder, Person, RoleAssignment
from workflow_app.services import norway
from workflow_app.services.erasing import checks, doing
from workflow_app.services.erasing.doing import Plan
from workflow_app.web.pagemodels import Choice, Link, Problem
from workflow_app.web.pagemodels.erasing import ErasePage, NamedIn
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.present.party import party_head
from workflow_app.web.present.words import agreement_url

BESIDE: Mapping[str, Message] = {
    "ways_in": msg("Sessions, tokens and links to choose a password"),
    "passkeys": msg("Passkeys, with the names they were given"),
    "feeds": msg("Calendar addresses"),
    "mails": msg("Mails to the person, sent or waiting"),
    "failures": msg("Logins in the security log"),
    "titles": msg("Titles of the roles held"),
    "attendance": msg("Names in lists of who came to a meeting"),
    "written_as_names": msg("The name as case officer, or as who follows a decision up"),
    "proposals": msg("Reasons in proposals"),
}

STAYS: Sequence[Message] = (
    msg(
        "That somebody held these roles for these parties on these days: an opaque key stands for the person."
    ),
    msg(
        "Every entry and every proof. The public key of a passkey stays in the trail; without a name it is "
        "nobody's."
    ),
    msg(
        "The parties' own papers: the agreement's text, evaluations, minutes, matters and uploaded files. "
        "They are records that the law of archives says are to be kept."
    ),
    msg("PDFs that are frozen or sealed, with the names that stood in them that day."),
    msg("Files that were handed out before: bundles, receipts, mails that were sent."),
    msg("Backups, until they are deleted. After a restore the person is erased once more."),
)
"""What an erasing does not reach."""


def candidates(request: Request, resource: PartyResource) -> list[Person]:
    """Those who have held something for the party, hold nothing any more, and are not erased; by name."""
    db, today = request.dbsession, request.today
    past = [
        select(table.person_id).where(table.party_id == resource.party.id)
        for table in (RoleAssignment, ActingHolder)
    ]
    found = db.scalars(
        select(Person).where(Person.erased_at.is_(None), Person.id.in_(past[0].union(past[1])))
    )
    left = [p for p in found if not checks.standing(db, p, today)]
    return sorted(left, key=lambda p: (norway.sort_key(p.name), p.username))


def erase_page(
    request: Request,
    resource: PartyResource,
    person: Person | None,
    written: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> ErasePage:
    """Without ``person`` the choice of whom alone."""
    head = party_head(request, resource.party)
    if person is None:
        people = tuple(Choice(p.id, f"{p.name} ({p.username})") for p in candidates(request, resource))
        return ErasePage(head, choices=people, problems=problems)
    plan = plan_of(request, person)
    sent = written or {}
    return ErasePage(
        head,
        key=person.id,
        name=person.name,
        username=person.username,
        gone=tuple(request.say(m) for m in _gone(plan)),
        stays=tuple(request.say(m) for m in STAYS),
        papers=tuple(
            NamedIn(Link(agreement_url(request, p.agreement_id), p.title), request.say(p.what))
            for p in plan.papers
        ),
        obstacles=tuple(request.say(m) for m in _obstacles(request, plan)),
        because=sent.get("because", ""),
        confirm=sent.get("confirm", ""),
        problems=problems,
    )


def plan_of(request: Request, person: Person) -> Plan:
    """What erasing the person would do."""
    return doing.make_plan(request.dbsession, person, now=request.now, throttle=request.registry["throttle"])


def erase_json(request: Request, resource: PartyResource, person: Person | None) -> dict[str, Any]:
    """For a program: who could be erased; of one person, what would be gone and what stands in the way."""
    if person is None:
        people = [{"person": p.id, "username": p.username} for p in candidates(request, resource)]
        return {"party": resource.party.key, "people": people, "fields": ["person", "because", "confirm"]}
    plan = plan_of(request, person)
    return {
        "party": resource.party.key,
        "person": person.id,
        "values": plan.values,
        "own_words": plan.own_words,
        "beside": dict(plan.beside),
        "papers": [{"agreement": p.agreement_id, "what": p.what, "count": p.count} for p in plan.papers],
        "obstacles": _obstacles(request, plan),
    }


def _gone(plan: Plan) -> list[Message]:
    said = [msg("Name, user name, e-mail address, language and password: the account is closed.")]
    if plan.values:
        said.append(
            msg(
                "Names and words in the trail: ${count}, of which ${own} in the person's own words. "
                "What was hashed stays; what made it readable goes.",
                count=plan.values,
                own=plan.own_words,
            )
        )
    said += [
        msg("${what}: ${count}", what=BESIDE[place], count=count)
        for place, count in plan.beside.items()
        if count
    ]
    if plan.shared:
        said.append(
            msg("Somebody else has the same name or address; what others wrote of it is left as it is.")
        )
    return said


def _obstacles(request: Request, plan: Plan) -> list[Message]:
    foreign = checks.others(request.dbsession, request.who, plan.person)
    said = list(plan.obstacles)
    if foreign:
        said.append(doing.not_yours_alone(foreign))
    return said

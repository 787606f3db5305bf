"""How agreements hang together, as it is read: "Replaces", "Supplemented by", "Revised as", from both ends.

What the reader may not see is not there, in a list as at its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Effect, Permission, Transition
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.links import REPLACES, SUPPLEMENTS
from workflow_app.services.links import WAYS, Connection, connections, sees
from workflow_app.services.links_suggestions import Candidate as Likely
from workflow_app.services.links_suggestions import suggestions
from workflow_app.services.listing import Wanted, find
from workflow_app.services.successors import SUCCEEDS
from workflow_app.services.twins import link_json
from workflow_app.web.pagemodels import Choice, Link, Problem
from workflow_app.web.pagemodels.links import Candidate, Connected, LinksPage, SuggestedLink
from workflow_app.web.present.words import agreement_url, day, head, moment, person_name, state_label
from workflow_app.web.resources import AgreementResource

RELATIONS: dict[tuple[str, bool], Message] = {
    (REPLACES, True): msg("Replaces"),
    (REPLACES, False): msg("Replaced by"),
    (SUPPLEMENTS, True): msg("Supplement to"),
    (SUPPLEMENTS, False): msg("Supplemented by"),
    (SUCCEEDS, True): msg("Revision of"),
    (SUCCEEDS, False): msg("Revised as"),
}
"""Relation, and whether this is the one that replaces, supplements or revises."""

TO_COME = msg("To be replaced by")
"""Until the other one is signed."""

ASKED: dict[str, Message] = {
    "replaces": msg("It replaces that agreement, which ends when this one is signed"),
    "supplements": msg("It is a supplement to that agreement; both stand"),
    "replaced_by": msg("It was replaced by that agreement"),
    "supplemented_by": msg("That agreement is a supplement to this one"),
}
"""What a person chooses among; the keys of ``links.WAYS``."""

SAYS: dict[str, Message] = {
    REPLACES: msg("The text says that it replaces another agreement:"),
    SUPPLEMENTS: msg("The text says that it is a supplement to another agreement:"),
    "replaced_by": msg("Another text says that it replaces an agreement of the day this one was signed:"),
    "supplemented_by": msg(
        "Another text says that it is a supplement to an agreement of the day this one was signed:"
    ),
}

BUTTONS: dict[str, Message] = {
    "replaces": msg("It replaces this one"),
    "supplements": msg("It is a supplement to this one"),
    "replaced_by": msg("It was replaced by this one"),
    "supplemented_by": msg("This one is a supplement to it"),
}
"""Said of the draft, beside each agreement that is suggested."""

FOUND = 20
"""Agreements a search shows."""


def seen_connections(request: Request, agreement: Agreement) -> tuple[Connection, ...]:
    """Those the reader may see."""
    return connections(
        request.dbsession, agreement, lambda other: sees(request.who, request.definitions, other)
    )


def connected_rows(
    request: Request, agreement: Agreement, *, may_change: bool = False
) -> tuple[Connected, ...]:
    """A row for each that the reader may see."""
    found = seen_connections(request, agreement)
    return tuple(connected_row(request, agreement, c, may_change=may_change) for c in found)


def connected_row(
    request: Request, agreement: Agreement, found: Connection, *, may_change: bool = False
) -> Connected:
    """One of them."""
    link, other = found.link, found.other
    relation = RELATIONS[found.relation, found.outgoing]
    if found.relation == REPLACES and not found.outgoing and other.signed_on is None:
        relation = TO_COME
    newer = agreement if found.outgoing else other
    return Connected(
        relation=request.say(relation),
        link=_link(request, other),
        quote=found.quote,
        language=newer.language if found.quote else None,
        who=person_name(request, link.person_id) if link and link.person_id else None,
        when=moment(request, link.created_at) if link else None,
        removable=other.id if may_change and link and link.drawn_from == agreement.id else None,
    )


def ended_by_signing(request: Request, agreement: Agreement, step: Transition) -> str | None:
    """What else the step ends, for one who is about to take it; None where it ends nothing."""
    if Effect.RECORD_SIGNING not in step.effects:
        return None
    every = connections(request.dbsession, agreement)
    ended = [c.other for c in every if c.relation == REPLACES and c.outgoing]
    said = []
    for other in ended:
        if sees(request.who, request.definitions, other):
            said.append(msg("It replaces “${title}”, which then ends.", title=other.title))
        else:
            said.append(msg("It replaces an agreement that you don't see, which then ends."))
    return " ".join(str(request.say(sentence)) for sentence in said) or None


def _link(request: Request, other: Agreement) -> Link:
    definition = request.definitions.by_digest(other.definition_digest)
    return Link(agreement_url(request, other.id), other.title, state_label(request, definition, other.state))


def links_page(
    request: Request,
    resource: AgreementResource,
    written: Mapping[str, Any] | None = None,
    problems: tuple[Problem, ...] = (),
) -> LinksPage:
    """The page; ``written`` and ``problems`` keep what was filled in and say what is wrong."""
    agreement, given = resource.agreement, written or {}
    may = bool(request.has_permission(Permission.EDIT, resource))
    q = request.GET.get("q", "").strip()[:200]
    chosen = str(given.get("relation") or "replaces")
    found = _search(request, agreement, q) if may and q else None
    if not found:
        # The fields they point to are not there.
        problems = tuple(Problem("", p.message) for p in problems)
    return LinksPage(
        head=head(request, agreement, resource.definition),
        rows=connected_rows(request, agreement, may_change=may),
        may_change=may,
        closed=None if may else request.say(_closed(resource)),
        suggestions=_suggested(request, agreement) if may else (),
        q=q,
        found=found,
        chosen=str(given.get("agreement") or ""),
        relations=tuple(Choice(way, request.say(ASKED[way]), chosen=way == chosen) for way in WAYS),
        quote=str(given.get("quote") or ""),
        problems=problems,
    )


def _closed(resource: AgreementResource) -> Message:
    if Permission.EDIT in resource.definition.states[resource.agreement.state].may:
        return msg("Only an SLT coordinator or a politikontakt of the parties links agreements.")
    return msg("Links are made while an agreement is a draft; what was signed with them keeps them.")


def _suggested(request: Request, agreement: Agreement) -> tuple[SuggestedLink, ...]:
    found = suggestions(request.dbsession, agreement, request.who, request.definitions, request.now)
    return tuple(
        SuggestedLink(
            relation=s.way,
            says=request.say(SAYS[s.way]),
            quote=s.quote,
            button=request.say(BUTTONS[s.way]),
            candidates=tuple(
                _candidate(request, c.agreement, _why(request, c, s.date, backwards=s.way.endswith("_by")))
                for c in s.candidates
            ),
        )
        for s in found
    )


def _why(request: Request, likely: Likely, named: str | None, *, backwards: bool) -> str | None:
    if likely.fits and not backwards:
        return str(request.say(msg("It was signed when the clause says.")))
    if named is not None and not likely.fits:
        return str(request.say(msg("It was not signed when the clause says; look at it first.")))
    return None


def _candidate(request: Request, other: Agreement, why: str | None = None) -> Candidate:
    return Candidate(
        id=other.id,
        link=_link(request, other),
        parties=tuple(p.party.name for p in other.parties),
        signed=day(request, other.signing) if other.signing else None,
        why=why,
    )


def _search(request: Request, agreement: Agreement, q: str) -> tuple[Candidate, ...]:
    rows = find(request.dbsession, request.who, request.definitions, Wanted(q), limit=FOUND).rows
    return tuple(_candidate(request, a) for a in rows if a.id != agreement.id)


def links_of(request: Request, agreement: Agreement) -> list[dict[str, Any]]:
    """The ``links`` of an agreement's JSON; "out" is the direction of the one that builds on the other."""
    return [
        link_json(found) | {"title": found.other.title, "state": found.other.state}
        for found in seen_connections(request, agreement)
    ]


def links_json(request: Request, resource: AgreementResource) -> dict[str, Any]:
    """The links and, for who may make them, what the text suggests."""
    agreement = resource.agreement
    may = bool(request.has_permission(Permission.EDIT, resource))
    return {
        "version": agreement.version,
        "links": links_of(request, agreement),
        "may_change": may,
        "suggestions": [
            {
                "relation": s.way,
                "date": s.date,
                "quote": s.quote,
                "candidates": [
                    {
                        "agreement": c.agreement.id,
                        "title": c.agreement.title,
                        "signed": c.signed.written if c.signed else None,
                        "fits": c.fits,
                    }
                    for c in s.candidates
                ],
            }
            for s in (
                suggestions(request.dbsession, agreement, request.who, request.definitions, request.now)
                if may
                else ()
            )
        ],
    }

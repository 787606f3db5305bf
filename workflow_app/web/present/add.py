"""The page on which an agreement begins: a file or a template, its parties, the order it follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.services import norway
from workflow_app.services.parties import MUNICIPAL, list_parties
from workflow_app.services.starters import starters
from workflow_app.web.pagemodels import AddPage, Choice, Problem
from workflow_app.web.uploads import ACCEPTS, limit_of

AS_READ = ""
"""The choice of no definition: the one the text suggests."""


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for on the page, to be shown again when something is wrong."""

    source: str = "file"
    template: str = ""
    title: str = ""
    municipal: Sequence[str] | None = None
    police: Sequence[str] | None = None
    definition: str = AS_READ


def add_page(request: Request, wanted: Wanted | None = None, problems: tuple[Problem, ...] = ()) -> AddPage:
    """The page; the reader's own parties are chosen until she has chosen others."""
    wanted = wanted or Wanted()
    parties = list_parties(request.reading, today=request.today)
    own = {h.party for h in request.who.holdings}
    sides: dict[str, list[Choice]] = {"municipal": [], "police": []}
    for party in parties:
        asked = wanted.municipal if party.side == MUNICIPAL else wanted.police
        chosen = party.key in (own if asked is None else asked)
        sides[party.side].append(
            Choice(party.key, _label(party.name, party.kommune_number, party.district), chosen)
        )
    return AddPage(
        templates=tuple(
            Choice(s.name, f"{s.title} ({_LANGUAGES.get(s.language, s.language)})", s.name == wanted.template)
            for s in starters()
        ),
        municipal=tuple(sides["municipal"]),
        police=tuple(sides["police"]),
        definitions=definition_choices(request, wanted.definition),
        suggestion=request.say(
            msg("The order says what must be done before the next; a clause on the kommunestyre decides it.")
        ),
        source=wanted.source if wanted.source == "template" else "file",
        title=wanted.title,
        max_size=f"{limit_of(request) >> 20} MB",
        accepts=ACCEPTS,
        problems=problems,
    )


_LANGUAGES = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}


def _label(name: str, number: str | None, district: str | None) -> str:
    if number:
        return f"{name} ({number})"
    found = norway.district(district) if district else None
    return f"{name} ({found.name})" if found else name


def definition_choices(request: Request, chosen: str = AS_READ) -> tuple[Choice, ...]:
    """What the text suggests, and every definition by its title."""
    as_read = Choice(
        AS_READ,
        request.say(msg("The one the text suggests")),
        chosen == AS_READ,
        request.say(msg("You are told which one it was, and why.")),
    )
    registry = request.definitions
    rest = (
        Choice(ident, request.say(Message(registry.newest(ident).title)), ident == chosen)
        for ident in registry.ids
    )
    return (as_read, *rest)

"""The filters of the overview as they are chosen: links that count, and selects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.services import norway
from workflow_app.services.overview.picture import Picture
from workflow_app.services.overview.scope import POLICE, Scope
from workflow_app.services.overview.wanted import UNKNOWN, Wanted
from workflow_app.web.pagemodels import Choice
from workflow_app.web.pagemodels.overview import Facet, FacetLink
from workflow_app.web.present.overview_words import (
    DUE,
    HAVING,
    IN_FORCE,
    NO_DISTRICT,
    SORTS,
    WAITS_FOR,
)
from workflow_app.web.present.words import root_url

MOST_PARTIES = 100
"""So many parties to choose among in one list; nobody scrolls through more."""


def address(request: Request, wanted: Wanted, place: str = "", **changes: str) -> str:
    """The address of the overview (or of a ``place`` below it) that asks for this, with some changed."""
    query = urlencode(wanted.query(**changes))
    path = f"{root_url(request)}/overview{'/' + place if place else ''}"
    return f"{path}?{query}" if query else path


def facets(request: Request, found: Picture) -> tuple[Facet, ...]:
    """State, whom it waits for, due, in force; and with or without where kommuner without have rows."""
    wanted, counts = found.wanted, found.counts
    made = [
        _facet(request, wanted, "state", msg("State"), _states(request, found)),
        _facet(request, wanted, "waits_for", msg("Waits for"), _said(request, WAITS_FOR, counts.waits_for)),
        _facet(request, wanted, "due", msg("Next deadline"), _said(request, DUE, counts.due)),
        _facet(request, wanted, "in_force", msg("Validity"), _said(request, IN_FORCE, counts.in_force)),
    ]
    if found.scope.without:
        numbers = {"some": found.with_agreement, "none": found.without_any}
        made.append(
            _facet(request, wanted, "agreement", msg("With and without"), _said(request, HAVING, numbers))
        )
    return tuple(made)


def _said(
    request: Request, words: Mapping[str, Message], numbers: Mapping[str, int]
) -> Iterator[tuple[str, str, int]]:
    for code, message in words.items():
        yield code, request.say(message), numbers.get(code, 0)


def _states(request: Request, found: Picture) -> Iterator[tuple[str, str, int]]:
    """The states by their definition's own names; those of one name together, in the definitions' order."""
    by_label: dict[tuple[str, str], list[tuple[str, int]]] = {}
    definitions = request.definitions.definitions
    for definition in definitions:
        for code, state in definition.states.items():
            number = found.counts.states.get((definition.digest, code), 0)
            by_label.setdefault((code, state.label), []).append((definition.id, number))
    often = [code for code, _ in by_label]
    for (code, label), numbers in by_label.items():
        ident = code if often.count(code) == 1 else f"{code}.{numbers[0][0]}"
        count = sum(number for _, number in numbers)
        if count or found.wanted.state == ident:
            yield ident, request.say(Message(label)), count


def _facet(
    request: Request, wanted: Wanted, name: str, label: Message, choices: Iterator[tuple[str, str, int]]
) -> Facet:
    current = getattr(wanted, name)
    return Facet(
        name=name,
        label=request.say(label),
        links=tuple(
            FacetLink(code, words, number, address(request, wanted, **{name: code}), chosen=code == current)
            for code, words, number in choices
        ),
        everything=address(request, wanted, **{name: ""}),
        chosen=bool(current),
    )


def choices_of_districts(request: Request, scope: Scope, asked: Wanted) -> tuple[Choice, ...]:
    """The districts of the police units the reader knows; one for what has none, where there may be some."""
    wanted = asked.district
    known = list(scope.districts)
    if wanted and wanted != UNKNOWN and wanted not in {d.slug for d in known}:
        known += [d for d in norway.districts() if d.slug == wanted]
    choices = [Choice(d.slug, d.name, chosen=d.slug == wanted) for d in known]
    if scope.without or wanted == UNKNOWN:
        choices.append(Choice(UNKNOWN, request.say(NO_DISTRICT), chosen=wanted == UNKNOWN))
    return tuple(choices)


def choices_of_parties(scope: Scope, asked: Wanted) -> tuple[Choice, ...]:
    """Kommuner first, then police units, each in the Norwegian alphabet.

    Where they are very many, the police units alone: a kommune is found by its name.
    """
    offered = scope.parties
    if len(offered) > MOST_PARTIES:
        offered = tuple(p for p in offered if p.side == POLICE or p.key == asked.party)
    ordered = sorted(offered, key=lambda p: (p.side, norway.sort_key(p.name), p.key))
    return tuple(Choice(p.key, p.name, chosen=p.key == asked.party) for p in ordered)


def sorts(request: Request, wanted: Wanted) -> tuple[Choice, ...]:
    """The orders the rows can stand in."""
    said = {code: request.say(words) for code, words in SORTS.items()}
    return tuple(Choice(code, label, chosen=code == wanted.sort) for code, label in said.items())

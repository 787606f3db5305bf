"""The overview as a page and for programs: rows, counts, and how much there is in words."""

from __future__ import annotations

from functools import partial
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Definition
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.services import norway, parties
from workflow_app.services.filters import WrongFilters
from workflow_app.services.overview.picture import Picture, picture
from workflow_app.services.overview.places import Line, Place
from workflow_app.services.overview.wanted import FILTERS, OF_PERIODS, Wanted, read
from workflow_app.web.pagemodels import Link
from workflow_app.web.pagemodels.overview import OverviewPage, OverviewRow
from workflow_app.web.present.deadlines import stored_row
from workflow_app.web.present.lists import agreement_summary
from workflow_app.web.present.overview_filters import (
    address,
    choices_of_districts,
    choices_of_parties,
    facets,
    sorts,
)
from workflow_app.web.present.overview_words import WITHOUT, in_force, validity, waits
from workflow_app.web.present.words import agreement_url, state_label

COLUMNS = (msg("Kommune and agreement"), msg("State"), msg("Waits for"), msg("Next deadline"))
NOT_OF_PERIODS = {name: "" for name in FILTERS if name not in OF_PERIODS}
NO_PLACE = msg("This is no place in the overview; begin at its first page.")


def asked_for(request: Request, names: tuple[str, ...] = FILTERS, *beside: str) -> Wanted:
    """What the query of the address asks for. Raises ``WrongFilters`` for what is not understood."""
    is_party = partial(parties.is_key, request.dbsession)
    return read(request.GET, request.definitions, is_party, names=names, beside=beside)


def found(request: Request) -> Picture:
    """The page the address asks for. Raises ``WrongFilters`` for what is not understood."""
    wanted = asked_for(request, FILTERS, "after")
    session, who, definitions = request.dbsession, request.who, request.definitions
    try:
        after = Place.parse(text) if (text := request.GET.get("after")) else None
        return picture(session, who, definitions, wanted, request.today, after=after)
    except ValueError as error:
        raise WrongFilters({"after": NO_PLACE}) from error


def overview_page(request: Request) -> OverviewPage:
    """The rows with their filters, and the ways to the file, the timeline and on."""
    seen = found(request)
    wanted, place = seen.wanted, seen.page.next
    return OverviewPage(
        rows=tuple(row(request, line) for line in seen.page.lines),
        found=request.say(_how_many(seen)),
        columns=tuple(request.say(name) for name in COLUMNS),
        undated=request.say(msg("No deadline coming")),
        country=request.say(_country(seen)) if seen.scope.whole_country else None,
        q=wanted.words,
        districts=choices_of_districts(request, seen.scope, wanted),
        parties=choices_of_parties(seen.scope, wanted),
        sorts=sorts(request, wanted),
        facets=facets(request, seen),
        kept=tuple(
            (name, value)
            for name, value in wanted.query().items()
            if name in ("state", "waits_for", "due", "in_force", "agreement")
        ),
        filtered=wanted.filtered,
        first=address(request, wanted) if request.GET.get("after") else None,
        next=address(request, wanted, after=str(place)) if place else None,
        csv=address(request, wanted, "overview.csv"),
        timeline=address(request, wanted, "timeline", **NOT_OF_PERIODS),
        clear=address(request, type(wanted)(sort=wanted.sort)),
    )


def _how_many(seen: Picture) -> Message:
    if not seen.without:
        return msg("Agreements: ${agreements}.", agreements=seen.counts.total)
    return msg(
        "Agreements: ${agreements}. Kommuner without an agreement you can see: ${kommuner}.",
        agreements=seen.counts.total,
        kommuner=seen.without,
    )


def _country(seen: Picture) -> Message:
    return msg(
        "Of ${all} kommuner, ${in_force} have an agreement in force today that you can see, and ${without}"
        " have none at all that you can see.",
        all=len(seen.scope.kommuner),
        in_force=seen.scope.in_force,
        without=len(seen.scope.without),
    )


def row(request: Request, line: Line) -> OverviewRow:
    """One agreement, or a kommune without one."""
    if isinstance(line, norway.Kommune):
        return OverviewRow(kommuner=(line.label,), note=request.say(WITHOUT))
    definition = request.definitions.by_digest(line.definition_digest)
    sides: dict[str, list[str]] = {}
    for p in line.parties:
        sides.setdefault(p.party.side, []).append(p.party.name)
    return OverviewRow(
        kommuner=tuple(sides.get("municipal", ())),
        police=tuple(sides.get("police", ())),
        link=Link(agreement_url(request, line.id), line.title),
        language=line.language,
        state=line.state,
        state_label=_label(request, definition, line.state),
        validity=validity(request, line),
        in_force=in_force(line, request.today),
        waits=waits(request, line),
        deadline=stored_row(request, line, linked=False),
    )


def _label(request: Request, definition: Definition, state: str) -> str:
    """The state's name, said once for all the rows that have it."""
    known: dict[tuple[str, str], str] | None = getattr(request, "known_states", None)
    if known is None:
        known = request.known_states = {}
    key = (definition.digest, state)
    if key not in known:
        known[key] = state_label(request, definition, state)
    return known[key]


def overview_json(request: Request) -> dict[str, Any]:
    """The same for a program; ``next`` is the address of the next page."""
    seen = found(request)
    place = seen.page.next
    return {
        "rows": [row_json(request, line) for line in seen.page.lines],
        "counts": {
            "agreements": seen.counts.total,
            "kommuner_without": seen.without,
            **{
                facet.name: {link.value: link.count for link in facet.links}
                for facet in facets(request, seen)
            },
        },
        "filters": seen.wanted.query(),
        "next": address(request, seen.wanted, after=str(place)) if place else None,
    }


def row_json(request: Request, line: Line) -> dict[str, Any]:
    """One row: the kommuner, and the agreement or null."""
    if isinstance(line, norway.Kommune):
        return {"kommuner": [{"key": line.number, "name": line.name}], "agreement": None}
    return {
        "kommuner": [
            {"key": p.party.key, "name": p.party.name} for p in line.parties if p.party.side == "municipal"
        ],
        "agreement": agreement_summary(request, line) | standing_json(request, line),
    }


def standing_json(request: Request, agreement: Agreement) -> dict[str, Any]:
    """Whether it is in force, and whom it waits for since when."""
    last = agreement.next_due
    return {
        "in_force": {
            "today": in_force(agreement, request.today),
            "from": agreement.signed_on,
            "to": agreement.in_force_to,
            "ends": agreement.ends_how,
        },
        "waits_for": agreement.waits_for,
        "waits_since": agreement.waits_since,
        "waiting": agreement.waiting,
        "days_left": (last - request.today).days if last else None,
    }

"""The overview as a table to take along: every row that fits the filters, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.deadline_words import named
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.services import norway
from workflow_app.services.overview.picture import lines
from workflow_app.services.overview.places import Line
from workflow_app.services.overview.sheet import Cell, sheet
from workflow_app.web.present.overview import asked_for
from workflow_app.web.present.overview_words import NO_DISTRICT, WITHOUT, in_force, since_day, waits
from workflow_app.web.present.words import state_label

HEAD: tuple[Message, ...] = (
    msg("Kommune"), msg("Number of the kommune"), msg("Police unit"), msg("Police district"),
    msg("Agreement"), msg("Address"), msg("State"), msg("Signed"), msg("Signed, half-known day: from"),
    msg("Last day in force"), msg("In force today"), msg("Waits for"), msg("Waits since"),
    msg("Days waited"), msg("What it waits for"), msg("Next deadline"), msg("Deadline, first day"),
    msg("Deadline, last day"), msg("Days left"), msg("Drawn from"), msg("The clause"),
)  # fmt: skip
YES, NO = msg("yes"), msg("no")
SOURCES: dict[str, Message] = {
    "clause": msg("clause of the agreement"),
    "house_rule": msg("house rule of the kommune"),
}


def overview_file(request: Request) -> tuple[bytes, str]:
    """The file and its name. Raises ``FieldErrors`` for a filter that is not understood."""
    wanted = asked_for(request)
    found = lines(request.dbsession, request.who, request.definitions, wanted, request.today)
    content = sheet([request.say(name) for name in HEAD], _rows(request, found))
    return content, f"{request.say(msg('overview'))}-{request.today.isoformat()}.csv"


def _rows(request: Request, found: Iterator[Line]) -> Iterator[list[Cell]]:
    districts = {d.slug: d.name for d in norway.districts()}
    for line in found:
        if isinstance(line, norway.Kommune):
            empty: list[Cell] = [None] * (len(HEAD) - 5)
            told: list[Cell] = [line.label, line.number, None, request.say(NO_DISTRICT), request.say(WITHOUT)]
            yield [*told, *empty]
        else:
            yield _row(request, line, districts)


def _row(request: Request, agreement: Agreement, districts: dict[str, str]) -> list[Cell]:
    definition = request.definitions.by_digest(agreement.definition_digest)
    municipal = [p.party for p in agreement.parties if p.party.side == "municipal"]
    police = [p.party for p in agreement.parties if p.party.side == "police"]
    known = dict.fromkeys(districts.get(p.district or "", p.district or "") for p in police)
    waited, first = waits(request, agreement), since_day(agreement.waits_since)
    due, stored = agreement.next_due, agreement.next_deadline or {}
    return [
        ", ".join(p.name for p in municipal),
        ", ".join(p.key for p in municipal),
        ", ".join(p.name for p in police),
        ", ".join(name for name in known if name),
        agreement.title,
        f"{request.application_url.rstrip('/')}/agreements/{agreement.id}",
        state_label(request, definition, agreement.state),
        agreement.signed_on,
        agreement.signed_earliest,
        agreement.in_force_to,
        request.say(YES if in_force(agreement, request.today) else NO),
        waited.label,
        first,
        max(0, (request.today - first).days) if first else None,
        "; ".join(f"{step.step}: {', '.join(step.places)}" for step in waited.steps),
        request.say(_kind(stored)) if stored else None,
        stored.get("earliest"),
        stored.get("latest"),
        (due - request.today).days if due else None,
        request.say(SOURCES[stored["source"]]) if stored else None,
        stored.get("quote"),
    ]


def _kind(stored: Mapping[str, Any]) -> Message:
    occasion = stored.get("occasion", "agreement")
    return named(stored["kind"], stored.get("year"), stored.get("half"), stored.get("about"), occasion)

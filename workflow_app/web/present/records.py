"""The trail page by page, newest first, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.trail import TrailEntry as Row
from workflow_app.services import trail
from workflow_app.services.errors import FieldErrors
from workflow_app.services.log import tree
from workflow_app.services.papers.labels import LIMITS
from workflow_app.services.refusals import refusals_of
from workflow_app.services.trail_final import Final, final_json, final_of
from workflow_app.web.pagemodels import Moment, Pager, TrailEntry, TrailPage
from workflow_app.web.present.entries import Teller
from workflow_app.web.present.finality import finality, marked
from workflow_app.web.present.words import agreement_url, head, moment
from workflow_app.web.resources import AgreementResource

PAGE = 50
"""Entries on a page of the trail."""


def trail_page(request: Request, resource: AgreementResource) -> TrailPage:
    """Each entry in a sentence, the newest first, and the hash that stands for them all."""
    db, agreement = request.dbsession, resource.agreement
    size, last = trail.head(db, trail.agreement_chain(agreement.id))
    top = _top(request, size)
    rows = newest_first(request, agreement, top)
    final = final_of(db, agreement)
    entries = marked(Teller(request, agreement, resource.definition).tell(rows), final)
    return TrailPage(
        head=head(request, agreement, resource.definition),
        entries=tuple(replace(e, receipt=_receipt(request, agreement, e.number, final)) for e in entries),
        finality=finality(request, final, _first_waiting(request, agreement, final)),
        limits=tuple(request.say(limit) for limit in LIMITS),
        size=size,
        refusals=refusals_of(request.dbsession, agreement),
        head_hash=last or "",
        pager=Pager(previous=_newer(request, agreement, top, size), next=_older(request, agreement, rows)),
    )


def trail_json(request: Request, resource: AgreementResource) -> dict[str, Any]:
    """The entries as they were hashed, each with its hash and what may be read in clear."""
    db, agreement = request.dbsession, resource.agreement
    size, last = trail.head(db, trail.agreement_chain(agreement.id))
    top = _top(request, size)
    rows = newest_first(request, agreement, top)
    clear = trail.clear(db, rows)
    said = Teller(request, agreement, resource.definition).tell(rows)
    final = final_of(db, agreement)
    places = tree.positions(db, [row.id for row in rows])
    return {
        "trail": {"size": size, "head": last, "final": final_json(final)},
        "refusals": refusals_of(db, agreement),
        "entries": [
            {
                "number": row.number,
                "kind": row.kind,
                "hash": row.hash,
                "index": places.get(row.id),
                "final": row.number <= final.last,
                "entry": json.loads(row.body),
                "clear": clear.get(row.id, {}),
                "sentence": told.what,
                "reasons": list(told.reasons),
            }
            for row, told in zip(rows, said, strict=True)
        ],
        "previous": _newer(request, agreement, top, size),
        "next": _older(request, agreement, rows),
    }


def latest(request: Request, resource: AgreementResource, final: Final, count: int) -> tuple[TrailEntry, ...]:
    """The last entries, for the agreement's own page."""
    rows = newest_first(request, resource.agreement, final.size, count)
    return marked(Teller(request, resource.agreement, resource.definition).tell(rows), final)


def _first_waiting(request: Request, agreement: Agreement, final: Final) -> Moment | None:
    """When the first entry came that is not final; None where all are."""
    if final.whole:
        return None
    chain = trail.agreement_chain(agreement.id)
    found = trail.entries(request.dbsession, chain, after=final.last, limit=1)
    return moment(request, found[0].at) if found else None


def _receipt(request: Request, agreement: Agreement, number: int, final: Final) -> str | None:
    """Where the entry's receipt is; none before the sequencer has given it a place."""
    if number > final.placed or request.log_signer is None:
        return None
    return f"{agreement_url(request, agreement.id)}/trail/{number}/receipt.json"


def newest_first(request: Request, agreement: Agreement, top: int, count: int | None = None) -> list[Row]:
    """The entries from number ``top`` down, a page unless ``count`` is given; numbers have no holes."""
    chain = trail.agreement_chain(agreement.id)
    first = max(0, top - (count or PAGE))
    return trail.entries(request.dbsession, chain, after=first, limit=top - first)[::-1] if top > 0 else []


def _top(request: Request, size: int) -> int:
    """The newest entry to show: all, those before a number, or the page that holds one."""
    for name in ("before", "entry"):
        text = request.GET.get(name)
        if text is None:
            continue
        if not text.isascii() or not text.isdecimal() or len(text) > 12:
            raise FieldErrors({name: msg("The number of an entry is a whole number.")})
        number = int(text)
        return min(size, number - 1 if name == "before" else number + PAGE // 2)
    return size


def _newer(request: Request, agreement: Agreement, top: int, size: int) -> str | None:
    if top >= size:
        return None
    url = f"{agreement_url(request, agreement.id)}/trail"
    return url if top + PAGE >= size else f"{url}?before={top + PAGE + 1}"


def _older(request: Request, agreement: Agreement, rows: list[Row]) -> str | None:
    if not rows or rows[-1].number <= 1:
        return None
    return f"{agreement_url(request, agreement.id)}/trail?before={rows[-1].number}"

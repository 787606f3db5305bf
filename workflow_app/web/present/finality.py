"""How far a trail is final, said on the agreement's pages."""

from __future__ import annotations

from dataclasses import replace

from pyramid.request import Request

from workflow_app.services.trail_final import Final
from workflow_app.web.pagemodels import Cosigned, Finality, Moment, TrailEntry
from workflow_app.web.present.words import moment


def finality(request: Request, final: Final, waiting_since: Moment | None = None) -> Finality:
    """What is final, by whose signatures, and for whom the rest waits; ``waiting_since`` is of its first."""
    return Finality(
        last=final.last,
        size=final.size,
        by=tuple(Cosigned(one.party_name, moment(request, one.time)) for one in final.standing.cosigned),
        waits=tuple(request.say(sentence) for sentence in final.waits),
        waiting_since=waiting_since,
    )


def marked(entries: tuple[TrailEntry, ...], final: Final) -> tuple[TrailEntry, ...]:
    """The entries, each with whether it is final."""
    return tuple(replace(entry, final=entry.number <= final.last) for entry in entries)

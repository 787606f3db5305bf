"""The invitation to a meeting as a paper: when and where, the agenda point by point, and who is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow_app.domain.messages import Message, msg
from workflow_app.services.papers.labels import LABELS, Translate, say, say_time

TWIN = "mote.json"

INVITATION_LABELS: Mapping[str, Message] = {
    "invitation": msg("Invitation"),
    "changed": msg("Changed invitation"),
    "draft": msg("Draft, not sent"),
    "heading": msg("Invitation to meeting ${number}, ${day}"),
    "of": msg("Under the agreement"),
    "day": msg("Day"),
    "hour": msg("Time of day"),
    "place": msg("Place"),
    "convener": msg("Convener"),
    "secretary": msg("Secretary"),
    "agenda": msg("Agenda"),
    "no_points": msg("No point has been put on the agenda yet."),
    "called": msg("Who is called"),
    "name": msg("Name"),
    "role": msg("Role"),
    "late": msg("raised after the day the agreement names for it"),
    "lead": msg("The agreement says of the agenda"),
}


@dataclass(frozen=True)
class PointLine:
    """A point of the agenda. ``origin`` is said under the title; None for a point that needs no telling."""

    title: str
    description: str | None = None
    origin: str | None = None
    late: bool = False


@dataclass(frozen=True)
class CalledLine:
    """Somebody called: a name, a title or role, and the party where there is one."""

    name: str
    role: str
    party: str = ""
    note: str = ""


@dataclass(frozen=True)
class InvitationPaper:
    """All that is printed. ``day`` and ``clock`` are said in the paper's language already.

    ``kind`` is "invitation", "changed" or "draft"; ``lead`` are the agreement's
    words of when its agenda is sent.
    """

    language: str
    kind: str
    number: int
    agreement: str
    day: str
    weekday: str
    clock: str | None
    place: str | None
    convener: str | None
    secretary: str | None
    points: tuple[PointLine, ...]
    called: tuple[CalledLine, ...]
    lead: str | None = None


def invitation_data(paper: InvitationPaper, made: datetime, name: str, tr: Translate) -> dict[str, Any]:
    """Everything ``invitation.typ`` prints; ``name`` is the attached twin's file name."""
    own = {key: tr(label.text) for key, label in INVITATION_LABELS.items()}
    heading = say(INVITATION_LABELS["heading"], tr, number=paper.number, day=paper.day)
    facts = (
        ("of", paper.agreement),
        ("day", f"{paper.weekday} {paper.day}"),
        ("hour", paper.clock),
        ("place", paper.place),
        ("convener", paper.convener),
        ("secretary", paper.secretary),
    )
    return {
        "lang": paper.language,
        "labels": {key: tr(label.text) for key, label in LABELS.items()} | own,
        "title": heading,
        "running": heading,
        "kind": own[paper.kind],
        "facts": [[own[key], value] for key, value in facts if value],
        "points": [
            {
                "title": p.title,
                "description": _lines(p.description),
                "origin": ", ".join(filter(None, (p.origin, own["late"] if p.late else None))),
            }
            for p in paper.points
        ],
        "called": [[c.name, ", ".join(filter(None, (c.role, c.note))), c.party] for c in paper.called],
        "lead": paper.lead or "",
        "made": [[tr(LABELS["made_at"].text), say_time(made, tr)]],
        "twin_note": say(LABELS["twin_note"], tr, name=name),
    }


def _lines(text: str | None) -> list[str]:
    return [line for line in (" ".join(raw.split()) for raw in (text or "").splitlines()) if line]

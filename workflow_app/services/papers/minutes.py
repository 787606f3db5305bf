"""The minutes of a meeting as a paper: who came, each point with what was decided, who follows up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflow_app.domain.messages import Message, msg
from workflow_app.services.papers.labels import LABELS, Translate, say, say_date, say_time

TWIN = "referat.json"

MINUTES_LABELS: Mapping[str, Message] = {
    "minutes": msg("Minutes"),
    "public": msg("Public minutes"),
    "closed": msg("Closed minutes"),
    "draft": msg("Draft, not kept"),
    "heading": msg("Minutes of meeting ${number}, ${day}"),
    "of": msg("Under the agreement"),
    "day": msg("Day"),
    "hour": msg("Time of day"),
    "place": msg("Place"),
    "convener": msg("Convener"),
    "secretary": msg("Secretary"),
    "edition": msg("Version"),
    "corrects": msg("Corrected because"),
    "present": msg("Present"),
    "absent": msg("Not present"),
    "name": msg("Name"),
    "role": msg("Role"),
    "deputy_for": msg("for ${name}"),
    "points": msg("The points"),
    "nothing": msg("Nothing was noted under this point."),
    "decided": msg("Decided"),
    "decision": msg("Decision ${number}"),
    "follow_up": msg("What is to be followed up"),
    "what": msg("What"),
    "responsible": msg("Who follows up"),
    "due": msg("By when"),
    "clause": msg("The agreement says of the minutes"),
}


@dataclass(frozen=True)
class PersonLine:
    """Somebody on the list of those who came or did not."""

    name: str
    role: str = ""
    party: str = ""
    deputy_for: str | None = None


@dataclass(frozen=True)
class DecisionLine:
    """A decision. ``point`` is the number of the agenda's point, None for one of the meeting as such."""

    number: int
    text: str
    point: int | None = None
    responsible: str = ""
    due: date | None = None


@dataclass(frozen=True)
class PointLine:
    """A point of the agenda with what was noted under it."""

    number: int
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class MinutesPaper:
    """All that is printed. ``kept`` is None for a draft, else the number of the version.

    ``legal_basis`` is why closed minutes are exempt from disclosure; ``reason``
    why a version corrects the one before it.
    """

    language: str
    number: int
    agreement: str
    day: str
    weekday: str
    public: bool | None
    present: tuple[PersonLine, ...]
    points: tuple[PointLine, ...]
    decisions: tuple[DecisionLine, ...]
    absent: tuple[PersonLine, ...] = ()
    before: tuple[str, ...] = ()
    clock: str | None = None
    place: str | None = None
    convener: str | None = None
    secretary: str | None = None
    legal_basis: str | None = None
    clause: str | None = None
    kept: int | None = None
    reason: str | None = None


def minutes_data(paper: MinutesPaper, made: datetime, name: str, tr: Translate) -> dict[str, Any]:
    """Everything ``minutes.typ`` prints; ``name`` is the attached twin's file name."""
    own = {key: tr(label.text) for key, label in MINUTES_LABELS.items()}
    heading = say(MINUTES_LABELS["heading"], tr, number=paper.number, day=paper.day)
    kind = own["minutes" if paper.public is None else "public" if paper.public else "closed"]
    facts = (
        ("of", paper.agreement),
        ("day", f"{paper.weekday} {paper.day}"),
        ("hour", paper.clock),
        ("place", paper.place),
        ("convener", paper.convener),
        ("secretary", paper.secretary),
        ("edition", str(paper.kept) if paper.kept is not None and paper.kept > 1 else None),
        ("corrects", paper.reason),
    )
    known = {p.number for p in paper.points}
    return {
        "lang": paper.language,
        "labels": {key: tr(label.text) for key, label in LABELS.items()} | own,
        "title": heading,
        "running": heading,
        "kind": kind,
        "mark": "" if paper.kept is not None else own["draft"],
        "exempt": paper.legal_basis if paper.public is False else None,
        "facts": [[own[key], value] for key, value in facts if value],
        "present": [_person(p, tr) for p in paper.present],
        "absent": [_person(p, tr) for p in paper.absent],
        "before": list(paper.before),
        "points": [
            {
                "heading": f"{p.number}. {p.title}",
                "lines": list(p.lines),
                "decisions": [_decision(d, tr) for d in paper.decisions if d.point == p.number],
            }
            for p in paper.points
        ],
        "decisions": [_decision(d, tr) for d in paper.decisions if d.point not in known],
        "follow_up": [
            [str(d.number), _one_line(d.text), d.responsible, say_date(d.due, tr) if d.due else ""]
            for d in paper.decisions
            if d.responsible or d.due
        ],
        "clause": paper.clause or "",
        "made": [[tr(LABELS["made_at"].text), say_time(made, tr)]],
        "twin_note": say(LABELS["twin_note"], tr, name=name),
    }


def _person(person: PersonLine, tr: Translate) -> list[str]:
    instead = say(MINUTES_LABELS["deputy_for"], tr, name=person.deputy_for) if person.deputy_for else None
    return [person.name, ", ".join(filter(None, (person.role, instead))), person.party]


def _decision(decision: DecisionLine, tr: Translate) -> dict[str, Any]:
    return {
        "heading": say(MINUTES_LABELS["decision"], tr, number=decision.number),
        "lines": [" ".join(line.split()) for line in decision.text.splitlines() if line.strip()],
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())

"""A paper as the data its template reads: strings ready to print, and nothing else.

Templates only lay out. Whatever can be got wrong (a date, a zone, a plural, a
missing name) is settled here, where it can be tested without making a PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from workflow_app.domain.dates import Interval, as_interval
from workflow_app.services.papers.anchor import ANCHOR_LABELS, anchor_data
from workflow_app.services.papers.data_telling import handling_data, lines_of, telling_data
from workflow_app.services.papers.labels import (
    LABELS,
    LIMITS,
    Translate,
    labels,
    say,
    say_date,
    say_days,
    say_time,
)
from workflow_app.services.papers.model import (
    AgreementPaper,
    Attachment,
    DeadlineLine,
    MatterPaper,
    Party,
    RuleLine,
    TrailStep,
    UndatedLine,
)
from workflow_app.services.papers.text import Block, Section

_RUNNING_TITLE = 80
# Finding the best line breaks of a whole paragraph takes time that grows faster than the paragraph.
_ENDLESS = 8_000
_THIN = "\u202f"


def agreement_data(paper: AgreementPaper, made: datetime, name: str, tr: Translate) -> dict[str, Any]:
    """Everything ``agreement.typ`` prints; ``name`` is the attached twin's file name."""
    return _common(paper, made, name, tr) | {
        "title": paper.title,
        "running": _shortened(paper.title),
        "standing": _standing(paper, tr),
        "about": [
            *_party_fields(paper.parties, tr),
            _field("version", str(paper.version), tr),
        ],
        "sections": [_section(section) for section in paper.sections],
    }


def matter_data(paper: MatterPaper, made: datetime, name: str, tr: Translate) -> dict[str, Any]:
    """Everything ``matter.typ`` prints; what is not set yet is printed as not set."""
    unset = say(LABELS["not_set"], tr)
    day = paper.meeting_date
    return _common(paper, made, name, tr) | {
        "kind": paper.kind,
        "title": paper.title,
        "running": _shortened(" · ".join(filter(None, (paper.case_number, paper.title)))),
        "municipality": _party(paper.municipality),
        "exempt": paper.legal_basis,
        "fields": [
            _field("case_officer", paper.case_officer or unset, tr),
            _field("archive_case", paper.archive_case or unset, tr),
        ],
        "meeting": [
            paper.committee or unset,
            say_date(day, tr) if day else unset,
            paper.case_number or unset,
        ],
        "proposal": lines_of(paper.proposal),
        "decision": lines_of(paper.decision or ""),
        "handlings": [handling_data(body, tr) for body in paper.handlings],
        "telling": telling_data(paper.telling),
        "about": [
            _field("title", paper.agreement_title, tr),
            *_party_fields(paper.parties, tr),
            _field("version", str(paper.agreement_version), tr),
        ],
        "steps": [_step(step, tr) for step in paper.steps],
    }


def _standing(paper: AgreementPaper, tr: Translate) -> str:
    """What the first page says of an agreement that not everybody has signed."""
    if not paper.signatures:
        return say(LABELS["unsigned"], tr)
    return say(LABELS["half_signed"], tr) if paper.missing else ""


def _common(paper: AgreementPaper | MatterPaper, made: datetime, name: str, tr: Translate) -> dict[str, Any]:
    definition = say(
        LABELS["definition_version"], tr, name=paper.definition.name, version=paper.definition.version
    )
    trail = [_field("trail_size", str(paper.trail.size), tr)]
    if isinstance(paper, MatterPaper):
        trail.append(_field("refusals", str(paper.refusals), tr))
    return {
        "lang": paper.language,
        "labels": labels(tr) | {key: tr(label.text) for key, label in ANCHOR_LABELS.items()},
        "signing": _signing(paper, tr),
        "attachments": [_attachment(attachment, tr) for attachment in paper.attachments],
        "rules": [_rule(rule) for rule in paper.rules],
        "undated": [_undated(line) for line in paper.undated],
        "deadlines": [_deadline(line, tr) for line in paper.deadlines],
        "proof": [
            _field("text_sha256", paper.text_sha256, tr),
            _field("digest", paper.digest, tr),
            _field("definition", definition, tr),
            _field("definition_digest", paper.definition.digest, tr),
            *trail,
            _field("trail_head", paper.trail.hash, tr),
            _field("made_at", say_time(made, tr), tr),
        ],
        "twin_note": say(LABELS["twin_note"], tr, name=name),
        "anchor": anchor_data(paper.anchor, tr),
        "limits": [say(limit, tr) for limit in LIMITS],
    }


def _field(key: str, value: str, tr: Translate) -> list[str]:
    return [say(LABELS[key], tr), value]


def _party(party: Party) -> str:
    return f"{party.name} ({party.number})" if party.number else party.name


def _party_fields(parties: Iterable[Party], tr: Translate) -> list[list[Any]]:
    """One field a side, each party on a line of its own."""
    known = tuple(parties)
    sides = ((side, [_party(p) for p in known if p.side == side]) for side in ("municipal", "police"))
    return [[say(LABELS[side], tr), names] for side, names in sides if names]


def _section(section: Section) -> dict[str, Any]:
    return {"level": section.level, "heading": section.heading, "blocks": [_block(b) for b in section.blocks]}


def _block(block: Block) -> dict[str, Any]:
    size = sum(map(len, block.lines)) + sum(len(text) for _, text in block.items)
    return {
        "kind": block.kind,
        "lines": list(block.lines),
        "items": [list(item) for item in block.items],
        "endless": size > _ENDLESS,
    }


def _in_office(role: str | None, acting_for: str | None, tr: Translate) -> str:
    acting = say(LABELS["acting_for"], tr, name=acting_for) if acting_for else None
    return ", ".join(filter(None, (role, acting)))


def _signing(paper: AgreementPaper | MatterPaper, tr: Translate) -> dict[str, Any]:
    """Who signed when and how, and who has not yet: one table for every form a paper has.

    Each row is of lines a cell; the first line of the first is whose signature it is.
    """
    columns = ("name_role", "party", "signed", "how")
    given = [
        [
            [s.person, *filter(None, (_in_office(s.role, s.acting_for, tr),))],
            [s.party], [_when(s.at, tr)], [say(LABELS[s.how], tr)],
        ]
        for s in paper.signatures
    ]  # fmt: skip
    missing = [[[m.role], [m.party], [say(LABELS["missing"], tr)], []] for m in paper.missing]
    return {"columns": [say(LABELS[name], tr) for name in columns], "given": given, "missing": missing}


def _when(at: datetime | date | Interval, tr: Translate) -> str:
    if isinstance(at, datetime):
        return say_time(at, tr)
    span = as_interval(at)
    return say_days(span.earliest, span.latest, tr)


def _attachment(attachment: Attachment, tr: Translate) -> dict[str, str]:
    size = attachment.size
    shown = f"{size:,}".replace(",", _THIN) if size is not None else ""
    return {
        "name": attachment.name,
        "sha256": attachment.sha256 or "",
        "size": say(LABELS["bytes"], tr, size=shown) if shown else "–",
    }


def _rule(rule: RuleLine) -> dict[str, str]:
    return {"kind": rule.kind, "sentence": rule.sentence, "quote": _one_line(rule.quote)}


def _undated(line: UndatedLine) -> dict[str, str]:
    return {"kind": line.kind, "sentence": line.reason, "quote": _one_line(line.quote or "")}


def _deadline(line: DeadlineLine, tr: Translate) -> dict[str, Any]:
    return {
        "date": say_days(line.earliest, line.latest, tr),
        "kind": line.kind,
        "quote": _one_line(line.quote),
        "source": say(LABELS[line.source], tr),
        "assumptions": list(line.assumptions),
    }


def _step(step: TrailStep, tr: Translate) -> dict[str, str]:
    on = say(LABELS["took_place"], tr, date=say_date(step.on, tr)) if step.on else ""
    return {
        "number": str(step.number),
        "at": say_time(step.at, tr),
        "step": step.step,
        "on": on,
        "note": step.note or "",
        "how": say(LABELS[step.how], tr) if step.how else "",
        "person": step.person or say(LABELS["automatic"], tr),
        "role": _in_office(step.role, step.acting_for, tr),
        "party": step.party or "",
    }


def _one_line(quote: str) -> str:
    return " ".join(quote.split())


def _shortened(title: str) -> str:
    """Short enough for the line above every page."""
    flat = " ".join(title.split())
    return flat if len(flat) <= _RUNNING_TITLE else flat[: _RUNNING_TITLE - 1].rstrip() + "…"

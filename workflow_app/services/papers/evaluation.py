"""The yearly evaluation as a paper: goal by goal, with who has approved it and what binds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow_app.domain.messages import Message, msg
from workflow_app.services.papers.data_telling import lines_of
from workflow_app.services.papers.labels import LABELS, Translate, say, say_time
from workflow_app.services.papers.model import Party, Signature, Told, TrailHead

TWIN = "evaluering.json"

EVALUATION_LABELS: Mapping[str, Message] = {
    "evaluation": msg("Yearly evaluation"),
    "heading": msg("Evaluation for ${year}"),
    "approved": msg("Approved by both"),
    "unapproved": msg("Not approved by both"),
    "unfinished": msg("Not finished"),
    "agreement": msg("The agreement"),
    "outcome": msg("Outcome"),
    "edition": msg("Version"),
    "approvals": msg("Approvals"),
    "none": msg("Nobody has approved this version."),
    "when": msg("Approved"),
    "sha256": msg("SHA-256 of the evaluation"),
}


@dataclass(frozen=True)
class EvaluationPaper:
    """All that is printed. ``standing`` is a key of the labels: approved, unapproved or unfinished."""

    language: str
    agreement: str
    year: int
    number: int
    sha256: str
    standing: str
    outcome: str | None
    parties: tuple[Party, ...]
    parts: tuple[Told, ...]
    trail: TrailHead
    approvals: tuple[Signature, ...] = ()


def evaluation_data(paper: EvaluationPaper, made: datetime, name: str, tr: Translate) -> dict[str, Any]:
    """Everything ``evaluation.typ`` prints; ``name`` is the attached twin's file name."""
    own = {key: tr(label.text) for key, label in EVALUATION_LABELS.items()}
    heading = say(EVALUATION_LABELS["heading"], tr, year=paper.year)
    sides = {side: [p.name for p in paper.parties if p.side == side] for side in ("municipal", "police")}
    return {
        "lang": paper.language,
        "labels": {key: tr(label.text) for key, label in LABELS.items()} | own,
        "title": heading,
        "running": f"{heading} · {' '.join(paper.agreement.split())}"[:90],
        "standing": own[paper.standing],
        "draft": paper.standing != "approved",
        "facts": [
            [own["agreement"], paper.agreement],
            *([tr(LABELS[side].text), names] for side, names in sides.items() if names),
            [own["outcome"], paper.outcome or own["unfinished"]],
            [own["edition"], str(paper.number)],
        ],
        "parts": [{"level": p.level, "heading": p.heading, "lines": lines_of(p.text)} for p in paper.parts],
        "approvals": [
            {"person": a.person, "role": a.role, "party": a.party, "at": _when(a, tr)}
            for a in paper.approvals
        ],
        "proof": [
            [own["sha256"], paper.sha256],
            [tr(LABELS["trail_size"].text), str(paper.trail.size)],
            [tr(LABELS["trail_head"].text), paper.trail.hash],
            [tr(LABELS["made_at"].text), say_time(made, tr)],
        ],
        "twin_note": say(LABELS["twin_note"], tr, name=name),
    }


def _when(approval: Signature, tr: Translate) -> str:
    return say_time(approval.at, tr) if isinstance(approval.at, datetime) else str(approval.at)

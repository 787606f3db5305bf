"""What a matter tells besides the agreement, as data ready to print: who had it, and what has happened."""

from __future__ import annotations

from typing import Any

from workflow_app.services.papers.labels import Translate, say_date
from workflow_app.services.papers.model import Handling, Telling


def lines_of(text: str) -> list[str]:
    """The lines with something in them, each without the spaces around and doubled inside."""
    return [line for line in (" ".join(raw.split()) for raw in text.splitlines()) if line]


def handling_data(body: Handling, tr: Translate) -> dict[str, Any]:
    """A body before the kommunestyre as the paper's table has it."""
    return {
        "committee": body.committee,
        "day": say_date(body.meeting_date, tr) if body.meeting_date else "–",
        "case_number": body.case_number or "–",
        "proposal": lines_of(body.proposal or ""),
    }


def telling_data(telling: Telling | None) -> dict[str, Any] | None:
    """What the kommunestyre is told of, ready to print; None where it is the agreement itself."""
    if telling is None:
        return None
    return {
        "heading": telling.heading,
        "facts": [list(fact) for fact in telling.facts],
        "parts": [
            {"level": part.level, "heading": part.heading, "lines": lines_of(part.text)}
            for part in telling.parts
        ],
    }

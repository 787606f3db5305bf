"""The referatsak as a PDF, from the database to the bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.bench.stage import REGISTRY, Stage, seconds
from workflow_app.models.agreements import Agreement
from workflow_app.services import documents, matters


def measure(stage: Stage) -> dict[str, Any]:
    """Milliseconds of one referatsak; the first one also loads the library."""
    ident, now = stage.draft(), datetime.now(UTC)
    with stage.sessions.begin() as db:
        agreement = db.get(Agreement, ident)
        assert agreement is not None
        party = matters.municipal_party(agreement, None)
        matter = matters.prepare(
            db,
            agreement,
            {"kind": "referatsak", "case_number": "RS 1/25"},
            party=party,
            who=stage.who["slt"],
            now=now,
        )

        def draw() -> bytes:
            return documents.matter_pdf(
                db, agreement, matter, registry=REGISTRY, now=now, twin=b"{}", translate=str, language="nb"
            )

        return {
            "first_referatsak_ms": round(seconds(draw, 1) * 1000),
            "referatsak_ms": round(seconds(draw, 15) * 1000, 1),
            "limit_referatsak_ms": 60,
        }

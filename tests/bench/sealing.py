"""A seal on a paper of the usual length, and reading the signatures of one that came signed."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.stage import REGISTRY, Stage, seconds
from workflow_app.models.agreements import Agreement
from workflow_app.services import documents
from workflow_app.services.sealing import foreign, new_key
from workflow_app.services.sealing.certificate import open_certificate
from workflow_app.services.sealing.pdf import seal_pdf
from workflow_app.services.sealing.settings import SealSettings


def measure(stage: Stage) -> dict[str, Any]:
    """Milliseconds of one seal (EC P-256, no timestamp), and of one signed file read; libraries loaded."""
    ident, now = stage.draft(), datetime.now(UTC)
    with stage.sessions.begin() as db:
        agreement = db.get(Agreement, ident)
        assert agreement is not None
        paper = documents.agreement_pdf(
            db, agreement, registry=REGISTRY, now=now, twin=b"{}", translate=str, language="nb"
        )
    with tempfile.TemporaryDirectory() as name:
        settings = SealSettings(Path(name) / "key.pem", Path(name) / "certificate.pem")
        assert settings.key is not None
        assert settings.certificate is not None
        new_key.make("Benk", settings.key, settings.certificate, now)
        held = open_certificate(settings, now)
    sealed = seal_pdf(paper, held, now=now, label="Segl")
    assert foreign.look(sealed, SealSettings(), now) is not None
    return {
        "seal_ms": round(seconds(lambda: seal_pdf(paper, held, now=now, label="Segl"), 25) * 1000, 1),
        "limit_seal_ms": 40,
        "read_signatures_ms": round(seconds(lambda: foreign.look(sealed, SealSettings(), now), 10) * 1000, 1),
    }

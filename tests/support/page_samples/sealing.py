"""Samples of the page of the installation's seal: what waits and why, nothing at all, no certificate."""

from __future__ import annotations

from tests.support.page_samples.people import at, digest
from workflow_app.web.pagemodels.seals import SealsPage, WaitingPaper

SINCE = at("2026-03-02", "12:00")
SEALS = SealsPage(
    "/seals",
    waiting=(
        WaitingPaper("66pqg8emfd", "Avtalen", SINCE),
        WaitingPaper("89n3zysawk", "Referatet fra møte 2", SINCE, "Fordi loggen sier det."),
    ),
    more=3,
    sealed=1200,
    certificate=(("Navn", "Lillevik kommune"), ("Fingeravtrykk (SHA-256)", digest("seal"))),
    warning="Sertifikatet går ut 1. april 2026.",
    self_signed=True,
)
SEALS_NONE = SealsPage("/seals", trouble="Ingenting blir forseglet, fordi sertifikatet gikk ut i går.")
SEALS_ISSUED = SealsPage("/seals", certificate=(("Navn", "Lillevik kommune"),))

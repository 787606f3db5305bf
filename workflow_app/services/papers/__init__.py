"""Papers for the archive and the council: what they carry, and how they are printed.

A paper is first a frozen value (``model``), free of the database, so that what
is printed can be compared field by field with what was meant; then a PDF
(``render``), produced as PDF/A-3a and PDF/UA-1 with its JSON twin inside.
"""

from __future__ import annotations

from workflow_app.services.papers.anchor import Anchor
from workflow_app.services.papers.model import (
    AgreementPaper,
    Attachment,
    DeadlineLine,
    DefinitionLine,
    MatterPaper,
    MissingSignature,
    Party,
    RuleLine,
    Signature,
    TrailHead,
    TrailStep,
    UndatedLine,
)
from workflow_app.services.papers.render import render_agreement, render_matter
from workflow_app.services.papers.text import Block, Section, sections

__all__ = [
    "AgreementPaper",
    "Anchor",
    "Attachment",
    "Block",
    "DeadlineLine",
    "DefinitionLine",
    "MatterPaper",
    "MissingSignature",
    "Party",
    "RuleLine",
    "Section",
    "Signature",
    "TrailHead",
    "TrailStep",
    "UndatedLine",
    "render_agreement",
    "render_matter",
    "sections",
]

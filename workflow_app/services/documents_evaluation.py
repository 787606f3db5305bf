"""The evaluation of one year as a paper, filled from its newest version and who has approved it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Of, Registry
from workflow_app.domain.fields.registry import FIELDS
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion
from workflow_app.services import trail
from workflow_app.services.carrying_out import COMPLETED
from workflow_app.services.documents import party_line
from workflow_app.services.documents_occasions import evaluation_parts
from workflow_app.services.documents_signing import signatures_of
from workflow_app.services.documents_words import Voice
from workflow_app.services.papers.evaluation import EvaluationPaper
from workflow_app.services.papers.model import TrailHead
from workflow_app.services.papers.render import render_evaluation


def evaluation_pdf(
    session: Session,
    agreement: Agreement,
    version: EvaluationVersion,
    *,
    registry: Registry,
    now: datetime,
    twin: bytes,
    translate: Callable[[str], str],
    language: str,
) -> bytes:
    """The version as PDF/A-3a and UA-1, in ``language``; ``twin`` is its JSON, attached.

    ``now`` (aware) is when the paper is made.
    """
    voice = Voice(translate, language)
    paper = evaluation_paper(session, agreement, version, registry=registry, voice=voice)
    return render_evaluation(paper, twin, timestamp=now.replace(microsecond=0), translate=translate)


def evaluation_paper(
    session: Session, agreement: Agreement, version: EvaluationVersion, *, registry: Registry, voice: Voice
) -> EvaluationPaper:
    """The version as its paper's facts."""
    definition = registry.by_digest(agreement.definition_digest)
    rounds = _rounds(session, agreement, version, definition)
    done = next((r for r in rounds if r.closed_because == COMPLETED), None)
    counted = done or next((r for r in rounds if r.closed_at is None), None)
    label = next((c.label for c in FIELDS["evaluation_outcome"].choices if c.value == version.outcome), None)
    size, head = trail.head(session, trail.agreement_chain(agreement.id))
    return EvaluationPaper(
        language=voice.paper_language,
        agreement=agreement.title,
        year=version.year,
        number=version.number,
        sha256=version.sha256,
        standing="approved" if done else "unapproved" if version.complete else "unfinished",
        outcome=voice.say(label) if label is not None else None,
        parties=tuple(party_line(p.party) for p in agreement.parties),
        parts=evaluation_parts(version, voice),
        trail=TrailHead(size, head or ""),
        approvals=signatures_of(session, agreement, definition, counted.approvals, voice) if counted else (),
    )


def _rounds(
    session: Session, agreement: Agreement, version: EvaluationVersion, definition: Definition
) -> list[ApprovalRound]:
    """Rounds bound to this very version, newest first."""
    bound = (t for t in definition.transitions.values() if t.approvals and t.approvals.of is Of.EVALUATION)
    steps = [t.name for t in bound]
    return list(
        session.scalars(
            select(ApprovalRound)
            .where(
                ApprovalRound.agreement_id == agreement.id,
                ApprovalRound.transition.in_(steps),
                ApprovalRound.digest == version.sha256,
            )
            .order_by(ApprovalRound.id.desc())
        )
    )

"""The yearly evaluation: a document of its own with versions, approved by both coordinators.

The outcome is part of the document and of its hash, so two coordinators cannot
approve the same words with different conclusions.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain.digests import evaluation_digest
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import EvaluationVersion
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.material import close_rounds, open_rounds
from workflow_app.services.waiting_since import refresh

OUTCOMES = ("continues", "reviewed_unchanged", "to_be_revised")


def newest(session: Session, agreement: Agreement, year: int | None = None) -> EvaluationVersion | None:
    """The newest version of a year's evaluation (the year under evaluation unless one is named)."""
    wanted = year if year is not None else agreement.evaluation_year
    if wanted is None:
        return None
    return session.scalars(
        select(EvaluationVersion)
        .where(EvaluationVersion.agreement_id == agreement.id, EvaluationVersion.year == wanted)
        .order_by(EvaluationVersion.number.desc())
        .limit(1)
    ).first()


def versions(session: Session, agreement: Agreement, year: int) -> list[EvaluationVersion]:
    """All versions of one year's evaluation, newest first."""
    return list(
        session.scalars(
            select(EvaluationVersion)
            .where(EvaluationVersion.agreement_id == agreement.id, EvaluationVersion.year == year)
            .order_by(EvaluationVersion.number.desc())
        )
    )


def years(session: Session, agreement: Agreement) -> list[int]:
    """The years something has been written for, newest first."""
    return list(
        session.scalars(
            select(EvaluationVersion.year)
            .where(EvaluationVersion.agreement_id == agreement.id)
            .distinct()
            .order_by(EvaluationVersion.year.desc())
        )
    )


def save(
    session: Session,
    agreement: Agreement,
    *,
    year: int | None,
    body: str,
    learning_points: str,
    outcome: str,
    who: Who,
    now: datetime,
) -> EvaluationVersion:
    """Save a version. Approvals given to the one before are void, and shown as such.

    Raises ``Conflict`` when no evaluation is open or another year's is, and
    ``FieldErrors`` for an empty text or an unknown outcome. The same words
    again change nothing.
    """
    if agreement.evaluation_year is None:
        raise Conflict("no_evaluation_open", msg("No evaluation is open; begin one first and name its year."))
    if year is not None and year != agreement.evaluation_year:
        raise Conflict(
            "another_year",
            msg(
                "The evaluation that is open is for ${open}, not for ${year}.",
                open=agreement.evaluation_year,
                year=year,
            ),
        )
    wrong = {}
    if not body.strip():
        wrong["body"] = msg("Write what the evaluation found; it cannot be empty.")
    if outcome not in OUTCOMES:
        wrong["outcome"] = msg("Choose an outcome: continues, reviewed and unchanged, or to be revised.")
    if wrong:
        raise FieldErrors(wrong)
    digest = evaluation_digest(agreement.evaluation_year, body, learning_points, outcome)
    current = newest(session, agreement)
    if current is not None and current.sha256 == digest:
        return current
    number = 1 + (
        session.scalar(
            select(func.max(EvaluationVersion.number)).where(
                EvaluationVersion.agreement_id == agreement.id,
                EvaluationVersion.year == agreement.evaluation_year,
            )
        )
        or 0
    )
    version = EvaluationVersion(
        agreement_id=agreement.id,
        year=agreement.evaluation_year,
        number=number,
        body=body,
        learning_points=learning_points,
        outcome=outcome,
        sha256=digest,
        person_id=who.person_id,
        created_at=now,
    )
    session.add(version)
    agreement.version += 1
    if current is not None:
        # Only what was given to the version before; a kommunestyre's matter has nothing to do with it.
        bound = [r for r in open_rounds(session, agreement) if r.digest == current.sha256]
        close_rounds(session, agreement, bound, because="evaluation_changed", who=who, now=now)
    refresh(session, agreement)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="evaluation_saved",
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"year": version.year, "number": number, "sha256": digest, "outcome": outcome},
        private={"body": body, "learning_points": learning_points},
    )
    return version

"""The yearly evaluation: a document of its own with versions, approved by both coordinators.

The outcome is part of the document and of its hash, so two coordinators cannot
approve the same words with different conclusions. It is written goal by goal, or
sent whole as a text. What is half written is kept like any other version, and
has no outcome that anybody could approve.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.digests import evaluation_digest
from workflow_app.domain.evaluation_form import Answers, missing
from workflow_app.domain.evaluation_form.composing import Say, compose
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


def last_year(session: Session, agreement: Agreement) -> int | None:
    """The year whose evaluation was written last, whether it is under evaluation or not."""
    return session.scalars(
        select(EvaluationVersion.year)
        .where(EvaluationVersion.agreement_id == agreement.id)
        .order_by(EvaluationVersion.id.desc())
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
    """Save a version from its whole text. Approvals given to the one before are void, and shown as such.

    Raises ``Conflict`` when no evaluation is open or another year's is, and
    ``FieldErrors`` for an empty text or an unknown outcome. The same words
    again change nothing.
    """
    opened = _open_year(agreement, year)
    wrong = {}
    if not body.strip():
        wrong["body"] = msg("Write what the evaluation found; it cannot be empty.")
    if outcome not in OUTCOMES:
        wrong["outcome"] = msg("Choose an outcome: continues, reviewed and unchanged, or to be revised.")
    if wrong:
        raise FieldErrors(wrong)
    version = EvaluationVersion(
        year=opened,
        body=body,
        learning_points=learning_points,
        outcome=outcome,
        complete=True,
        sha256=evaluation_digest(opened, body, learning_points, outcome),
    )
    return _keep(session, agreement, version, who, now)


def save_answers(
    session: Session,
    agreement: Agreement,
    answers: Answers,
    *,
    year: int | None,
    say: Say,
    who: Who,
    now: datetime,
) -> EvaluationVersion:
    """Save a version answered goal by goal, finished or not; its text is composed with ``say``.

    While something is missing (:func:`evaluation_form.missing`) it has no outcome
    to approve. Raises as :func:`save` does, for an outcome that is none too.
    """
    opened = _open_year(agreement, year)
    if answers.outcome and answers.outcome not in OUTCOMES:
        raise FieldErrors(
            {"outcome": msg("Choose an outcome: continues, reviewed and unchanged, or to be revised.")}
        )
    body, learning_points = compose(answers, say)
    stored = answers.to_json()
    complete = not any(missing(answers))
    outcome = answers.outcome if complete else ""
    version = EvaluationVersion(
        year=opened,
        body=body,
        learning_points=learning_points,
        outcome=outcome,
        answers=stored,
        complete=complete,
        sha256=evaluation_digest(opened, body, learning_points, outcome, stored),
    )
    return _keep(session, agreement, version, who, now)


def _open_year(agreement: Agreement, year: int | None) -> int:
    """The year under evaluation. Raises ``Conflict`` where none is, or another than the one named."""
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
    return agreement.evaluation_year


def _keep(
    session: Session, agreement: Agreement, version: EvaluationVersion, who: Who, now: datetime
) -> EvaluationVersion:
    """Keep the version with its entry; the same as the newest one changes nothing."""
    current = newest(session, agreement)
    if current is not None and current.sha256 == version.sha256:
        return current
    version.agreement_id, version.number = agreement.id, 1 + (current.number if current else 0)
    version.person_id, version.created_at = who.person_id, now
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
        data={
            "year": version.year,
            "number": version.number,
            "sha256": version.sha256,
            **({"outcome": version.outcome} if version.outcome else {"complete": False}),
        },
        private={"body": version.body, "learning_points": version.learning_points},
    )
    return version

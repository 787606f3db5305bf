"""Which daily work has been done: a claim per job and day, that one process alone can hold.

The claims are the memory that a clock in a process has not: a server that slept
through the night, was started at noon, or wakes to a clock that has jumped, sees what
is not done yet and does it once, and two servers and cron see the same.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.models.mail import JobRun

AGAIN_AFTER = timedelta(hours=1)
"""When work that failed, or whose process died, may be claimed anew the same day."""

MOST_ATTEMPTS = 5
"""Claims a day: what fails so often needs a person."""


def claim(sessions: sessionmaker[Session], job: str, day: date, now: datetime) -> bool:
    """Take the job for ``day``; False where it is done, or another has it. Committed when this returns."""
    with sessions.begin() as session:
        insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[
            session.get_bind().dialect.name
        ]
        taken = insert(JobRun).values(job=job, day=day, claimed_at=now).on_conflict_do_nothing()
        # The row itself says who wrote it: how many rows there were, not every driver tells of an insert.
        if session.execute(taken.returning(JobRun.job)).first() is not None:
            return True
        lost = or_(JobRun.claimed_at <= now - AGAIN_AFTER, JobRun.claimed_at >= now + AGAIN_AFTER)
        again = (
            update(JobRun)
            .where(JobRun.job == job, JobRun.day == day, JobRun.done_at.is_(None), lost)
            .where(JobRun.attempts < MOST_ATTEMPTS)
            .values(claimed_at=now, attempts=JobRun.attempts + 1)
            .returning(JobRun.job)
            .execution_options(synchronize_session=False)
        )
        return session.execute(again).first() is not None


def done(sessions: sessionmaker[Session], job: str, day: date, now: datetime) -> None:
    """Mark the job as done for ``day``, whether it was claimed before or asked for by a command."""
    with sessions.begin() as session:
        run = session.get(JobRun, (job, day))
        if run is None:
            run = JobRun(job=job, day=day, claimed_at=now)
            session.add(run)
        run.done_at = now


def open_jobs(session: Session, jobs: list[str], day: date) -> list[str]:
    """Those of ``jobs`` that are not done for ``day``, in their order; one short look."""
    finished = {run.job for run in session.query(JobRun).where(JobRun.day == day) if run.done_at is not None}
    return [job for job in jobs if job not in finished]

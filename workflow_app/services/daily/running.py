"""Doing what is due today and not done: the one question the clock asks, however late it asks it."""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from workflow_app.services.daily import claims
from workflow_app.services.daily.jobs import JOBS, Job, Work
from workflow_app.services.norway import OSLO

log = logging.getLogger(__name__)


def due(work: Work, jobs: tuple[Job, ...] = JOBS) -> list[Job]:
    """The jobs whose hour has come today and that nobody has finished."""
    now = work.clock().astimezone(OSLO)
    ripe = [job for job in jobs if job.at <= now.time()]
    if not ripe:
        return []
    with Session(work.engine.execution_options(avtaleflyt_read_only=True)) as session:
        wanted = set(claims.open_jobs(session, [job.name for job in ripe], now.date()))
    return [job for job in ripe if job.name in wanted]


def run_due(work: Work, jobs: tuple[Job, ...] = JOBS) -> list[str]:
    """Claim and do each job that is due; the names of those that were done.

    One that fails is told in one line, keeps its claim for a while, and stops no other.
    """
    made = []
    for job in due(work, jobs):
        if work.stopping():
            break
        now = work.clock().astimezone(OSLO)
        if claims.claim(work.sessions, job.name, now.date(), now) and _done(work, job):
            claims.done(work.sessions, job.name, now.date(), work.clock())
            made.append(job.name)
    return made


def _done(work: Work, job: Job) -> bool:
    try:
        said = job.run(work)
    except Exception as defect:
        # Whatever it is, the clock goes on, and an operator reads one line.
        what = str(getattr(defect, "orig", None) or defect).splitlines()
        log.error("%s failed: %s: %s", job.name, type(defect).__name__, what[0] if what else "")
        return False
    log.info("%s: %s", job.name, said)
    return True

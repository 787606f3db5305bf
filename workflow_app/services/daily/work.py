"""The jobs themselves: each calls the service that does it and says in a line what came of it."""

from __future__ import annotations

from workflow_app.services import reminders
from workflow_app.services.coverage_nightly import nightly
from workflow_app.services.daily.jobs import Work
from workflow_app.services.daily.tick import tick_all


def tick(work: Work) -> str:
    """Make the automatic transitions that are due; raises ``RuntimeError`` where some could not be."""
    done = tick_all(work.sessions, work.clock(), work.real_clock(), registry=work.registry)
    if done.failed:
        ident, sentence = done.failed[0]
        raise RuntimeError(f"{len(done.failed)} agreements could not be dealt with; {ident}: {sentence}")
    return f"{len(done.steps)} transitions"


def coverage(work: Work) -> str:
    """Tell those who wait for a role that nobody holds; close what people who left had open."""
    with work.sessions.begin() as session:
        made = nightly(session, work.clock(), work.registry)
    return f"{made} letters"


def remind(work: Work) -> str:
    """Make the reminders of the day; raises ``RuntimeError`` where some could not be made."""
    counts = reminders.run(work.sessions, work.clock(), registry=work.registry)
    if counts.failed:
        raise RuntimeError(f"{len(counts.failed)} agreements could not be dealt with; {counts.failed[0]}")
    return f"{counts.reminders} reminders, {counts.mails} mails"

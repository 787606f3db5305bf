"""``avtaleflyt remind``: make the reminders that are due and send the mail that waits, from cron.

The server's scheduler does the same; both may run. A reminder is made once and a
mail is claimed by one process, whoever comes first.
"""

from __future__ import annotations

import argparse
import sys

from workflow_app.commands import _open
from workflow_app.commands._post import counted, settings_of
from workflow_app.models.database import make_session_factory
from workflow_app.services import reminders
from workflow_app.services.coverage_nightly import nightly
from workflow_app.services.daily import claims
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.mail.sending import drain


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--config`` and ``--today``."""
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print what was made and sent; 1 when some could not be dealt with, or mail could not go out."""
    with _open.installed(args) as house, house.in_sentences():
        mail, now, sessions = settings_of(house.settings), house.clock(), make_session_factory(house.engine)
        with sessions.begin() as session:
            told = nightly(session, now, workflow_definitions())
        claims.done(sessions, "coverage", now.date(), now)
        counts = reminders.run(sessions, now)
        if not counts.failed:
            claims.done(sessions, "remind", now.date(), now)
        drained = drain(house.engine, mail, house.clock)
    print(f"{counts.reminders} reminders about {counts.agreements} agreements")
    print(f"{told} letters about roles nobody holds")
    print(counted(drained))
    for ident in counts.failed:
        print(f"avtaleflyt remind: {ident}: could not be dealt with; see the log", file=sys.stderr)
    if drained.trouble:
        print(f"avtaleflyt remind: mail waits: {drained.trouble}", file=sys.stderr)
    return 1 if counts.failed or drained.trouble else 0

"""``avtaleflyt tick``: the automatic transitions that are due, once a day from cron.

Each agreement is a transaction of its own: what one of them runs into stops
none of the others, and people at work wait for one step at most.
"""

from __future__ import annotations

import argparse
import sys

from sqlalchemy import select

from workflow_app.commands import CommandError, _open
from workflow_app.models.agreements import Agreement
from workflow_app.services import sessions
from workflow_app.services.chronicle import bring_up_to_date
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.ticking import candidates, tick_one
from workflow_app.services.transitions import lock


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--config`` and ``--today``."""
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Make what is due and print each step; 1 when an agreement could not be dealt with."""
    with _open.opened(args, read_only=True) as house:
        waiting = candidates(house.session, house.now)
    failed = 0
    for ident in waiting:
        try:
            steps = _one(args, ident)
        except CommandError as error:
            failed += 1
            print(f"avtaleflyt tick: {ident}: {error}", file=sys.stderr)
        else:
            for step in steps:
                print(f"{ident}: {step}")
    _yesterday(args)
    return 1 if failed else 0


def _yesterday(args: argparse.Namespace) -> None:
    """What yesterday was the next deadline may be a missed one today; and sessions that ended go."""
    with _open.opened(args, read_only=True) as house:
        behind = house.session.scalars(select(Agreement.id).where(Agreement.next_due < house.today)).all()
    for ident in behind:
        with _open.opened(args) as house:
            agreement = lock(house.session, ident)
            if agreement is not None:
                bring_up_to_date(house.session, agreement, house.today)
    with _open.opened(args) as house:
        sessions.purge(house.session, house.real_now)


def _one(args: argparse.Namespace, ident: str) -> list[str]:
    with _open.opened(args) as house:
        # Seen a moment ago without a lock; asked again now that it is held.
        agreement = lock(house.session, ident)
        if agreement is None:
            return []
        try:
            return tick_one(house.session, agreement, house.now, registry=workflow_definitions())
        except KeyError as error:
            raise CommandError(
                f"its workflow definition {agreement.definition_id}, version {agreement.definition_version}, "
                "is gone from states/ or was edited"
            ) from error

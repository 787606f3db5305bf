"""``avtaleflyt worklists``: the derived columns of every agreement, counted anew.

Long lists are sorted by the next deadline, which is kept beside each agreement.
It is never the truth: that is the deadline function's alone. This command asks
it again, after an upgrade that counts otherwise or a change of house rules, and
says how many columns had been behind.
"""

from __future__ import annotations

import argparse

from sqlalchemy import select

from workflow_app.commands import _open
from workflow_app.models.agreements import Agreement
from workflow_app.services.chronicle import bring_up_to_date
from workflow_app.services.transitions import lock

BATCH = 100
"""Agreements to a transaction: few enough that nobody at the server waits for long."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--config`` and ``--today``."""
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Rebuild and say how many were looked at and how many changed; 0."""
    after, seen, changed = "", 0, 0
    while True:
        with _open.opened(args) as house:
            some = house.session.scalars(
                select(Agreement.id).where(Agreement.id > after).order_by(Agreement.id).limit(BATCH)
            ).all()
            changed += sum(_rebuild(house, ident) for ident in some)
        if not some:
            break
        after, seen = some[-1], seen + len(some)
    print(f"{seen} agreements looked at, {changed} brought up to date")
    return 0


def _rebuild(house: _open.Opened, ident: str) -> bool:
    agreement = lock(house.session, ident)
    return agreement is not None and bring_up_to_date(house.session, agreement, house.today)

"""``avtaleflyt worklists``: the derived columns of every agreement, counted anew.

Long lists are sorted by the next deadline and by how long somebody has been
waited for, which are kept beside each agreement. They are never the truth: that
is the deadline function's and the engine's alone. This command asks them again,
after an upgrade that counts otherwise or a change of house rules, and says how
many agreements had been behind.
"""

from __future__ import annotations

import argparse

from sqlalchemy import select, true

from workflow_app.commands import _open
from workflow_app.models.agreements import Agreement
from workflow_app.services.chronicle import bring_up_to_date
from workflow_app.services.transitions import lock
from workflow_app.services.waiting_since import refresh

BATCH = 100
"""Agreements to a transaction: few enough that nobody at the server waits for long."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--config`` and ``--today``."""
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Rebuild and say how many were looked at and how many changed; 0."""
    seen, changed = rebuild(args)
    print(f"{seen} agreements looked at, {changed} brought up to date")
    return 0


def rebuild(args: argparse.Namespace, *, uncounted: bool = False) -> tuple[int, int]:
    """Count anew, all or (``uncounted``) those nobody has counted since the columns came; (seen, changed)."""
    after, seen, changed = "", 0, 0
    wanted = Agreement.waiting.is_(None) if uncounted else true()
    while True:
        with _open.opened(args) as house:
            some = house.session.scalars(
                select(Agreement.id).where(Agreement.id > after, wanted).order_by(Agreement.id).limit(BATCH)
            ).all()
            changed += sum(_rebuild(house, ident) for ident in some)
        if not some:
            return seen, changed
        after, seen = some[-1], seen + len(some)


def _rebuild(house: _open.Opened, ident: str) -> bool:
    agreement = lock(house.session, ident)
    if agreement is None:
        return False
    changed = bring_up_to_date(house.session, agreement, house.today)
    return refresh(house.session, agreement) or changed

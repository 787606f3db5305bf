"""``avtaleflyt coverage``: roles that agreements need and nobody holds, today or at the next deadline."""

from __future__ import annotations

import argparse

from workflow_app.commands import _open
from workflow_app.commands._rows import show
from workflow_app.services import coverage, parties
from workflow_app.services.coverage_nightly import nightly
from workflow_app.services.definitions import workflow_definitions

COLUMNS = ("party", "name", "roles", "from", "until", "deadline")


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--party``, ``--tell`` and ``--json``."""
    parser.add_argument("--party", help="its key; else every party")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument(
        "--tell", action="store_true", help="put the letters in the outbox, as the nightly work does"
    )
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print the gaps: 0 where there are none, 1 where there are some."""
    registry = workflow_definitions()
    with _open.opened(args, read_only=not args.tell) as house:
        party = None if args.party is None else parties.find(house.session, args.party)
        if args.tell:
            nightly(house.session, house.now, registry)
        gaps = coverage.all_uncovered(house.session, registry, house.today, party)
    rows = [
        {
            "party": gap.party,
            "name": gap.name,
            "roles": " or ".join(gap.roles),
            "from": gap.since,
            "until": gap.until,
            "deadline": gap.due,
        }
        for gap in gaps
    ]
    show(COLUMNS, rows, as_json=args.json)
    return 1 if gaps else 0

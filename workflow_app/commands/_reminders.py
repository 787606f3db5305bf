"""``avtaleflyt party reminders``: on which days a kommune is reminded, read and set from the command line."""

from __future__ import annotations

import argparse

from workflow_app.commands import CommandError, _open
from workflow_app.domain.reminding.ladder import KINDS, Settings
from workflow_app.services import parties
from workflow_app.services.errors import FieldErrors
from workflow_app.services.reminders.settings import has_own, set_settings, settings_of
from workflow_app.services.reminders.written import read


def arguments(parser: argparse.ArgumentParser) -> None:
    """The kommune and what is to be set; with nothing to set, what stands is printed."""
    parser.add_argument("key", metavar="PARTY")
    parser.add_argument("--before", metavar="DAYS", help="days before the deadline, such as 90,30,7")
    parser.add_argument(
        "--weeks", metavar="NUMBER", help="weeks it is said again after the deadline, 0 for never"
    )
    parser.add_argument(
        "--escalate-after", metavar="DAYS", help="days overdue until the leader is told, or none"
    )
    parser.add_argument("--off", metavar="KINDS", help=f"no reminders of these, or none: {', '.join(KINDS)}")
    parser.add_argument("--usual", action="store_true", help="go back to the usual reminders")


def run(args: argparse.Namespace, house: _open.Opened) -> str:
    """Set what is given and say how the kommune's reminders stand; CommandError for what cannot be."""
    party = parties.find(house.session, args.key)
    stands = settings_of(house.session, [party])[party.key]
    written = _written(args)
    if written or args.usual:
        try:
            chosen = None if args.usual else read(written, stands)
        except FieldErrors as wrong:
            raise CommandError(" ".join(str(message) for message in wrong.fields.values())) from wrong
        set_settings(house.session, party, chosen, now=house.now)
        stands = settings_of(house.session, [party])[party.key]
    whose = "its own" if has_own(house.session, party) else "the usual ones"
    return f"{party.key}: {whose}: {_said(stands)}"


def _written(args: argparse.Namespace) -> dict[str, object]:
    written: dict[str, object] = {}
    if args.before is not None:
        written["before"] = args.before
    if args.weeks is not None:
        written["weeks"] = args.weeks
    if args.escalate_after is not None:
        written["escalate_after"] = None if args.escalate_after == "none" else args.escalate_after
    if args.off is not None:
        written["off"] = [] if args.off == "none" else [kind for kind in args.off.split(",") if kind]
    return written


def _said(stands: Settings) -> str:
    before = ", ".join(str(days) for days in stands.before)
    leader = "never" if stands.escalate_after is None else f"{stands.escalate_after} days overdue"
    off = ", ".join(sorted(stands.off)) or "nothing"
    return f"before {before} days, after {stands.weeks} weeks, leader {leader}, off {off}"

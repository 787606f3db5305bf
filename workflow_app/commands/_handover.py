"""``avtaleflyt role handover``: from one person to another, for one party or many, in one go."""

from __future__ import annotations

import argparse
from datetime import timedelta

from workflow_app.commands import CommandError, _open
from workflow_app.services import parties, people
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import FieldErrors
from workflow_app.services.handover import Move, Order, Plan, choices
from workflow_app.services.handover_doing import carry_out, plan_of


def arguments(step: argparse.ArgumentParser) -> None:
    """Who, which role, for whom, from when."""
    step.add_argument("role", metavar="ROLE", help="such as mayor or politikontakt")
    step.add_argument("--to", dest="to_username", metavar="USERNAME", required=True, help="who takes over")
    step.add_argument(
        "--from", dest="from_username", metavar="USERNAME", help="who has it (else: nobody has it)"
    )
    where = step.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--party", dest="parties", metavar="PARTY", action="append", help="its key; may be given many times"
    )
    where.add_argument(
        "--all", dest="everywhere", action="store_true", help="every party for which --from has the role"
    )
    step.add_argument("--first-day", metavar="DATE", help="the new holder's first day (else today)")
    step.add_argument("--last-day", metavar="DATE", help="the last one (else until further notice)")
    step.add_argument("--title", help="the local title, such as Lensmann")
    step.add_argument("--dry-run", action="store_true", help="say what would happen, and do nothing")


def run(args: argparse.Namespace, house: _open.Opened) -> str:
    """Do it, or say what it would do; the lines to print."""
    session, registry = house.session, workflow_definitions()
    old = people.find(session, args.from_username) if args.from_username else None
    if args.everywhere:
        if old is None:
            raise CommandError("--all: name who has the role with --from")
        keys = tuple(p.key for p in choices(session, None, args.role, old.id, house.today))
        if not keys:
            raise CommandError(f"{old.username} is {args.role} for nobody")
    else:
        keys = tuple(parties.find(session, key).key for key in args.parties)
    order = Order(
        role=args.role,
        parties=keys,
        taken_from=old.id if old else None,
        taken_by=people.find(session, args.to_username),
        first=_open.day(args.first_day, "--first-day") or house.today,
        title=args.title,
        last=_open.day(args.last_day, "--last-day"),
    )
    try:
        if args.dry_run:
            return said(plan_of(session, order, who=None, today=house.today, registry=registry))
        return said(carry_out(session, order, seen=None, who=None, now=house.now, registry=registry).plan)
    except FieldErrors as wrong:
        # Whoever sits at the console gets all of it at once, as the page does.
        raise CommandError(" ".join(str(message) for message in wrong.fields.values())) from wrong


def said(plan: Plan) -> str:
    """The plan, a line for each thing that happens or should be thought about."""
    waiting = len(plan.waiting) + plan.more
    lines = [line for move in plan.moves for line in _lines(plan, move)]
    return "\n".join([*lines, f"waiting for this role: {waiting}"])


def _lines(plan: Plan, move: Move) -> list[str]:
    order, new = plan.order, plan.order.taken_by.username
    before = order.first - timedelta(days=1)
    lines = [
        f"{a.person.username} until {before}"
        if a.from_date <= before
        else f"{a.person.username} never begins"
        for a in move.ends
    ]
    lines += [f"{a.person.username} no longer acts in that office" for a in move.acting]
    until = f"to {order.last}" if order.last else "until further notice"
    lines.append(f"{new} has it already" if move.already else f"{new} from {order.first} {until}")
    lines += [f"{a.person.username} holds it as well" for a in move.others]
    if move.empty is not None:
        lines.append(f"nobody from {move.empty[0]} to {move.empty[1]}")
    if move.approved:
        lines.append(f"approvals that stand in open rounds: {move.approved}")
    return [f"{move.party.name}, {order.role}: {line}" for line in lines]

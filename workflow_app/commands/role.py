"""``avtaleflyt role``: who holds what for whom, from a day to a day."""

from __future__ import annotations

import argparse

from workflow_app.commands import _handover, _open
from workflow_app.commands._rows import show
from workflow_app.services import parties, people, people_roles
from workflow_app.services.people_sides import refuse_both_sides

COLUMNS = ("id", "username", "role", "party", "title", "from", "to")


def arguments(parser: argparse.ArgumentParser) -> None:
    """add, list, end and handover."""
    known = ", ".join(
        [*(r for side in people_roles.OFFICES.values() for r in side), *people_roles.OF_ANY_PARTY]
    )
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = steps.add_parser("add", help="give a person a role for a party")
    add.add_argument("username", metavar="USERNAME")
    add.add_argument("role", metavar="ROLE", help=known)
    add.add_argument("party", metavar="PARTY", help="its key, from: avtaleflyt party list")
    add.add_argument("--title", help="the local title, such as Lensmann")
    add.add_argument("--from", dest="first", metavar="DATE", help="the first day (else today)")
    add.add_argument("--to", dest="last", metavar="DATE", help="the last day (else until further notice)")
    listing = steps.add_parser("list", help="the roles held now or later")
    listing.add_argument("--username", help="of one person")
    listing.add_argument("--party", help="for one party")
    listing.add_argument("--ended", action="store_true", help="also those that are over")
    listing.add_argument("--json", action="store_true", help="as JSON")
    end = steps.add_parser("end", help="let a role end")
    end.add_argument("id", metavar="ID", type=int, help="its number, from: avtaleflyt role list")
    end.add_argument(
        "--to", dest="last", metavar="DATE", help="the last day (else today; yesterday stops it at once)"
    )
    handover = steps.add_parser("handover", help="hand a role over, for one party or for many at once")
    _handover.arguments(handover)
    for step in (add, listing, end, handover):
        _open.arguments(step)


def run(args: argparse.Namespace) -> int:
    """Do the step; 0."""
    looks = args.step == "list" or getattr(args, "dry_run", False)
    steps = {"add": _add, "list": _list, "end": _end, "handover": _handover.run}
    with _open.opened(args, read_only=looks) as house:
        said = steps[args.step](args, house)
    if said is not None:
        print(said)
    return 0


def _add(args: argparse.Namespace, house: _open.Opened) -> str:
    person, party = people.find(house.session, args.username), parties.find(house.session, args.party)
    first, last = _open.day(args.first, "--from") or house.today, _open.day(args.last, "--to")
    refuse_both_sides(house.session, person, party, args.role, first, last)
    given = people_roles.give_role(
        house.session, person, party, args.role, title=args.title, from_date=first, to_date=last,
        now=house.now,
    )  # fmt: skip
    until = "until further notice" if given.to_date is None else f"to {given.to_date}"
    return (
        f"{given.id}: {given.person.username} is {given.role} for {given.party.name} "
        f"from {given.from_date} {until}"
    )


def _list(args: argparse.Namespace, house: _open.Opened) -> None:
    found = people_roles.list_roles(
        house.session,
        today=house.today,
        person=None if args.username is None else people.find(house.session, args.username),
        party=None if args.party is None else parties.find(house.session, args.party),
        ended=args.ended,
    )
    rows = [
        {
            "id": one.id,
            "username": one.person.username,
            "role": one.role,
            "party": one.party.key,
            "title": one.title,
            "from": one.from_date,
            "to": one.to_date,
        }
        for one in found
    ]
    show(COLUMNS, rows, as_json=args.json)


def _end(args: argparse.Namespace, house: _open.Opened) -> str:
    last = _open.day(args.last, "--to") or house.today
    ended = people_roles.end_role(house.session, args.id, last_day=last, now=house.now)
    return f"{ended.id}: {ended.person.username} is {ended.role} for {ended.party.name} until {last}"

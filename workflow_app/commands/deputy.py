"""``avtaleflyt deputy``: who stands in at an agreement's meetings, where its clause allows deputies."""

from __future__ import annotations

import argparse

from workflow_app.commands import CommandError, _open
from workflow_app.commands._rows import show
from workflow_app.models.agreements import Agreement
from workflow_app.services import deputies, parties, people
from workflow_app.services.transitions import lock

COLUMNS = ("id", "username", "role", "party", "agreement", "title", "from", "to")


def arguments(parser: argparse.ArgumentParser) -> None:
    """add, list and end."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = steps.add_parser("add", help="let a person stand in for a role at the meetings of an agreement")
    add.add_argument("username", metavar="USERNAME", help="who stands in")
    add.add_argument("role", metavar="ROLE", help="for which role, such as mayor")
    add.add_argument("--party", required=True, help="its key, from: avtaleflyt party list")
    add.add_argument("--agreement", required=True, help="its id, as in the address of its page")
    add.add_argument("--title", help="the local title")
    add.add_argument("--from", dest="first", metavar="DATE", help="the first day (else today)")
    add.add_argument("--to", dest="last", metavar="DATE", help="the last day (else until further notice)")
    listing = steps.add_parser("list", help="the deputies of now and later")
    listing.add_argument("--agreement", help="of one agreement")
    listing.add_argument("--party", help="for one party")
    listing.add_argument("--ended", action="store_true", help="also those that are over")
    listing.add_argument("--json", action="store_true", help="as JSON")
    end = steps.add_parser("end", help="let it end")
    end.add_argument("id", metavar="ID", type=int, help="its number, from: avtaleflyt deputy list")
    end.add_argument(
        "--to", dest="last", metavar="DATE", help="the last day (else today; yesterday stops it at once)"
    )
    for step in (add, listing, end):
        _open.arguments(step)


def run(args: argparse.Namespace) -> int:
    """Do the step; 0."""
    with _open.opened(args, read_only=args.step == "list") as house:
        said = {"add": _add, "list": _list, "end": _end}[args.step](args, house)
    if said is not None:
        print(said)
    return 0


def _agreement(house: _open.Opened, ident: str) -> Agreement:
    found = lock(house.session, ident)
    if found is None:
        raise CommandError(f"there is no agreement «{ident}»")
    return found


def _add(args: argparse.Namespace, house: _open.Opened) -> str:
    made = deputies.appoint(
        house.session,
        _agreement(house, args.agreement),
        parties.find(house.session, args.party),
        people.find(house.session, args.username),
        args.role,
        title=args.title,
        from_date=_open.day(args.first, "--from") or house.today,
        to_date=_open.day(args.last, "--to"),
        who=None,
        now=house.now,
    )
    until = "until further notice" if made.to_date is None else f"to {made.to_date}"
    return (
        f"{made.id}: {made.person.username} stands in for the {made.role} of {made.party.name} "
        f"from {made.from_date} {until}"
    )


def _list(args: argparse.Namespace, house: _open.Opened) -> None:
    found = deputies.list_deputies(
        house.session,
        today=house.today,
        agreements=None if args.agreement is None else [args.agreement],
        party=None if args.party is None else parties.find(house.session, args.party),
        ended=args.ended,
    )
    rows = [
        {
            "id": one.id,
            "username": one.person.username,
            "role": one.role,
            "party": one.party.key,
            "agreement": one.agreement_id,
            "title": one.title,
            "from": one.from_date,
            "to": one.to_date,
        }
        for one in found
    ]
    show(COLUMNS, rows, as_json=args.json)


def _end(args: argparse.Namespace, house: _open.Opened) -> str:
    last = _open.day(args.last, "--to") or house.today
    made = deputies.find(house.session, args.id)
    agreement = _agreement(house, made.agreement_id)
    deputies.end(house.session, agreement, made.id, last_day=last, who=None, now=house.now)
    return (
        f"{made.id}: {made.person.username} stands in for the {made.role} of {made.party.name} until {last}"
    )

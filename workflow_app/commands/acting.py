"""``avtaleflyt acting``: who acts in another's office, for a named period."""

from __future__ import annotations

import argparse

from workflow_app.commands import CommandError, _open
from workflow_app.commands._rows import show
from workflow_app.services import parties, people, people_acting
from workflow_app.services.people_sides import refuse_both_sides

COLUMNS = ("id", "username", "for", "role", "party", "title", "from", "to")


def arguments(parser: argparse.ArgumentParser) -> None:
    """add, list and end."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = steps.add_parser("add", help="let a person act in the office of another")
    add.add_argument("username", metavar="USERNAME", help="who acts")
    add.add_argument("--for", dest="for_username", metavar="USERNAME", required=True, help="in whose office")
    add.add_argument("--role", required=True, help="the office, such as mayor or station_chief")
    add.add_argument("--party", required=True, help="its key, from: avtaleflyt party list")
    add.add_argument("--title", help="the local title, such as Varaordfører")
    add.add_argument("--from", dest="first", metavar="DATE", help="the first day (else today)")
    add.add_argument("--to", dest="last", metavar="DATE", required=True, help="the last day")
    listing = steps.add_parser("list", help="the acting holders of now and later")
    listing.add_argument("--party", help="for one party")
    listing.add_argument("--ended", action="store_true", help="also those that are over")
    listing.add_argument("--json", action="store_true", help="as JSON")
    end = steps.add_parser("end", help="let it end before its last day")
    end.add_argument("id", metavar="ID", type=int, help="its number, from: avtaleflyt acting list")
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


def _add(args: argparse.Namespace, house: _open.Opened) -> str:
    last = _open.day(args.last, "--to")
    if last is None:
        raise CommandError("--to: the last day is missing; an acting holder always has one")
    person, party = people.find(house.session, args.username), parties.find(house.session, args.party)
    first = _open.day(args.first, "--from") or house.today
    refuse_both_sides(house.session, person, party, args.role, first, last)
    acting = people_acting.add_acting(
        house.session, person, people.find(house.session, args.for_username), party, args.role,
        title=args.title, from_date=first, to_date=last, now=house.now,
    )  # fmt: skip
    return (
        f"{acting.id}: {acting.person.username} acts as {acting.role} for {acting.party.name} in the office "
        f"of {acting.for_person.username} from {acting.from_date} to {acting.to_date}"
    )


def _list(args: argparse.Namespace, house: _open.Opened) -> None:
    party = None if args.party is None else parties.find(house.session, args.party)
    rows = [
        {
            "id": one.id,
            "username": one.person.username,
            "for": one.for_person.username,
            "role": one.role,
            "party": one.party.key,
            "title": one.title,
            "from": one.from_date,
            "to": one.to_date,
        }
        for one in people_acting.list_acting(house.session, today=house.today, party=party, ended=args.ended)
    ]
    show(COLUMNS, rows, as_json=args.json)


def _end(args: argparse.Namespace, house: _open.Opened) -> str:
    last = _open.day(args.last, "--to") or house.today
    ended = people_acting.end_acting(house.session, args.id, last_day=last, now=house.now)
    return f"{ended.id}: {ended.person.username} acts as {ended.role} for {ended.party.name} until {last}"

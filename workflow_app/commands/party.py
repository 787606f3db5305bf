"""``avtaleflyt party``: kommuner and police units, and what a kommune has decided for itself."""

from __future__ import annotations

import argparse

from workflow_app.commands import CommandError, _open, _reminders
from workflow_app.commands._rows import show
from workflow_app.models.people import Party
from workflow_app.services import house_rules, parties, parties_rules

COLUMNS = ("key", "side", "name", "language", "district", "ended_on")


def arguments(parser: argparse.ArgumentParser) -> None:
    """add, list, end, language, rule and reminders."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = steps.add_parser("add", help="take in a kommune or a police unit")
    which = add.add_mutually_exclusive_group(required=True)
    which.add_argument("--municipal", metavar="NUMBER", help="a kommune by its four digits, such as 3103")
    which.add_argument("--police", metavar="NAME", help="a police unit by its name")
    add.add_argument("--district", metavar="KEY", help="the unit's police district, such as ost")
    add.add_argument("--language", choices=("nb", "nn"), default="nb", help="written to in (else nb)")
    listing = steps.add_parser("list", help="the parties there are")
    listing.add_argument("--ended", action="store_true", help="also those that are no more")
    listing.add_argument("--json", action="store_true", help="as JSON")
    end = steps.add_parser("end", help="a kommune or unit that is no more; its old agreements stay")
    end.add_argument("key", metavar="PARTY")
    end.add_argument("--to", metavar="DATE", help="its last day (else today)")
    language = steps.add_parser("language", help="the language a party is written to in")
    language.add_argument("key", metavar="PARTY")
    language.add_argument("language", choices=("nb", "nn"))
    rule = steps.add_parser("rule", help="a kommune's own rule where its agreements are silent")
    rule.add_argument("key", metavar="PARTY")
    rule.add_argument("kind", choices=parties_rules.KINDS)
    rule.add_argument("number", metavar="NUMBER", help="days (months for review), or none")
    reminders = steps.add_parser("reminders", help="on which days a kommune is reminded, and of what")
    _reminders.arguments(reminders)
    for step in (add, listing, end, language, rule, reminders):
        _open.arguments(step)


def run(args: argparse.Namespace) -> int:
    """Do the step; 0."""
    if args.step == "add" and (args.police is None) != (args.district is None):
        raise CommandError("--district goes with --police and belongs to it, such as --district ost")
    with _open.opened(args, read_only=args.step == "list") as house:
        said = {"add": _add, "list": _list, "end": _end, "language": _language, "rule": _rule,
                "reminders": _reminders.run}[args.step](args, house)  # fmt: skip
    # Said only after it is committed.
    if said is not None:
        print(said)
    return 0


def _add(args: argparse.Namespace, house: _open.Opened) -> str:
    if args.municipal is not None:
        party = parties.add_municipal(house.session, args.municipal, language=args.language, now=house.now)
    else:
        party = parties.add_police(
            house.session, args.police, args.district, language=args.language, now=house.now
        )
    return f"{party.key}: {party.name} added, written to in {party.language}"


def _list(args: argparse.Namespace, house: _open.Opened) -> None:
    found = parties.list_parties(house.session, today=house.today, ended=args.ended)
    show(COLUMNS, [{name: getattr(party, name) for name in COLUMNS} for party in found], as_json=args.json)


def _end(args: argparse.Namespace, house: _open.Opened) -> str:
    party = _party(args, house)
    last = _open.day(args.to, "--to") or house.today
    parties.end(house.session, party, last_day=last, now=house.now)
    return f"{party.key}: {party.name} is a party until {last}"


def _language(args: argparse.Namespace, house: _open.Opened) -> str:
    party = _party(args, house)
    parties.set_language(house.session, party, args.language, now=house.now)
    return f"{party.key}: {party.name} is written to in {party.language}"


def _rule(args: argparse.Namespace, house: _open.Opened) -> str:
    party = _party(args, house)
    unit, given = parties_rules.UNITS[args.kind], args.number
    if given != "none" and not (given.isascii() and given.isdecimal() and len(given) < 8):
        raise CommandError(f"«{given}» is not a number of {unit}; give one, or none")
    number = None if given == "none" else int(given)
    house_rules.change(house.session, party, {args.kind: number}, now=house.now)
    now_is = parties_rules.house_rules(house.session, [party])[party.key].get(args.kind)
    return f"{party.key}: {args.kind} is {'not set' if now_is is None else f'{now_is} {unit}'}"


def _party(args: argparse.Namespace, house: _open.Opened) -> Party:
    return parties.find(house.session, args.key)

"""``avtaleflyt person``: who can sign in.

A password is asked for, read from standard input or made up and shown once;
never taken from the command line, which the shell and every ``ps`` remember.
"""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

from workflow_app.commands import CommandError, _erasing, _open, _passkeys
from workflow_app.commands._rows import show
from workflow_app.models.people import Person
from workflow_app.services import people
from workflow_app.services.people_fields import LANGUAGES

COLUMNS = ("username", "name", "email", "language", "operator", "active")


def arguments(parser: argparse.ArgumentParser) -> None:
    """add, list, change, end, erase, erased, password and passkeys."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = steps.add_parser("add", help="add a person")
    add.add_argument("username", metavar="USERNAME", help="small letters, such as slt.moss")
    add.add_argument("--name", required=True, help="the full name")
    add.add_argument("--email")
    add.add_argument("--language", choices=LANGUAGES, help="else the kommune's")
    add.add_argument(
        "--operator", action="store_true", help="runs the installation; gives no workflow rights"
    )
    listing = steps.add_parser("list", help="the people there are")
    listing.add_argument("--ended", action="store_true", help="also those who have left")
    listing.add_argument("--json", action="store_true", help="as JSON")
    change = steps.add_parser("change", help="mend a name, an address or a language")
    change.add_argument("username", metavar="USERNAME")
    change.add_argument("--name", help="the full name")
    change.add_argument("--email", help='where mail goes; --email "" takes it away')
    change.add_argument("--language", choices=LANGUAGES)
    end = steps.add_parser("end", help="close an account with its sessions and tokens, at once")
    end.add_argument("username", metavar="USERNAME")
    erase = steps.add_parser("erase", help="take out all that names somebody who has left; the proofs stay")
    _erasing.arguments(erase)
    erased = steps.add_parser("erased", help="the keys of everybody who was erased, to keep elsewhere")
    password = steps.add_parser("password", help="give a new password and end the open sessions")
    password.add_argument("username", metavar="USERNAME")
    for step in (add, password):
        how = step.add_mutually_exclusive_group()
        how.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )
        how.add_argument("--generate-password", action="store_true", help="make one up and show it once")
    passkeys = steps.add_parser("passkeys", help="somebody's passkeys, or take a lost one away")
    _passkeys.arguments(passkeys)
    for step in (add, listing, change, end, erase, erased, password, passkeys):
        _open.arguments(step)


def run(args: argparse.Namespace) -> int:
    """Do the step; 0."""
    if args.step in ("erase", "erased"):
        told = _erasing.run(args) if args.step == "erase" else _erasing.listed(args)
        print(told or "nobody was erased")
        return 0
    if args.step == "passkeys":
        print(_passkeys.run(args))
        return 0
    # Asked before the database is opened: while it is open for writing, others wait.
    password = _password(args) if args.step in ("add", "password") else ""
    with _open.opened(args, read_only=args.step == "list") as house:
        said = _step(args, house, password)
    if said:
        print(said)
    if said and getattr(args, "generate_password", False):
        print(f"password: {password}")
    return 0


def _step(args: argparse.Namespace, house: _open.Opened, password: str) -> str:
    if args.step == "list":
        rows = [
            {name: getattr(one, "is_operator" if name == "operator" else name) for name in COLUMNS}
            | ({"name": "(erased)"} if one.erased_at is not None else {})
            for one in people.list_people(house.session, ended=args.ended)
        ]
        show(COLUMNS, rows, as_json=args.json)
        return ""
    if args.step == "add":
        person = people.add_person(
            house.session,
            username=args.username,
            name=args.name,
            email=args.email,
            language=args.language,
            password=password,
            operator=args.operator,
            now=house.now,
        )
        return f"{person.username}: {person.name} added"
    person = people.find(house.session, args.username)
    if args.step == "change":
        return _change(args, house, person)
    if args.step == "end":
        people.end_person(house.session, person, now=house.now)
        return f"{person.username}: ended, with every session and token"
    people.set_password(house.session, person, password, now=house.now)
    return f"{person.username}: new password, open sessions ended"


def _change(args: argparse.Namespace, house: _open.Opened, person: Person) -> str:
    if args.name is None and args.email is None and args.language is None:
        raise CommandError("say what is to be another: --name, --email or --language")
    changed = people.change_person(
        house.session,
        person,
        name=args.name,
        email=args.email,
        language=args.language,
        now=house.now,
    )
    return f"{person.username}: {', '.join(changed) or 'nothing'} changed"


def _password(args: argparse.Namespace) -> str:
    if args.generate_password:
        return secrets.token_urlsafe(16)
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not at_terminal():
        raise CommandError(
            "there is nobody to ask for a password; use --password-stdin or --generate-password"
        )
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise CommandError("the two passwords differ; nothing was done")
    return first


def at_terminal() -> bool:
    """Whether there is a person at standard input who can be asked."""
    return sys.stdin.isatty()

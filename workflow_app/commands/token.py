"""``avtaleflyt token``: how a program signs in as a person.

``avtaleflyt token USERNAME`` is short for ``token add USERNAME``. The token
stands alone on standard output, for ``TOKEN=$(avtaleflyt token …)``; what there
is to say about it goes to standard error.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from workflow_app.commands import CommandError, _open
from workflow_app.commands._rows import show
from workflow_app.services import norway, people, tokens

COLUMNS = ("id", "username", "scope", "created", "until", "ended")
STEPS = ("add", "list", "end")


def arguments(parser: argparse.ArgumentParser) -> None:
    """One line for all steps, since the first word may be a user name."""
    parser.usage = (
        "avtaleflyt token [add] USERNAME [--scope read|write] [--until DATE]\n"
        "       avtaleflyt token list [USERNAME] [--ended] [--json]\n"
        "       avtaleflyt token end ID"
    )
    parser.add_argument("step", metavar="STEP", help="add, list, end, or a user name to add one for")
    parser.add_argument("which", metavar="USERNAME|ID", nargs="?")
    parser.add_argument("--scope", choices=tokens.SCOPES, default=tokens.WRITE, help="else write")
    parser.add_argument(
        "--until", metavar="DATE", help=f"its last day (else {tokens.STANDARD_LIFE.days} days from now)"
    )
    parser.add_argument("--ended", action="store_true", help="list also those that are over")
    parser.add_argument("--json", action="store_true", help="list as JSON")
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Do the step; 0."""
    step, which = args.step, args.which
    if step not in STEPS and which is None:
        step, which = "add", args.step
    if step not in STEPS or (step != "list" and which is None):
        raise CommandError("say: token add USERNAME, token list [USERNAME] or token end ID")
    with _open.opened(args, read_only=step == "list") as house:
        out, note = {"add": _add, "list": _list, "end": _end}[step](args, which, house)
    if out:
        print(out)
    if note:
        print(note, file=sys.stderr)
    return 0


def _add(args: argparse.Namespace, username: str, house: _open.Opened) -> tuple[str, str]:
    person = people.find(house.session, username)
    last = _open.day(args.until, "--until")
    until = None if last is None else norway.end_of_day(last)
    clear, token = tokens.issue(house.session, person, args.scope, until=until, now=house.real_now)
    note = f"token {token.id} for {person.username}, {token.scope}, until {_time(token.expires_at)}"
    return clear, f"{note}; shown this once"


def _list(args: argparse.Namespace, username: str | None, house: _open.Opened) -> tuple[str, str]:
    person = None if username is None else people.find(house.session, username)
    rows = [
        {
            "id": one.id,
            "username": one.person.username,
            "scope": one.scope,
            "created": one.created_at.astimezone(norway.OSLO),
            "until": one.expires_at.astimezone(norway.OSLO),
            "ended": None if one.revoked_at is None else one.revoked_at.astimezone(norway.OSLO),
        }
        for one in tokens.list_tokens(house.session, house.real_now, person=person, ended=args.ended)
    ]
    show(COLUMNS, rows, as_json=args.json)
    return "", ""


def _end(args: argparse.Namespace, which: str, house: _open.Opened) -> tuple[str, str]:
    if not (which.isascii() and which.isdecimal() and len(which) < 16):
        raise CommandError(f"«{which}» is not a token's number; see: avtaleflyt token list")
    token = tokens.end(house.session, int(which), now=house.real_now)
    return f"{token.id}: the token of {token.person.username} is over", ""


def _time(moment: datetime) -> str:
    return moment.astimezone(norway.OSLO).isoformat(" ", "minutes")

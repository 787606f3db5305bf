"""``avtaleflyt mail``: look into the outbox, send what waits, try the mail server, take in a bounce."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from workflow_app.commands import CommandError, _open
from workflow_app.commands._post import counted, settings_of
from workflow_app.commands._rows import show
from workflow_app.models.mail import Mail
from workflow_app.services.mail import bounces, claiming
from workflow_app.services.mail.addresses import WrongAddress
from workflow_app.services.mail.listing import NEEDS_A_PERSON
from workflow_app.services.mail.outcomes import NotTaken, Trouble, Unknown
from workflow_app.services.mail.sending import drain
from workflow_app.services.mail.trying import try_out
from workflow_app.services.norway import OSLO

COLUMNS = ("id", "kind", "to", "status", "attempts", "due", "code", "answer")
STATUSES = ("waiting", "sending", "sent", "dropped", "refused", "uncertain", "bounced")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    made = {}
    for name, what in {
        "list": "the outbox, newest first, without addresses and without content",
        "send": "send what waits; exit 1 when the mail server is away",
        "retry": "send refused, bounced or uncertain mail once more",
        "test": "send a trial mail to an address, past the outbox",
        "bounce": "read a report of non-delivery (RFC 3464) and mark the mail it is of",
    }.items():
        made[name] = steps.add_parser(name, help=what, description=what)
        _open.arguments(made[name])
    made["list"].add_argument("--status", choices=STATUSES, help="only these")
    made["list"].add_argument("--limit", type=int, default=50, help="at most so many (50)")
    made["list"].add_argument("--json", action="store_true", help="as JSON")
    made["retry"].add_argument("ids", nargs="*", type=int, metavar="ID", help="as in the list")
    made["retry"].add_argument("--all", action="store_true", help="all that is refused, bounced or uncertain")
    made["test"].add_argument("address", metavar="ADDRESS")
    made["bounce"].add_argument("file", nargs="?", metavar="FILE", help="else standard input")


def run(args: argparse.Namespace) -> int:
    """Do one of the steps."""
    return {"list": _list, "send": _send, "retry": _retry, "test": _test, "bounce": _bounce}[args.step](args)


def _list(args: argparse.Namespace) -> int:
    if args.limit < 1:
        raise CommandError("--limit: write a whole number from 1")
    wanted = select(Mail).options(joinedload(Mail.person)).order_by(Mail.id.desc()).limit(args.limit)
    if args.status:
        wanted = wanted.where(Mail.status == args.status)
    with _open.opened(args, read_only=True) as house:
        rows = [
            {
                "id": mail.id,
                "kind": mail.kind,
                "to": mail.person.username,
                "status": mail.status,
                "attempts": mail.attempts,
                "due": mail.due_at.astimezone(OSLO),
                "code": mail.code,
                "answer": mail.answer,
            }
            for mail in house.session.scalars(wanted)
        ]
    show(COLUMNS, rows, as_json=args.json)
    return 0


def _send(args: argparse.Namespace) -> int:
    with _open.installed(args) as house, house.in_sentences():
        done = drain(house.engine, settings_of(house.settings), house.clock)
    print(counted(done))
    if done.trouble:
        raise CommandError(f"mail waits: {done.trouble}", 1)
    return 0


def _retry(args: argparse.Namespace) -> int:
    if bool(args.ids) == args.all:
        raise CommandError("retry: name the mails by their ids, or say --all")
    with _open.opened(args) as house:
        wanted = select(Mail.id).where(Mail.status.in_(NEEDS_A_PERSON))
        if args.ids:
            wanted = wanted.where(Mail.id.in_(args.ids))
        found = set(house.session.scalars(wanted))
        count = claiming.send_again(house.session, found, house.now)
    print(f"{count} to be sent again")
    if missing := sorted(set(args.ids) - found):
        raise CommandError(
            f"retry: {', '.join(map(str, missing))}: neither refused nor bounced nor uncertain", 1
        )
    return 0


def _test(args: argparse.Namespace) -> int:
    with _open.installed(args) as house:
        settings = settings_of(house.settings)
        try:
            try_out(settings, args.address, house.clock())
        except WrongAddress as error:
            raise CommandError(f"test: {error.reason}") from error
        except (NotTaken, Trouble, Unknown) as error:
            raise CommandError(f"test: {error}", 1) from error
    print("written to the folder of mail" if settings.folder else "the mail server has taken it")
    return 0


def _bounce(args: argparse.Namespace) -> int:
    try:
        raw = Path(args.file).read_bytes() if args.file else sys.stdin.buffer.read(bounces.LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{args.file}: {error.strerror}") from error
    try:
        report = bounces.read_report(raw)
    except bounces.NoReport as error:
        raise CommandError(f"bounce: {error}", 1) from error
    with _open.opened(args) as house:
        mail = bounces.record(house.session, report, datetime.now(OSLO))
        if mail is None:
            raise CommandError("bounce: the report is of no mail of ours", 1)
        print(f"mail {mail.id}: {mail.status}")
    return 0

"""``avtaleflyt person erase`` and ``person erased``: what is said names nobody, only the opaque key.

The list of keys is written after the commit: one that is missing there is added by the
night's work, while one too many would let somebody be erased whom nobody erased.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from workflow_app.commands import CommandError, _open
from workflow_app.services import people
from workflow_app.services.erasing import doing, nightly, register

WORDS = {
    "ways_in": "sessions, tokens and links to choose a password",
    "passkeys": "passkeys",
    "feeds": "calendar addresses",
    "mails": "mails",
    "failures": "counted failures of login",
    "titles": "titles of roles",
    "attendance": "names in lists of who came",
    "written_as_names": "names of case officers and of who follows a decision up",
    "proposals": "reasons in proposals",
}
"""What the places beside the log hold, as it is told at the command line."""


def arguments(step: argparse.ArgumentParser) -> None:
    """Whom and why, or once more after a restore."""
    step.add_argument("username", metavar="USERNAME", nargs="?", help="somebody whose roles have ended")
    step.add_argument("--because", metavar="TEXT", help="the reason; it stays, and may not name the person")
    step.add_argument("--dry-run", action="store_true", help="say what would be gone, and do nothing")
    step.add_argument(
        "--again",
        metavar="FILE",
        nargs="?",
        const="",
        help=f"after a restore: erase those whose keys stand in FILE (- is standard input; else the file of "
        f"{register.SETTING}) once more",
    )


def run(args: argparse.Namespace) -> str:
    """Do it; the lines to print."""
    if args.again is not None:
        if args.username or args.because or args.dry_run:
            raise CommandError("--again stands alone; it takes nothing but a file")
        return _again(args)
    if not args.username:
        raise CommandError("name whom to erase, or say --again after a restore")
    if args.dry_run:
        return _dry_run(args)
    with _open.installed(args) as installation:
        with installation.transaction() as house:
            person = people.find(house.session, args.username)
            done = doing.erase(
                house.session, person, because=args.because or "", now=house.now,
                throttle=nightly.throttle_in(house.settings),
            )  # fmt: skip
            key = person.id
        _afterwards(installation, [key])
    return f"{key}: {'erased' if done else 'was erased already'}"


def listed(args: argparse.Namespace) -> str:
    """The keys of everybody who was erased, as ``--again`` takes them."""
    with _open.opened(args, read_only=True) as house:
        return "\n".join(f"{key}  # {at.isoformat()}" for key, at in doing.erased(house.session))


def _again(args: argparse.Namespace) -> str:
    with _open.installed(args) as installation:
        with installation.transaction() as house:
            keys = _keys(args.again, house)
            count = doing.again(
                house.session, keys, now=house.now, throttle=nightly.throttle_in(house.settings)
            )
            done = [key for key, _ in doing.erased(house.session)]
        _afterwards(installation, done)
    return f"{len(keys)} keys read, {count} erased again"


def _keys(where: str, house: _open.Opened) -> list[str]:
    if where == "-":
        return register.read(sys.stdin)
    path = Path(where) if where else register.path_in(house.settings)
    if path is None:
        raise CommandError(f"{register.SETTING} is not set; give the file")
    if not path.is_file():
        raise CommandError(f"{path}: no such file")
    return register.read_file(path)


def _afterwards(installation: _open.Installation, keys: list[str]) -> None:
    with installation.in_sentences():
        nightly.flush_journal(installation.engine)
        path = register.path_in(installation.settings)
        if path is not None:
            register.remember(path, keys)
    if path is None:
        print(
            f"{register.SETTING} is not set: keep what «avtaleflyt person erased» prints elsewhere, "
            "for a restored backup brings names back",
            file=sys.stderr,
        )


def _dry_run(args: argparse.Namespace) -> str:
    with _open.opened(args, read_only=True) as house:
        person = people.find(house.session, args.username)
        plan = doing.make_plan(
            house.session, person, now=house.now, throttle=nightly.throttle_in(house.settings)
        )
    lines = [f"{person.id}, for {', '.join(p.key for p in plan.parties) or 'no party'}"]
    lines += [f"gone: {plan.values} values in the trail, {plan.own_words} of them the person's own words"]
    lines += [f"gone: {count} {WORDS[place]}" for place, count in plan.beside.items() if count]
    lines += [f"stays: {p.count} × {p.what} of {p.agreement_id} name the person" for p in plan.papers]
    if plan.shared:
        lines.append("stays: what others wrote of somebody with the same name or address")
    lines += [f"first: {sentence}" for sentence in plan.obstacles]
    return "\n".join(lines)

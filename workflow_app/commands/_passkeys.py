"""``avtaleflyt person passkeys``: somebody's passkeys, and taking a lost one away without a browser."""

from __future__ import annotations

import argparse

from workflow_app.commands import CommandError, _open
from workflow_app.models.passkeys import Passkey
from workflow_app.services import people
from workflow_app.services.passkeys import keys


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whose, and which one to take away."""
    parser.add_argument("username", metavar="USERNAME")
    parser.add_argument("--remove", metavar="N", type=int, help="the number of the one to take away")
    parser.add_argument("--because", metavar="WHY", help="told to the owner and in the trail")


def run(args: argparse.Namespace) -> str:
    """The list, or what was removed. Raises ``CommandError`` where nobody says why."""
    if args.remove is not None and not (args.because or "").strip():
        raise CommandError("say why with --because: the owner and the trail are told")
    with _open.opened(args, read_only=args.remove is None) as house:
        person = people.find(house.session, args.username)
        if args.remove is None:
            rows = [_line(key) for key in keys.keys_of(house.session, person.id)]
            return "\n".join(rows) or f"{person.username} has no passkey"
        gone = keys.remove(
            house.session, person.id, args.remove, because=keys.Because.OPERATOR, reason=args.because,
            actor=None, now=house.now, real_now=house.real_now,
        )  # fmt: skip
        return f"{person.username}: passkey {gone.id} removed; what it signed stands"


def _line(key: Passkey) -> str:
    used = key.last_used_at.date().isoformat() if key.last_used_at else "not used yet"
    return f"{key.id}  {key.name}  added {key.created_at.date().isoformat()}, last used {used}  {key.key}"

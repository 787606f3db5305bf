"""The ``avtaleflyt`` command line: one module per command, loaded when it is called.

Exit codes are the contract's: 0 done, 1 the answer is no, 2 the call or the
input is wrong. An error is one sentence on standard error and never a traceback.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

COMMANDS: dict[str, str] = {
    "read": "read the clauses of an agreement file",
    "deadlines": "deadlines drawn from an agreement file",
    "import": "create drafts from agreement files",
    "check": "check a workflow definition for soundness",
    "graph": "draw a workflow definition",
    "party": "add, list or end kommuner and police units",
    "person": "add, list or end people",
    "role": "add, list, end or hand over the roles people hold for parties",
    "acting": "add, list or end acting holders of an office",
    "deputy": "add, list or end deputies at the meetings of an agreement",
    "coverage": "which roles are needed and held by nobody",
    "token": "add, list or end access tokens for programs",
    "tick": "make the automatic transitions that are due",
    "seal": "the installation's seal: its key, and the papers that wait for it",
    "remind": "make the reminders that are due and send the mail that waits",
    "mail": "look into the outbox, send what waits, try the mail server",
    "cosigners": "add, list or end the witnesses that are counted, and ask those that wait",
    "witness": "look after a log and cosign it, on a party's own machine",
    "log": "the log's key and signed heads, the queue for its tree, and whether the tree is whole",
    "verify": "verify an exported trail, a receipt or a database",
    "archive": "make the package an agreement is handed to an archive in",
    "database": "create or upgrade the database",
    "demo": "fill a development database with demonstration data",
    "worklists": "rebuild the derived worklists and next deadlines",
}


class CommandError(Exception):
    """The call or the input is wrong (exit 2), or the answer is no (exit 1)."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


class CommandModule(Protocol):
    """What each module in this folder offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments on ``parser``."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it and return the exit code; raise CommandError for a wrong call."""


def load(name: str) -> CommandModule:
    """The module of a command: ``avtaleflyt import`` lives in ``commands/import_.py``."""
    module = import_module(f"workflow_app.commands.{'import_' if name == 'import' else name}")
    return cast(CommandModule, module)


class Parser(argparse.ArgumentParser):
    """A parser that tells what it does not know with its own usage, and not with that of all commands."""

    def parse_known_args(  # type: ignore[override]  # the overloads are for namespaces of one's own
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As the library's, but nothing is left over; ends the program with status 2."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    parser = Parser(
        prog="avtaleflyt", description="Agreements between kommune and police, through their whole life."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    wanted = next((word for word in words if word in COMMANDS), None)
    for name, help_text in COMMANDS.items():
        sub = commands.add_parser(name, help=help_text, description=help_text)
        if name == wanted:
            load(name).arguments(sub)
    args = parser.parse_args(words)
    try:
        return load(args.command).run(args)
    except CommandError as error:
        print(f"avtaleflyt {args.command}: {error}", file=sys.stderr)
        return error.code
    except BrokenPipeError:
        # The reader of our output (head, less) had enough; that is not an error.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130

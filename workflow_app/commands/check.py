"""``avtaleflyt check FILE.toml``: is this workflow definition sound?

For whoever edits a definition: the same question the server asks at start, with
every finding at once, so that a fault is found at the desk and not at a restart.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from workflow_app.commands import CommandError
from workflow_app.domain.definitions import Definition, UnsoundDefinition, load_all


def arguments(parser: argparse.ArgumentParser) -> None:
    """One or more files; several are also checked against each other."""
    parser.add_argument("files", metavar="FILE.toml", nargs="+", help="a workflow definition")


def run(args: argparse.Namespace) -> int:
    """Print what was found: 0 sound, 1 findings, 2 (raised) a file cannot be read."""
    definitions = read_definitions(args.files)
    for d in definitions or ():
        counts = f"{len(d.states)} states, {len(d.transitions)} transitions"
        print(f"{d.filename}: sound: {d.id} version {d.version}, {counts}, digest {d.digest}")
    return 1 if definitions is None else 0


def read_definitions(names: list[str]) -> tuple[Definition, ...] | None:
    """The definitions in the files of these names, or None when they are unsound.

    Then every finding is a line on standard error: file, key and sentence.
    Raises :class:`CommandError` where a file cannot be read.
    """
    texts = [(name, read_text(name)) for name in names]
    try:
        return load_all(texts).definitions
    except UnsoundDefinition as unsound:
        for finding in unsound.findings:
            print(finding, file=sys.stderr)
        return None


def read_text(name: str) -> str:
    """The text of a file. Raises :class:`CommandError` in a sentence that names it."""
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise CommandError(f"{name} cannot be read: {reason}.") from error

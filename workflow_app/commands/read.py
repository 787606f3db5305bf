"""``avtaleflyt read``: what the clauses of a file say, for a person or, with --json, for a program.

What was left out of a file or taken as done in it (tracked changes, hidden
text, pages without text) goes to standard error for a person, so that the
printed text stays the text alone.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from hashlib import sha256
from pathlib import Path

from workflow_app.commands import CommandError
from workflow_app.domain.reading import Passage, Reading, Reference, read
from workflow_app.domain.rules import Rule
from workflow_app.services.files import LIMIT, Extracted, UnreadableFile, extract


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare FILE, --json, --text and --config."""
    file_arguments(parser)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the reading as JSON")
    shape.add_argument("--text", action="store_true", help="print the text that start and end count in")


def file_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, and the settings that say how large it may be."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="the agreement, as .docx, .odt, .pdf, .txt or .md"
    )
    parser.add_argument(
        "--config",
        metavar="INI",
        default=os.environ.get("AVTALEFLYT_CONFIG"),
        help="settings with avtaleflyt.max_file_mb (else $AVTALEFLYT_CONFIG, else 20 MB)",
    )


def run(args: argparse.Namespace) -> int:
    """Read the file and print what it says. Exit code 0; a file that can't be read is a CommandError."""
    content, found = taken_in(args)
    for note in found.notes:
        print(f"{args.file}: {note}", file=sys.stderr)
    if args.text:
        sys.stdout.write(found.text)
        return 0
    reading = read(found.text)
    if args.json:
        digests = sha256(content).hexdigest(), sha256(found.text.encode("utf-8")).hexdigest()
        answer = reading.to_json(args.file.name, *digests)
        answer["source"]["kind"] = found.kind
        answer["notes"] = [str(note) for note in found.notes]
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(reading)))
    return 0


def taken_in(args: argparse.Namespace) -> tuple[bytes, Extracted]:
    """The bytes of ``args.file`` and what came out of them.

    Raises CommandError for a file that is not there, too large, or not one that can be read.
    """
    path: Path = args.file
    limit = _limit(args.config) if args.config else LIMIT
    try:
        with path.open("rb") as file:
            # One byte more than may be read: enough to see that it is too large.
            content = file.read(limit + 1)
    except OSError as error:
        raise CommandError(f"{path}: the file can't be opened ({error.strerror or error}).") from error
    except ValueError as error:
        raise CommandError(f"{str(path)!r}: this is no file name.") from error
    try:
        return content, extract(path.name, content, limit=limit)
    except UnreadableFile as error:
        raise CommandError(f"{path}: {error.message}") from error


def _limit(config: str) -> int:
    # Settings know databases, which reading a file has no need of.
    from workflow_app.settings import SettingsError, load, max_file

    try:
        return max_file(load(config))
    except SettingsError as error:
        raise CommandError(str(error)) from error


def _lines(reading: Reading) -> list[str]:
    parties = f"{', '.join(reading.municipal) or '?'} – {', '.join(reading.police) or '?'}"
    out = [reading.title or "(no title)", f"Parties: {parties}", f"Language: {reading.language}"]
    because = f", because of {_quoted(reading.suggested_because)}" if reading.suggested_because else ""
    out.append(f"Suggested definition: {reading.suggested_definition}{because}")
    out += ["", "Rules:"] + [line for rule in reading.rules for line in _rule(rule)]
    out += ["", "Without a date:"] + [line for rule in reading.undated for line in _rule(rule)]
    if reading.incomplete_sections:
        out += ["", "Not filled in:"] + [f"  {heading}" for heading in reading.incomplete_sections]
    if reading.blank_names:
        out += ["", "A name is not filled in."]
    if reading.questions:
        out += ["", "To be settled by a person:"] + [f"  {question}" for question in reading.questions]
    if reading.references:
        out += ["", "Other agreements it names:"]
        out += [f"  {one.relation} {_quoted(one)}" for one in reading.references]
    if reading.unread:
        out += ["", "These speak of time and were not read:"]
        out += [f"  {_quoted(one)}" for one in reading.unread]
    return out


def _rule(rule: Rule) -> list[str]:
    values = ", ".join(f"{name}: {_shown(value)}" for name, value in rule.values.items())
    out = [f"  {rule.kind} {rule.form}" + (f" ({values})" if values else "")]
    out.append(f"    {_quoted(rule)}")
    out += [f"    {sentence}" for sentence in (*rule.assumptions, *([rule.reason] if rule.reason else []))]
    return out


def _quoted(words: Rule | Reference | Passage) -> str:
    return f"“{' '.join(words.quote.split())}” [{words.start}–{words.end}]"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} = {one}" for key, one in value.items())
    return str(value)

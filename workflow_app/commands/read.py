"""``avtaleflyt read``: what the clauses of a file say, for a person or, with --json, for a program."""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

from workflow_app.commands import CommandError
from workflow_app.domain.reading import Reading, read
from workflow_app.domain.reading.decode import LIMIT, UnreadableFile, decode
from workflow_app.domain.rules import Rule

_TYPES = (".txt", ".md")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare FILE, --json and --text."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the agreement, as .txt or .md")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the reading as JSON")
    shape.add_argument("--text", action="store_true", help="print the text that start and end count in")


def run(args: argparse.Namespace) -> int:
    """Read the file and print what it says. Exit code 0; a file that can't be read is a CommandError."""
    content = read_bytes(args.file)
    text = decoded(args.file, content)
    if args.text:
        sys.stdout.write(text)
        return 0
    reading = read(text)
    if args.json:
        digests = sha256(content).hexdigest(), sha256(text.encode("utf-8")).hexdigest()
        print(json.dumps(reading.to_json(args.file.name, *digests), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(reading)))
    return 0


def read_bytes(path: Path) -> bytes:
    """The bytes of an agreement file. Raises CommandError for a type not read or a file not there."""
    if path.suffix.lower() not in _TYPES:
        raise CommandError(f"{path}: only files of the types {' and '.join(_TYPES)} are read.")
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError as error:
        raise CommandError(f"{path}: the file can't be opened ({error.strerror or error}).") from error


def decoded(path: Path, content: bytes) -> str:
    """The text of those bytes. Raises CommandError when they are no text."""
    try:
        return decode(content)
    except UnreadableFile as error:
        raise CommandError(f"{path}: {error.message}") from error


def _lines(reading: Reading) -> list[str]:
    parties = f"{', '.join(reading.municipal) or '?'} – {', '.join(reading.police) or '?'}"
    out = [reading.title or "(no title)", f"Parties: {parties}", f"Language: {reading.language}"]
    out.append(f"Suggested definition: {reading.suggested_definition}")
    out += ["", "Rules:"] + [line for rule in reading.rules for line in _rule(rule)]
    out += ["", "Without a date:"] + [line for rule in reading.undated for line in _rule(rule)]
    if reading.incomplete_sections:
        out += ["", "Not filled in:"] + [f"  {heading}" for heading in reading.incomplete_sections]
    if reading.blank_names:
        out += ["", "A name is not filled in."]
    if reading.questions:
        out += ["", "To be settled by a person:"] + [f"  {question}" for question in reading.questions]
    return out


def _rule(rule: Rule) -> list[str]:
    values = ", ".join(f"{name}: {_shown(value)}" for name, value in rule.values.items())
    out = [f"  {rule.kind} {rule.form}" + (f" ({values})" if values else "")]
    out.append(f"    “{' '.join(rule.quote.split())}” [{rule.start}–{rule.end}]")
    out += [f"    {sentence}" for sentence in (*rule.assumptions, *([rule.reason] if rule.reason else []))]
    return out


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} = {one}" for key, one in value.items())
    return str(value)

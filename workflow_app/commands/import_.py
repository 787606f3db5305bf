"""``avtaleflyt import``: drafts from agreement files, a whole shelf of them at once.

Each file is a transaction of its own, so a bad one is reported and the others
go in, and nobody at the server waits for more than one. Standard output has the
ids and nothing else, one a line, for the next program in line.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from shutil import get_terminal_size

from tqdm import tqdm

from workflow_app.commands import CommandError, _open
from workflow_app.domain.definitions import Definition
from workflow_app.domain.reading import read
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import ServiceError
from workflow_app.services.imports import import_file
from workflow_app.services.texts import Source, decode_source
from workflow_app.settings import SettingsError, max_file

_Coming = tuple[Path, "Future[Source]"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE…, and what stands instead of what the texts say."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+", help="agreements, as .docx, .odt, .pdf, .txt or .md"
    )
    for option, value, who in (("municipal", "NUMBER", "kommune"), ("police", "KEY", "police unit")):
        parser.add_argument(
            f"--{option}",
            metavar=value,
            action="append",
            default=[],
            help=f"the {who}, else read from the text",
        )  # fmt: skip
    parser.add_argument("--definition", metavar="ID", help="the workflow, else the one the clauses suggest")
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Take the files in and print the id of each draft; 1 when none went in."""
    definition = _definition(args.definition)
    made = 0
    with _open.installed(args) as house:
        with house.transaction(read_only=True):
            pass  # settings and database are in order, or no file is to blame
        limit = _limit(house.settings)
        with _bar(_sources(args.files, limit), len(args.files)) as bar:
            for path, coming in bar:
                try:
                    ident = _take_in(house, args, path, coming.result(), definition)
                except CommandError as error:
                    tqdm.write(f"avtaleflyt import: {path}: {error}", file=sys.stderr)
                else:
                    made += 1
                    tqdm.write(ident, file=sys.stdout)
    return 0 if made else 1


def _bar(sources: Iterable[_Coming], total: int) -> tqdm[_Coming]:
    """A bar is for people; a log gets the sentences alone.

    The size is asked for here: in a terminal that does not know its own, tqdm would draw nothing.
    """
    size, quiet = get_terminal_size(), not sys.stderr.isatty()
    return tqdm(
        sources,
        total=total,
        unit="file",
        file=sys.stderr,
        disable=quiet,
        leave=False,
        ncols=size.columns,
        nrows=size.lines,
    )


def _sources(files: Iterable[Path], limit: int) -> Iterator[_Coming]:
    """Each file with its content to come: the next one is taken apart while this one is read."""
    with ThreadPoolExecutor(max_workers=1) as ahead:
        before: _Coming | None = None
        for path in files:
            after = (path, ahead.submit(_source, path, limit))
            if before is not None:
                yield before
            before = after
        if before is not None:
            yield before


def _definition(ident: str | None) -> Definition | None:
    if ident is None:
        return None
    known = workflow_definitions()
    if ident not in known.ids:
        raise CommandError(f"--definition: there is no «{ident}»; choose {' or '.join(known.ids)}")
    return known.newest(ident)


def _limit(settings: Mapping[str, str]) -> int:
    try:
        return max_file(settings)
    except SettingsError as error:
        raise CommandError(str(error)) from error


def _source(path: Path, limit: int) -> Source:
    """A file, taken apart. Raises ``CommandError`` for one that cannot be."""
    try:
        with path.open("rb") as file:
            # One byte more than may be taken in: enough to see that it is too large.
            content = file.read(limit + 1)
    except OSError as error:
        raise CommandError(f"the file can't be opened ({error.strerror or error})") from error
    except ValueError as error:
        raise CommandError("this is no file name") from error
    source = Source(path.name, content, limit=limit)
    try:
        decode_source(source)
    except ServiceError as error:
        raise CommandError(str(error.message)) from error
    return source


def _take_in(
    house: _open.Installation,
    args: argparse.Namespace,
    path: Path,
    source: Source,
    definition: Definition | None,
) -> str:
    for note in source.extracted.notes:
        tqdm.write(f"avtaleflyt import: {path}: {note}", file=sys.stderr)
    # Read before the database is asked anything: a writer holds others up.
    reading = read(decode_source(source))
    with house.transaction() as opened:
        agreement = import_file(
            opened.session,
            source,
            reading,
            municipal=args.municipal,
            police=args.police,
            definition=definition,
            registry=workflow_definitions(),
            now=opened.now,
        )
        return agreement.id

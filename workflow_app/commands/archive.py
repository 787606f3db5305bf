"""``avtaleflyt archive``: an agreement as the package its party's archive is handed.

Each party keeps its own archive, so the package is made for one of them. What was
made is an entry in the agreement's trail, and there is no entry without its file:
the file is written before the transaction is committed, and taken away again
where it cannot be. Nothing that is there already is written over.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from workflow_app.commands import CommandError, _open
from workflow_app.domain.messages import Message
from workflow_app.services.archive.access import party_of
from workflow_app.services.archive.exporting import Handed, format_named, hand_over, source_of
from workflow_app.services.archive.lacking import lacking
from workflow_app.services.archive.settings import ArchiveSettingsError, archive_format
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.documents_anchor import printed_log
from workflow_app.services.log.keys import signer_from
from workflow_app.services.log.signer import LogKeyError
from workflow_app.services.transitions import lock


def arguments(parser: argparse.ArgumentParser) -> None:
    """The agreement's id, the format, whose archive, and where to put it."""
    parser.add_argument("id", metavar="ID", help="the agreement's id, the last part of its address")
    parser.add_argument(
        "--format", metavar="FORMAT", help="eformidling or ks-fiks (else as the settings say)"
    )
    parser.add_argument("--party", metavar="KEY", help="whose archive: a kommune's number or a unit's key")
    parser.add_argument(
        "--output",
        metavar="FOLDER|FILE.zip",
        default=".",
        help="a folder to put the zip in, or its name (else under its own name here)",
    )
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Make it, enter it and tell where it lies and what it lacks; 0."""
    with _kept_if_entered() as written:
        with _open.opened(args) as house:
            handed, missing = _handed(house, args)
            written.append(_write(handed, Path(args.output)))
            told = f"messages: {len(handed.package.messages)}, files: {len(handed.package.files)}"
        print(f"{written[0]}: {told}")
    for message in missing:
        print(f"  {message}")
    return 0


def _handed(house: _open.Opened, args: argparse.Namespace) -> tuple[Handed, tuple[Message, ...]]:
    agreement = lock(house.session, args.id)
    if agreement is None:
        raise CommandError(f"there is no agreement {args.id}")
    try:
        otherwise, signer = archive_format(house.settings), signer_from(house.settings)
    except (ArchiveSettingsError, LogKeyError) as error:
        raise CommandError(f"{args.config}: {error}") from error
    registry, party = workflow_definitions(), party_of(agreement, args.party)
    form = format_named(args.format, otherwise)
    missing = lacking(source_of(house.session, agreement, party, registry=registry, now=house.now))
    handed = hand_over(
        house.session, agreement, party, form,
        registry=registry, now=house.now, who=None, log=printed_log(house.settings, signer),
    )  # fmt: skip
    return handed, missing


@contextmanager
def _kept_if_entered() -> Iterator[list[Path]]:
    """The files written within, gone again where what they tell of is not committed."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        raise


def _write(handed: Handed, output: Path) -> Path:
    """The zip at ``output`` or in it. Raises ``CommandError`` for what is there or cannot be written."""
    place = output if output.suffix.lower() == ".zip" else output / handed.name
    if place.exists():
        raise CommandError(f"{place} is there already; nothing was written over, and nothing done")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            _fill(file, handed.content, place)
    except OSError as error:
        raise CommandError(f"{place} cannot be written: {error.strerror}; nothing was done") from error
    return place


def _fill(file: BinaryIO, content: bytes, place: Path) -> None:
    try:
        file.write(content)
        file.flush()
    except OSError:
        # Half a package on a full disk is none.
        place.unlink()
        raise

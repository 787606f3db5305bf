"""``avtaleflyt verify``: is this trail whole? For an exported bundle or receipt, or for the database.

A thin wrapping of the verifier that lies in the bundle itself. Whatever is
given, there is a verdict: exit 0 it holds, 1 it does not, 2 nothing to read.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workflow_app.commands import CommandError
from workflow_app.commands._open import CONFIG_VARIABLE
from workflow_app.domain.trail import Held, TrailError, Verdict, read_held, show, verify
from workflow_app.migrations import other_shape
from workflow_app.models.database import make_engine
from workflow_app.services.trail_check import verify_database
from workflow_app.settings import SettingsError, database_url, load


def arguments(parser: argparse.ArgumentParser) -> None:
    """The path of a bundle or a receipt, or ``--database`` with the server's settings."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="an exported trail.zip, or a receipt")
    parser.add_argument(
        "--key",
        metavar="FILE",
        help="the public keys of log and witnesses that you hold yourself, one a line",
    )
    parser.add_argument("--database", action="store_true", help="check the whole trail of an installation")
    parser.add_argument(
        "--config",
        metavar="INI",
        help=f"the server's settings file, with --database (else ${CONFIG_VARIABLE}, else development.ini)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the verdict in Norwegian and English and return its exit code."""
    config = args.config or os.environ.get(CONFIG_VARIABLE, "development.ini")
    if args.database:
        if args.path:
            raise CommandError("--database goes with --config INI, and not with PATH")
        verdict = _verify_installation(config, _held(args.key))
    elif not args.path or args.config:
        raise CommandError("name one trail.zip or receipt, or --database --config INI")
    else:
        verdict = verify(args.path, _held(args.key))
    if verdict.unreadable and verdict.first_fault is not None:
        raise CommandError(f"{args.path or config}: {verdict.first_fault}")
    return show(verdict)


def _held(path: str | None) -> Held | None:
    if path is None:
        return None
    if not Path(path).is_file():
        raise CommandError(f"{path}: no such key file")
    try:
        return read_held(path)
    except TrailError as fault:
        raise CommandError(f"{path}: {fault}") from fault


def _verify_installation(ini: str, held: Held | None) -> Verdict:
    url = _database_url(ini)
    if url.get_backend_name() == "sqlite":
        # Opening a SQLite file that is not there would make an empty one, and call it whole.
        missing = url.database in (None, "", ":memory:") or not Path(str(url.database)).is_file()
        if missing:
            raise CommandError(f"{ini}: sqlalchemy.url names no database file: {url.database}")
    try:
        engine = make_engine(url.render_as_string(hide_password=False))
    except (SQLAlchemyError, ImportError) as error:
        raise CommandError(f"{ini}: sqlalchemy.url cannot be used: {type(error).__name__}") from error
    try:
        if (found := other_shape(engine)) is not None:
            raise CommandError(
                f"{ini}: the database has the shape {found}, which this version cannot check; bring a copy "
                "of it up to date with avtaleflyt database upgrade, or check it with the version that "
                "wrote it"
            )
        # A check only looks: it must not queue behind, nor hold up, those who write.
        with Session(engine.execution_options(avtaleflyt_read_only=True)) as session:
            return verify_database(session, held)
    finally:
        engine.dispose()


def _database_url(ini: str) -> URL:
    try:
        settings = load(ini)
    except SettingsError as error:
        raise CommandError(str(error)) from error
    try:
        return database_url(settings)
    except SettingsError as error:
        raise CommandError(f"{ini}: {error}") from error

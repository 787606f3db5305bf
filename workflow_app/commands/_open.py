"""Opening the house for a command: settings, database, clock, one transaction.

Everything a command does is committed together or not at all, and whatever is
wrong with settings, database or input is one sentence and exit code 2. The
clock is read here and passed on; it can be set only where the settings say that
it may, which is development and test.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from workflow_app.commands import CommandError
from workflow_app.migrations import head, other_shape
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.services.errors import ServiceError
from workflow_app.services.log import sequencer
from workflow_app.services.log.signer import LogKeyError
from workflow_app.services.norway import OSLO
from workflow_app.settings import SettingsError, database_url, load

CONFIG_VARIABLE = "AVTALEFLYT_CONFIG"
_TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})


@dataclass(frozen=True)
class Opened:
    """What a command works with. ``now`` has Norway's zone; ``today`` is its day.

    ``real_now`` is the wall clock whatever ``--today`` says, for what protects
    the installation itself: a token must not live or die by a clock that was set.
    """

    session: Session
    settings: Mapping[str, str]
    now: datetime
    today: date
    real_now: datetime


@dataclass(frozen=True)
class Installation:
    """Settings and database that stay open for a command of many transactions; see :func:`installed`."""

    config: str
    wanted_day: str | None
    settings: Mapping[str, str]
    engine: Engine

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Opened]:
        """One transaction, committed at the end unless something is wrong; between two, nobody waits.

        Raises ``CommandError`` as :func:`opened` does.
        """
        with self.in_sentences():
            now = self.clock()
            engine = self.engine.execution_options(avtaleflyt_read_only=True) if read_only else self.engine
            with make_session_factory(engine)() as session, session.begin():
                yield Opened(session, self.settings, now, now.date(), datetime.now(OSLO))
            if not read_only:
                sequencer.keep_up(self.engine)

    def clock(self) -> datetime:
        """The installation's time now, in Norway's zone; raises ``CommandError`` for a day that is none."""
        return _clock(self.wanted_day, self.settings, self.config)

    @contextmanager
    def in_sentences(self) -> Iterator[None]:
        """What services and database raise within becomes a ``CommandError`` with a sentence."""
        try:
            yield
        except ServiceError as error:
            raise CommandError(str(error.message)) from error
        except LogKeyError as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            raise CommandError(
                "somebody else changed the same thing just now; nothing was done, try again"
            ) from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise CommandError(f"the database of {self.config}: {reason}; nothing was done") from error


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--config`` and ``--today``, the same for every command that opens the database."""
    parser.add_argument(
        "--config",
        metavar="INI",
        default=os.environ.get(CONFIG_VARIABLE, "development.ini"),
        help=f"the server's settings file (else ${CONFIG_VARIABLE}, else development.ini)",
    )
    parser.add_argument("--today", metavar="DATE", help="live on another day; development and test only")


@contextmanager
def installed(args: argparse.Namespace) -> Iterator[Installation]:
    """The database of ``args.config``, open for as many transactions as the command needs.

    Raises ``CommandError`` with a sentence for settings that cannot be used and a database that
    isn't made yet.
    """
    settings, engine = _settings_and_engine(args.config)
    try:
        yield Installation(args.config, args.today, settings, engine)
    finally:
        engine.dispose()


@contextmanager
def opened(args: argparse.Namespace, *, read_only: bool = False) -> Iterator[Opened]:
    """The database of ``args.config`` in one transaction, committed at the end unless something is wrong.

    Raises ``CommandError`` with a sentence for settings that cannot be used, a
    database that isn't made yet or is busy, and every ``ServiceError``.
    """
    with installed(args) as installation, installation.transaction(read_only=read_only) as house:
        yield house


def day(text: str | None, option: str) -> date | None:
    """The date given to an option; ``CommandError`` for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{option}: «{text}» is not a date; write it as 2026-12-31") from error


def _settings_and_engine(config: str) -> tuple[Mapping[str, str], Engine]:
    try:
        settings = load(config)
        url = database_url(settings)
    except SettingsError as error:
        raise CommandError(str(error)) from error
    missing = CommandError(
        f"the database of {config} is not made yet; "
        f"make it with: avtaleflyt database upgrade --config {config}"
    )
    # SQLite would make an empty file merely by looking.
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise missing
    try:
        engine = make_engine(url.render_as_string(hide_password=False))
        # Looking must not queue behind a writer.
        if not inspect(engine.execution_options(avtaleflyt_read_only=True)).has_table("trail_entry"):
            raise missing
        if (found := other_shape(engine)) is not None:
            raise CommandError(
                f"the database of {config} has the shape {found} and this version needs {head()}; make a "
                f"backup, then run: avtaleflyt database upgrade --config {config}"
            )
    except (SQLAlchemyError, ArgumentError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise CommandError(f"the database of {config} cannot be opened: {reason}") from error
    return settings, engine


def _clock(wanted: str | None, settings: Mapping[str, str], config: str) -> datetime:
    clock = datetime.now(OSLO)
    may_be_set = str(settings.get("avtaleflyt.clock_may_be_set", "")).strip().lower() in _TRUE
    if wanted is not None and not may_be_set:
        raise CommandError(
            f"--today is for development and tests; {config} does not say avtaleflyt.clock_may_be_set = true"
        )
    chosen = day(wanted, "--today") or day(settings.get("avtaleflyt.today") or None, "avtaleflyt.today")
    if chosen is None or not may_be_set:
        return clock
    return datetime.combine(chosen, clock.time(), OSLO)

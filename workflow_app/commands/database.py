"""``avtaleflyt database``: make the database, bring it up to date, say where it stands.

The server does not alter a database when it starts: two servers may start at
once, and an upgrade wants a backup first. So it is a command of its own.
"""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from workflow_app.commands import CommandError, worklists
from workflow_app.commands._open import CONFIG_VARIABLE
from workflow_app.migrations import UnknownDatabase, current, head, upgrade
from workflow_app.models.database import make_session_factory
from workflow_app.services.erasing import doing, nightly, register
from workflow_app.services.errors import ServiceError
from workflow_app.services.norway import OSLO
from workflow_app.settings import SettingsError, database_url, load, open_engine


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    for name, what in {
        "upgrade": "create the database, or bring it to the newest shape",
        "status": "say which shape the database has; exit 1 when it is not the newest",
    }.items():
        step = steps.add_parser(name, help=what, description=what)
        step.add_argument(
            "--config",
            metavar="INI",
            default=os.environ.get(CONFIG_VARIABLE, "development.ini"),
            help=f"the server's settings file (else ${CONFIG_VARIABLE}, else development.ini)",
        )


def run(args: argparse.Namespace) -> int:
    """Upgrade or tell; 0 when the database is (now) the newest, 1 when ``status`` finds it is not."""
    try:
        url = database_url(load(args.config))
        engine = open_engine(url)
    except SettingsError as error:
        raise CommandError(str(error)) from error
    file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    # What is shown must not carry the password.
    shown = url.render_as_string(hide_password=True)
    try:
        if args.step == "upgrade":
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
            return _upgrade(engine, shown, args.config)
        if file is not None and not file.exists():
            # To open it would make an empty one.
            raise CommandError(f"{shown}: there is no database yet; use database upgrade", code=1)
        return _status(engine, shown)
    except UnknownDatabase as error:
        raise CommandError(f"{shown} is not ours to upgrade: {error}", code=1) from error
    except OSError as error:
        raise CommandError(f"{shown}: {error.strerror}: {error.filename}") from error
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise CommandError(f"{shown}: {reason}") from error
    finally:
        engine.dispose()


def _upgrade(engine: Engine, shown: str, config: str) -> int:
    before, after = upgrade(engine)
    print(f"{shown}: {'already at' if before == after else 'brought to'} {after}")
    # A new derived column is empty, and a list that is sorted by it would say nothing of old agreements.
    seen, _ = worklists.rebuild(argparse.Namespace(config=config, today=None), uncounted=True)
    if seen:
        print(f"{shown}: {seen} agreements counted anew")
    # A restored backup is brought up to date first of all, and it has its old names again.
    if (again := _erased_again(engine, config)) > 0:
        print(f"{shown}: {again} people erased again")
    return 0


def _erased_again(engine: Engine, config: str) -> int:
    settings = load(config)
    path = register.path_in(settings)
    if path is None:
        return 0
    try:
        with make_session_factory(engine)() as session, session.begin():
            keys, now = register.read_file(path), datetime.now(OSLO)
            return doing.again(session, keys, now=now, throttle=nightly.throttle_in(settings))
    except ServiceError as error:
        raise CommandError(f"{path}: {error.message}") from error


def _status(engine: Engine, shown: str) -> int:
    with engine.connect() as connection:
        now = current(connection)
    newest = head()
    print(f"{shown}: at {now or 'nothing yet'}, newest is {newest}")
    return 0 if now == newest else 1

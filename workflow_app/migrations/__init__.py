"""From any earlier database to this one: Alembic, called by our own commands.

There is no alembic.ini. Which database is meant stands in the server's own
INI file and nowhere else, so it cannot be the wrong one, and the versions are
found beside this module wherever it is installed.

Alembic itself is loaded where something is to be moved and not before: which
shape a database has, every start and every command asks, and that is a word in
a table beside the names of our own files.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, MetaData, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

import workflow_app.models
from workflow_app.models.base import Base
from workflow_app.models.database import is_there

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).resolve().parent


class UnknownDatabase(Exception):
    """The database holds tables that no version of ours explains."""


class BrokenReference(Exception):
    """An upgrade would leave rows that refer to rows that are gone; nothing was changed."""


def metadata() -> MetaData:
    """Every table there is: a model that nobody has imported is no table yet."""
    for module in pkgutil.walk_packages(workflow_app.models.__path__, "workflow_app.models."):
        import_module(module.name)
    return Base.metadata


def create_all(engine: Engine) -> None:
    """Make every table from the models, without migrations; for tests and for comparing the two."""
    metadata().create_all(engine)


def upgrade(engine: Engine, revision: str = "head") -> tuple[str | None, str | None]:
    """Bring the database to ``revision``; returns the revisions before and after.

    All steps run in one transaction (SQLite's and PostgreSQL's DDL can be
    rolled back), so a step that fails leaves the database as it was. Raises
    :class:`UnknownDatabase` when there are tables of ours and no version: to
    guess one could destroy what is there.
    """
    from alembic import command

    with unconstrained(engine) as connection:
        before = current(connection)
        if before is None:
            foreign = sorted(set(inspect(connection).get_table_names()) & set(metadata().tables))
            if foreign:
                raise UnknownDatabase(f"it has the table {foreign[0]!r} but no version")
        command.upgrade(configuration(connection), revision)
        return before, current(connection)


@contextmanager
def unconstrained(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite may rebuild a table that others refer to.

    SQLite alters a table by making another and dropping the first, and a drop
    deletes the rows that refer to it unless foreign keys are off, which can
    only be said outside a transaction
    (https://www.sqlite.org/lang_altertable.html, section 7). They are checked
    as a whole before the commit instead.
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
                if broken is not None:
                    raise BrokenReference(f"after the upgrade, a row of {broken[0]!r} would refer to nothing")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def current(connection: Connection) -> str | None:
    """The revision a database is at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()


def other_shape(engine: Engine) -> str | None:
    """The revision of a database that this code is not for; None where there is nothing to say against it.

    That is one that is up to date, one without a revision (not made yet, or made
    by the models), and one that cannot be opened, which is told elsewhere.
    """
    if not is_there(engine):
        return None
    try:
        with engine.execution_options(avtaleflyt_read_only=True).connect() as connection:
            found = current(connection)
    except SQLAlchemyError:
        return None
    return None if found in (None, head()) else found


def head() -> str:
    """The newest revision there is; a server whose database is elsewhere must not start.

    Each version's file begins with its own.
    """
    return max(file.name.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*_*.py"))


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings, given here instead of in a file of their own."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config

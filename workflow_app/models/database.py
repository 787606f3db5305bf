"""Opening the database, the same way for the server, the commands and the tests.

SQLite is told to be what the trail needs: one writer at a time from the first
statement (BEGIN IMMEDIATE, so a decision is never made on rows another writer is
changing), a write-ahead log, and a full sync at commit. PostgreSQL needs none
of this and gets none.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 10
"""How long a writer waits for another before it gives up, in seconds."""


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for ``url``; raises SQLAlchemy's ``ArgumentError`` for a url it cannot read."""
    engine = create_engine(url, **options)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def make_session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions that do not expire what they loaded at commit: a page reads after it."""
    return sessionmaker(engine, expire_on_commit=False)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own implicit BEGIN comes too late and is deferred.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # A reader that only looks must not queue behind the writer.
    read_only = connection.get_execution_options().get("avtaleflyt_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

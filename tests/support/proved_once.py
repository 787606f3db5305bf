"""The scene of ``proved``, made once for many tests: each changes it as it likes and leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from tests.support.proved import Scene, scene
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine


@contextmanager
def built(folder: Path) -> Iterator[Scene]:
    """The scene on a database of its own."""
    engine = make_engine(f"sqlite:///{folder / 'proved.sqlite'}")
    create_all(engine)
    with Session(engine) as session:
        yield scene(session)
    engine.dispose()


@contextmanager
def lent(made: Scene) -> Iterator[Scene]:
    """The scene for one test: whatever is done to it is undone afterwards."""
    mark = made.session.begin_nested()
    yield made
    mark.rollback()
    made.session.expire_all()

"""What the tests of the archive share: the schemas, compiled once, and the five demonstration agreements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import xmlschema
from sqlalchemy.orm import Session

from tests.support.archive_checking import ENTRANCES, Schemas
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.services.demonstration import fill
from workflow_app.services.norway import OSLO
from workflow_app.services.passwords import Passwords

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=OSLO)


@pytest.fixture(scope="session")
def noark() -> Path:
    """The folder of schemas and code lists beside the repository."""
    folder = Path(__file__).resolve().parents[5] / "shared" / "noark"
    if not folder.is_dir():
        pytest.skip("the folder shared/noark with the schemas is not beside this clone")
    return folder


@pytest.fixture(scope="session")
def schemas(noark: Path) -> Schemas:
    """Both schemas; compiling them takes longer than all else here together."""
    compiled = {form: xmlschema.XMLSchema(noark / entrance) for form, entrance in ENTRANCES.items()}
    return Schemas(noark, compiled)


@pytest.fixture(scope="session")
def _played() -> Iterator[Session]:
    engine = make_engine("sqlite://")
    create_all(engine)
    with make_session_factory(engine)() as session:
        fill(session, NOW, hashing=Passwords(time_cost=1, memory_kib=8))
        session.commit()
        yield session
    engine.dispose()


@pytest.fixture
def played(_played: Session) -> Iterator[Session]:
    """The demonstration's database; what a test does to it is gone after it."""
    yield _played
    _played.rollback()

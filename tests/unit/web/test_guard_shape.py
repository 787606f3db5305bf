"""A server does not start on a database that waits for its upgrade."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyramid.config import Configurator
from sqlalchemy import text

from workflow_app import app
from workflow_app.migrations import head, other_shape, upgrade
from workflow_app.models.database import make_engine
from workflow_app.web.guard_shape import OtherShape


def started(url: str) -> None:
    """What the server does with its database as it starts."""
    with Configurator(settings={"sqlalchemy.url": url}) as config:
        config.include("workflow_app.web.database")
        config.include("workflow_app.web.guard_shape")
    config.registry["engine"].dispose()


def test_a_database_that_waits_for_its_upgrade(database_url: str) -> None:
    engine = make_engine(database_url)
    upgrade(engine, "0010")
    assert other_shape(engine) == "0010"
    with pytest.raises(OtherShape, match=f"0010 and this version needs {head()}.*database upgrade"):
        started(database_url)
    with pytest.raises(
        SystemExit, match=r"does not start:\nsqlalchemy\.url: the database has the shape 0010"
    ):
        app({}, **{"sqlalchemy.url": database_url})
    upgrade(engine)
    assert other_shape(engine) is None
    started(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(OtherShape, match="9999"):
        started(database_url)
    engine.dispose()


def test_one_that_is_not_made_or_cannot_be_opened_is_told_of_elsewhere(tmp_path: Path) -> None:
    started(f"sqlite:///{tmp_path / 'absent.sqlite'}")
    assert not (tmp_path / "absent.sqlite").exists()
    (tmp_path / "noise.sqlite").write_bytes(b"noise" * 1000)
    started(f"sqlite:///{tmp_path / 'noise.sqlite'}")

"""The night erases again what a backup brought back, and lets old security events go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.unit.services.erasing.conftest import NAME, NOW, THROTTLE, World
from workflow_app.models.people import Person, SecurityEvent
from workflow_app.services.daily.jobs import JOBS, Work
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.erasing import doing, nightly
from workflow_app.services.errors import ServiceError


def work(world: World, **settings: str) -> Work:
    return Work(world.engine, workflow_definitions(), lambda: NOW, lambda: NOW, settings)


def test_old_events_go_and_new_ones_stay(world: World) -> None:
    with Session(world.engine) as db, db.begin():
        before = db.scalar(select(func.count()).select_from(SecurityEvent))
        for days in (364, 366, 4000):
            db.add(SecurityEvent(kind="login_failed", subject="x", at=NOW - timedelta(days=days)))
    job = next(job for job in JOBS if job.name == "tidy")
    assert job.run(work(world)) == "0 erased again, 2 security events deleted"
    assert job.run(work(world)) == "0 erased again, 0 security events deleted"
    shorter = work(world, **{nightly.RETENTION: "30"})
    assert nightly.tidy(shorter) == "0 erased again, 1 security events deleted"
    with Session(world.engine) as db:
        assert db.scalar(select(func.count()).select_from(SecurityEvent)) == before


def test_a_list_that_lacks_somebody_is_completed_and_one_that_knows_more_is_followed(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "erased.txt"
    path.write_text(f"{world.person}\n")
    settings = {"avtaleflyt.erased_file": str(path)}
    assert nightly.tidy(work(world, **settings)).startswith("1 erased again")
    assert nightly.tidy(work(world, **settings)).startswith("0 erased again")
    with Session(world.engine) as db:
        person = db.get(Person, world.person)
        assert person is not None
        assert person.name == ""
    path.unlink()
    nightly.tidy(work(world, **settings))
    assert path.read_text() == f"{world.person}\n"
    assert NAME.encode() not in world.bytes_on_disk()


@pytest.mark.parametrize("value", ["0", "3651", "x", "-1", "1.5", "²"])
def test_a_retention_that_is_none_is_said(value: str) -> None:
    with pytest.raises(ServiceError, match="whole number of days"):
        nightly.days_in({nightly.RETENTION: value})


def test_the_throttle_is_the_servers() -> None:
    assert nightly.throttle_in({"avtaleflyt.secret": "k"}).key == b"k"
    assert nightly.throttle_in({}).key == doing.Throttle().key
    assert THROTTLE.key != doing.Throttle().key

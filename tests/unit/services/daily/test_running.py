"""The daily work: done once a day whoever wakes it, however late, whatever the clock does."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, time, timedelta
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine
from workflow_app.models.mail import JobRun
from workflow_app.services.daily import claims
from workflow_app.services.daily.jobs import JOBS, Job, Work
from workflow_app.services.daily.running import due, run_due
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.norway import OSLO

HERE = "tests.unit.services.daily.test_running"
NIGHT, MORNING = Job("night", time(0, 5), f"{HERE}:night"), Job("morning", time(7), f"{HERE}:morning")
BROKEN = Job("broken", time(0, 10), f"{HERE}:broken")


class Done:
    """What the jobs of these tests have done."""

    names: ClassVar[list[str]] = []


def night(_work: Work) -> str:
    """A job."""
    Done.names.append("night")
    return "one night"


def morning(_work: Work) -> str:
    """Another."""
    Done.names.append("morning")
    return "one morning"


def broken(_work: Work) -> str:
    """One with a defect."""
    Done.names.append("broken")
    raise ValueError("the first line\nthe second")


class Wall:
    """A clock that is set."""

    def __init__(self, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> None:
        self.now = datetime(year, month, day, hour, minute, tzinfo=OSLO)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    Done.names.clear()


def work(engine: Engine, wall: Wall) -> Work:
    return Work(engine, workflow_definitions(), wall, wall)


def test_each_job_is_done_once_a_day_from_its_hour_on(engine: Engine) -> None:
    wall = Wall(2026, 3, 2, 0, 4)
    house = work(engine, wall)
    assert run_due(house, (NIGHT, MORNING)) == []
    for hour, minute in ((0, 5), (0, 6), (6, 59), (7, 0), (7, 1), (23, 59)):
        wall.now = wall.now.replace(hour=hour, minute=minute)
        run_due(house, (NIGHT, MORNING))
    assert Done.names == ["night", "morning"]
    wall.now += timedelta(minutes=30)
    run_due(house, (NIGHT, MORNING))
    assert Done.names == ["night", "morning", "night"]


def test_a_server_that_slept_does_it_when_it_wakes_and_in_order(engine: Engine) -> None:
    assert run_due(work(engine, Wall(2026, 3, 2, 15)), (NIGHT, MORNING)) == ["night", "morning"]
    assert Done.names == ["night", "morning"]


@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25)])
def test_the_clock_is_put_forward_or_back_and_each_is_done_once(
    engine: Engine, day: tuple[int, int, int]
) -> None:
    odd = Job("night", time(2, 30), f"{HERE}:night")
    wall = Wall(*day)
    instant = wall.now.timestamp()
    for minute in range(0, 10 * 60, 10):
        wall.now = datetime.fromtimestamp(instant + minute * 60, OSLO)
        run_due(work(engine, wall), (odd,))
    assert Done.names == ["night"]


def test_a_clock_that_jumps_does_no_day_twice(engine: Engine) -> None:
    wall = Wall(2026, 3, 2, 12)
    house = work(engine, wall)
    for days in (0, 30, -30, -1, 1, 0):
        wall.now += timedelta(days=days)
        run_due(house, (NIGHT,))
    with Session(engine) as session:
        days_done = [run.day for run in session.query(JobRun)]
    assert len(days_done) == len(set(days_done)) == len(Done.names) == 3


def test_one_that_fails_is_one_line_stops_no_other_and_is_tried_again(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="workflow_app")
    wall = Wall(2026, 3, 2, 8)
    house = work(engine, wall)
    assert run_due(house, (NIGHT, BROKEN, MORNING)) == ["night", "morning"]
    errors = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert errors == ["broken failed: ValueError: the first line"]
    run_due(house, (BROKEN,))
    assert Done.names.count("broken") == 1, "not at once"
    for _ in range(10):
        wall.now += timedelta(hours=1)
        run_due(house, (BROKEN,))
    assert Done.names.count("broken") == claims.MOST_ATTEMPTS
    wall.now = wall.now.replace(hour=1) + timedelta(days=1)
    run_due(house, (BROKEN,))
    assert Done.names.count("broken") == claims.MOST_ATTEMPTS + 1


def test_of_many_processes_one_does_it(engine: Engine) -> None:
    wall, gate = Wall(2026, 3, 2, 8), threading.Barrier(6)

    def wake() -> None:
        gate.wait()
        run_due(work(engine, wall), (NIGHT, MORNING))

    threads = [threading.Thread(target=wake) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Done.names) == ["morning", "night"]


def test_what_a_command_has_done_is_done(engine: Engine, sessions: sessionmaker[Session]) -> None:
    wall = Wall(2026, 3, 2, 8)
    claims.done(sessions, "night", wall.now.date(), wall.now)
    assert [job.name for job in due(work(engine, wall), (NIGHT, MORNING))] == ["morning"]


def test_it_stops_between_two_jobs(engine: Engine) -> None:
    house = Work(engine, workflow_definitions(), Wall(2026, 3, 2, 8), Wall(2026, 3, 2, 8),
                 stopping=lambda: bool(Done.names))  # fmt: skip
    assert run_due(house, (NIGHT, MORNING)) == ["night"]


@given(st.lists(st.integers(min_value=-3 * 24 * 60, max_value=3 * 24 * 60), max_size=20))
def test_however_the_clock_moves_no_day_has_a_job_twice(moves: list[int]) -> None:
    engine = make_engine("sqlite://")
    create_all(engine)
    Done.names.clear()
    wall, seen = Wall(2026, 3, 28, 12), set()
    for minutes in (0, *moves):
        wall.now = (wall.now + timedelta(minutes=minutes)).astimezone(OSLO)
        run_due(work(engine, wall), (NIGHT, MORNING))
        seen |= {(j.name, wall.now.date()) for j in (NIGHT, MORNING) if j.at <= wall.now.time()}
    assert len(Done.names) == len(seen)
    engine.dispose()


def test_the_real_jobs_can_be_done_on_an_empty_house(engine: Engine) -> None:
    wall = Wall(2026, 3, 2, 23, 59)
    assert run_due(work(engine, wall)) == [job.name for job in JOBS]

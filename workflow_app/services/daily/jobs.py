"""The daily jobs, each with the hour from which it may run, in Norway's time.

A job is a function of a :class:`Work` that returns a line of numbers for the log. It
may be called twice the same day (a command, a process that died), so each is made
to find nothing left to do the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from importlib import import_module
from typing import Any, cast

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.definitions import Registry
from workflow_app.models.database import make_session_factory

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Work:
    """What a job works with. ``clock`` is the installation's, ``real_clock`` the wall's; both aware."""

    engine: Engine
    registry: Registry
    clock: Clock
    real_clock: Clock
    settings: Mapping[str, Any] = field(default_factory=dict)
    stopping: Callable[[], bool] = lambda: False

    @property
    def sessions(self) -> sessionmaker[Session]:
        """Sessions that write, each transaction of its own."""
        return make_session_factory(self.engine)


@dataclass(frozen=True)
class Job:
    """A piece of work: its name, the hour from which it may run, and "module:function"."""

    name: str
    at: time
    function: str

    def run(self, work: Work) -> str:
        """Do it; the module is loaded when it is wanted."""
        module, _, name = self.function.partition(":")
        return cast(str, getattr(import_module(module), name)(work))


JOBS: tuple[Job, ...] = (
    Job("tidy", time(0, 1), "workflow_app.services.erasing.nightly:tidy"),
    Job("tick", time(0, 5), "workflow_app.services.daily.work:tick"),
    Job("coverage", time(6, 30), "workflow_app.services.daily.work:coverage"),
    Job("remind", time(7, 0), "workflow_app.services.daily.work:remind"),
)
"""In the order they are done: what the night has changed is what the morning tells of."""

"""The server's own clock: the daily work, and the outbox every minute, without cron.

One thread looks once a minute at what is not done yet. Which day's work is done
stands in the database, so it does not matter whether the server slept, was
started late, or whether the clock was put forward: what is due is done once,
by one of the processes that are there. The thread does one thing after the other and
can be stopped between two mails.

Nothing of it is loaded before the application is made: the first page does not wait.
"""

from __future__ import annotations

import atexit
import logging
import signal
import sys
import threading
from datetime import UTC, date, datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.events import ApplicationCreated
from pyramid.registry import Registry
from pyramid.settings import asbool
from sqlalchemy.exc import SQLAlchemyError

from workflow_app.services.mail.settings import mail_settings
from workflow_app.web.clock import OSLO

log = logging.getLogger(__name__)

FIRST_LOOK = 10.0
"""Seconds after the start: by then the first page has been answered."""

EVERY = 60
"""Seconds between two looks."""

LAST_WORDS = 10.0
"""Seconds that a mail under way is waited for when the server stops."""


class Scheduler:
    """The clock of one server process."""

    def __init__(self, registry: Registry, *, first: float = FIRST_LOOK, every: float = EVERY) -> None:
        self.registry = registry
        self.first, self.every = first, every
        self.stopping = threading.Event()
        self.idle = threading.Event()
        self.idle.set()
        self._waiting: threading.Timer | None = None
        self._running: Any = None

    def start(self) -> None:
        """Begin, in a while; returns at once."""
        self._waiting = threading.Timer(self.first, self._begin)
        self._waiting.daemon = True
        self._waiting.start()
        atexit.register(self.stop)
        _leave_in_order()

    def _begin(self) -> None:
        from apscheduler.executors.debug import DebugExecutor
        from apscheduler.schedulers.background import BackgroundScheduler
        from apscheduler.triggers.interval import IntervalTrigger

        if self.stopping.is_set():
            return
        # What is missed is done at the next look anyway, so of looks that were missed one is made.
        running = BackgroundScheduler(
            # Its executor that calls in the clock's own thread: one thing after the other.
            executors={"default": DebugExecutor()},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=OSLO,
        )
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        running.add_job(self.look, IntervalTrigger(seconds=self.every), next_run_time=datetime.now(OSLO))
        running.start()
        self._running = running
        log.info("the scheduler looks every %s seconds", self.every)

    def look(self) -> None:
        """Do what is due now. Whatever goes wrong is a line in the log, and the clock goes on."""
        if self.stopping.is_set():
            return
        from workflow_app.services.daily.running import run_due
        from workflow_app.services.documents_anchor import printed_log
        from workflow_app.services.log.pushing import push
        from workflow_app.services.log.sequencer import keep_up
        from workflow_app.services.mail.sending import drain
        from workflow_app.services.sealing.running import seal_waiting
        from workflow_app.services.sealing.settings import seal_settings
        from workflow_app.web.log import signer_of

        self.idle.clear()
        try:
            work = self._work()
            run_due(work)
            keep_up(work.engine)
            if not self.stopping.is_set():
                settings = self.registry["mail_settings"]
                drain(work.engine, settings, work.clock, stopping=self.stopping.is_set)
            if not self.stopping.is_set():
                seal_waiting(
                    work.sessions, seal_settings(work.settings), work.clock, registry=work.registry,
                    printed=printed_log(work.settings, signer_of(self.registry)),
                    stopping=self.stopping.is_set,
                )  # fmt: skip
            signer = signer_of(self.registry)
            if signer is not None and not self.stopping.is_set():
                push(work.sessions, signer, work.real_clock, stopping=self.stopping.is_set)
        except SQLAlchemyError as error:
            log.error("the database: %s", str(getattr(error, "orig", None) or error).splitlines()[0])
        except Exception as defect:
            # The clock must outlive any defect; tomorrow's deadlines are not its fault.
            log.error("the scheduler: %s: %s", type(defect).__name__, (str(defect).splitlines() or [""])[0])
        finally:
            self.idle.set()

    def _work(self) -> Any:
        from workflow_app.services.daily.jobs import Work

        return Work(
            engine=self.registry["engine"],
            registry=self.registry["definitions"],
            clock=lambda: clock(self.registry),
            real_clock=lambda: datetime.now(OSLO),
            settings=self.registry.settings,
            stopping=self.stopping.is_set,
        )

    def stop(self) -> None:
        """Stop: a mail under way is finished, nothing more is begun. May be called twice."""
        self.stopping.set()
        if self._waiting is not None:
            self._waiting.cancel()
        if self._running is not None:
            running, self._running = self._running, None
            # One that still speaks to a dead server dies with the process; its mail is shown as uncertain.
            if self.idle.wait(LAST_WORDS):
                running.shutdown(wait=False)
        atexit.unregister(self.stop)


def _leave_in_order() -> None:
    """Let SIGTERM, by which services are stopped, end the process as Ctrl-C does: in order."""
    alone = threading.current_thread() is threading.main_thread()
    if alone and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def clock(registry: Registry) -> datetime:
    """The installation's time now, in Norway: the day it lives on, where that is set."""
    now = datetime.now(UTC).astimezone(OSLO)
    day: date | None = registry.get("today")
    return now if day is None else datetime.combine(day, now.timetz())


def _start(event: ApplicationCreated) -> None:
    registry = event.app.registry
    if asbool(registry.settings.get("avtaleflyt.scheduler")):
        scheduler = registry["scheduler"] = Scheduler(registry)
        scheduler.start()


def includeme(config: Configurator) -> None:
    """Settings: ``avtaleflyt.scheduler``, and those for mail; raises ``MailSettingsError``."""
    config.registry["mail_settings"] = mail_settings(config.get_settings())
    config.add_subscriber(_start, ApplicationCreated)

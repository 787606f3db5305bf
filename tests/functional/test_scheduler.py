"""The server's own clock: mail goes out while it serves, a fault is a line, and it stops when told to."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.functional.conftest import make_site
from tests.functional.postal import Postal, postal_site
from tests.support.smtp import SmtpServer
from workflow_app.models.mail import JobRun, Mail
from workflow_app.services.mail import outbox
from workflow_app.web.scheduler import Scheduler


@pytest.fixture
def postal(tmp_path: Path) -> Iterator[Postal]:
    """A site and its mail server; no clock runs."""
    with SmtpServer() as server, postal_site(tmp_path, server) as made:
        yield made


@pytest.fixture
def clock(postal: Postal) -> Iterator[Scheduler]:
    """The site's clock, quick, not started."""
    made = Scheduler(postal.site.app.registry, first=0.01, every=0.1)
    yield made
    made.stop()


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that another thread does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def trial(postal: Postal, key: str) -> None:
    """A mail to Moss' coordinator in the outbox."""
    with postal.site.session() as db, db.begin():
        outbox.enqueue(db, kind="trial", key=key, person_id=postal.site.person["slt.moss"], now=postal.at(0))


def test_what_waits_is_sent_while_the_server_serves(postal: Postal, clock: Scheduler) -> None:
    trial(postal, "first")
    clock.start()
    until(lambda: len(postal.server.messages) == 1)
    trial(postal, "second")
    until(lambda: len(postal.server.messages) == 2)
    postal.site.browser().get("/login", status=200)


def test_the_days_work_is_done_once(postal: Postal, clock: Scheduler) -> None:
    clock.look()
    clock.look()
    with postal.site.session() as db:
        runs = db.scalars(select(JobRun).where(JobRun.job == "tick")).all()
    assert [(run.day, run.attempts) for run in runs] == [(postal.site.today, 1)]


def test_stopped_it_does_nothing_more_and_leaves_no_thread(postal: Postal) -> None:
    clock = Scheduler(postal.site.app.registry, first=0.01, every=0.05)
    before = threading.active_count()
    clock.start()
    until(lambda: clock._running is not None)
    clock.stop()
    clock.stop()
    until(lambda: threading.active_count() <= before)
    trial(postal, "late")
    time.sleep(0.2)
    assert postal.server.messages == []


def test_stopped_before_it_began_it_never_begins(postal: Postal) -> None:
    clock = Scheduler(postal.site.app.registry, first=60)
    clock.start()
    clock.stop()
    clock._begin()
    assert clock._running is None


def test_a_fault_is_one_line_and_the_clock_goes_on(
    postal: Postal, clock: Scheduler, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = postal.site.app.registry["mail_settings"]
    monkeypatch.delitem(postal.site.app.registry, "mail_settings")
    clock.look()
    errors = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert errors == ["the scheduler: KeyError: 'mail_settings'"]
    postal.site.app.registry["mail_settings"] = settings
    trial(postal, "after")
    clock.look()
    assert len(postal.server.messages) == 1


def test_a_mail_server_that_is_down_harms_no_page(postal: Postal, clock: Scheduler) -> None:
    postal.server.stop()
    trial(postal, "waits")
    clock.look()
    assert postal.site.browser().get("/health", status=200)
    postal.site.browser("slt.moss").get("/", status=200)
    assert [m.status for m in postal.rows()] == ["waiting"]


def test_two_clocks_on_one_database_send_each_mail_once(postal: Postal) -> None:
    for number in range(50):
        trial(postal, f"mail {number}")
    clocks = [Scheduler(postal.site.app.registry, first=0.01, every=0.05) for _ in range(2)]
    for one in clocks:
        one.start()
    until(lambda: len(postal.server.messages) >= 50)
    for one in clocks:
        one.stop()
    assert len(postal.server.messages) == 50
    with postal.site.session() as db:
        assert set(db.scalars(select(Mail.status))) == {"sent"}


SERVER = """
import sys, waitress
from workflow_app import main
from workflow_app.settings import load
from workflow_app.web.scheduler import Scheduler
app = main({}, **load(sys.argv[1]))
Scheduler(app.registry, first=0.01, every=1).start()
waitress.serve(app, listen="127.0.0.1:0", _quiet=True)
"""


def test_told_to_stop_the_server_finishes_the_mail_it_is_at(postal: Postal, tmp_path: Path) -> None:
    for number in range(50):
        trial(postal, f"mail {number}")
    settings = {"sqlalchemy.url": f"sqlite:///{tmp_path / 'site.sqlite'}", **postal.server.settings()}
    settings |= {"avtaleflyt.clock_may_be_set": "true", "avtaleflyt.today": postal.site.today.isoformat()}
    ini = tmp_path / "server.ini"
    ini.write_text("[app:main]\n" + "".join(f"{k} = {v}\n" for k, v in settings.items()), encoding="utf-8")
    postal.server.pause = 0.2
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(ini)], stderr=subprocess.PIPE, text=True)
    until(lambda: len(postal.server.messages) >= 3 or process.poll() is not None)
    process.terminate()
    _, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    done = [m.status for m in postal.rows()]
    assert set(done) == {"sent", "waiting"}, "nothing is left that nobody can be sure of"
    assert done.count("sent") == len(postal.server.messages)


def test_without_the_setting_there_is_no_clock(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    assert site.app.registry.get("scheduler") is None
    site.app.registry["engine"].dispose()


def test_the_start_of_the_server_does_not_pay_for_it(tmp_path: Path) -> None:
    """Nothing of scheduler or mail is loaded before the first page."""
    code = (
        "import sys; from workflow_app import main; "
        f"app = main({{}}, **{{'sqlalchemy.url': 'sqlite:///{tmp_path}/a.sqlite', "
        "'avtaleflyt.scheduler': 'true'}); "
        "assert app.registry['scheduler'] is not None; "
        "print(sorted({'apscheduler', 'smtplib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""Several processes at one outbox: a thousand mails, none twice, none lost, and one process shot dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.orm import Session

from tests.support.smtp import SmtpServer
from workflow_app.models.base import new_key
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person

MANY = 1000


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    """The mail server that all processes talk to."""
    with SmtpServer() as running:
        yield running


@pytest.fixture
def ini(tmp_path: Path, database_url: str, engine: Engine, server: SmtpServer) -> Path:
    """The settings all processes read."""
    lines = {"sqlalchemy.url": database_url, **server.settings()}
    path = tmp_path / "mail.ini"
    path.write_text("[app:main]\n" + "".join(f"{k} = {v}\n" for k, v in lines.items()), encoding="utf-8")
    return path


def fill(engine: Engine, count: int = MANY) -> list[str]:
    """So many mails due, each to somebody of his own; their addresses."""
    now = datetime.now(UTC)
    addresses = [f"p{n}@kommune.example" for n in range(count)]
    with Session(engine) as session, session.begin():
        people = [
            {"id": new_key(), "username": f"p{n}", "name": f"Person {n}", "email": address, "active": True,
             "is_operator": False, "created_at": now}
            for n, address in enumerate(addresses)
        ]  # fmt: skip
        session.execute(insert(Person), people)
        mails = [
            {"key": f"trial/{p['id']}", "kind": "trial", "person_id": p["id"], "data": {}, "made_at": now,
             "due_at": now - timedelta(seconds=1)}
            for p in people
        ]  # fmt: skip
        session.execute(insert(Mail), mails)
    return addresses


def sender(ini: Path) -> subprocess.Popen[str]:
    """One process that empties the outbox, as cron starts it."""
    command = "from workflow_app.commands import main; raise SystemExit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", command, "mail", "send", "--config", str(ini)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def statuses(engine: Engine) -> dict[str, int]:
    with Session(engine) as session:
        return {r[0]: r[1] for r in session.execute(select(Mail.status, func.count()).group_by(Mail.status))}


def arrived(server: SmtpServer) -> Counter[str]:
    return Counter(m.recipients[0] for m in server.messages)


def test_two_processes_send_a_thousand_and_none_twice(engine: Engine, ini: Path, server: SmtpServer) -> None:
    addresses = fill(engine)
    # So slow that the one cannot be done before the other has begun.
    server.pause = 0.005
    both = [sender(ini), sender(ini)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert arrived(server) == Counter(addresses)
    assert statuses(engine) == {"sent": MANY}
    sent = [int(line.split(" sent")[0]) for line in said]
    assert sum(sent) == MANY


def test_a_process_shot_dead_while_sending_leaves_one_question_and_loses_nothing(
    engine: Engine, ini: Path, server: SmtpServer
) -> None:
    addresses = fill(engine, 60)
    server.pause = 0.02
    victim = sender(ini)
    while len(server.messages) < 20:
        assert victim.poll() is None, victim.stderr.read() if victim.stderr else ""
        time.sleep(0.005)
    os.kill(victim.pid, signal.SIGKILL)
    victim.communicate()
    left = statuses(engine)
    assert left.get("sending", 0) <= 1
    server.pause = 0
    # The rest goes by another process; what the dead one held is left alone.
    process = sender(ini)
    process.communicate()
    assert statuses(engine) == {"sent": 60 - left.get("sending", 0), **{k: 1 for k in left if k == "sending"}}
    assert max(arrived(server).values()) == 1, "nobody got it twice"
    with Session(engine) as session, session.begin():
        long_ago = datetime.now(UTC) - timedelta(minutes=16)
        session.execute(update(Mail).where(Mail.status == "sending").values(claimed_at=long_ago))
    sender(ini).communicate()
    assert set(statuses(engine)) <= {"sent", "uncertain"}
    missing = set(addresses) - set(arrived(server))
    with Session(engine) as session:
        asked = session.scalars(
            select(Person.email).join(Mail, Mail.person_id == Person.id).where(Mail.status == "uncertain")
        ).all()
    assert missing <= set(asked), "whatever did not arrive is shown to somebody"


def test_the_server_down_and_up_again(engine: Engine, ini: Path, server: SmtpServer) -> None:
    addresses = fill(engine, 20)
    server.stop()
    process = sender(ini)
    _, error = process.communicate()
    assert process.returncode == 1
    assert "mail waits: the mail server could not be reached" in error
    assert statuses(engine) == {"waiting": 20}
    server.start()
    process = sender(ini)
    process.communicate()
    assert process.returncode == 0
    assert arrived(server) == Counter(addresses)

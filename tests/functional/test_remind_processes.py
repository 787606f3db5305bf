"""Two processes making reminders at once: a thousand due, a thousand sent, none twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.support.living_country import Life
from tests.support.multiplied import multiply
from tests.support.smtp import SmtpServer
from workflow_app.models.mail import Mail
from workflow_app.models.reminders import Reminder

AGREEMENTS = 500
"""Each with two coordinators: a thousand mails."""
MORNING = "2026-10-02"


def remind(ini: Path) -> subprocess.Popen[str]:
    """One process, as cron starts it."""
    command = "from workflow_app.commands import main; raise SystemExit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", command, "remind", "--today", MORNING, "--config", str(ini)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_thousand_due_are_a_thousand_sent(
    engine: Engine, sessions: sessionmaker[Session], database_url: str, tmp_path: Path
) -> None:
    country = Life(sessions, date(2026, 3, 2))
    country.start("stange", "stange.txt")
    country.register("stange", date(2025, 2, 12))
    country.evaluated("stange", 2025)
    idents = [country.agreements["stange"], *multiply(sessions, country.agreements["stange"], AGREEMENTS - 1)]
    with SmtpServer() as server:
        lines = {"sqlalchemy.url": database_url, "avtaleflyt.clock_may_be_set": "true", **server.settings()}
        ini = tmp_path / "remind.ini"
        ini.write_text("[app:main]\n" + "".join(f"{k} = {v}\n" for k, v in lines.items()), encoding="utf-8")
        both = [remind(ini), remind(ini)]
        said = [process.communicate() for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        # Nothing was due when the steps above were taken but what they told of; that went as well.
        came = [m for m in server.messages if "deadlines" in m.text.rsplit("/", 1)[-1]]
    to = Counter((m.recipients[0], m.text.rsplit("/agreements/", 1)[1].split("/")[0]) for m in came)
    assert set(to) == {
        (f"{who}.stange@kommune.example", i) for i in idents for who in ("slt", "politikontakt")
    }
    assert set(to.values()) == {1}
    with sessions() as session:
        made = session.scalar(select(func.count(Reminder.id)))
        mails = session.scalars(select(Mail.status).where(Mail.kind == "reminder")).all()
    # The evaluation and the meetings, for two parties.
    assert made == AGREEMENTS * 4
    assert Counter(mails) == {"sent": AGREEMENTS * 2}
    shares = [int(out.split(" reminders")[0]) for out, _ in said]
    assert sum(shares) == made
    assert all(shares), f"both had a share in it: {shares}"

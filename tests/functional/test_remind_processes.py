"""Two processes making reminders at once: a thousand due, a thousand sent, none twice.

How much each of them does is the machine's affair: on a busy one the first may be done
before the second has its turn. So both stand ready before either begins, and what is
asked is what came of it.
"""

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


READY = "ready"
COMMAND = f"""
from workflow_app.commands import main
print("{READY}", flush=True)
input()
raise SystemExit(main())
"""


def remind(ini: Path) -> subprocess.Popen[str]:
    """One process, as cron starts it; it begins when it is given a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "remind", "--today", MORNING, "--config", str(ini)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == READY + "\n"
    return process


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
        for process in both:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
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

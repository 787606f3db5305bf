"""``avtaleflyt mail`` and ``remind``: exit codes, sentences, and what they leave in the outbox."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tests.support.smtp import SmtpServer
from tests.unit.commands.conftest import Run
from workflow_app.models.mail import JobRun, Mail
from workflow_app.models.people import Person
from workflow_app.services.mail import outbox

BOUNCE = """To: retur+{token}@kommune.example
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.kommune.example

Final-Recipient: rfc822; kari@kommune.example
Action: failed
Status: 5.1.1

--b--
"""


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    """A mail server."""
    with SmtpServer() as running:
        yield running


@pytest.fixture
def post(house: Run, ini: Path, server: SmtpServer) -> Run:
    """The command line, with a mail server in the settings."""
    with ini.open("a", encoding="utf-8") as file:
        file.write("".join(f"{key} = {value}\n" for key, value in server.settings().items()))
    return house


@pytest.fixture
def mail(engine: Engine) -> int:
    """One mail in the outbox, to kari."""
    now = datetime.now(UTC)
    with Session(engine) as session, session.begin():
        person = Person(username="kari", name="Kari", email="kari@kommune.example", created_at=now)
        session.add(person)
        session.flush()
        made = outbox.enqueue(session, kind="trial", key="k", person_id=person.id, now=now)
        assert made is not None
        return made.id


def status(engine: Engine) -> list[str]:
    """How the mails stand."""
    with Session(engine) as session:
        return list(session.scalars(select(Mail.status).order_by(Mail.id)))


def test_send_says_how_many(post: Run, mail: int, server: SmtpServer) -> None:
    said = post("mail", "send")
    assert (said.code, said.err) == (0, "")
    assert said.out == "1 sent, 0 refused, 0 to be tried again, 0 dropped, 0 uncertain\n"
    assert len(server.messages) == 1


def test_send_without_the_server_is_a_no(post: Run, mail: int, server: SmtpServer, engine: Engine) -> None:
    server.stop()
    said = post("mail", "send")
    assert said.code == 1
    assert said.err.startswith("avtaleflyt mail: mail waits: the mail server could not be reached")
    assert status(engine) == ["waiting"]


def test_list_shows_no_address(post: Run, mail: int, server: SmtpServer) -> None:
    server.refuse(["kari@kommune.example"])
    post("mail", "send")
    said = post("mail", "list")
    assert said.code == 0
    assert "kari" in said.out
    assert "@" not in said.out
    (row,) = json.loads(post("mail", "list", "--json", "--status", "refused").out)
    assert (row["id"], row["to"], row["status"], row["code"]) == (mail, "kari", "refused", 550)
    assert json.loads(post("mail", "list", "--json", "--status", "sent").out) == []
    assert post("mail", "list", "--limit", "0").code == 2


def test_retry_sends_again_what_was_refused(post: Run, mail: int, server: SmtpServer) -> None:
    server.refuse(["kari@kommune.example"])
    post("mail", "send")
    server.accept()
    assert post("mail", "retry", str(mail)).out == "1 to be sent again\n"
    post("mail", "send")
    assert len(server.messages) == 1
    said = post("mail", "retry", str(mail))
    assert (said.code, said.out) == (1, "0 to be sent again\n")
    assert str(mail) in said.err
    assert post("mail", "retry", "--all").code == 0


@pytest.mark.parametrize("words", [("retry",), ("retry", "--all", "1")])
def test_retry_wants_ids_or_all(post: Run, words: tuple[str, ...]) -> None:
    said = post("mail", *words)
    assert said.code == 2
    assert "--all" in said.err


def test_test_sends_at_once(post: Run, server: SmtpServer) -> None:
    said = post("mail", "test", "it@kommune.example")
    assert (said.code, said.out) == (0, "the mail server has taken it\n")
    assert len(server.addressed_to("it@kommune.example")) == 1


def test_test_tells_what_is_wrong(post: Run, server: SmtpServer) -> None:
    assert post("mail", "test", "not an address").code == 2
    server.refuse(["it@kommune.example"], 550, "no such user")
    said = post("mail", "test", "it@kommune.example")
    assert said.code == 1
    assert "no such user" in said.err
    server.stop()
    assert post("mail", "test", "it@kommune.example").code == 1


def test_test_without_a_server_says_which_setting(house: Run) -> None:
    said = house("mail", "test", "it@kommune.example")
    assert said.code == 1
    assert "no mail server is set" in said.err


def test_settings_that_cannot_be_used_are_a_sentence(house: Run, ini: Path) -> None:
    with ini.open("a", encoding="utf-8") as file:
        file.write("avtaleflyt.smtp_host = smtp.kommune.example\n")
    for words in (("mail", "send"), ("remind",), ("mail", "test", "it@kommune.example")):
        said = house(*words)
        assert said.code == 2
        assert "avtaleflyt.mail_from" in said.err


def test_bounce_marks_its_mail(post: Run, mail: int, engine: Engine, tmp_path: Path) -> None:
    post("mail", "send")
    with Session(engine) as session:
        token = session.get_one(Mail, mail).token
    file = tmp_path / "bounce.eml"
    file.write_text(BOUNCE.format(token=token), encoding="utf-8")
    said = post("mail", "bounce", str(file))
    assert (said.code, said.out) == (0, f"mail {mail}: bounced\n")
    assert status(engine) == ["bounced"]


@pytest.mark.parametrize("text", ["", "Subject: hei\n\nhei", BOUNCE.format(token="0" * 32)])
def test_a_bounce_of_nothing_is_a_no(post: Run, mail: int, engine: Engine, tmp_path: Path, text: str) -> None:
    file = tmp_path / "bounce.eml"
    file.write_text(text, encoding="utf-8")
    assert post("mail", "bounce", str(file)).code == 1
    assert status(engine) == ["waiting"]


def test_a_bounce_that_is_not_there_is_a_wrong_call(post: Run, tmp_path: Path) -> None:
    assert post("mail", "bounce", str(tmp_path / "nothing.eml")).code == 2


def test_remind_sends_what_waits_and_marks_the_day(
    post: Run, mail: int, server: SmtpServer, engine: Engine
) -> None:
    day = (datetime.now(UTC) + timedelta(days=10)).date()
    said = post("remind", "--today", day.isoformat())
    assert (said.code, said.err) == (0, "")
    assert "1 sent" in said.out
    with Session(engine) as session:
        (run,) = session.scalars(select(JobRun).where(JobRun.job == "remind"))
    assert run.day == day
    assert run.done_at is not None
    assert "0 sent" in post("remind", "--today", day.isoformat()).out


def test_remind_without_the_mail_server_is_a_no_and_loses_nothing(
    post: Run, mail: int, server: SmtpServer, engine: Engine
) -> None:
    server.stop()
    said = post("remind")
    assert said.code == 1
    assert "mail waits" in said.err
    assert status(engine) == ["waiting"]


def test_who_has_no_address_is_no_failure_of_the_run(post: Run, mail: int, engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.execute(update(Person).values(email=None))
    said = post("remind")
    assert said.code == 0
    assert "1 refused" in said.out

"""The connection to the mail server: TLS in both ways, a certificate that must be good, signing in."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from tests.support.smtp import HOST, SmtpServer
from tests.unit.services.mail.conftest import NOON, Office
from workflow_app.services.mail.composing import Envelope
from workflow_app.services.mail.outcomes import NotTaken, Trouble, Unknown
from workflow_app.services.mail.post import FolderPost, SmtpPost, open_post
from workflow_app.services.mail.settings import MailSettings
from workflow_app.services.mail.trying import try_out

MESSAGE = Envelope("avtaleflyt@kommune.example", "kari@kommune.example", b"Subject: x\r\n\r\n.en\r\n..to\r\n")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_with_tls_what_is_sent_is_encrypted(secured: Callable[..., Office], security: str) -> None:
    office = secured(security=security)
    office.mail(office.person())
    assert office.drain().sent == 1
    assert office.server.messages[0].encrypted


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    secured: Callable[..., Office], security: str
) -> None:
    office = secured(security=security)
    office.settings = replace(office.settings, ca_file=None)
    ident = office.mail(office.person())
    assert "certificate is not valid" in (office.drain().trouble or "")
    assert office.row(ident).status == "waiting"
    assert office.server.messages == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_host_gets_no_mail(
    secured: Callable[..., Office], security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = trustme.CA.issue_cert
    monkeypatch.setattr(trustme.CA, "issue_cert", lambda self, *_: issue(self, "smtp.other.example"))
    office = secured(security=security)
    office.mail(office.person())
    assert "certificate is not valid" in (office.drain().trouble or "")
    assert office.server.messages == []


def test_a_server_without_starttls_gets_nothing_in_clear(office: Office) -> None:
    office.settings = replace(office.settings, security="starttls")
    office.mail(office.person())
    assert "STARTTLS" in (office.drain().trouble or "")
    assert office.server.messages == []


def test_tls_to_a_server_that_does_not_speak_it_is_a_sentence(office: Office) -> None:
    office.settings = replace(office.settings, security="tls")
    office.mail(office.person())
    assert "does not speak TLS" in (office.drain().trouble or "")


def test_it_signs_in_where_it_must(secured: Callable[..., Office]) -> None:
    office = secured(security="starttls", user="avtaleflyt", password="lang og god")
    office.mail(office.person())
    assert office.drain().sent == 1
    assert office.server.messages[0].user == "avtaleflyt"


def test_a_wrong_password_loses_nothing_and_is_not_repeated(secured: Callable[..., Office]) -> None:
    office = secured(security="tls", user="avtaleflyt", password="lang og god")
    office.settings = replace(office.settings, password="feil")
    ident = office.mail(office.person())
    trouble = office.drain().trouble or ""
    assert "user name and password" in trouble
    assert "feil" not in trouble
    assert office.row(ident).status == "waiting"


def test_a_hundred_go_over_one_connection(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    connect = SmtpPost._connect
    monkeypatch.setattr(SmtpPost, "_connect", lambda self: made.append(1) or connect(self))
    for person in office.crowd([f"p{n}@kommune.example" for n in range(100)]):
        office.mail(person)
    assert office.drain().sent == 100
    assert made == [1]


def test_a_server_that_wants_another_connection_gets_one(office: Office) -> None:
    office.server.per_connection = 3
    for person in office.crowd([f"p{n}@kommune.example" for n in range(10)]):
        office.mail(person)
    assert office.drain().sent == 10
    assert len(office.server.messages) == 10


def test_a_server_that_takes_nothing_today_stops_the_run(office: Office) -> None:
    office.server.per_connection = 0
    idents = [office.mail(p) for p in office.crowd(["a@kommune.example", "b@kommune.example"])]
    assert "Too many messages" in (office.drain().trouble or "")
    assert [office.row(i).attempts for i in idents] == [0, 0]


def test_a_line_that_is_a_dot_arrives_as_it_was(office: Office) -> None:
    post = open_post(office.settings)
    post.send(MESSAGE)
    post.close()
    assert office.server.messages[0].content == MESSAGE.content


def test_a_server_that_closed_meanwhile_is_asked_again(office: Office) -> None:
    post = open_post(office.settings)
    post.send(MESSAGE)
    office.server.stop()
    office.server.start()
    post.send(MESSAGE)
    post.close()
    assert len(office.server.messages) == 2


def test_one_that_hangs_up_without_an_answer_may_have_taken_it(office: Office) -> None:
    post = open_post(office.settings)
    office.server.hang_up_after = 0
    with pytest.raises(Unknown):
        post.send(MESSAGE)
    post.send(MESSAGE)
    post.close()


@pytest.mark.parametrize(
    "talk", [[], ["220 hei"], ["220 hei", "250 ok"], ["220 hei", "250 ok", "250 ok"]], ids=len
)
def test_a_server_that_falls_silent_is_given_up_and_called_silent(talk: list[str]) -> None:
    done = threading.Event()
    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=_say, args=(listening, talk, done))
        thread.start()
        settings = MailSettings(host=HOST, port=listening.getsockname()[1], security="none", timeout=0.2)
        with pytest.raises(Trouble, match=r"did not answer in time$"):
            open_post(settings).send(MESSAGE)
        done.set()
        thread.join()


def test_a_certificate_of_an_unknown_authority_names_the_setting(secured: Callable[..., Office]) -> None:
    office = secured(security="starttls")
    office.settings = replace(office.settings, ca_file=None)
    with pytest.raises(Trouble, match=r"not valid: .*\(smtp_ca_file\)$"):
        open_post(office.settings).send(MESSAGE)


@pytest.mark.parametrize(
    ("talk", "error"),
    [
        (["220 hei", "250 ok", "550 not from you"], Trouble),
        (["220 hei", "250 ok", "250 ok", "421 going down"], Trouble),
        (["220 hei", "250 ok", "250 ok", "250 ok", "554 no data today", "250 ok"], NotTaken),
        (["220 hei", "250 ok", "250 ok", "250 ok", "354 go on", "552 too much", "250 ok"], NotTaken),
        (["554 not you"], Trouble),
    ],
)
def test_what_each_answer_means(talk: list[str], error: type[Exception]) -> None:
    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=_say, args=(listening, talk))
        thread.start()
        settings = MailSettings(host=HOST, port=listening.getsockname()[1], security="none", timeout=5)
        post = open_post(settings)
        with pytest.raises(error):
            post.send(MESSAGE)
        post.close()
        thread.join()


def _say(listening: socket.socket, talk: list[str], silent_until: threading.Event | None = None) -> None:
    """A server that says its lines whatever it is told; one line for each that it hears."""
    connection, _ = listening.accept()
    with connection, connection.makefile("rwb") as line:
        for answer in talk:
            line.write(answer.encode() + b"\r\n")
            line.flush()
            while (heard := line.readline()) and b"354" in answer.encode() and heard != b".\r\n":
                pass
        if silent_until is not None:
            silent_until.wait(10)


def test_without_a_server_it_says_so() -> None:
    with pytest.raises(Trouble, match="no mail server is set"):
        open_post(MailSettings())


def test_a_folder_gets_numbered_files_and_overwrites_none(tmp_path: Path) -> None:
    post = FolderPost(tmp_path / "mail")
    for _ in range(3):
        post.send(MESSAGE)
    FolderPost(tmp_path / "mail").send(MESSAGE)
    files = sorted((tmp_path / "mail").iterdir())
    assert [f.name for f in files] == ["000001.eml", "000002.eml", "000003.eml", "000004.eml"]
    assert {f.read_bytes() for f in files} == {MESSAGE.content}


def test_a_folder_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file")
    with pytest.raises(Trouble, match="cannot be written"):
        FolderPost(tmp_path / "mail").send(MESSAGE)


def test_a_trial_mail_says_that_it_came(server: SmtpServer, office: Office) -> None:
    try_out(office.settings, "it@kommune.example", NOON)
    assert "2. mars 2026" in server.addressed_to("it@kommune.example")[0].text

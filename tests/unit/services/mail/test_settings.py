"""Settings for mail: what cannot be meant stops the start, with a sentence that names the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow_app import app
from workflow_app.services.mail.settings import MailSettingsError, mail_settings

GOOD = {
    "avtaleflyt.smtp_host": "smtp.kommune.example",
    "avtaleflyt.mail_from": "avtaleflyt@kommune.example",
    "avtaleflyt.public_url": "https://avtaleflyt.kommune.example/",
}


def test_nothing_said_sends_nothing() -> None:
    assert not mail_settings({}).sends
    assert not mail_settings({"avtaleflyt.smtp_host": "", "avtaleflyt.mail_folder": " "}).sends


def test_what_is_left_out_is_the_safe_way() -> None:
    found = mail_settings(GOOD)
    assert (found.security, found.port, found.name) == ("starttls", 587, "Avtaleflyt")
    assert found.url == "https://avtaleflyt.kommune.example"


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("TLS", 465)])
def test_the_port_follows_the_security(security: str, port: int) -> None:
    assert mail_settings({**GOOD, "avtaleflyt.smtp_security": security}).port == port


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_in_clear_goes_to_this_machine_unasked(host: str) -> None:
    found = mail_settings({**GOOD, "avtaleflyt.smtp_host": host, "avtaleflyt.smtp_security": "none"})
    assert found.port == 25


def test_in_clear_to_another_machine_must_be_said() -> None:
    clear = {**GOOD, "avtaleflyt.smtp_security": "none"}
    with pytest.raises(MailSettingsError, match="smtp_in_clear"):
        mail_settings(clear)
    assert mail_settings({**clear, "avtaleflyt.smtp_in_clear": "true"}).security == "none"


def test_a_domain_with_norwegian_letters_is_spoken_in_ascii() -> None:
    found = mail_settings({**GOOD, "avtaleflyt.mail_from": "post@bærum.example"})
    assert found.sender == "post@xn--brum-voa.example"


def test_the_password_is_in_no_representation() -> None:
    secret = {"avtaleflyt.smtp_username": "a", "avtaleflyt.smtp_password": "hemmelig"}
    assert "hemmelig" not in repr(mail_settings({**GOOD, **secret}))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("avtaleflyt.mail_folder", "/var/mail", "both set"),
        ("avtaleflyt.mail_from", "", "mail_from"),
        ("avtaleflyt.mail_from", "no address", "needs a name"),
        ("avtaleflyt.mail_from", "a@b@c", "before the @"),
        ("avtaleflyt.mail_bounces", "påbunnen@kommune.example", "before the @"),
        ("avtaleflyt.mail_reply_to", "x", "not an e-mail address"),
        ("avtaleflyt.mail_name", "Avtale\nBcc: x@y.example", "one line"),
        ("avtaleflyt.public_url", "", "public_url"),
        ("avtaleflyt.public_url", "avtaleflyt.kommune.example", "address of the site"),
        ("avtaleflyt.public_url", "javascript:alert(1)", "address of the site"),
        ("avtaleflyt.public_url", "https://x.example/?a=1", "address of the site"),
        ("avtaleflyt.public_url", "https://x.example:port", "address of the site"),
        ("avtaleflyt.smtp_port", "0", "1 to 65535"),
        ("avtaleflyt.smtp_port", "smtp", "1 to 65535"),
        ("avtaleflyt.smtp_port", "99999", "1 to 65535"),
        ("avtaleflyt.smtp_security", "ssl", "starttls, tls or none"),
        ("avtaleflyt.smtp_in_clear", "maybe", "true or false"),
        ("avtaleflyt.smtp_username", "avtaleflyt", "go together"),
        ("avtaleflyt.smtp_password", "hemmelig", "go together"),
        ("avtaleflyt.smtp_ca_file", "/nowhere/ca.pem", "no such file"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(key: str, value: str, says: str) -> None:
    with pytest.raises(MailSettingsError, match=says) as error:
        mail_settings({**GOOD, key: value})
    assert "\n" not in str(error.value)
    assert "hemmelig" not in str(error.value)


def test_a_folder_needs_no_mail_server(tmp_path: Path) -> None:
    found = mail_settings(
        {"avtaleflyt.mail_folder": str(tmp_path), "avtaleflyt.public_url": "http://127.0.0.1:6543"}
    )
    assert found.sends
    assert found.host is None


def test_the_server_does_not_start_with_settings_that_cannot_be_used(tmp_path: Path) -> None:
    both = {"avtaleflyt.smtp_host": "smtp.kommune.example", "avtaleflyt.mail_folder": str(tmp_path)}
    with pytest.raises(SystemExit, match=r"smtp_host and avtaleflyt\.mail_folder are both set"):
        app({}, **{"sqlalchemy.url": f"sqlite:///{tmp_path / 'a.sqlite'}", **both})

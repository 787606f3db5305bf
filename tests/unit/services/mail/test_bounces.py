"""A bounce finds its mail: by the address it comes to, or by what it sends back; and marks no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.unit.services.mail.conftest import Office
from workflow_app.services.mail import bounces
from workflow_app.services.mail.bounces import NoReport, read_report, record
from workflow_app.services.mail.claiming import send_again

REPORT = """\
From: MAILER-DAEMON@mx.kommune.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.kommune.example
Arrival-Date: Mon, 2 Mar 2026 12:00:00 +0100

Final-Recipient: rfc822; kari@kommune.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <kari@kommune.example>: no such user

--b
Content-Type: {kind}

{back}
--b--
"""


def report(
    *, to: str = "avtaleflyt@kommune.example", action: str = "failed", kind: str = "text/rfc822-headers",
    back: str = "Subject: x\n",
) -> bytes:  # fmt: skip
    return REPORT.format(to=to, action=action, kind=kind, back=back).replace("\n", "\r\n").encode()


@pytest.fixture
def gone(office: Office) -> tuple[Office, int, str]:
    """An office with one mail that the server has taken, and its token."""
    office.settings = replace(office.settings, bounces="retur@kommune.example")
    ident = office.mail(office.person())
    office.drain()
    return office, ident, office.row(ident).token


def marked(office: Office, raw: bytes) -> int | None:
    with Session(office.engine) as session, session.begin():
        found = record(session, read_report(raw), office.now + timedelta(hours=1))
        return None if found is None else found.id


def test_by_the_address_it_comes_back_to(gone: tuple[Office, int, str]) -> None:
    office, ident, token = gone
    sender = office.server.messages[0].sender
    assert sender == f"retur+{token}@kommune.example"
    assert marked(office, report(to=sender)) == ident
    row = office.row(ident)
    assert (row.status, row.code, row.answer) == ("bounced", 500, "550 5.1.1 (…): no such user")


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_by_the_headers_that_are_sent_back(gone: tuple[Office, int, str], kind: str) -> None:
    office, ident, token = gone
    back = f"Message-ID: <{token}@kommune.example>\nSubject: x\n\nhei\n"
    assert marked(office, report(kind=kind, back=back)) == ident
    assert office.row(ident).status == "bounced"


def test_a_delay_changes_nothing(gone: tuple[Office, int, str]) -> None:
    office, ident, token = gone
    assert marked(office, report(to=f"retur+{token}@kommune.example", action="delayed")) == ident
    assert office.row(ident).status == "sent"


def test_a_bounce_is_shown_and_sent_again_only_by_hand(gone: tuple[Office, int, str]) -> None:
    office, _, token = gone
    marked(office, report(to=f"retur+{token}@kommune.example"))
    marked(office, report(to=f"retur+{token}@kommune.example"))
    office.later(days=5)
    assert office.drain().sent == 0


def test_one_that_was_sent_again_meanwhile_is_not_marked_by_the_old_report(
    gone: tuple[Office, int, str],
) -> None:
    office, ident, token = gone
    raw = report(to=f"retur+{token}@kommune.example")
    marked(office, raw)
    with Session(office.engine) as session, session.begin():
        send_again(session, [ident], office.now)
    marked(office, raw)
    assert office.row(ident).status == "waiting"


def test_of_no_mail_of_ours(gone: tuple[Office, int, str]) -> None:
    office, ident, _ = gone
    assert marked(office, report(to=f"retur+{'0' * 32}@kommune.example")) is None
    assert marked(office, report(back="Message-ID: <noe@annet.example>\n")) is None
    assert marked(office, report()) is None
    assert office.row(ident).status == "sent"


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x00\xff" * 50, b"Subject: Fravaer\r\n\r\nJeg er borte til mandag.\r\n",
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_report_is_a_sentence(raw: bytes) -> None:
    with pytest.raises(NoReport):
        read_report(raw)


def test_what_is_far_too_large_is_not_read() -> None:
    with pytest.raises(NoReport, match="larger"):
        read_report(b"x" * (bounces.LARGEST + 1))

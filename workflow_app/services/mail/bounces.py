"""Tying a bounce to the mail it is of: reports of non-delivery, as mail servers send them (RFC 3464).

A server that took a mail may find later that nobody is there, and says so in a
report to the envelope's sender. Which mail it was stands in that address, where
the installation has one for bounces, and else in the headers that are sent back.
The token is a long random number, so nobody can bounce a mail that is not theirs.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesParser

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.mail import BOUNCED, SENT, UNCERTAIN, Mail
from workflow_app.services.mail.addresses import without_addresses

LARGEST = 10 << 20
"""A report larger than this, in bytes, is none that a mail server wrote."""

_VERP = re.compile(r"\+([0-9a-f]{32})@")
_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@[^<>\s]+>")
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class NoReport(Exception):
    """What was given is no report of non-delivery; the argument is a sentence."""


@dataclass(frozen=True)
class Report:
    """What a report says: the token of the mail, whether it failed for good, and the server's words."""

    tokens: tuple[str, ...]
    failed: bool
    code: int | None
    answer: str


def read_report(raw: bytes) -> Report:
    """The report in a message's bytes; raises :class:`NoReport`."""
    if len(raw) > LARGEST:
        raise NoReport("this is larger than any report of a mail server")
    message = BytesParser(policy=email.policy.compat32).parsebytes(raw)
    status = next((p for p in message.walk() if p.get_content_type() == "message/delivery-status"), None)
    if status is None:
        raise NoReport("this is no report of non-delivery (RFC 3464): it has no delivery status")
    blocks = [block for block in status.get_payload() if isinstance(block, Message)]
    recipients = [block for block in blocks if block["Action"]]
    if not recipients:
        raise NoReport("this report names no recipient")
    failed = [block for block in recipients if str(block["Action"]).strip().lower() == "failed"]
    told = (failed or recipients)[0]
    said = str(told["Diagnostic-Code"] or told["Status"] or "the mail was not delivered")
    found = _STATUS.search(str(told["Status"] or ""))
    return Report(
        tokens=tuple(dict.fromkeys(_tokens(message))),
        failed=bool(failed),
        code=int(found[0][0]) * 100 if found else None,
        answer=without_addresses(said.partition(";")[2].strip() or said),
    )


def record(session: Session, report: Report, now: datetime) -> Mail | None:
    """Mark the mail that the report is of as bounced; None where it is of none of ours.

    A delay changes nothing: the server is still trying. One report twice is one bounce.
    """
    mail = session.scalars(select(Mail).where(Mail.token.in_(report.tokens)).with_for_update()).first()
    if mail is not None and report.failed and mail.status in (SENT, UNCERTAIN):
        mail.status, mail.done_at = BOUNCED, now
        mail.code, mail.answer = report.code, report.answer[:300]
    return mail


def _tokens(message: Message) -> Iterator[str]:
    for name in _ADDRESSED:
        for value in message.get_all(name, []):
            yield from _VERP.findall(str(value).lower())
    for part in message.walk():
        if part.get_content_type() == "text/rfc822-headers":
            text = part.get_payload(decode=True)
            if isinstance(text, bytes):
                yield from _MESSAGE_ID.findall(text.decode("ascii", "replace"))
        elif part is not message and part["Message-ID"]:
            yield from _MESSAGE_ID.findall(str(part["Message-ID"]))

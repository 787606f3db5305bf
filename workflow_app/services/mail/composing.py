"""A letter as the message that goes over the wire: headers, alternatives, attachments.

The headers are what keeps automatic mail from doing harm: nobody's absence
notice answers it (RFC 3834), a mail program can sort it (RFC 2919), and one that
is sent again has the Message-ID it had the first time, so that a reader's mail
program shows it once (RFC 5322, section 3.6.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from workflow_app.services.mail.addresses import addr_spec, shown_name, with_token
from workflow_app.services.mail.drawing import Drawn
from workflow_app.services.mail.letters import Attached
from workflow_app.services.mail.settings import MailSettings


class _WholeWords(EmailPolicy):
    """The standard library's policy but for the folding of subjects and names that are not ASCII.

    There it loses or adds a space at a line's end: two encoded words side by side are read
    without what is between them (RFC 2047, section 6.2), so "mellom Rælingen" would come as
    "mellomRælingen". The older ``Header`` folds them as they were written.
    """

    def fold(self, name: str, value: Any) -> str:
        if name.lower() == "subject" and not str(value).isascii():
            return f"{name}: {self._encoded(name, str(value))}{self.linesep}"
        addresses: tuple[Address, ...] = getattr(value, "addresses", ())
        if len(addresses) == 1 and not addresses[0].display_name.isascii():
            words = self._encoded(name, addresses[0].display_name)
            return f"{name}: {words}{self.linesep} <{addresses[0].addr_spec}>{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")

    def _encoded(self, name: str, text: str) -> str:
        return Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)


POLICY = _WholeWords(linesep="\r\n")


@dataclass(frozen=True)
class Envelope:
    """One message and how it travels: from whom, to whom, and the bytes."""

    sender: str
    recipient: str
    content: bytes


def compose(
    drawn: Drawn,
    *,
    token: str,
    name: str,
    address: str,
    language: str,
    now: datetime,
    settings: MailSettings,
    attached: tuple[Attached, ...] = (),
) -> Envelope:
    """The message of one letter to one person. ``token`` is its row's own; ``now`` (aware) its date.

    Raises :class:`~workflow_app.services.mail.addresses.WrongAddress` for an address
    that mail cannot be sent to.
    """
    recipient = addr_spec(address)
    domain = settings.sender.rpartition("@")[2]
    # Bodies go as quoted-printable: the oldest server between here and there takes them.
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(shown_name(settings.name), addr_spec=settings.sender)
    message["To"] = Address(shown_name(name), addr_spec=recipient)
    if settings.reply_to:
        message["Reply-To"] = Address(addr_spec=settings.reply_to)
    message["Subject"] = drawn.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{token}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    # What Exchange goes by where others go by the line above.
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Id"] = f"Avtaleflyt <avtaleflyt.{domain}>"
    message.set_content(drawn.text, cte="quoted-printable")
    message.add_alternative(drawn.html, subtype="html", cte="quoted-printable")
    for file in attached:
        _attach(message, file)
    # Last: what comes before a part is added is moved into the part.
    message["Content-Language"] = language
    sender = with_token(settings.bounces, token) if settings.bounces else settings.sender
    return Envelope(sender, recipient, message.as_bytes())


def _attach(message: EmailMessage, file: Attached) -> None:
    kind, _, subtype = file.media_type.partition("/")
    name = shown_name(file.name)
    if kind != "text":
        message.add_attachment(file.content, maintype=kind, subtype=subtype, filename=name)
        return
    text = file.content.decode("utf-8")
    if file.media_type == "text/calendar" and "method" in file.parameters:
        # Mail programs make an invitation of the alternative, not of the attachment (RFC 6047, section 2.4).
        body = message.get_body(("html",))
        holder = message if message.get_content_type() == "multipart/alternative" else _alternative(message)
        assert body is not None
        holder.add_alternative(text, subtype=subtype, cte="base64", params=dict(file.parameters))
    message.add_attachment(text, subtype=subtype, filename=name, cte="base64", params=dict(file.parameters))


def _alternative(message: EmailMessage) -> MIMEPart:
    return next(part for part in message.iter_parts() if part.get_content_type() == "multipart/alternative")

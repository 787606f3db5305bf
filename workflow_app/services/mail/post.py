"""How messages leave: over one kept SMTP connection, or as files in a folder.

Three things can happen to a message, and they must never be mixed up: it was
taken, it was certainly not taken, or nobody can know, because the connection broke
between the last byte and the answer. The last is why this speaks SMTP line by
line: the library's own call tells the second and the third by the same error.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from workflow_app.domain.messages import msg
from workflow_app.services.mail.addresses import without_addresses
from workflow_app.services.mail.composing import Envelope
from workflow_app.services.mail.outcomes import NotTaken, Trouble, Unknown
from workflow_app.services.mail.settings import MailSettings

NO_SERVER = msg("no mail server is set")
CLOSED = msg("the mail server closed the connection")
BROKEN = msg("the connection broke before the mail server had answered")
UNKNOWN_AUTHORITY = frozenset({18, 19, 20, 21})
"""OpenSSL's codes for a certificate of an authority the machine does not know (``verify(1)``)."""


class Post(Protocol):
    """What can carry messages."""

    def send(self, envelope: Envelope) -> None:
        """Deliver one message; returns when it was taken. Raises the three above."""

    def close(self) -> None:
        """Say goodbye; raises nothing."""


def open_post(settings: MailSettings) -> Post:
    """What the settings say; a connection is made when the first message goes.

    Raises :class:`Trouble` where the settings send nothing anywhere.
    """
    if settings.folder is not None:
        return FolderPost(Path(settings.folder))
    if settings.host is None:
        raise Trouble(NO_SERVER)
    return SmtpPost(settings)


class FolderPost:
    """Each message a file, for a machine where nobody is to get mail: development and demonstration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, envelope: Envelope) -> None:
        """Write the message as NUMBER.eml; a file that is whole or not there."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            taken = (int(p.stem) for p in self.folder.glob("*.eml") if p.stem.isdecimal())
            number = 1 + max(taken, default=0)
            while True:
                path = self.folder / f"{number:06d}.eml"
                try:
                    with path.open("xb") as file:
                        file.write(envelope.content)
                except FileExistsError:
                    number += 1
                else:
                    return
        except OSError as error:
            raise Trouble(msg("mail cannot be written to its folder"), error.strerror or "") from error

    def close(self) -> None:
        """Nothing is held."""


class SmtpPost:
    """One connection to the mail server, made anew when it was lost."""

    def __init__(self, settings: MailSettings) -> None:
        self.settings = settings
        self._connection: smtplib.SMTP | None = None

    def send(self, envelope: Envelope) -> None:
        """See :class:`Post`. A connection the server had closed meanwhile is made again once."""
        fresh = self._connection is None
        try:
            self._begin(envelope)
        except smtplib.SMTPServerDisconnected as error:
            self._forget()
            if fresh:
                raise _trouble(error) from error
            self.send(envelope)
            return
        except OSError as error:
            self._forget()
            raise _trouble(error) from error
        self._hand_over(envelope)

    def _begin(self, envelope: Envelope) -> None:
        """Everything up to the message itself: until here, a broken connection has sent nothing."""
        if self._connection is None:
            self._connection = self._connect()
        code, answer = self._connection.mail(envelope.sender)
        if code == 421:
            raise smtplib.SMTPServerDisconnected(_said(code, answer))
        if code != 250:
            # Not this message's fault: the sender is ours, and the same in all.
            self._forget()
            raise Trouble(msg("the mail server does not take mail from us"), _said(code, answer))
        self._accepted(self._connection.rcpt(envelope.recipient), (250, 251))
        self._accepted(self._connection.docmd("DATA"), (354,))

    def _accepted(self, reply: tuple[int, bytes], wanted: tuple[int, ...]) -> None:
        code, answer = reply
        if code == 421:
            # Enough on this connection, or for today (RFC 5321, section 3.8); another may tell.
            raise smtplib.SMTPServerDisconnected(_said(code, answer))
        if code not in wanted:
            self._reset()
            raise NotTaken(code, _said(code, answer))

    def _hand_over(self, envelope: Envelope) -> None:
        assert self._connection is not None
        # A line that is a dot alone would end the message (RFC 5321, section 4.5.2).
        body = envelope.content.replace(b"\r\n.", b"\r\n..")
        body = b"." + body if body.startswith(b".") else body
        try:
            self._connection.send(body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n"))
            code, answer = self._connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._forget()
            raise Unknown(str(BROKEN)) from error
        if code != 250:
            self._reset()
            raise NotTaken(code, _said(code, answer))

    def _connect(self) -> smtplib.SMTP:
        s = self.settings
        assert s.host is not None
        made: smtplib.SMTP | None = None
        try:
            if s.security == "tls":
                made = smtplib.SMTP_SSL(s.host, s.port, timeout=s.timeout, context=_context(s))
            else:
                made = smtplib.SMTP(s.host, s.port, timeout=s.timeout)
                if s.security == "starttls":
                    made.starttls(context=_context(s))
            made.ehlo_or_helo_if_needed()
            if s.username is not None and s.password is not None:
                made.login(s.username, s.password)
        except (smtplib.SMTPException, OSError) as error:
            if made is not None:
                made.close()
            raise _trouble(error) from error
        return made

    def _reset(self) -> None:
        assert self._connection is not None
        try:
            self._connection.rset()
        except (smtplib.SMTPException, OSError):
            self._forget()

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """QUIT, as far as anybody is listening."""
        if self._connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
            self._forget()


def _context(settings: MailSettings) -> ssl.SSLContext:
    """Certificate and host name are checked; a server that cannot prove who it is gets no mail."""
    return ssl.create_default_context(cafile=settings.ca_file)


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return without_addresses(f"{code} {text}")


def _trouble(error: Exception) -> Trouble:
    """What kept us from the server, without user name or address."""
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = " (smtp_ca_file)" if error.verify_code in UNKNOWN_AUTHORITY else ""
        return Trouble(msg("the mail server's certificate is not valid"), f"{error.verify_message}{hint}")
    if isinstance(error, ssl.SSLError):
        return Trouble(msg("the mail server does not speak TLS here"), "smtp_security, smtp_port")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        reason = msg("the mail server does not accept our user name and password")
        return Trouble(reason, str(error.smtp_code))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        reason = msg("the mail server cannot do what the settings ask for")
        return Trouble(reason, without_addresses(str(error)))
    if isinstance(error, smtplib.SMTPResponseException):
        return Trouble(msg("the mail server refused us"), _said(error.smtp_code, error.smtp_error))
    if isinstance(error, socket.gaierror):
        return Trouble(msg("the mail server's name is not known"), "smtp_host")
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        # The library says of a server that is silent in the middle that it has closed the connection.
        return Trouble(msg("the mail server did not answer in time"))
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Trouble(CLOSED, without_addresses(str(error)))
    return Trouble(msg("the mail server could not be reached"), without_addresses(str(error)))

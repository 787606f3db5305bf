"""A real SMTP server for tests: aiosmtpd on a free port of this machine, with TLS by trustme where asked.

    with SmtpServer() as server:
        app = make_site(tmp_path, **server.settings())
        …
        assert server.addressed_to("kari@kommune.example")[0].subject == "…"

Nothing about sending is mocked: what a test sees in ``messages`` came over a socket.
"""

from __future__ import annotations

import asyncio
import email.policy
import socket
import ssl
import threading
import warnings
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
NAME = "localhost"


@dataclass(frozen=True)
class Received:
    """One message as it came: the envelope, the bytes, and the same parsed."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    encrypted: bool
    user: str | None = None
    message: EmailMessage = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parsed = BytesParser(policy=email.policy.default).parsebytes(self.content)
        object.__setattr__(self, "message", parsed)

    @property
    def subject(self) -> str:
        """The subject in clear."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The text part."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return "" if part is None else str(part.get_content())


class SmtpServer:
    """A mail server: ``with SmtpServer(security="starttls") as server``.

    ``security`` is starttls, tls or none; ``user`` and ``password`` make it ask
    for them. It keeps its port over :meth:`stop` and :meth:`start`, so that it can
    be down for a while and come back.
    """

    def __init__(
        self, *, security: str = "none", user: str | None = None, password: str | None = None
    ) -> None:
        self.security, self.user, self.password = security, user, password
        self.messages: list[Received] = []
        self.attempts: Counter[str] = Counter()
        self.hang_up_after = -1
        """Break the connection, unanswered, after so many messages more were received; -1: never."""
        self.pause = 0.0
        """Seconds it thinks before it answers a message."""
        self.per_connection: int | None = None
        """How many messages it takes over one connection before it asks for another (421)."""
        self.lock = threading.Lock()
        self._refused: dict[str, tuple[int, str]] = {}
        self._authority = trustme.CA() if security != "none" else None
        self._controller: Controller | None = None
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port: int = free.getsockname()[1]

    # --- being there and not being there

    def start(self) -> None:
        """Listen, on the same port as before."""
        options: dict[str, Any] = {"hostname": HOST, "port": self.port, "enable_SMTPUTF8": True}
        if self.user is not None:
            options |= {
                "authenticator": self._authenticate,
                "auth_required": True,
                "auth_require_tls": self.security == "starttls",
            }
        if self._authority is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self._authority.issue_cert(NAME, HOST).configure_cert(context)
            if self.security == "tls":
                options["ssl_context"] = context
            else:
                options |= {"tls_context": context, "require_starttls": True}
        with warnings.catch_warnings():
            # It warns that a password without TLS is unwise; a test does what nobody should.
            warnings.simplefilter("ignore")
            self._controller = _Quiet(_Handler(self), **options)
            self._controller.start()

    def stop(self) -> None:
        """Be gone: connections are refused until :meth:`start`."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def __enter__(self) -> SmtpServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- what it takes, and what it does not

    def refuse(self, addresses: Iterable[str], code: int = 550, text: str = "No such user here") -> None:
        """Answer RCPT for these addresses with this code from now on: 5xx for good, 4xx for a while."""
        with self.lock:
            self._refused |= {address.lower(): (code, text) for address in addresses}

    def accept(self, addresses: Iterable[str] | None = None) -> None:
        """Take mail for these again, or for everybody."""
        with self.lock:
            for address in list(self._refused) if addresses is None else addresses:
                self._refused.pop(address.lower(), None)

    def refusal(self, address: str) -> tuple[int, str] | None:
        """How this address is refused now, if it is."""
        with self.lock:
            self.attempts[address.lower()] += 1
            return self._refused.get(address.lower())

    def addressed_to(self, address: str) -> list[Received]:
        """What has come for one address, in the order it came."""
        return [m for m in list(self.messages) if address.lower() in (r.lower() for r in m.recipients)]

    def clear(self) -> list[Received]:
        """Forget what has come, and return it."""
        with self.lock:
            taken, self.messages[:] = list(self.messages), []
        return taken

    # --- how it is found

    def authority(self, folder: Path) -> Path:
        """The file of the authority that signed its certificate, written into ``folder``."""
        assert self._authority is not None, "it has no certificate"
        path = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(path)
        return path

    def settings(self, folder: Path | None = None) -> dict[str, str]:
        """The settings of an application that sends here; ``folder`` is needed where there is TLS."""
        found = {
            "avtaleflyt.smtp_host": NAME if self._authority else HOST,
            "avtaleflyt.smtp_port": str(self.port),
            "avtaleflyt.smtp_security": self.security,
            "avtaleflyt.mail_from": "avtaleflyt@kommune.example",
            "avtaleflyt.public_url": "https://avtaleflyt.kommune.example",
        }
        if self.user is not None and self.password is not None:
            found |= {"avtaleflyt.smtp_username": self.user, "avtaleflyt.smtp_password": self.password}
        if self._authority is not None:
            assert folder is not None, "say where the authority's certificate may be written"
            found["avtaleflyt.smtp_ca_file"] = str(self.authority(folder))
        return found

    def _authenticate(
        self, _server: Any, session: Session, _envelope: Any, _mechanism: str, login: Any
    ) -> AuthResult:
        assert isinstance(login, LoginPassword)
        given = (login.login.decode(), login.password.decode())
        known = given == (self.user, self.password)
        # Not handled: the library is to give the answer.
        return AuthResult(success=known, handled=known, auth_data=given[0])


class _Quiet(Controller):
    def factory(self) -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return super().factory()


class _Handler:
    def __init__(self, server: SmtpServer) -> None:
        self.server = server

    async def handle_MAIL(
        self, smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        taken = getattr(session, "taken", 0)
        if self.server.per_connection is not None and taken >= self.server.per_connection:
            return "421 4.7.0 Too many messages on this connection"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, _smtp: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (refused := self.server.refusal(address)) is not None:
            return f"{refused[0]} {refused[1]} <{address}>"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, smtp: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        session.taken = getattr(session, "taken", 0) + 1  # type: ignore[attr-defined]  # the test's own count
        with self.server.lock:
            self.server.messages.append(
                Received(
                    envelope.mail_from or "",
                    tuple(envelope.rcpt_tos),
                    content,
                    session.ssl is not None or self.server.security == "tls",
                    str(session.auth_data) if session.auth_data else None,
                )
            )
            self.server.hang_up_after -= 1
            gone = self.server.hang_up_after == -1
        if self.server.pause:
            await asyncio.sleep(self.server.pause)
        if gone:
            with suppress(ConnectionError):
                smtp.transport.abort()
        return "250 OK"

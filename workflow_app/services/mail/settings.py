"""Where mail goes out and in whose name: the settings, read once and found wrong at the start.

A wrong word here would show as silence months later, when the first reminder
was due; so whatever cannot be meant stops the server with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from workflow_app.services.mail.addresses import WrongAddress, addr_spec

PORTS = {"starttls": 587, "tls": 465, "none": 25}
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})
_FALSE = frozenset({"", "false", "no", "off", "n", "f", "0"})


class MailSettingsError(Exception):
    """Settings for mail that cannot be used; one sentence that names the key."""


@dataclass(frozen=True)
class MailSettings:
    """How mail leaves. ``host`` or ``folder`` is set, never both; with neither, nothing is sent.

    ``url`` is where people find the site, without a slash at its end; ``bounces``
    the address that a bounce comes back to, with the mail's own token put in after
    a plus sign; ``timeout`` is in seconds.
    """

    sender: str = "avtaleflyt@localhost"
    name: str = "Avtaleflyt"
    url: str = ""
    reply_to: str | None = None
    bounces: str | None = None
    host: str | None = None
    port: int = 587
    security: str = "starttls"
    username: str | None = None
    password: str | None = None
    ca_file: str | None = None
    folder: str | None = None
    timeout: float = 30.0

    @property
    def sends(self) -> bool:
        """Whether mail goes anywhere at all."""
        return self.host is not None or self.folder is not None

    def __repr__(self) -> str:
        """Without the password: settings end up in tracebacks."""
        return f"MailSettings(host={self.host!r}, port={self.port}, folder={self.folder!r})"


def mail_settings(settings: Mapping[str, Any]) -> MailSettings:
    """The settings for mail among those of the installation; raises :class:`MailSettingsError`."""

    def said(key: str) -> str | None:
        return str(settings.get(key) or "").strip() or None

    host, folder = said("avtaleflyt.smtp_host"), said("avtaleflyt.mail_folder")
    if host and folder:
        raise MailSettingsError(
            "avtaleflyt.smtp_host and avtaleflyt.mail_folder are both set: mail is either sent or put in a "
            "folder, so remove one"
        )
    sender, url = said("avtaleflyt.mail_from"), said("avtaleflyt.public_url")
    if host and not sender:
        raise MailSettingsError("mail is to be sent, so avtaleflyt.mail_from must say from which address")
    if (host or folder) and not url:
        raise MailSettingsError(
            "mail is to be sent, so avtaleflyt.public_url must say where people find the pages, such as "
            "https://avtaleflyt.kommune.example"
        )
    username, password = said("avtaleflyt.smtp_username"), said("avtaleflyt.smtp_password")
    if (username is None) != (password is None):
        raise MailSettingsError(
            "avtaleflyt.smtp_username and avtaleflyt.smtp_password go together: set both or neither"
        )
    security = _security(said("avtaleflyt.smtp_security"), host, settings)
    return MailSettings(
        sender=_address("avtaleflyt.mail_from", sender or "avtaleflyt@localhost"),
        name=_line("avtaleflyt.mail_name", said("avtaleflyt.mail_name") or "Avtaleflyt"),
        url=_url(url) if url else "",
        reply_to=_address("avtaleflyt.mail_reply_to", said("avtaleflyt.mail_reply_to")),
        bounces=_address("avtaleflyt.mail_bounces", said("avtaleflyt.mail_bounces")),
        host=host,
        port=_port(said("avtaleflyt.smtp_port"), security),
        security=security,
        username=username,
        password=password,
        ca_file=_file(said("avtaleflyt.smtp_ca_file")),
        folder=folder,
    )


def _security(said: str | None, host: str | None, settings: Mapping[str, Any]) -> str:
    security = (said or "starttls").lower()
    if security not in PORTS:
        raise MailSettingsError(f"avtaleflyt.smtp_security = {said}: write starttls, tls or none")
    text = str(settings.get("avtaleflyt.smtp_in_clear") or "").strip().lower()
    if text not in _TRUE | _FALSE:
        raise MailSettingsError(f"avtaleflyt.smtp_in_clear = {text}: write true or false")
    if security == "none" and host and host.lower() not in LOOPBACK and text not in _TRUE:
        raise MailSettingsError(
            f"avtaleflyt.smtp_security = none would send mail in clear to {host}: use starttls or tls, or "
            "avtaleflyt.smtp_in_clear = true where the network is your own"
        )
    return security


def _port(said: str | None, security: str) -> int:
    if said is None:
        return PORTS[security]
    if not re.fullmatch(r"[0-9]{1,5}", said) or not 0 < int(said) < 65536:
        raise MailSettingsError(f"avtaleflyt.smtp_port = {said}: write a whole number from 1 to 65535")
    return int(said)


def _url(said: str) -> str:
    try:
        parts = urlsplit(said)
        whole = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
        _ = parts.port
    except ValueError:
        whole = False
    if not whole or re.search(r"[\s\x00-\x1f<>\"]", said):
        raise MailSettingsError(
            f"avtaleflyt.public_url = {said}: write the address of the site, such as "
            "https://avtaleflyt.kommune.example"
        )
    return said.rstrip("/")


def _address(key: str, said: str | None) -> Any:
    if said is None:
        return None
    try:
        return addr_spec(said)
    except WrongAddress as wrong:
        raise MailSettingsError(f"{key} = {said}: {wrong.reason}") from wrong


def _line(key: str, said: str) -> str:
    if re.search(r"[\x00-\x1f\x7f]", said):
        raise MailSettingsError(f"{key} must be one line of plain text")
    return said


def _file(said: str | None) -> str | None:
    if said is not None and not Path(said).is_file():
        raise MailSettingsError(f"avtaleflyt.smtp_ca_file = {said}: there is no such file")
    return said

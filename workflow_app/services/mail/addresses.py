"""Addresses as a mail server can take them, and answers with the addresses taken out.

An address is what an administrator typed. It ends up in a header and in a line
of the SMTP dialogue, so nothing may pass that could be read as another header,
another recipient or another command (RFC 5321, section 4.1.2).
"""

from __future__ import annotations

import re

from workflow_app.domain.messages import Message, msg

LONGEST = 254
"""Characters in an address: RFC 5321, section 4.5.3.1.3, without the angle brackets."""

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_ANY_ADDRESS = re.compile(r"<?[^\s<>@,;:\"]+@[^\s<>@,;:\"]+>?")
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class WrongAddress(Exception):
    """No address that mail can be sent to; ``reason`` is a sentence, without the address."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def addr_spec(written: str) -> str:
    """The address as the servers speak it: a domain with æ, ø or å in its ASCII form (RFC 3490).

    Raises :class:`WrongAddress`.
    """
    text = written.strip()
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise WrongAddress(msg("This is not an e-mail address: it needs a name, an @ and a domain."))
    if not local.isascii():
        raise WrongAddress(
            msg("The address has letters before the @ that mail servers do not take; use a to z.")
        )
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise WrongAddress(msg("The address has signs before the @ that do not belong in one."))
    try:
        spoken = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise WrongAddress(msg("What stands after the @ is not a domain.")) from error
    labels = spoken.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or len(f"{local}@{spoken}") > LONGEST:
        raise WrongAddress(msg("What stands after the @ is not a domain."))
    return f"{local}@{spoken}"


def shown_name(name: str) -> str:
    """A person's name as it may stand in a header: one line, nothing that is not printed."""
    return " ".join(_NOT_PRINTED.sub(" ", name).split())


def with_token(address: str, token: str) -> str:
    """``bounces@kommune.example`` with a mail's own token: ``bounces+TOKEN@kommune.example``."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def without_addresses(answer: str, longest: int = 300) -> str:
    """A server's answer on one line, every address in it replaced; at most ``longest`` characters."""
    line = " ".join(_NOT_PRINTED.sub(" ", answer).split())
    return _ANY_ADDRESS.sub("(…)", line)[:longest]

"""What people type about people, checked once and in one place.

User names are ASCII with æ, ø, å, so that no two look alike; other names are
anything printable. Each error says what is wrong and what would be right.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from workflow_app.domain.messages import Message, msg
from workflow_app.services.errors import ServiceError
from workflow_app.services.mail.addresses import WrongAddress, addr_spec

LANGUAGES = ("nb", "nn", "en")
KOMMUNE_LANGUAGES = ("nb", "nn")

_USERNAME = re.compile(r"[a-z0-9æøå][a-z0-9æøå._@+-]{1,99}")
_EMAIL = re.compile(r"[^\s@<>\"',;:\\()\[\]]+@[^\s@<>\"',;:\\()\[\]]+\.[^\s@<>\"',;:\\()\[\]]+")


def username(value: str) -> str:
    """The user name in its one spelling; ``ServiceError`` where it cannot be one."""
    found = username_or_none(value)
    if found is None:
        raise ServiceError(
            "username",
            msg(
                "«${value}» cannot be a user name; use 2 to 100 small letters, digits, full stops, "
                "hyphens or @, such as «slt.moss».",
                value=value,
            ),
        )
    return found


def username_or_none(value: str) -> str | None:
    """As :func:`username`, for those who only want to know whether it could be one."""
    plain = unicodedata.normalize("NFKC", value).strip().casefold()
    return plain if _USERNAME.fullmatch(plain) else None


def text(value: str, what: Message, longest: int = 200) -> str:
    """One line of printable text without superfluous space; ``what`` names the field."""
    plain = " ".join(unicodedata.normalize("NFC", value).split())
    if not plain:
        raise ServiceError("empty", msg("${what} is empty; write it.", what=what))
    if len(plain) > longest:
        raise ServiceError(
            "long", msg("${what} is longer than ${longest} characters.", what=what, longest=longest)
        )
    if any(unicodedata.category(c) in ("Cc", "Cs", "Cf") for c in plain):
        raise ServiceError("characters", msg("${what} has characters that cannot be printed.", what=what))
    return plain


def email(value: str | None) -> str | None:
    """An address that mail can be sent to, or None; whether anybody reads it there is not known."""
    if value is None or not value.strip():
        return None
    plain = value.strip()
    if len(plain) > 254 or not plain.isprintable() or not _EMAIL.fullmatch(plain):
        raise ServiceError(
            "email",
            msg("«${value}» is not an e-mail address; write it as name@kommune.no.", value=value),
        )
    try:
        # Said to whoever types it, and not by every mail for as long as the person is there.
        addr_spec(plain)
    except WrongAddress as error:
        raise ServiceError("email", error.reason) from error
    return plain


def language(value: str | None, choices: tuple[str, ...] = LANGUAGES) -> str | None:
    """One of ``choices`` or None; ``ServiceError`` for any other."""
    if value is not None and value not in choices:
        raise ServiceError(
            "language",
            msg(
                "«${value}» is not a language here; choose ${choices}.", value=value, choices=listed(choices)
            ),
        )
    return value


def period(first: date, last: date | None) -> None:
    """Refuse a period that ends before it begins."""
    if last is not None and last < first:
        raise ServiceError(
            "period",
            msg("The last day, ${last}, is before the first day, ${first}.", last=last, first=first),
        )


def listed(values: tuple[str, ...]) -> str:
    """Values set beside each other for a sentence: programs' words, not translated."""
    return ", ".join(values)

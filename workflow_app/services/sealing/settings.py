"""With what the installation seals, and whose signatures it trusts: the settings, read once.

Whatever is wrong with them is told where papers wait to be sealed, and stops
nothing else: an agreement is signed whether or not it can be sealed today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from workflow_app.domain.messages import msg
from workflow_app.services.sealing.errors import CannotSeal

_TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})


@dataclass(frozen=True)
class SealSettings:
    """``key`` and ``certificate`` are PEM files; a ``key`` alone is a PKCS#12 file with both.

    ``timestamp_url`` is an RFC 3161 server, ``trust`` a folder of PEM files with
    the issuers whose signatures are trusted. ``make`` lets the first seal make
    a key of its own where there is none, which is for development alone.
    """

    key: Path | None = None
    certificate: Path | None = None
    password: str | None = None
    timestamp_url: str | None = None
    trust: Path | None = None
    make: bool = False

    def __repr__(self) -> str:
        """Without the password: settings end up in tracebacks."""
        return f"SealSettings(key={str(self.key)!r}, timestamp_url={self.timestamp_url!r})"

    @property
    def timestamp(self) -> str | None:
        """The timestamp server's address. Raises :class:`CannotSeal` for what is none."""
        if self.timestamp_url is None:
            return None
        try:
            parts = urlsplit(self.timestamp_url)
            whole = parts.scheme in ("http", "https") and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            whole = False
        if not whole:
            raise CannotSeal(
                "timestamp_address",
                msg("the address of the timestamp server is no web address; it begins with https://"),
            )
        return self.timestamp_url


def seal_settings(settings: Mapping[str, Any]) -> SealSettings:
    """Those among the installation's settings; nothing is opened."""

    def said(key: str) -> str | None:
        return str(settings.get(key) or "").strip() or None

    def path(value: str | None) -> Path | None:
        return Path(value) if value else None

    return SealSettings(
        key=path(said("avtaleflyt.seal_key")),
        certificate=path(said("avtaleflyt.seal_certificate")),
        password=said("avtaleflyt.seal_password"),
        timestamp_url=said("avtaleflyt.seal_timestamp_url"),
        trust=path(said("avtaleflyt.seal_trust")),
        make=(said("avtaleflyt.demonstration") or "").lower() in _TRUE,
    )

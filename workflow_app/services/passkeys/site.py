"""Which site a passkey is for: the RP ID and the origins, from the address people reach the pages by.

A passkey works for one name and no other (WebAuthn, section 5.1.3), so that name
may not depend on what a request says of itself: it comes from the setting, and
from the request only on this very machine. An IP address is no name; loopback
has one, ``localhost``, and browsers trust it without TLS.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from workflow_app.domain.messages import Message, msg
from workflow_app.services.errors import Conflict

NAME = "Avtaleflyt"
"""What an authenticator shows as the site's name."""
_DEFAULT = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Site:
    """``rp_id`` is a host name, ``origins`` what a browser may say it was at, the first the one to open."""

    rp_id: str
    origins: tuple[str, ...]


def site_of(public_url: str, asked: str = "") -> Site:
    """The site of ``avtaleflyt.public_url``; of ``asked``, the address of the request, on loopback alone.

    Raises ``Conflict`` (``passkey_site``) where passkeys cannot work at that address.
    """
    wanted = public_url.strip()
    if is_loopback(asked) and (not wanted or is_loopback(wanted)):
        wanted = asked
    if not wanted:
        raise _cannot(
            msg(
                "Passkeys are not set up here: the operator must set avtaleflyt.public_url "
                "to the address of the site."
            )
        )
    scheme, host, port = _parts(wanted)
    if is_loopback(wanted):
        host = host if host.endswith("localhost") else "localhost"
    elif _is_ip(host):
        raise _cannot(
            msg(
                "Passkeys need a name, and ${host} is an IP address; the operator must set "
                "avtaleflyt.public_url to a name.",
                host=host,
            )
        )
    elif scheme != "https":
        raise _cannot(
            msg("Passkeys need HTTPS; the operator must set avtaleflyt.public_url to an address with https.")
        )
    shown = f":{port}" if port is not None and port != _DEFAULT.get(scheme) else ""
    return Site(host, (f"{scheme}://{host}{shown}",))


def is_loopback(url: str) -> bool:
    """Whether the address names this very machine."""
    try:
        _, host, _ = _parts(url)
    except Conflict:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return _is_ip(host) and ip_address(host).is_loopback


def _parts(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if _is_ip(host) else host.encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError) as error:
        raise _cannot(msg("avtaleflyt.public_url is not an address that passkeys can be for.")) from error
    if not host or parts.scheme not in _DEFAULT:
        raise _cannot(msg("avtaleflyt.public_url is not an address that passkeys can be for."))
    return parts.scheme, host, port


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _cannot(message: Message) -> Conflict:
    return Conflict("passkey_site", message)

"""Which site and which log a request's passkeys are for."""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.domain.messages import Message
from workflow_app.services.errors import Conflict
from workflow_app.services.log.keys import LogKeyError, default_origin
from workflow_app.services.passkeys.site import Site, site_of


def site(request: Request) -> Site:
    """The site; raises ``Conflict`` (``passkey_site``) where passkeys cannot work."""
    public = str(request.registry.settings.get("avtaleflyt.public_url") or "")
    return site_of(public, request.host_url)


def site_or_reason(request: Request) -> tuple[Site | None, Message | None]:
    """The site, or the sentence that says why there are no passkeys here."""
    try:
        return site(request), None
    except Conflict as no:
        return None, no.message


def log_origin(request: Request) -> str:
    """The origin line of the log that a sign-off is entered in; without a log's key, its future name."""
    # The name is the same for every key that the log has had, so nobody is asked which one signs now.
    signer = request.registry["log_signer"]
    if signer is not None:
        return str(signer.origin)
    try:
        return default_origin(request.registry.settings)
    except LogKeyError:
        return f"{site(request).rp_id}/log"

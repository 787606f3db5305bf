"""Is this the answer of that passkey to that challenge, given at our site by a user it knew?

Nothing here touches the database. What is wrong is told in one sentence; an unknown
passkey and a wrong signature get the same one, since either may be somebody trying.
"""

from __future__ import annotations

from webauthn import verify_authentication_response
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import AuthenticationCredential, AuthenticatorAssertionResponse

from workflow_app.domain.messages import msg
from workflow_app.models.passkeys import Passkey
from workflow_app.services.passkeys.site import Site
from workflow_app.services.passkeys.wire import Assertion, ClientData, b64
from workflow_app.services.people_login import LoginRefused

COUNTER = "passkey_counter"
"""The code of a counter that went backwards."""


def check_place(said: ClientData, wanted: str, site: Site) -> None:
    """Refuse what was not made at our own pages (``passkey_origin``), or is another kind of answer."""
    if said.type != wanted:
        raise wrong()
    if said.origin not in site.origins or said.crossed:
        raise LoginRefused(
            "passkey_origin",
            msg("The passkey was used at another address than this site's; open ${origin} and try again.",
                origin=site.origins[0]),
        )  # fmt: skip


def check_verified(assertion: Assertion) -> None:
    """Refuse an authenticator that did not make sure who held it (``passkey_unverified``)."""
    if not assertion.user_verified:
        raise LoginRefused(
            "passkey_unverified",
            msg(
                "The passkey did not ask for fingerprint, face or PIN, which is needed here; "
                "set that up on it first."
            ),
        )


def check(passkey: Passkey | None, assertion: Assertion, challenge: bytes, site: Site) -> int:
    """The passkey's new counter. Raises ``LoginRefused`` with the code of what is wrong.

    WebAuthn, section 7.2. The counter is looked at last, so that only one who has
    the key itself can make it seem copied.
    """
    check_place(assertion.said, "webauthn.get", site)
    check_verified(assertion)
    if passkey is None or passkey.removed_at is not None or passkey.rp_id != site.rp_id:
        raise wrong()
    if assertion.user_handle not in (None, passkey.person_id.encode("ascii")):
        raise wrong()
    try:
        done = verify_authentication_response(
            credential=AuthenticationCredential(
                id=b64(assertion.credential_id),
                raw_id=assertion.credential_id,
                response=AuthenticatorAssertionResponse(
                    client_data_json=assertion.client_data,
                    authenticator_data=assertion.authenticator_data,
                    signature=assertion.signature,
                ),
            ),
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=list(site.origins),
            credential_public_key=passkey.public_key,
            # Looked at below: a copied key is another thing than a wrong one.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise wrong() from error
    new, known = done.new_sign_count, passkey.counter
    if (new or known) and new <= known:
        raise LoginRefused(
            COUNTER,
            msg(
                "This passkey may have been copied: it counts fewer uses than before. "
                "Remove it, and use another or the password."
            ),
        )
    return new


def wrong() -> LoginRefused:
    """Nobody's passkey here, or not its signature."""
    return LoginRefused("passkey_wrong", msg("This passkey is not known here; use another or the password."))

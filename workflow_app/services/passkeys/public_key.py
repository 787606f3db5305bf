"""A credential's public key as it stands in the trail: the members of a JSON Web Key, and no more.

An authenticator gives COSE (RFC 9052); the trail says it in the words of RFC 7517,
which a verifier with the standard library and ``cryptography`` reads without CBOR.
"""

from __future__ import annotations

from webauthn.helpers import decode_credential_public_key
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.decode_credential_public_key import (
    DecodedEC2PublicKey,
    DecodedOKPPublicKey,
    DecodedRSAPublicKey,
)
from webauthn.helpers.decoded_public_key_to_cryptography import decoded_public_key_to_cryptography

from workflow_app.domain.messages import msg
from workflow_app.services.errors import ServiceError
from workflow_app.services.passkeys.wire import b64

ALGORITHMS = (
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
)
"""What an authenticator may choose among, the first preferred: ES256, EdDSA, RS256."""

_P256, _ED25519 = 1, 6
_RSA_BITS = (2048, 8192)


def described(cose: bytes) -> dict[str, str]:
    """``{"kty", "crv", "x", "y"}``, ``{"kty", "crv", "x"}`` or ``{"kty", "n", "e"}``, in base64url.

    Raises ``ServiceError`` (``passkey_kind``) for a key of another kind, or none at all.
    """
    try:
        key = decode_credential_public_key(cose)
        # Refuses a point that is not on its curve.
        decoded_public_key_to_cryptography(key)
    except Exception as error:
        # The decoder lets whatever its CBOR library raises through.
        raise _unknown() from error
    if isinstance(key, DecodedEC2PublicKey) and (key.alg, key.crv) == (ALGORITHMS[0], _P256):
        return {"kty": "EC", "crv": "P-256", "x": b64(key.x), "y": b64(key.y)}
    if isinstance(key, DecodedOKPPublicKey) and (key.alg, key.crv) == (ALGORITHMS[1], _ED25519):
        return {"kty": "OKP", "crv": "Ed25519", "x": b64(key.x)}
    if isinstance(key, DecodedRSAPublicKey) and key.alg == ALGORITHMS[2]:
        bits = int.from_bytes(key.n).bit_length()
        if _RSA_BITS[0] <= bits <= _RSA_BITS[1]:
            # Base64urlUInt (RFC 7518, section 2): no leading zero bytes.
            return {"kty": "RSA", "n": b64(key.n.lstrip(b"\0")), "e": b64(key.e.lstrip(b"\0"))}
    raise _unknown()


def _unknown() -> ServiceError:
    return ServiceError(
        "passkey_kind", msg("This passkey is of a kind that cannot be used here; use another device or key.")
    )

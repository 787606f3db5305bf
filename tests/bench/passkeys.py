"""A passkey's answer, from the bytes a browser sent to a yes: read, checked, and checked as others will."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from webauthn.helpers import parse_attestation_object

from tests.bench.stage import seconds
from tests.support.soft_authenticator import EDDSA, ES256, RS256, SoftAuthenticator, b64, unb64
from workflow_app.domain.trail import check_assertion, statement_challenge
from workflow_app.models.passkeys import Passkey
from workflow_app.services.passkeys.checking import check
from workflow_app.services.passkeys.public_key import ALGORITHMS, described
from workflow_app.services.passkeys.site import Site
from workflow_app.services.passkeys.wire import key_of, read_assertion, read_attestation

SITE = Site("avtale.example", ("https://avtale.example",))
STATEMENT = {
    "v": 1, "agreement": "abcdefghjk", "digest": "d" * 64, "transition": "sign", "role": "mayor",
    "party": "3103", "opening": {"number": 7, "hash": "e" * 64}, "nonce": b64(bytes(32)),
    "origin": "avtale.example/log",
}  # fmt: skip


def measure() -> dict[str, Any]:
    """Milliseconds of one verification, by kind of key; the limit is for the slowest."""
    found = {f"{name}_ms": _one(algorithm) for name, algorithm in _KINDS.items()}
    return {**found, "limit_ms": 5}


_KINDS = {"es256": ES256, "eddsa": EDDSA, "rs256": RS256}


def _one(algorithm: int) -> float:
    device = SoftAuthenticator("https://avtale.example")
    made = device.create(
        {
            "rp": {"id": SITE.rp_id},
            "user": {"id": b64(b"p" * 32)},
            "challenge": b64(bytes(32)),
            "pubKeyCredParams": [{"alg": int(a)} for a in ALGORITHMS],
        },
        algorithm,
    )
    attested = parse_attestation_object(unb64(made["response"]["attestationObject"])).auth_data
    assert attested.attested_credential_data is not None
    public = attested.attested_credential_data.credential_public_key
    identity = read_attestation(made).credential_id
    passkey = Passkey(
        person_id="p" * 32, key=key_of(identity), credential_id=identity, public_key=public,
        described=described(public), counter=0, rp_id=SITE.rp_id, origins=list(SITE.origins),
        created_at=datetime.now(UTC), removed_at=None,
    )  # fmt: skip
    challenge = statement_challenge(STATEMENT)
    answer = device.get({"challenge": b64(challenge)})
    told = {
        "public_key": dict(passkey.described),
        "rp_id": passkey.rp_id,
        "origins": list(passkey.origins),
    }

    def verify() -> None:
        read = read_assertion(answer)
        check(passkey, read, challenge, SITE)
        evidence = {
            "how": "passkey", "key": passkey.key, "statement": STATEMENT,
            "authenticator_data": b64(read.authenticator_data), "client_data": b64(read.client_data),
            "signature": b64(read.signature),
        }  # fmt: skip
        check_assertion(evidence, told)

    verify()
    return round(seconds(verify, 200) * 1000, 2)

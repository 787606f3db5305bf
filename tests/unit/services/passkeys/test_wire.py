"""What a browser sends is read strictly or refused, whatever it is, and every bit of a signature counts."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from tests.support.soft_authenticator import RS256, SoftAuthenticator, b64, cose, unb64
from workflow_app.models.passkeys import Passkey
from workflow_app.services.errors import ServiceError
from workflow_app.services.passkeys import checking, public_key, wire
from workflow_app.services.passkeys.site import Site
from workflow_app.services.people_login import LoginRefused

HERE = Site("avtale.example", ("https://avtale.example",))
CHALLENGE = bytes(range(32))


def made(algorithm: int = -7) -> tuple[SoftAuthenticator, Passkey]:
    """A device, and its key as it is kept."""
    device = SoftAuthenticator("https://avtale.example")
    options = {
        "rp": {"id": HERE.rp_id},
        "user": {"id": b64(b"p" * 32)},
        "challenge": b64(CHALLENGE),
        "pubKeyCredParams": [{"alg": algorithm}],
    }
    answer = device.create(options, algorithm)
    public = cbor2.dumps(cose(device.credentials[0].key, algorithm))
    credential = wire.read_attestation(answer).credential_id
    return device, Passkey(
        person_id="p" * 32, key=wire.key_of(credential), credential_id=credential, public_key=public,
        counter=0, rp_id=HERE.rp_id, origins=list(HERE.origins), removed_at=None,
    )  # fmt: skip


DEVICE, PASSKEY = made()
ANSWER: dict[str, Any] = DEVICE.get({"challenge": b64(CHALLENGE)})

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=40)
    | st.sampled_from(list(ANSWER["response"].values())),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*ANSWER, *ANSWER["response"], "attestationObject", "transports"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=8,
)


def test_the_answer_itself_is_taken() -> None:
    assert checking.check(PASSKEY, wire.read_assertion(ANSWER), CHALLENGE, HERE) == 1
    assert wire.read_assertion(json.dumps(ANSWER)) == wire.read_assertion(ANSWER)


@given(ANYTHING)
def test_whatever_is_sent_is_read_or_refused(sent: object) -> None:
    for read in (wire.read_assertion, wire.read_attestation):
        for form in (sent, json.dumps(sent)):
            # Anything else than a refusal would come through.
            with suppress(LoginRefused):
                read(form)


@given(
    st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]),
    st.integers(0, 10_000),
    st.integers(1, 255),
)
def test_every_byte_counts(part: str, place: int, change: int) -> None:
    """Also in what nobody reads but the signature: one who changes it has signed nothing."""
    raw = bytearray(unb64(ANSWER["response"][part]))
    raw[place % len(raw)] ^= change
    changed = {**ANSWER, "response": {**ANSWER["response"], part: b64(bytes(raw))}}
    with pytest.raises(LoginRefused):
        checking.check(PASSKEY, wire.read_assertion(changed), CHALLENGE, HERE)


@pytest.mark.parametrize("encoded", ["AA==", "A", "AB", "A A", "ÆØ", "AA\n", "-_-_="])
def test_base64url_is_written_in_one_way(encoded: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any reason does
        wire.unb64(encoded)


@given(st.binary(max_size=200))
def test_no_bytes_are_a_public_key_by_accident(raw: bytes) -> None:
    with pytest.raises(ServiceError):
        public_key.described(raw)


def test_keys_of_other_kinds_are_refused() -> None:
    weak = cose(rsa.generate_private_key(public_exponent=65537, key_size=1024), RS256)
    p384 = ec.generate_private_key(ec.SECP384R1()).public_key().public_numbers()
    other = {1: 2, 3: -7, -1: 2, -2: p384.x.to_bytes(48, "big"), -3: p384.y.to_bytes(48, "big")}
    nowhere = {1: 2, 3: -7, -1: 1, -2: bytes(31) + b"\1", -3: bytes(31) + b"\1"}
    for key in (weak, other, nowhere):
        with pytest.raises(ServiceError):
            public_key.described(cbor2.dumps(key))

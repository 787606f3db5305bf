"""A sign-off by passkey checked again, years later: what device, browser and site must have said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.soft_authenticator import EDDSA, ES256, RS256, SoftAuthenticator, b64, cose, sign, unb64
from workflow_app.domain import trail
from workflow_app.domain.trail import TrailError, check_assertion, statement_challenge, to_base64url

HERE, RP = "https://avtaler.example", "avtaler.example"
STATEMENT = {"v": 1, "agreement": "a", "digest": "ab" * 32, "nonce": "A" * 43}


def described(key: Any, algorithm: int) -> dict[str, str]:
    """The public key as it stands in the trail."""
    told = cose(key, algorithm)
    if algorithm == EDDSA:
        return {"kty": "OKP", "crv": "Ed25519", "x": b64(told[-2])}
    if algorithm == RS256:
        return {"kty": "RSA", "n": b64(told[-1]), "e": b64(told[-2])}
    return {"kty": "EC", "crv": "P-256", "x": b64(told[-2]), "y": b64(told[-3])}


def signed(algorithm: int = ES256) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """A sign-off, the registered key's data, and the device's private key."""
    device = SoftAuthenticator(HERE)
    options = {"rp": {"id": RP}, "user": {"id": b64(b"p1")}, "pubKeyCredParams": [{"alg": algorithm}]}
    device.create(options | {"challenge": b64(bytes(32))}, algorithm)
    answer = device.get({"challenge": to_base64url(statement_challenge(STATEMENT))})["response"]
    sign_off = {
        "how": "passkey",
        "statement": STATEMENT,
        "authenticator_data": answer["authenticatorData"],
        "client_data": answer["clientDataJSON"],
        "signature": answer["signature"],
    }
    private = device.credentials[0].key
    return sign_off, {"rp_id": RP, "origins": [HERE], "public_key": described(private, algorithm)}, private


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_a_sign_off_of_each_kind_of_key_holds_and_no_other_does(algorithm: int) -> None:
    sign_off, key, _ = signed(algorithm)
    check_assertion(sign_off, key)
    _, stranger, _ = signed(algorithm)
    with pytest.raises(TrailError, match="signature does not fit"):
        check_assertion(sign_off, stranger)
    with pytest.raises(TrailError, match="signed something else"):
        check_assertion(sign_off | {"statement": STATEMENT | {"agreement": "b"}}, key)


def again(private: Any, sign_off: dict[str, Any], **change: Any) -> dict[str, Any]:
    """The same device answering with other client data, or other flags or site in its own."""
    client = json.loads(unb64(sign_off["client_data"])) | change.pop("client", {})
    raw = change.pop("raw", json.dumps(client, separators=(",", ":")).encode())
    data = bytearray(unb64(sign_off["authenticator_data"]))
    data[32] = change.pop("flags", data[32])
    data[:32] = hashlib.sha256(change.pop("rp", RP).encode()).digest()
    assert not change
    signature = sign(private, bytes(data) + hashlib.sha256(raw).digest())
    return sign_off | {
        "client_data": b64(raw), "authenticator_data": b64(bytes(data)), "signature": b64(signature),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"client": {"type": "webauthn.create"}}, "answered something else"),
        ({"client": {"crossOrigin": True}}, "answered something else"),
        ({"client": {"challenge": b64(bytes(32))}}, "signed something else"),
        ({"client": {"origin": "https://evil.example"}}, "at another site"),
        ({"client": {"origin": None}}, "at another site"),
        ({"rp": "evil.example"}, "for another site"),
        ({"flags": 0x01}, "did not verify its user"),
        ({"flags": 0x04}, "did not verify its user"),
        ({"raw": b"[]"}, "cannot be read"),
        ({"raw": b"\xff"}, "cannot be read"),
        ({"raw": b"{" * 10_000}, "cannot be read"),
        ({"raw": b'{"type":"webauthn.get","type":"webauthn.get"}'}, "cannot be read"),
        ({"raw": b'{"x":"' + b"x" * trail.MAX_CLIENT_DATA + b'"}'}, "cannot be read"),
    ],
)
def test_what_the_device_and_the_browser_must_have_said(change: dict[str, Any], words: str) -> None:
    sign_off, key, private = signed()
    check_assertion(again(private, sign_off), key)
    with pytest.raises(TrailError, match=words):
        check_assertion(again(private, sign_off, **change), key)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s, k: s.update(signature="AA"), "signature does not fit"),
        (lambda s, k: s.update(signature="A"), "not base64url"),
        (lambda s, k: s.update(signature=None), "not base64url"),
        (lambda s, k: s.update(authenticator_data="AAAA"), "for another site"),
        (lambda s, k: s.update(client_data=s["client_data"] + "="), "not base64url"),
        (lambda s, k: k["public_key"].update(crv="P-521"), "unknown kind"),
        (lambda s, k: k.update(public_key={}), "unknown kind"),
        (lambda s, k: k["public_key"].pop("y"), "signature does not fit"),
        (lambda s, k: k["public_key"].update(x=b64(bytes(32))), "signature does not fit"),
        (lambda s, k: k.update(public_key={"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}), "does not fit"),
        (lambda s, k: k.update(public_key={"kty": "RSA", "n": b64(b"x" * 64), "e": "AQAB"}), "unknown kind"),
        (lambda s, k: k.update(public_key={"kty": "RSA", "n": b64(b"x" * 256), "e": "AA"}), "does not fit"),
    ],
)  # fmt: skip
def test_mangled_evidence_and_keys_are_faults(change: Callable[[Any, Any], object], words: str) -> None:
    sign_off, key, _ = signed()
    change(sign_off, key)
    with pytest.raises(TrailError, match=words):
        check_assertion(sign_off, key)


def test_without_cryptography_all_but_the_signature_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_off, key, private = signed()
    monkeypatch.setattr(trail, "CAN_CHECK_SIGNATURES", False)
    check_assertion(sign_off | {"signature": "AA"}, key)
    with pytest.raises(TrailError, match="did not verify its user"):
        check_assertion(again(private, sign_off, flags=0x01), key)


def test_the_challenge_is_separated_from_every_other_hash() -> None:
    raw = b"avtaleflyt/sign-off/v1\x00" + trail.canonical(STATEMENT)
    assert statement_challenge(STATEMENT) == hashlib.sha256(raw).digest()

"""What a real Chromium signed: the trail's verifier takes it, and nothing that differs from it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.soft_authenticator import b64, unb64
from workflow_app.domain.trail import TrailError, check_assertion

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[3] / "data" / "passkeys.json").read_text("utf-8")
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["passkey_added"]["public_key"]["kty"])
def test_what_chromium_signed_is_taken_and_nothing_else(vector: dict[str, Any]) -> None:
    signoff, key = vector["signoff"], vector["passkey_added"]
    check_assertion(signoff, key)
    for name, value in signoff["statement"].items():
        other = copy.deepcopy(signoff)
        other["statement"][name] = {"number": 8, "hash": "e" * 64} if name == "opening" else f"{value}x"
        with pytest.raises(TrailError):
            check_assertion(other, key)
    for name in ("authenticator_data", "client_data", "signature"):
        raw = bytearray(unb64(signoff[name]))
        for place in range(0, len(raw), 7):
            changed = bytearray(raw)
            changed[place] ^= 1
            with pytest.raises(TrailError):
                check_assertion({**signoff, name: b64(bytes(changed))}, key)
    for other in ({**key, "rp_id": "evil.example"}, {**key, "origins": ["https://evil.example"]}):
        with pytest.raises(TrailError):
            check_assertion(signoff, other)


def test_one_key_is_not_anothers() -> None:
    for one in VECTORS:
        for other in VECTORS:
            if one is not other:
                with pytest.raises(TrailError):
                    check_assertion(one["signoff"], other["passkey_added"])

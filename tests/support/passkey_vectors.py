"""Make ``tests/data/passkeys.json``: what a real Chromium gives for a sign-off, to check verifiers by.

    python -m tests.support.passkey_vectors

The virtual authenticator's keys are thrown away with the browser, so nobody can make
another answer that fits the file.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from webauthn.helpers import parse_attestation_object

from tests.support.soft_authenticator import b64, unb64
from tools.browser import find
from workflow_app.domain.trail import statement_challenge
from workflow_app.services.passkeys.public_key import described
from workflow_app.services.passkeys.wire import key_of

FILE = Path(__file__).resolve().parents[1] / "data" / "passkeys.json"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
STATEMENT: dict[str, Any] = {
    "v": 1, "agreement": "abcdefghjk", "digest": "d" * 64, "transition": "sign", "role": "station_chief",
    "party": "ost-moss-politistasjonsdistrikt", "opening": {"number": 7, "hash": "e" * 64},
    "nonce": b64(bytes(range(32))), "origin": "localhost/log",
}  # fmt: skip
SCRIPT = """async ([alg, challenge]) => {
  const bytes = (t) => Uint8Array.from(atob(t.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const made = await navigator.credentials.create({ publicKey: {
    challenge: new Uint8Array(32), rp: { id: "localhost", name: "Avtaleflyt" },
    user: { id: new Uint8Array([alg & 255]), name: "stasjonssjef", displayName: "Stasjonssjef" },
    pubKeyCredParams: [{ type: "public-key", alg }],
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" } } });
  const used = await navigator.credentials.get({ publicKey: {
    challenge: bytes(challenge), rpId: "localhost", userVerification: "required",
    allowCredentials: [{ type: "public-key", id: made.rawId }] } });
  return [made.toJSON(), used.toJSON()];
}"""


class _Blank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing to tell."""


def main() -> None:
    """Write the file anew."""
    server = HTTPServer(("127.0.0.1", 0), _Blank)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        page = browser.new_page()
        origin = f"http://localhost:{server.server_port}"
        page.goto(origin)
        cdp = page.context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        found = [_vector(page, algorithm, origin) for algorithm in (-7, -8, -257)]
        browser.close()
    server.shutdown()
    FILE.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _vector(page: Any, algorithm: int, origin: str) -> dict[str, Any]:
    made, used = page.evaluate(SCRIPT, [algorithm, b64(statement_challenge(STATEMENT))])
    data = parse_attestation_object(unb64(made["response"]["attestationObject"])).auth_data
    assert data.attested_credential_data is not None
    key, answer = key_of(unb64(made["rawId"])), used["response"]
    return {
        "algorithm": algorithm,
        "passkey_added": {
            "key": key,
            "public_key": described(data.attested_credential_data.credential_public_key),
            "rp_id": "localhost",
            "origins": [origin],
            "person": "0" * 32,
        },
        "signoff": {
            "how": "passkey",
            "key": key,
            "statement": STATEMENT,
            "authenticator_data": answer["authenticatorData"],
            "client_data": answer["clientDataJSON"],
            "signature": answer["signature"],
        },
    }


if __name__ == "__main__":
    main()

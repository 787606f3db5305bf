"""Passkeys on PostgreSQL: registered, signed in with and signed with, where rows are locked for real."""

from __future__ import annotations

import json

import pytest

from tests.functional.conftest import PASSWORD, Site, _fill, make_application
from tests.functional.door_support import csrf_of, furnish
from tests.support.soft_authenticator import SoftAuthenticator

pytestmark = pytest.mark.xdist_group("postgresql")


def test_from_a_new_key_to_a_signed_agreement(postgresql: str) -> None:
    site = Site(make_application(postgresql))
    _fill(site.app.registry["sessions"], site)
    path = furnish(site, "negotiated").path
    for name in ("ordforer.moss", "stasjonssjef.moss"):
        program, device = site.program(name), SoftAuthenticator()
        wanted = {"action": "options", "name": "Telefon", "password": PASSWORD}
        made = device.create(program.post("/passkeys", wanted)["options"])
        program.post("/passkeys", {"action": "add", "name": "Telefon", "credential": made})
        asked = program.post(f"{path}/transitions/sign/challenge")
        answer = {"version": program.get(path)["version"], "data": {"passkey": device.get(asked["options"])}}
        done = program.post(f"{path}/transitions/sign", answer)
        # An impatient finger is told the same once more.
        assert program.post(f"{path}/transitions/sign", answer)["state"] == done["state"]
    assert done["state"] == "signed"
    visitor = site.browser()
    visitor.get("/login")
    sent = {"csrf_token": csrf_of(visitor), "action": "options"}
    options = visitor.post("/login", sent, headers={"Accept": "application/json"}).json["options"]
    sent = {"csrf_token": csrf_of(visitor), "passkey": json.dumps(device.get(options))}
    visitor.post("/login", sent, status=303)
    site.app.registry["engine"].dispose()

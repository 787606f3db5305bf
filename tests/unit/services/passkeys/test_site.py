"""Which name passkeys are for: the setting's, loopback's own, and the reasons where there is none."""

from __future__ import annotations

import pytest

from workflow_app.services.errors import Conflict
from workflow_app.services.passkeys.site import Site, site_of


@pytest.mark.parametrize(
    ("public", "asked", "rp_id", "origin"),
    [
        ("https://avtale.kommune.example", "http://10.0.0.4", "avtale.kommune.example", "https://avtale.kommune.example"),
        ("https://Avtale.kommune.example:443/", "", "avtale.kommune.example", "https://avtale.kommune.example"),
        ("https://avtale.kommune.example:8443/a", "", "avtale.kommune.example", "https://avtale.kommune.example:8443"),
        ("https://sør.kommune.example", "", "xn--sr-lka.kommune.example", "https://xn--sr-lka.kommune.example"),
        ("http://127.0.0.1:6543", "", "localhost", "http://localhost:6543"),
        ("http://127.0.0.1:6543", "http://localhost:6741", "localhost", "http://localhost:6741"),
        ("", "http://127.0.0.1:6741", "localhost", "http://localhost:6741"),
        ("", "http://[::1]:6741", "localhost", "http://localhost:6741"),
        ("http://avtale.localhost:6543", "", "avtale.localhost", "http://avtale.localhost:6543"),
        # A request never says what site this is, but on the machine itself.
        ("https://avtale.kommune.example", "http://127.0.0.1:6543", "avtale.kommune.example", "https://avtale.kommune.example"),
        ("https://avtale.kommune.example", "https://evil.example", "avtale.kommune.example", "https://avtale.kommune.example"),
    ],
)  # fmt: skip
def test_the_name_and_the_origin(public: str, asked: str, rp_id: str, origin: str) -> None:
    assert site_of(public, asked) == Site(rp_id, (origin,))


@pytest.mark.parametrize(
    ("public", "asked"),
    [
        ("", ""),
        ("", "https://evil.example"),
        ("", "http://avtale.kommune.example"),
        ("http://avtale.kommune.example", ""),
        ("https://10.0.0.4", ""),
        ("https://[2001:db8::1]", ""),
        ("ftp://avtale.kommune.example", ""),
        ("avtale.kommune.example", ""),
        ("https://", ""),
        ("https://a:b:c", ""),
        ("https://" + "å" * 80 + ".example", ""),
        ("", "http://localhost.evil.example"),
    ],
)
def test_where_there_can_be_none_the_reason_is_said(public: str, asked: str) -> None:
    with pytest.raises(Conflict) as caught:
        site_of(public, asked)
    assert caught.value.code == "passkey_site"

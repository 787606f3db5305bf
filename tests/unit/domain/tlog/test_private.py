"""The text of a private key: one form, and nothing else is one."""

from __future__ import annotations

import pytest

from workflow_app.domain.tlog.private import PREFIX, PrivateKey, parse_private_text, private_text
from workflow_app.domain.trail import LOG_KEY, VerifierKey

KEY = VerifierKey("log.example/trail", b"\x01\x02\x03\x04", LOG_KEY, bytes(32))


def test_it_comes_back_as_it_was() -> None:
    text = private_text(KEY, bytes(range(32)))
    assert text.startswith("PRIVATE+KEY+log.example/trail+01020304+AQAB")
    assert parse_private_text(text) == PrivateKey(KEY.name, "01020304", LOG_KEY, bytes(range(32)))


@pytest.mark.parametrize(
    "text",
    ["", PREFIX, "log+01020304+AQAB", f"{PREFIX}log+01020304", f"{PREFIX}log+01020304+AQAB",
     f"{PREFIX}log+01020304+?", f"{PREFIX}log+01020304+{'A' * 48}"],
)  # fmt: skip
def test_any_other_text_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)private key|unpack|base64|padd"):
        parse_private_text(text)

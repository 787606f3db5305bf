"""Asking an RFC 3161 timestamp server for the time, and believing it only where the answer fits the question.

A timestamp says that the seal was there at that time, in the word of somebody
who is neither the kommune nor the police; it keeps a seal provable after the
certificate has run out.
"""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from typing import Any

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

SECONDS = 10.0
"""How long the server may take to connect, and to send anything more."""

LARGEST = 64 << 10
"""The largest answer that is read, in bytes; a token with its chain is 2 to 8 kB."""

# It tells every certificate nobody vouches for with a traceback; here that is no fault.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)


class NoTimestamp(Exception):
    """The server could not be asked, refused, or answered something else."""


class Timestamps(TimeStamper):
    """pyHanko's way to a timestamp server at ``url``, over the standard library."""

    def __init__(self, url: str, *, seconds: float = SECONDS) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko types parts of itself
        self.url = url
        self.seconds = seconds

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """The token over ``message_digest``. Raises :class:`NoTimestamp`."""
        nonce, asked = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call]  # the same
        try:
            answer = tsp.TimeStampResp.load(self._post(asked.dump()), strict=True)
            status = answer["status"]["status"].native
            if status not in ("granted", "granted_with_mods"):
                raise NoTimestamp(f"the server answered {status}")
            token = answer["time_stamp_token"]
            told = token["content"]["encap_content_info"]["content"].parsed
            imprint = told["message_imprint"]
            # RFC 3161, 2.2: the requester verifies that the token is of what was asked.
            if imprint["hashed_message"].native != message_digest or told["nonce"].native != nonce:
                raise NoTimestamp("the token is of something else than what was asked for")
            checked = await validate_tst_signed_data(
                token["content"], ValidationContext(trust_roots=[]), lambda _algorithm: message_digest
            )
        except (ValueError, TypeError, KeyError, AttributeError, SignatureValidationError) as error:
            raise NoTimestamp("the answer is no timestamp") from error
        # Whom to trust is the reader's to say; a token that does not fit its certificate helps nobody.
        if not (checked["intact"] and checked["valid"]):
            raise NoTimestamp("the token's signature is not that of its certificate")
        return token

    def _post(self, body: bytes) -> bytes:
        request = urllib.request.Request(
            self.url,
            data=body,
            headers={"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
        )
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as answer:
                content: bytes = answer.read(LARGEST + 1)
        except urllib.error.HTTPError as error:
            error.close()
            raise NoTimestamp(f"the server answered {error.code}") from error
        except (OSError, ValueError) as error:
            raise NoTimestamp(f"{type(error).__name__}: {str(error)[:200]}") from error
        if len(content) > LARGEST:
            raise NoTimestamp("the answer is larger than any timestamp")
        return content

"""Passwords: how they are kept, compared and judged.

Argon2id with the parameters OWASP gives as its least (19 MiB, two passes, one
lane): strong enough, and small enough that a login doesn't double the server's
memory. Length is asked for and nothing else, as NIST SP 800-63B advises: rules
of composition only give "Passord123!". What everybody tries first is refused.
An unknown user costs exactly as much as a wrong password, so that the time of
an answer doesn't tell who has an account.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflow_app.domain.messages import msg
from workflow_app.services.errors import ServiceError
from workflow_app.services.norway import fold

MINIMUM = 12
"""The shortest password, in characters."""
MAXIMUM = 1024
"""The longest, in characters: argon2 reads it all, and a megabyte would be an attack."""

TIME_COST = 2
MEMORY_KIB = 19 * 1024
LANES = 1

# The start of what is tried first, folded. Twelve characters of these are no secret.
_COMMON = (
    "passord", "password", "hemmelig", "avtaleflyt", "qwertyuiop", "asdfghjkl", "sommer", "vinter", "norge",
    "kommune", "politi", "velkommen", "welcome", "letmein", "administrator", "changeme", "endremeg",
)  # fmt: skip
_RUNS = ("0123456789012345678901234567890", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Passwords:
    """A way of hashing. The standard one is :data:`STANDARD`; tests make a cheaper one."""

    time_cost: int = TIME_COST
    memory_kib: int = MEMORY_KIB
    lanes: int = LANES

    @cached_property
    def _hasher(self) -> PasswordHasher:
        return PasswordHasher(self.time_cost, self.memory_kib, self.lanes)

    @cached_property
    def _dummy(self) -> str:
        return self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The encoded hash to store. The password must have passed :func:`check`."""
        return self._hasher.hash(_normal(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether ``password`` is the one of ``stored``; None (nobody) costs as much and is no."""
        known = stored is not None
        try:
            given = _normal(password[: MAXIMUM + 1])
            right = self._hasher.verify(stored if stored is not None else self._dummy, given)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
        return right and known and len(password) <= MAXIMUM

    def outdated(self, stored: str) -> bool:
        """Whether ``stored`` was made with other parameters and should be made anew."""
        return self._hasher.check_needs_rehash(stored)


STANDARD = Passwords()


def check(password: str, *, username: str = "", name: str = "") -> None:
    """Raise ``ServiceError`` where a new password is too short, too long or too well known."""
    if len(password) < MINIMUM:
        raise ServiceError(
            "password_short",
            msg(
                "The password has ${length} characters; use at least ${minimum}. A few words are fine.",
                length=len(password),
                minimum=MINIMUM,
            ),
        )
    if len(password) > MAXIMUM:
        raise ServiceError(
            "password_long", msg("The password is longer than ${maximum} characters.", maximum=MAXIMUM)
        )
    if any(unicodedata.category(c) in ("Cs", "Cc") for c in password):
        raise ServiceError(
            "password_characters",
            msg("The password has characters that cannot be typed; use letters, digits, signs and spaces."),
        )
    if _easily_guessed(password, username, name):
        raise ServiceError(
            "password_common",
            msg(
                "That password is among the first that are tried. Use several words that say "
                "nothing about you or the system."
            ),
        )


def _easily_guessed(password: str, username: str, name: str) -> bool:
    plain = fold(password).replace("-", "")
    letters = plain.strip("0123456789")
    if len(set(password.casefold())) < 5 or any(plain in run for run in _RUNS if plain):
        return True
    own = [fold(part).replace("-", "") for part in (username, *username.split("."), name, *name.split())]
    known = [word for word in (*_COMMON, *own) if len(word) >= 3]
    # What is left when the known words are taken out must itself be worth something.
    for word in sorted(known, key=len, reverse=True):
        letters = letters.replace(word, "")
    return bool(plain) and len(letters) < 4 and any(word in plain for word in known)


def _normal(password: str) -> str:
    # The same å is one character on one keyboard and two on another (SP 800-63B: NFKC).
    return unicodedata.normalize("NFKC", password)

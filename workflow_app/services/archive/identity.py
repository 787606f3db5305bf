"""The same thing has the same identifier in every export.

An archive that gets the agreement a second time must know it for the case it has,
so every systemID is drawn from our own keys and nothing from chance (UUID version
5, RFC 9562, section 5.5). The party is part of it: each archive has its own copy.
"""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid5

NAMESPACE = UUID("6d0c6f3e-0c1f-5d4c-9a3b-2f6c1f0f7a51")
"""Of all identifiers made here; another would make new cases of old ones."""

_CASE = re.compile(r"(\d{4}|\d{2})\s*/\s*(\d{1,9})(?!\d)")
_COUNCIL = re.compile(r"(?<!\d)(\d{1,6})\s*/\s*(\d{4}|\d{2})(?!\d)")


def identifier(*parts: str | int) -> UUID:
    """The identifier of the thing these keys lead to."""
    return uuid5(NAMESPACE, "/".join(str(part) for part in parts))


def archive_case(text: str | None, today: date) -> tuple[int, int] | None:
    """Year and sequence of an archive's case number ("20/1234", "2013/3125-4"); None for what is none."""
    found = _CASE.match((text or "").strip())
    return (_year(found[1], today), int(found[2])) if found else None


def council_case(text: str | None, today: date) -> tuple[int, int] | None:
    """Year and sequence of a committee's case number ("RS 12/20"); None for what is none."""
    found = _COUNCIL.search(text or "")
    return (_year(found[2], today), int(found[1])) if found else None


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    # A case is numbered in its own year, so at most one ahead of today.
    century = today.year - today.year % 100
    year = century + int(digits)
    return year if year <= today.year + 1 else year - 100

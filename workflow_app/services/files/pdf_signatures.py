"""The signatures in a PDF that somebody else has signed: who, when, and whether the file is what was signed.

Run in a process of its own (:mod:`.pool`): the file is a stranger's. Nothing is
fetched from anywhere: whom to trust is given, and whether a certificate was
withdrawn since is not asked.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from workflow_app.services.files.refusals import broken, encrypted

MOST = 50
"""Signatures told of; a file with more of them was not made by people."""

_LONGEST = 200
_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
_ANY_USE = KeyUsageConstraints(key_usage=set(), match_all_key_usages=False)


def read_signatures(content: bytes, roots: Sequence[str], now: str) -> list[dict[str, Any]]:
    """Each signature in the file, the oldest first, as JSON.

    ``roots`` are the PEM certificates that are trusted, ``now`` the time they
    are asked about (ISO 8601). Raises ``UnreadableFile`` for a file that is
    locked or damaged, and whatever pyHanko makes of a worse one.
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            raise encrypted()
        found = reader.embedded_signatures[:MOST]
    except PdfReadError as error:
        raise broken() from error
    anchors = [
        asn1_x509.Certificate.load(der)
        for text in roots
        for _, _, der in pem.unarmor(text.encode(), multiple=True)
    ]
    told = [asyncio.run(_one(one, anchors, datetime.fromisoformat(now))) for one in found]
    if _something_behind(content, reader.last_startxref or 0):
        for one in told:
            one["changed"], one["whole"] = True, False
    return told


def _something_behind(content: bytes, xref: int) -> bool:
    """Whether the file goes on behind what its last table of objects accounts for.

    Programs that mend a broken file look for objects there, and might show something
    that no signature covers; the table itself ends with the one end of the file.
    """
    tail = content[xref:]
    ended = tail.rstrip(b"\0\t\n\r ").endswith(b"%%EOF") and tail.count(b"%%EOF") == 1
    return not ended or tail.count(b"endobj") > 1


async def _one(one: EmbeddedPdfSignature, anchors: list[Any], now: datetime) -> dict[str, Any]:
    try:
        return await _told(one, anchors, now)
    except Exception as defect:
        # One signature nobody can make sense of must not hide the others.
        return {"problem": type(defect).__name__}


async def _told(one: EmbeddedPdfSignature, anchors: list[Any], now: datetime) -> dict[str, Any]:
    stamp = one.sig_object_type == "/DocTimeStamp"
    status: Any = await _checked(one, anchors, now)
    held = one.signer_cert
    claimed = status.timestamp if stamp else status.signer_reported_dt
    token: Any = None if stamp else status.timestamp_validity
    confirmed: datetime | None = token.timestamp if token and token.valid and token.intact else None
    trust = "now" if status.trusted else "no"
    if not status.trusted and claimed is not None and claimed < now:
        # Confirmed by somebody trusted or not, that is the time it is true of.
        trust = "then" if (await _checked(one, anchors, confirmed or claimed)).trusted else "no"
    told = {
        "kind": "timestamp" if stamp else "signature",
        "name": _plain(_attribute(held.subject, "common_name", "organization_name")),
        # Of a certificate somebody made himself the issuer's name is the person's, and is told once.
        "issuer": None
        if held.issuer == held.subject
        else _plain(_attribute(held.issuer, "common_name", "organization_name")),
        "certificate": held.sha256.hex(),
        "at": claimed.isoformat() if claimed is not None else None,
        "timestamp": confirmed.isoformat() if confirmed is not None else None,
        "timestamp_trusted": confirmed is not None and bool(token.trusted),
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        "changed": not _unchanged(status),
        "trust": trust,
    }
    return {key: value for key, value in told.items() if value is not None}


async def _checked(one: EmbeddedPdfSignature, anchors: list[Any], moment: datetime) -> Any:
    def context() -> ValidationContext:
        return ValidationContext(trust_roots=anchors, moment=moment, allow_fetching=False)

    if one.sig_object_type == "/DocTimeStamp":
        return await async_validate_pdf_timestamp(one, context())
    return await async_validate_pdf_signature(one, context(), context(), key_usage_settings=_ANY_USE)


def _unchanged(status: Any) -> bool:
    """Whether nothing was added after signing but more signatures and what keeps them provable."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    return whole and bool(status.docmdp_ok) and status.modification_level in _HARMLESS


def _attribute(name: Any, *wanted: str) -> str:
    told = name.native
    for key in wanted:
        value = told.get(key)
        if value:
            return str(value[0] if isinstance(value, list) else value)
    return str(name.human_friendly)


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:_LONGEST].strip()

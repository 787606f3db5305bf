"""What kind of file it is, as an archive is told: by the bytes first, by what it is called last.

A PDF says of itself in its XMP packet which PDF/A it was produced as (ISO 19005-3,
6.6.4); that is what is passed on, and nobody here has validated it. Codes are
short words, since each archive has its own list of them; PRONOM's identifier goes
along in the details where there is one.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from workflow_app.services.archive.model import Format

_PART = re.compile(rb"pdfaid:part\s*(?:>|=\s*[\"'])\s*(\d)")
_CONFORMANCE = re.compile(rb"pdfaid:conformance\s*(?:>|=\s*[\"'])\s*([A-Za-z])")
_VERSION = re.compile(rb"%PDF-(\d\.\d)")

_PRONOM = {
    "1a": "fmt/95", "1b": "fmt/354", "2a": "fmt/476", "2b": "fmt/477", "2u": "fmt/478",
    "3a": "fmt/479", "3b": "fmt/480", "3u": "fmt/481",
}  # fmt: skip
"""PDF/A part and conformance → PRONOM's identifier."""

_KNOWN: dict[str, tuple[str, str, str, bool]] = {
    "txt": ("TXT", "Ren tekst, UTF-8 (PRONOM x-fmt/111)", "text/plain", True),
    "md": ("TXT", "Ren tekst med markering, UTF-8 (PRONOM x-fmt/111)", "text/plain", True),
    "png": ("PNG", "Portable Network Graphics", "image/png", True),
    "jpg": ("JPEG", "JPEG", "image/jpeg", True),
    "jpeg": ("JPEG", "JPEG", "image/jpeg", True),
    "tif": ("TIFF", "Tagged Image File Format", "image/tiff", True),
    "tiff": ("TIFF", "Tagged Image File Format", "image/tiff", True),
    "zip": ("ZIP", "ZIP (PRONOM x-fmt/263)", "application/zip", False),
    "docx": ("DOCX", "Office Open XML (PRONOM fmt/412)",
             "application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
    "odt": ("ODT", "OpenDocument-tekst", "application/vnd.oasis.opendocument.text", False),
}  # fmt: skip
"""Suffix → code, details, media type, and whether an archive keeps it as it is."""

_SUFFIX = re.compile(r"[a-z0-9]{1,8}")


def suffix_of(name: str) -> str:
    """The suffix of a file's name in plain letters, without the dot; "bin" where there is none."""
    found = PurePosixPath(name).suffix.lower().removeprefix(".")
    return found if _SUFFIX.fullmatch(found) else "bin"


def format_of(name: str, media_type: str, content: bytes) -> Format:
    """The format of a file; what nobody knows goes by its suffix and its media type."""
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    suffix = suffix_of(name)
    if suffix in _KNOWN:
        return Format(*_KNOWN[suffix])
    return Format(suffix.upper(), media_type, media_type, False)


def may_be_archival(name: str) -> bool:
    """Whether a file of this name can be in a format an archive keeps; of a PDF only its bytes tell."""
    suffix = suffix_of(name)
    return suffix == "pdf" or (suffix in _KNOWN and _KNOWN[suffix][3])


def _pdf(content: bytes) -> Format:
    part, conformance = _PART.search(content), _CONFORMANCE.search(content)
    if part is None:
        version = _VERSION.match(content)
        return Format("PDF", f"PDF {version[1].decode()}" if version else "PDF", "application/pdf", False)
    level = part[1].decode() + (conformance[1].decode().lower() if conformance else "")
    pronom = f" (PRONOM {_PRONOM[level]})" if level in _PRONOM else ""
    return Format("PDF/A", f"PDF/A-{level}{pronom}", "application/pdf", True)

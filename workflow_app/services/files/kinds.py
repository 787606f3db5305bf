"""What kind of file this is: from its bytes first, from its name only where bytes say nothing.

A .docx that is a PDF inside is read as the PDF it is; a .pdf that is a picture
is refused as a picture. Each kind that is not read has its own sentence, saying
what would be right.
"""

from __future__ import annotations

from pathlib import PurePath

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reading import UnreadableFile

TEXT, OFFICE, PDF = "text", "office", "pdf"

SUFFIXES = (".docx", ".odt", ".pdf", ".txt", ".md")
"""The names of the kinds that are read, in the order people are told them."""

_OFFICE_NAMES = frozenset({".docx", ".odt", ".dotx", ".ott"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x00\x0cjP  ", b"8BPS",
)  # fmt: skip
_IMAGE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def kind_of(name: str, content: bytes) -> str:
    """``text``, ``office`` or ``pdf``. Raises :class:`UnreadableFile` with what would be right."""
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    head = content[:1024]
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return OFFICE
    # The standard lets anything stand before the mark; readers look so far.
    if head.startswith(b"%PDF-") or (b"%PDF-" in head and suffix not in {".txt", ".md"}):
        return PDF
    if (sentence := _refused(head, content)) is not None:
        raise UnreadableFile(sentence)
    if suffix in {".txt", ".md"}:
        return TEXT
    if not content:
        raise UnreadableFile(msg("The file is empty; choose the file with the agreement's text."))
    if suffix in _OFFICE_NAMES or suffix == ".pdf":
        raise UnreadableFile(
            msg("The file is called ${suffix} but is something else inside; save it anew and try again.",
                suffix=suffix)
        )  # fmt: skip
    raise UnreadableFile(
        msg(
            "«${name}» cannot be read: choose a file of the kind .docx, .odt, .pdf, .txt or .md.",
            name=name[-60:],
        )
    )


def _refused(head: bytes, content: bytes) -> Message | None:
    """The sentence for a kind that is told by its first bytes and not read."""
    if head.startswith(_OLE):
        return _old_office(content)
    if head.startswith(b"{\\rtf"):
        return msg("The file is in Rich Text Format; save it as .docx or .odt and try again.")
    heic = head[4:8] == b"ftyp" and head[8:12] in _IMAGE_BRANDS
    if head.startswith(_PICTURES) or heic or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return msg("The file is a picture, which has no text; scan it with text recognition (OCR) to a PDF.")
    if b"urn:oasis:names:tc:opendocument" in head:
        return msg("The file is flat OpenDocument; save it as .odt and try again.")
    if b"schemas.microsoft.com/office/2006/xmlPackage" in head:
        return msg("The file is Word XML; save it as .docx and try again.")
    return None


def _old_office(content: bytes) -> Message:
    """What lies in an OLE container: its streams are named in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return msg("The file is locked with a password; save it without one and try again.")
    if holds("WordDocument"):
        return msg("The file is in the old Word format; save it as .docx and try again.")
    return msg("The file is in an old Office format; save it as .docx and try again.")

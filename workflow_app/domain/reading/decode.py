"""Bytes of a .txt or .md file to the text whose code points every place counts in.

Line breaks stay as they are and nothing is trimmed, since a quote must be
found again in the file. Only a byte order mark goes: it is no part of the text.
"""

from __future__ import annotations

import codecs

from workflow_app.domain.messages import Message, msg

LIMIT = 20 * 1024 * 1024

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: tuple[bytes, ...] = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"{\\rtf",
    b"GIF8",
)


class UnreadableFile(ValueError):
    """The file is no text that can be read. ``message`` says why and what would be right."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def decode(content: bytes, limit: int = LIMIT) -> str:
    """The text of a file's bytes: UTF-8, UTF-16 (marked or plain to see) or Windows-1252.

    ``limit`` is the greatest size in bytes. Raises :class:`UnreadableFile` when
    the file is empty, too large or no text.
    """
    if len(content) > limit:
        raise UnreadableFile(
            msg(
                "The file is larger than ${limit} MB; an agreement's text is smaller.",
                limit=limit // (1024 * 1024),
            )
        )
    if content.startswith(_SIGNATURES):
        raise UnreadableFile(
            msg("The file is not plain text, whatever its name; save it as .txt or .md in UTF-8.")
        )
    text = _decoded(content)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise UnreadableFile(msg("The file is empty; choose the file with the agreement's text."))
    if _binary(text):
        raise UnreadableFile(msg("The file is not text; save the agreement as .txt or .md in UTF-8."))
    return text


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if wide := _unmarked_utf16(content):
        return _strictly(content, wide)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; a text does not hold them.
        return _strictly(content, "cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            msg(
                "The file's characters can't be read after byte ${place}; save it as UTF-8.",
                place=error.start,
            )
        ) from error


def _unmarked_utf16(content: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte; no other text has."""
    head = content[:2000]
    if len(head) < 4 or len(content) % 2:
        return None
    if head[1::2].count(0) > 0.7 * len(head[1::2]):
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > 0.7 * len(head[::2]) else None


def _binary(text: str) -> bool:
    head = text[:20_000]
    control = sum(1 for c in head if ord(c) < 32 and c not in "\t\n\r\f\v\x1c\x1d\x1e\x1f\x1b") + head.count(
        "\ufffd"
    )
    return "\x00" in text or control > len(head) // 200 + 3

"""A text on its way in: a file's name and bytes, and what comes out of it, or why nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import UnreadableFile, decode
from workflow_app.services.errors import FieldErrors
from workflow_app.services.files import LIMIT, Extracted, extract

MAX_FILE = LIMIT
"""The largest file taken in where the settings say nothing else, in bytes."""


class TooLarge(FieldErrors):
    """A file is larger than what is taken in (a 413)."""


@dataclass(frozen=True)
class Source:
    """A text as it came in: its file name and bytes, or a template's name and text.

    ``limit`` is the largest file taken in, in bytes.
    """

    filename: str
    content: bytes
    origin: str = "upload"
    limit: int = MAX_FILE

    @cached_property
    def extracted(self) -> Extracted:
        """What the file says, taken apart once however often it is asked for.

        Raises ``FieldErrors`` with the sentence to show, ``TooLarge`` beyond the limit.
        """
        check_size(self.content, "file", self.limit)
        try:
            # What did not come as a file has a name of ours and no kind to be told.
            name = self.filename if self.origin == "upload" else "text.md"
            return extract(name, self.content, limit=self.limit)
        except UnreadableFile as error:
            raise FieldErrors({"file": error.message}) from error


def decode_source(source: Source) -> str:
    """The text of an incoming file; raises ``FieldErrors`` with the sentence to show."""
    return source.extracted.text


def check_size(content: bytes, field: str, limit: int) -> None:
    """Raise ``TooLarge`` for what is larger than ``limit`` bytes."""
    if len(content) > limit:
        raise TooLarge(
            {
                field: msg(
                    "The file is ${size} MB; the largest that can be taken in is ${limit} MB.",
                    size=-(-len(content) // (1 << 20)),
                    limit=limit >> 20,
                )
            }
        )


def decoded(content: bytes, field: str) -> str:
    """A text's bytes as text. Raises ``FieldErrors`` at ``field`` where they are none."""
    check_size(content, field, MAX_FILE)
    try:
        return decode(content)
    except UnreadableFile as error:
        raise FieldErrors({field: error.message}) from error

"""What a person is told of a file that was read: what was taken as done, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workflow_app.domain.messages import Message, msg


def of_changes(count: int) -> Iterator[Message]:
    """Tracked changes."""
    if count:
        yield msg("The file has tracked changes (${count}); they are read as accepted.", count=count)


def of_hidden(count: int) -> Iterator[Message]:
    """Hidden text."""
    if count:
        yield msg("The file has hidden text (in ${count} places); it is left out.", count=count)


def of_comments(count: int) -> Iterator[Message]:
    """Comments."""
    if count:
        yield msg("The file has comments (${count}); they are left out.", count=count)


def of_pages(pages: Sequence[int], of: int) -> Iterator[Message]:
    """Pages of a PDF without text."""
    if pages:
        shown = ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")
        yield msg(
            "These pages of the file have no text and were not read: ${pages} (of ${count}). "
            "Run it through OCR if they matter.",
            pages=shown,
            count=of,
        )

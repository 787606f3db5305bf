"""Sentences that both processes say of a file: the one that takes it apart, and the one that waits."""

from __future__ import annotations

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import UnreadableFile


def broken() -> UnreadableFile:
    """The file is cut off or damaged."""
    return UnreadableFile(msg("The file is damaged and can't be read; open it, save it anew and try again."))


def encrypted() -> UnreadableFile:
    """The file has a password."""
    return UnreadableFile(msg("The file is locked with a password; save it without one and try again."))


def macros() -> UnreadableFile:
    """The file brings a program with it."""
    return UnreadableFile(
        msg("The file has macros, which are never run here; save it without them and try again.")
    )


def bomb() -> UnreadableFile:
    """The file is small and becomes huge."""
    return UnreadableFile(
        msg("The file unpacks to far more than an agreement can be; save it anew and try again.")
    )


def textless() -> UnreadableFile:
    """A document without words."""
    return UnreadableFile(msg("The file has no text; choose the file with the agreement's text."))

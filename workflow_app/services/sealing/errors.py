"""Why a paper is not sealed yet: a code that is kept, and the words people read."""

from __future__ import annotations

from collections.abc import Mapping

from workflow_app.domain.messages import Message, msg


class CannotSeal(Exception):
    """Nothing can be sealed just now. ``reason`` goes on after "not sealed yet, because"."""

    def __init__(self, code: str, reason: Message) -> None:
        super().__init__(str(reason))
        self.code = code
        self.reason = reason


REASONS: Mapping[str, Message] = {
    "timestamp": msg("the timestamp server did not answer as it should; it is tried again"),
    "paper": msg("the paper could not be made; the server's log says why"),
    "defect": msg("the paper could not be sealed; the server's log says why"),
}
"""Code of what went wrong with one paper → its words. The certificate itself is looked at anew each time."""

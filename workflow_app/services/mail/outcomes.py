"""What can become of a message besides being taken: refused, nothing sent at all, or nobody can know.

Kept apart from what speaks SMTP, so that a page that only shows the outbox does
not load it.
"""

from __future__ import annotations

from workflow_app.domain.messages import Message


class Trouble(Exception):
    """Nothing can be sent now: the server is away, or will not have us. Nothing was sent by the attempt.

    ``reason`` is ours, a message; ``detail`` is what the server or the machine said, without addresses.
    """

    def __init__(self, reason: Message, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))


class NotTaken(Exception):
    """This one message was refused: ``code`` 5xx for good, 4xx for now; ``answer`` has no address."""

    def __init__(self, code: int, answer: str) -> None:
        super().__init__(answer)
        self.code, self.answer = code, answer

    @property
    def for_good(self) -> bool:
        """Whether trying again is no use."""
        return self.code >= 500


class Unknown(Exception):
    """The connection broke when the message may or may not have been taken."""

"""What a service says when the input is wrong: a code for programs, a sentence for people.

Refusals of the workflow are not errors and are returned; these are raised, and
whoever asked (a view, a command) turns them into its own kind of answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from workflow_app.domain.messages import Message


class ServiceError(Exception):
    """The input is wrong. ``code`` is stable; ``message`` says what, where and what is right."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message


class FieldErrors(ServiceError):
    """Several fields are wrong; each has its own sentence (a 422)."""

    def __init__(self, fields: Mapping[str, Message]) -> None:
        first = next(iter(fields.values()))
        super().__init__("invalid", first)
        self.fields = dict(fields)


class NotAllowed(ServiceError):
    """Yours to see, not to do (a 403)."""


class Conflict(ServiceError):
    """Right in itself, but not now: the state has moved or forbids it (a 409)."""


class NotThere(ServiceError):
    """Not there, or not yours to see; the two are the same answer (a 404)."""

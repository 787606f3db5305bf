"""What was written for an evaluation and comes back, and what the form had been filled from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflow_app.domain.messages import Message
from workflow_app.models.proceedings import EvaluationVersion


@dataclass(frozen=True)
class Opened:
    """What a form that was sent had been filled from: the evaluation's version, and the agreement's.

    ``answers`` are that version's; ``stale`` says that somebody else has saved
    since. ``version`` stays in the form where nobody has looked yet whether somebody has.
    """

    seen: int
    answers: Mapping[str, Any] | None = None
    stale: bool = False
    version: int | None = None


@dataclass(frozen=True)
class Written:
    """What was sent and comes back: answers (``raw``) or the text's fields (``given``), and what is wrong.

    ``text`` is what a text sent whole reads as, to be seen beside what somebody
    else saved first; answers that are ``stale`` are brought together with that,
    from the version that was ``seen``. ``version`` is the agreement's in the form.
    """

    raw: Mapping[str, Any] | None = None
    given: Mapping[str, Any] | None = None
    errors: Mapping[str, Message] | None = None
    text: str | None = None
    stale: bool = False
    seen: int | None = None
    version: int | None = None

    def opened(self, versions: Iterable[EvaluationVersion]) -> Opened | None:
        """What the answers were filled from, of the year's ``versions``; None where none were sent."""
        if self.raw is None:
            return None
        found = next((v.answers for v in versions if v.number == self.seen), None)
        return Opened(self.seen or 0, found, self.stale, None if self.stale else self.version)

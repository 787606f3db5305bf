"""What a witness says when it will not: one sentence in Norwegian and in English, and an exit code.

It carries its own sentences, as the verifier does: the machine it runs on has no catalogues.
"""

from __future__ import annotations

from workflow_app.domain.trail import Said, TrailError


class WitnessFault(Exception):
    """Something is wrong. ``code`` is the exit code: 1 the answer is no, 2 the call is wrong."""

    def __init__(self, nb: str, en: str, code: int = 1) -> None:
        super().__init__(en)
        self.said = Said(nb, en)
        self.code = code


class Unreachable(WitnessFault):
    """The log did not answer, or not in time; nothing is known about it, so it may be asked again."""


class Refused(WitnessFault):
    """The log answered and said no; ``status`` is HTTP's."""

    def __init__(self, nb: str, en: str, status: int) -> None:
        super().__init__(nb, en)
        self.status = status


class Alarm(WitnessFault):
    """The log has signed what cannot be: nothing is cosigned until a person has looked."""


class Forgotten(Alarm):
    """The witness has signed what it does not remember: no person can let it go on."""


class StateLost(WitnessFault):
    """The key is there and its memory is not: this witness can only be retired."""


def from_trail(error: TrailError, nb: str, en: str) -> WitnessFault:
    """What the verifier found, with the place it was found in before it."""
    said = error.within(nb, en).said
    return WitnessFault(said.nb, said.en)

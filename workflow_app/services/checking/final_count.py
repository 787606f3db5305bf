"""How many of the entries in a bundle or receipt are final, by the verifier's own verdict.

The verifier says it in a sentence among others, since it travels with every
bundle and prints what it found. Whoever checks on the page is to read it at once
and in plain words, so the numbers are taken from that sentence: nothing is
counted a second time, by other rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflow_app.domain import trail

_COUNTED = re.compile(r"(\d+) of (\d+) entries are final\b").match
_ONE = re.compile(r"The entry is (not )?final\b").match


@dataclass(frozen=True)
class FinalCount:
    """``final`` of the ``total`` entries are final: cosigned by the witnesses of both sides on one root."""

    final: int
    total: int


def final_count(verdict: trail.Verdict) -> FinalCount | None:
    """The numbers; None where it does not hold, or no signature could be checked."""
    for said in verdict.checked if verdict.ok else ():
        if (counted := _COUNTED(said.en)) is not None:
            return FinalCount(int(counted[1]), int(counted[2]))
        if (one := _ONE(said.en)) is not None:
            return FinalCount(0 if one[1] else 1, 1)
    return None

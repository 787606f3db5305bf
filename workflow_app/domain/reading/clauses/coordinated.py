"""A sentence that says two things, taken apart where the second begins.

"Arbeidsgruppa møtest kvar månad, medan politirådet møtest tre gonger i året" has
two subjects and two frequencies; read as one, the first subject takes the
second's frequency. Only sentences in which at least two parts say something of
their own are cut, so that "fire ganger i året, og ellers ved behov" stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_JOINT = re.compile(
    r",\s+(?:mens|medan|medens|og|men|samtidig som|samstundes som)\s+|\s+(?:mens|medan|medens)\s+|;\s+",
    re.IGNORECASE,
)


def coordinated(words: str, says: Callable[[str], bool]) -> list[str]:
    """The parts of ``words``, each with one that ``says`` something; the whole where there is but one."""
    parts = _JOINT.split(words)
    if len(parts) == 1:
        return [words]
    out: list[str] = []
    for part in parts:
        # What says nothing by itself goes on with the part before it.
        if out and not (says(part) and says(out[-1])):
            out[-1] = f"{out[-1]}, {part}"
        else:
            out.append(part)
    return out

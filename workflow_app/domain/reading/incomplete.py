"""What somebody forgot to fill in: empty sections, lists of bare dashes, names still called "Navn".

A section or a list with nothing but placeholders blocks the agreement; a
parent heading directly followed by its sub-heading does not.
"""

from __future__ import annotations

import re

from workflow_app.domain.reading.lexicon import BLANK
from workflow_app.domain.reading.lines import Line
from workflow_app.domain.reading.sections import Heading
from workflow_app.domain.reading.stems import BLANK as BLANK_STEMS
from workflow_app.domain.reading.stems import fold, mentions

_PLACEHOLDER = re.compile(
    rf"(?:[-–—•·*_.…\s]*|(?:{BLANK}[\s/.,:-]*)+|\[[^\]]{{0,60}}\]|<[^>]{{0,60}}>|(?:navn|namn|tekst"
    rf"|fyll\s+inn|n\.?n\.?)\s*:?"
    r"|\d{1,2}[.)])[\s.]*",
    re.IGNORECASE,
)
_NAME_LEFT = re.compile(
    rf"\s*(?:navn|namn|\[?(?:fornavn|etternavn)[^\]]*\]?|n\.?\s?n\.?|{BLANK})\s*[:/,]?\s*", re.IGNORECASE
)
_BLANK_PARTY = re.compile(rf"{BLANK}\s*(?:kommune|politidistrikt|politistasjonsdistrikt)", re.IGNORECASE)
_NAME_LABEL = re.compile(
    rf"\s*(?:ordføra?e?r|politi\w+|rådmann|kommunedirektør|lensmann|stasjonssjef|navn|namn)\s*:\s*"
    rf"(?:{BLANK}|navn|namn|\[[^\]]*\])\s*",
    re.IGNORECASE,
)
_SIGNING = re.compile(r"signatur|underskrift|underteikn|undertegn", re.IGNORECASE)


def placeholder(words: str) -> bool:
    """Whether these words say nothing yet. The empty string says nothing."""
    return _PLACEHOLDER.fullmatch(words) is not None


def incomplete_sections(lines: list[Line], headings: list[Heading]) -> tuple[str, ...]:
    """The headings of the sections that still wait for their words."""
    found = []
    for n, heading in enumerate(headings):
        last = headings[n + 1].index if n + 1 < len(headings) else len(lines)
        if _SIGNING.search(heading.words):
            continue
        body = [line for line in lines[heading.index + 1 : last] if line.kind == "text"]
        follower = headings[n + 1] if n + 1 < len(headings) else None
        if not body:
            if _is_empty(heading, follower):
                found.append(heading.words)
        elif all(placeholder(line.body) for line in body) or _has_empty_list(body):
            found.append(heading.words)
    return tuple(found)


def blank_names(lines: list[Line], tail: list[Line]) -> bool:
    """Whether a party or a signatory still has no name.

    A bare line to sign on, above a printed name, is no missing name: in the
    signature block only words that stand for a name count.
    """
    for line in lines:
        if line.kind == "text" and (_blank_party(line.text) or _NAME_LABEL.fullmatch(line.text)):
            return True
    return any(re.search(r"[A-Za-z]", line.text) and _NAME_LEFT.fullmatch(line.text) for line in tail)


def _blank_party(words: str) -> bool:
    return mentions(fold(words), BLANK_STEMS) and _BLANK_PARTY.search(words) is not None


def _is_empty(heading: Heading, follower: Heading | None) -> bool:
    """A heading with nothing under it, unless it is the parent of what follows.

    Plain and bookmarked headings carry no level, so what follows may be its child.
    """
    if follower is None:
        return heading.style in {"numbered", "markdown"}
    if heading.style in {"plain", "bookmark", "bold"} or follower.style != heading.style:
        return False
    return follower.level <= heading.level


def _has_empty_list(body: list[Line]) -> bool:
    """A list all of whose items are placeholders; one item is a list only where it was announced."""
    run: list[Line] = []
    before: Line | None = None
    for line in [*body, None]:
        if line is not None and (line.bullet or re.fullmatch(r"(?:[-–—•·*]|\d{1,2}[.)])\s*", line.text)):
            run.append(line)
            continue
        if run and all(placeholder(item.body) for item in run):
            announced = before is not None and re.search(
                r"følg[ei]nde|fylgjande|:$|\bdisse\b|\bdesse\b", before.text
            )
            if len(run) > 1 or announced:
                return True
        run, before = [], line
    return False

"""The agreement's title as its front page gives it."""

from __future__ import annotations

import re

from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.parties import Parties

_AVTALE = re.compile(r"avtal", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:er|skal|kan|må|har|gjelder|gjeld|ble|vart|blir|vert|revideres|reviderast|evalueres|evaluerast"
    r"|opphører)\b|\.\s+\S",
    re.IGNORECASE,
)
_LONGEST = 160


def find_title(page: Page, parties: Parties) -> str:
    """The first front-page line with "avtale" in it, to the end of its paragraph; "" when there is none."""
    first = page.headings[0].index if page.headings else len(page.lines)
    looked = 0
    for n, line in enumerate(page.lines[: first + 1]):
        if line.kind != "text":
            continue
        looked += 1
        if looked > 12:
            break
        if _AVTALE.search(line.text) and len(line.text) <= _LONGEST and not _SENTENCE.search(line.text):
            return _named(_paragraph(page, n), parties)
    return ""


def _paragraph(page: Page, n: int) -> str:
    """The line and what goes on from it; "mellom A og B" may stand apart on the lines below."""
    words, apart = page.lines[n].text.rstrip(), False
    for line in page.lines[n + 1 : n + 10]:
        if line.kind != "text":
            apart = True
            continue
        goes_on = not apart or _open(words) or re.match(r"(?:mellom|og)\b", line.text, re.IGNORECASE)
        if not goes_on or len(words) + len(line.text) > _LONGEST:
            break
        words, apart = f"{words} {line.text}", False
    return " ".join(words.strip("#* ").split()).rstrip(".")


def _open(words: str) -> bool:
    return re.search(r"\b(?:mellom|og|for|om)$", words, re.IGNORECASE) is not None


def _named(words: str, parties: Parties) -> str:
    """A title in capitals reads as a sentence, with the parties' names as names."""
    if not words.isupper():
        return words
    words = words.capitalize()
    for name in (*parties.municipal, *parties.police):
        words = re.sub(re.escape(name), name, words, flags=re.IGNORECASE)
    return words

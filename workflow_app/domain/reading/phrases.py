"""Patterns written as one reads them: a space is any white space, <name> a piece of the grammar.

``phrase("gjelder <until> <date:to>")`` is a compiled pattern in which ``to``
is the group of a date; " ?" is white space or none. A clause table stays legible that way, and a spelling
added to the lexicon reaches every clause. All repetition is bounded, so that
the reader's cost stays linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import cache

from workflow_app.domain.reading import lexicon

_WORD_NUMBER = lexicon.alternatives(lexicon.NUMBERS)
_MONTH = rf"(?:{lexicon.alternatives(lexicon.MONTHS)})\b\.?"
_YEAR4 = r"(?:19|20)\d\d"
_DAY_MONTH_YEAR = (
    rf"(?<![\d./])\d{{1,2}}\s?[./]\s?\d{{1,2}}(?:\s?(?:[./]|\s?[-–]\s?)\s?(?:{_YEAR4}|\d\d)"
    rf"|\s{{1,2}}{_YEAR4})(?!\d|\.\d)"
)
_DAY_NAMED_MONTH = rf"(?<![\d./])\d{{1,2}}\s?\.?\s?{_MONTH}"
_DATE = (
    rf"(?:{_YEAR4}-\d\d-\d\d(?!\d)|{_DAY_MONTH_YEAR}"
    rf"|{_DAY_NAMED_MONTH}\s?,?\s?{_YEAR4}(?!\d))"
)
# "Etter avtale" means as arranged, not the agreement.
_AGREEMENT = (
    r"(?<!etter\s)\b(?:\w{0,30}avtal(?:e[nr]?|ene|a|ane|ar)s?|\w{0,20}kontrakt(?:en|a|ene|ane)?s?"
    r"|overenskomst(?:en|ene|er)?s?|overeinskomst(?:en|ane|ar)?s?)\b"
)

PIECES: dict[str, str] = {
    # 6, seks, 6 – seks –, 6 (seks), seks (6)
    "num": (
        rf"(?:\d{{1,3}}(?:\s?[-–(]\s?(?:{_WORD_NUMBER})\b\s?[-–)]?)?"
        rf"|\b(?:{_WORD_NUMBER})\b(?:\s?(?:\(\s?\d{{1,3}}\s?\)|[-–]\s?\d{{1,3}}\s?[-–]))?)"
    ),
    "ordinal": rf"(?:\b(?:{lexicon.alternatives(lexicon.ORDINALS)})\b|\b\d{{1,3}}\.)",
    "month": rf"\b{_MONTH}",
    "weekday": rf"\b(?:{lexicon.alternatives(lexicon.WEEKDAYS)})\b",
    "season": rf"\b(?:{lexicon.alternatives(lexicon.SEASONS)})\b",
    "year": rf"\b{_YEAR4}\b",
    "date": _DATE,
    "day_month": rf"(?:{_DAY_NAMED_MONTH}|(?<![\d./])\d{{1,2}}\s?[./]\s?\d{{1,2}}\b\.?(?!\s?[-–./]?\s?\d))",
    "month_year": rf"\b{_MONTH}\s?,?\s?{_YEAR4}(?!\d)",
    "blank": lexicon.BLANK,
    "each": r"\b(?:hver[et]?|hvert|kvar[et]?|kvart)\b",
    "from": r"\b(?:fra\s+og\s+med|frå\s+og\s+med|f\.?\s?o\.?\s?m\.?|fra|frå)(?:\s+den)?(?=\s)",
    "until": (
        r"\b(?:til\s+og\s+med|t\.?\s?o\.?\s?m\.?|fr[ea]m\s+til(?:\s+og\s+med)?|fram\s+til|inntil|til)"
        r"(?:\s+den)?(?=\s)"
    ),
    "latest": r"\b(?:senest|seneste|seinast|seinest|minst|minimum|innen|innan)\b",
    "before": r"\b(?:før|i\s+forkant\s+av|i\s+forkant|forut\s+for|forut|på\s+førehand|på\s+forhånd"
    r"|i\s+forveien|i\s+førevegen|i\s+forvegen)\b",
    "agreement": _AGREEMENT,
    "council": r"\b(?:kommunestyr|bystyr|heradsstyr)(?:e(?:t|ts|ne|nes|na|a|r)?|a)\b",
    "shall": r"\b(?:skal|må|bør|kan|vil|blir|vert|blei|er)\b",
    "yearling": rf"\b(?:\d{{1,2}}|{_WORD_NUMBER})\s?-?årig",
    # a term of so many years in one word: toårsperiode
    "years_long": rf"\b(?:\d{{1,2}}|{_WORD_NUMBER})[ -]?års(?:periode\w*)?\b",
    "dur": "",
    "signing": (
        r"\b(?:signering(?:en|a)?(?:sdato(?:en)?|stidspunkt(?:et)?)?|signatur(?:en)?(?:dato(?:en)?)?"
        r"|underskrift(?:a|en)?(?:sdato(?:en)?|stidspunkt(?:et)?)?|underskriving(?:a|en)?"
        r"|undertegn(?:ing|else)(?:en|a|n)?|underteikning(?:a)?|(?:kontrakts|avtale)?inngåelse(?:n)?"
        r"|inngåing(?:a)?"
        r"|(?:den\s+)?(?:dato(?:en)?\s+)?(?:er|blir|vert|ble|var|har|hev)\s+(?:signert|underskreve[nt]"
        r"|underskriv[ei][nt]|undertegn(?:et|a)|underteikna))\b"
    ),
}
PIECES["dur"] = (
    rf"(?:(?:{PIECES['num']}|\b(?:eit?t?\s+|ett?\s+|en\s+)?halvt|\bhalvt?ann(?:et|an|a))\s?[-–]?\s?"
    r"(?:(?:hele?|heile?|fulle?|nye|nytt|påfølgende|påfølgjande|ekstra)\s)?"
    r"(?:kalender|virke|arbeids|yrke|verke)?"
    r"(?:(?:år(?:s|ig|ige)?|måned(?:er|ers|s)?|månad(?:er|ers|ars|ar|s)?"
    r"|uker?s?|ukers|veker?s?|dag(?:er|ar|ers|ars|s)?|døgns?)\b|mnd(?:e?rs?|s)?\b\.?))"
)

_PIECE = re.compile(r"(?<!\(\?P)<(\w+)(?::(\w+))?>")


def _expand(found: re.Match[str]) -> str:
    piece = PIECES[found[1]]
    return f"(?P<{found[2]}>{piece})" if found[2] else f"(?:{piece})"


@cache
def phrase(template: str) -> re.Pattern[str]:
    """Compile a template. Raises ``KeyError`` for an unknown piece: a mistake of ours, found by any test."""
    spaced = template.replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(_PIECE.sub(_expand, spaced), re.IGNORECASE)

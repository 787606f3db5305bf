"""How often: "minst to ganger i året", "hvert halvår", "4 møter pr år, minimum 2", "hvert tredje år".

Each wording is a row of the table: a template and what it says. Frequencies
are counted per year; what happens more seldom than yearly is counted in months.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from workflow_app.domain.reading.frequency_words import (
    AT_MOST,
    BETWEEN,
    CEILINGS,
    HALF_YEAR,
    HOW_MANY,
    IN_AUTUMN,
    IN_SPRING,
    LIMIT,
    MANY,
    MANY_YEARLY,
    MONTHS,
    OCCASION,
    YEAR,
)
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.stems import fold, mentions
from workflow_app.domain.reading.times import number, ordinal


@dataclass(frozen=True)
class Frequency:
    """``per_year`` times a year, or at least, or at most; or every ``months`` months.

    ``start`` and ``end`` count within the piece of text that was searched.
    """

    start: int
    end: int
    per_year: int | None = None
    per_year_min: int | None = None
    per_year_max: int | None = None
    months: int | None = None
    spring: int | None = None
    autumn: int | None = None

    def values(self) -> dict[str, int]:
        """The contract's values of a meeting rule; empty when it is not counted per year."""
        names = ("per_year", "per_year_min", "per_year_max", "spring", "autumn")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


def _counted(found: re.Match[str], times: int = 1) -> Frequency | None:
    groups = found.groupdict()
    low, high = number(found["n"]), number(groups["m"]) if groups.get("m") else None
    if low is None or low == 0:
        return None
    low *= times
    start, end = found.span()
    limit = (groups.get("limit") or "").lower()
    if high is not None and high * times > low:
        return Frequency(start, end, per_year_min=low, per_year_max=high * times)
    if limit.startswith(CEILINGS):
        return Frequency(start, end, per_year_max=low)
    return Frequency(start, end, per_year_min=low) if limit else Frequency(start, end, per_year=low)


def _fixed(times: int) -> Callable[[re.Match[str]], Frequency | None]:
    return lambda found: Frequency(*found.span(), per_year=times)


def _limited(times: int) -> Callable[[re.Match[str]], Frequency | None]:
    def made(found: re.Match[str]) -> Frequency:
        limit = (found["limit"] or "").lower()
        if limit and not limit.startswith(CEILINGS):
            return Frequency(*found.span(), per_year_min=times)
        return Frequency(*found.span(), per_year=times)

    return made


def _every_nth(found: re.Match[str], months: int) -> Frequency | None:
    place = ordinal(found["nth"]) if found.groupdict().get("nth") else 2
    if not place:
        return None
    total = place * months
    if total % 12 and 12 % total == 0:
        return Frequency(*found.span(), per_year=12 // total)
    return Frequency(*found.span(), months=total)


def _per_season(found: re.Match[str]) -> Frequency | None:
    spring, autumn = number(found["n"]), number(found["m"])
    if not (spring and autumn):
        return None
    return Frequency(*found.span(), per_year=spring + autumn, spring=spring, autumn=autumn)


def _listed(found: re.Match[str]) -> Frequency | None:
    return Frequency(*found.span(), per_year=len(phrase("<month>").findall(found["list"] or found["list2"])))


def _seasons(found: re.Match[str]) -> Frequency | None:
    return Frequency(*found.span(), per_year=2, spring=1, autumn=1)


# Whatever a row of the table matches holds one of these.
STEMS = ("år", "kvartal", "måned", "månad", "uke", "veke", "semester", "tertial")

_HALF, _MONTH, _WEEK = ("halvår", "semester"), ("måned", "månad"), ("uke", "veke")

# Stems of which each match holds one, the pattern and what it says. The first row that matches at a
# place is the one that counts.
_ROWS: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], Frequency | None]], ...] = (
    (("år",), phrase(rf"{BETWEEN} ?,? {OCCASION}(?: [\w-]+){{0,4}}? {YEAR}"), _counted),
    (("år",), phrase(rf"{HOW_MANY}[^.;\d]{{0,60}}? {BETWEEN} {YEAR}"), _counted),
    (
        ("år",),
        phrase(rf"{HOW_MANY}[^.;\d]{{0,60}}? {LIMIT}(?P<n><num>)(?: ?(?:-|–|til) ?(?P<m><num>))? {YEAR}"),
        _counted,
    ),
    (("årl",), phrase(rf"{LIMIT}{MANY_YEARLY}"), _counted),
    (("år",), phrase(rf"{LIMIT}{MANY}(?: [\w-]+){{0,4}}? {YEAR}"), _counted),
    (("år",), phrase(rf"{YEAR}(?: (?!gang|gong)[\w-]+){{0,5}}? {LIMIT}{MANY}"), _counted),
    (_HALF, phrase(rf"{LIMIT}{MANY} (?:pr\.?|per|i|(?:i )?<each>) {HALF_YEAR}"), lambda f: _counted(f, 2)),
    (
        ("tertial",),
        phrase(rf"{LIMIT}{MANY} (?:pr\.?|per|i|(?:i )?<each>) tertial(?:et)?\b"),
        lambda f: _counted(f, 3),
    ),
    (
        ("år",),
        phrase(rf"(?P<n><num>){IN_SPRING} ?(?:,|og|samt) (?:og )?(?P<m><num>){IN_AUTUMN}"),
        _per_season,
    ),
    (
        ("kvartal",),
        phrase(rf"{LIMIT}{MANY} (?:pr\.?|per|i|(?:i )?<each>) kvartal(?:et)?\b"),
        lambda f: _counted(f, 4),
    ),
    (
        _MONTH,
        phrase(
            rf"{LIMIT}{MANY} (?:pr\.?|per|i|(?:i )?<each>) (?:måned(?:en)?"
            rf"|månad(?:en)?)\b"
        ),
        lambda f: _counted(f, 12),
    ),
    (("år",), phrase(r"<each> (?P<nth><ordinal>) år\b"), lambda f: _every_nth(f, 12)),
    (
        ("år",),
        phrase(
            r"\b(?:annet? ?hvert|annahvert|annakvart|anna ?kvart"
            r"|anna?na?kvart) år\b"
        ),
        lambda f: _every_nth(f, 12),
    ),
    (_MONTH, phrase(r"<each> (?P<nth><ordinal>) (?:måned|månad)\b"), lambda f: _every_nth(f, 1)),
    (
        _MONTH,
        phrase(
            rf"{LIMIT}\b(?:annenhver|annakvar|annankvar|annan kvar|annen hver|hver annen) (?:måned|månad)\b"
        ),
        _limited(6),
    ),
    (
        ("år",),
        phrase(r"<each> vår og (?:<each> )?(?:høst|haust)\b|\b(?:både )?vår og (?:høst|haust)\b"),
        _seasons,
    ),
    (
        _HALF,
        phrase(rf"{LIMIT}(?:<each> (?:halvår|semester)\b|\bhalvår(?:lig|leg|svis)(?:e)?\b)"),
        _limited(2),
    ),
    (("tertial",), phrase(rf"{LIMIT}<each> tertial\b"), _limited(3)),
    (
        ("kvartal",),
        phrase(rf"{LIMIT}(?:<each> kvartal\b|\bkvartals?(?:vise?|møter?)\b|\bkvartalsvis\b)"),
        _limited(4),
    ),
    (
        _MONTH,
        phrase(
            rf"{LIMIT}(?:<each> (?:måned|månad)\b|\bmåned(?:lig|svis)e?\b|\bmånad(?:leg|svis|lege)\b"
            r"|\bmånedlige\b)"
        ),
        _limited(12),
    ),
    (_WEEK, phrase(r"\bannenhver uke\b|\bannakvar veke\b"), _fixed(26)),
    (_WEEK, phrase(r"<each> (?:uke|veke)\b|\bukentlige?\b"), _fixed(52)),
    (("år",), phrase(rf"{YEAR} {MONTHS}|{MONTHS.replace('list', 'list2')} {YEAR}"), _listed),
    (("år",), phrase(rf"{LIMIT}{YEAR}"), _limited(1)),
)

_FEW = r"(?:minst|minimum|min\.|(?:ikke|ikkje|aldri) (?:færre|mindre) enn)"
_NO_TIME = r"(?! ?(?:\d|uke|veke|dag|måned|månad|time|person|representant|medlem))"
_AND_AT_LEAST = phrase(rf"\A ?,? ?\(?(?:og |men |dog )?{_FEW} (?P<n><num>){_NO_TIME}")
_AND_AT_MOST = phrase(rf"\A ?,? ?\(?(?:og |men |dog )?{AT_MOST} (?P<n><num>){_NO_TIME}")
_OR_OFTENER = phrase(
    r"\A[^.]{0,40}?\b(?:oftere|oftare|flere|fleire|ellers|elles|utover dette|i tillegg)\b(?:[^.]{0,40}"
    r"\b(?:behov|nødvendig|naudsynt|trengs|trengst|ønskelig|ønskjeleg)\b)?"
)
_AS_LEAST = phrase(r"\A ?,? ?(?:som (?:et |eit )?minimum|i det minste|er (?:et |eit )?minimum)\b")
_SPRING = phrase(rf"(?P<n><num>){IN_SPRING}")
_AUTUMN = phrase(rf"(?P<n><num>){IN_AUTUMN}")


def find_frequencies(text: str) -> list[Frequency]:
    """Every frequency in a sentence, in order, none inside another."""
    return list(_found(text)) if mentions(fold(text), STEMS) else []


# Several clause tables ask of the same sentence, one after the other.
@lru_cache(maxsize=64)
def _found(text: str) -> tuple[Frequency, ...]:
    taken: list[Frequency] = []
    folded = fold(text)
    for stems, pattern, make in _ROWS:
        if not mentions(folded, stems):
            continue
        for found in pattern.finditer(text):
            if any(found.start() < other.end and other.start < found.end() for other in taken):
                continue
            made = make(found)
            if made is not None:
                taken.append(_completed(made, text))
    return tuple(sorted(taken, key=lambda frequency: frequency.start))


def _completed(base: Frequency, text: str) -> Frequency:
    """Add what follows the count: a floor ("minimum 2"), "or oftener", so many in spring and autumn."""
    after = text[base.end : base.end + 120]
    out = base
    floor, ceiling = _AND_AT_LEAST.search(after), _AND_AT_MOST.search(after)
    if floor is not None and out.per_year_min is None and (least := number(floor["n"])):
        out = replace(out, per_year_min=least, end=base.end + floor.end())
    elif ceiling is not None and out.per_year_max is None and (most := number(ceiling["n"])):
        out = replace(out, per_year_max=most, end=base.end + ceiling.end())
    elif out.per_year is not None and (_OR_OFTENER.search(after) or _AS_LEAST.search(after)):
        out = replace(out, per_year=None, per_year_min=out.per_year)
    spring, autumn = _SPRING.search(after), _AUTUMN.search(after)
    if spring and autumn and out.spring is None:
        out = replace(out, spring=number(spring["n"]), autumn=number(autumn["n"]))
    return out

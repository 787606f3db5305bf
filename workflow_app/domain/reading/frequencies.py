"""How often: "minst to ganger i året", "hvert halvår", "4 møter pr år, minimum 2", "hvert tredje år".

Each wording is a row of the table: a template and what it says. Frequencies
are counted per year; what happens more seldom than yearly is counted in months.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.stems import fold, mentions
from workflow_app.domain.reading.times import number, ordinal

YEAR = (
    r"(?:\b(?:pr\.? ?|per )(?:kalender)?år\b|\bi (?:hvert )?(?:kalender)?året\b|<each> (?:kalender)?år\b"
    r"|\b(?:årlig|årleg)(?:e)?\b|\bi løpet av (?:et |eit |kalender)?(?:året?|år)\b|\bom året\b|\bfor året\b"
    r"|\bi året\b|(?:<each>|\bi|\bpr\.?|\bper) (?:skole|skule|drifts|avtale|budsjett)år(?:et)?\b"
    r"|\bpr\.?/år\b)"
)
_OCCASION = (
    r"(?:gang(?:er)?|gong(?:er)?|gongar|\w*møter?|\w*møte|\w*samlinger|\w*samlingar|\w*møta"
    r"|av (?:\w+ )?\w*møt(?:ene|ane|a))\b"
)
_MANY = rf"(?P<n><num>)(?: ?(?:-|–|til|eller) ?(?P<m><num>))?(?: (?!gang|gong|møte)[\w-]+){{0,2}} {_OCCASION}"
_LIMIT = (
    r"(?:(?P<limit>minst|minimum|min\.|mins?te|ikke (?:færre|mindre|sjeldnere) enn"
    r"|ikkje (?:færre|mindre|sjeldnare) enn|aldri (?:færre|mindre|sjeldnere|sjeldnare) enn"
    r"|(?:et|eit) minimum (?:av|på)|i det minste"
    r"|inntil|opptil|(?<!legges\s)(?<!legge\s)(?<!legg\s)(?<!lagt\s)opp til|maks(?:imalt|imum)?\.?|høyst"
    r"|høgst|ikke (?:flere|mer) enn|ikkje (?:fleire"
    r"|meir) enn)(?: |(?=\d)))?"
)
_CEILINGS = (
    "inntil", "opptil", "opp til", "maks", "høyst", "høgst", "ikke fler", "ikke mer", "ikkje fl", "ikkje me",
)  # fmt: skip
_AT_MOST = r"(?:maksimum|maksimalt|maks\.?|høyst|inntil|høgst)"
_BETWEEN = rf"\b(?:minst|minimum|min\.) (?P<n><num>) ?,? ?(?:og|men|,) ?{_AT_MOST} (?P<m><num>)"
_HOW_MANY = r"\b(?:antall(?:et)?|tal(?:et)? på|møtefrekvens\w*|møtehyppighet\w*)\b"
_IN_SPRING = r"(?: [\w-]+)? (?:på |om |i )?vår(?:en|halvåret|semesteret)?\b"
_IN_AUTUMN = r"(?: [\w-]+)? (?:på |om |i )?(?:høst|haust)(?:en|halvåret|semesteret)?\b"
_HALF_YEAR = r"(?:halvår(?:et)?|semester(?:et)?)\b"
_MONTHS = r"i (?P<list><month>(?: ?, <month>){0,10} og <month>)"


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
    if limit.startswith(_CEILINGS):
        return Frequency(start, end, per_year_max=low)
    return Frequency(start, end, per_year_min=low) if limit else Frequency(start, end, per_year=low)


def _fixed(times: int) -> Callable[[re.Match[str]], Frequency | None]:
    return lambda found: Frequency(*found.span(), per_year=times)


def _limited(times: int) -> Callable[[re.Match[str]], Frequency | None]:
    def made(found: re.Match[str]) -> Frequency:
        limit = (found["limit"] or "").lower()
        if limit and not limit.startswith(_CEILINGS):
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

# The first row that matches at a place is the one that counts.
_ROWS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Frequency | None]], ...] = (
    (phrase(rf"{_BETWEEN} ?,? {_OCCASION}(?: [\w-]+){{0,4}}? {YEAR}"), _counted),
    (phrase(rf"{_HOW_MANY}[^.;\d]{{0,60}}? {_BETWEEN} {YEAR}"), _counted),
    (
        phrase(rf"{_HOW_MANY}[^.;\d]{{0,60}}? {_LIMIT}(?P<n><num>)(?: ?(?:-|–|til) ?(?P<m><num>))? {YEAR}"),
        _counted,
    ),
    (phrase(rf"{_LIMIT}{_MANY}(?: [\w-]+){{0,4}}? {YEAR}"), _counted),
    (phrase(rf"{YEAR}(?: (?!gang|gong)[\w-]+){{0,5}}? {_LIMIT}{_MANY}"), _counted),
    (phrase(rf"{_LIMIT}{_MANY} (?:pr\.?|per|i|(?:i )?<each>) {_HALF_YEAR}"), lambda f: _counted(f, 2)),
    (phrase(rf"{_LIMIT}{_MANY} (?:pr\.?|per|i|(?:i )?<each>) tertial(?:et)?\b"), lambda f: _counted(f, 3)),
    (phrase(rf"(?P<n><num>){_IN_SPRING} ?(?:,|og|samt) (?:og )?(?P<m><num>){_IN_AUTUMN}"), _per_season),
    (phrase(rf"{_LIMIT}{_MANY} (?:pr\.?|per|i|(?:i )?<each>) kvartal(?:et)?\b"), lambda f: _counted(f, 4)),
    (
        phrase(
            rf"{_LIMIT}{_MANY} (?:pr\.?|per|i|(?:i )?<each>) (?:måned(?:en)?"
            rf"|månad(?:en)?)\b"
        ),
        lambda f: _counted(f, 12),
    ),
    (phrase(r"<each> (?P<nth><ordinal>) år\b"), lambda f: _every_nth(f, 12)),
    (
        phrase(
            r"\b(?:annet?hvert|annahvert|annakvart|anna ?kvart"
            r"|anna?na?kvart) år\b"
        ),
        lambda f: _every_nth(f, 12),
    ),
    (phrase(r"<each> (?P<nth><ordinal>) (?:måned|månad)\b"), lambda f: _every_nth(f, 1)),
    (
        phrase(
            r"\b(?:annenhver|annakvar|annankvar|annan kvar|annen hver|hver annen) (?:måned"
            r"|månad)\b"
        ),
        _fixed(6),
    ),
    (phrase(r"<each> vår og (?:<each> )?(?:høst|haust)\b|\b(?:både )?vår og (?:høst|haust)\b"), _seasons),
    (phrase(rf"{_LIMIT}(?:<each> (?:halvår|semester)\b|\bhalvår(?:lig|leg|svis)(?:e)?\b)"), _limited(2)),
    (phrase(rf"{_LIMIT}<each> tertial\b"), _limited(3)),
    (phrase(rf"{_LIMIT}(?:<each> kvartal\b|\bkvartals?(?:vise?|møter?)\b|\bkvartalsvis\b)"), _limited(4)),
    (
        phrase(
            rf"{_LIMIT}(?:<each> (?:måned|månad)\b|\bmåned(?:lig|svis)e?\b|\bmånad(?:leg|svis|lege)\b"
            r"|\bmånedlige\b)"
        ),
        _limited(12),
    ),
    (phrase(r"\bannenhver uke\b|\bannakvar veke\b"), _fixed(26)),
    (phrase(r"<each> (?:uke|veke)\b|\bukentlige?\b"), _fixed(52)),
    (phrase(rf"{YEAR} {_MONTHS}|{_MONTHS.replace('list', 'list2')} {YEAR}"), _listed),
    (phrase(rf"{_LIMIT}{YEAR}"), _limited(1)),
)

_FEW = r"(?:minst|minimum|min\.|(?:ikke|ikkje|aldri) (?:færre|mindre) enn)"
_NO_TIME = r"(?! ?(?:\d|uke|veke|dag|måned|månad|time|person|representant|medlem))"
_AND_AT_LEAST = phrase(rf"\A ?,? ?\(?(?:og |men |dog )?{_FEW} (?P<n><num>){_NO_TIME}")
_AND_AT_MOST = phrase(rf"\A ?,? ?\(?(?:og |men |dog )?{_AT_MOST} (?P<n><num>){_NO_TIME}")
_OR_OFTENER = phrase(
    r"\A[^.]{0,40}?\b(?:oftere|oftare|flere|fleire|ellers|elles|utover dette|i tillegg)\b(?:[^.]{0,40}"
    r"\b(?:behov|nødvendig|naudsynt|trengs|trengst|ønskelig|ønskjeleg)\b)?"
)
_AS_LEAST = phrase(r"\A ?,? ?(?:som (?:et |eit )?minimum|i det minste|er (?:et |eit )?minimum)\b")
_SPRING = phrase(rf"(?P<n><num>){_IN_SPRING}")
_AUTUMN = phrase(rf"(?P<n><num>){_IN_AUTUMN}")


def find_frequencies(text: str) -> list[Frequency]:
    """Every frequency in a sentence, in order, none inside another."""
    if not mentions(fold(text), STEMS):
        return []
    taken: list[Frequency] = []
    for pattern, make in _ROWS:
        for found in pattern.finditer(text):
            if any(found.start() < other.end and other.start < found.end() for other in taken):
                continue
            made = make(found)
            if made is not None:
                taken.append(_completed(made, text))
    return sorted(taken, key=lambda frequency: frequency.start)


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

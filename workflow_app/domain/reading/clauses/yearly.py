"""When in the year a review falls due: its end, a season, a day or a month that the clause names."""

from __future__ import annotations

import re

from workflow_app.domain.reading import lexicon, wording
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import fold
from workflow_app.domain.reading.times import day_and_month, last_day, month_of, ordinal

_PAST = phrase(
    r"\A(?:sist )?(?:revidert|oppdatert|evaluert)\b|\b(?:ble|vart|blei|er|var"
    r"|har blitt) (?:sist )?(?:revidert|oppdatert|evaluert|reviderte)\b"
    r"|(?<!vert\s)(?<!blir\s)(?<!bli\s)\b(?:evaluerte|reviderte|oppdaterte)\b|\b(?:(?:har"
    r"|hadde) (?:\w+ ){0,2}?(?:evaluert|revidert|oppdatert))\b"
)
YEAR_END = phrase(
    r"\b(?:ved|innen|innan|mot|før|på|i) årets (?:slutt|utgang|utløp)\b|"
    r"\b(?:ved|innen|innan|mot|i|før|på) (?:utgangen av|utløpet av|slutten av) (?:hvert|kvart|året|hver|kvar"
    r"|kalenderåret|det enkelte)(?: \w+)?"
    r"|\bved (?:årets slutt|årsslutt|årsskiftet|årsskifte|årsslutten|årets utgang|årets utløp"
    r"|hvert årsskifte|kvart årsskifte|(?:hvert|kvart) års slutt|slutten av året|utgangen av året"
    r"|års?ende)\b|\binnen årets slutt\b|\binnan årets slutt\b|\binnen utgangen av året\b|\bved årsslutt\b"
    r"|\bi slutten av året\b|\binnen årsskiftet\b|\bpå slutten av (?:året|hvert år|kvart år)\b"
    r"|\bi desember (?:hvert|kvart) år\b|\bnår året er (?:omme|ute|over|slutt)\b|\bfør årsskiftet\b"
)
_BY_MONTH = phrase(
    r"(?:\b(?:hver|kvar)|\b(?:innen|innan|ved|i) (?:utgangen av|utløpet av|slutten av)|i løpet av|innen|innan"
    r"|i) (?P<m><month>)(?!\s?\d)"
)
# A day with its year is one day and none of every year: "til 31. desember 2027, revideres årlig".
_ON_DAY = phrase(
    r"(?:\b(?:til|innen|innan|den|per|pr\.?|senest|seinast|hvert år|kvart år|før|føre"
    r"|dato)|:) (?:den )?(?P<d><day_month>)(?!\.?\s?\d)"
)
_DAY_THEN = phrase(r"(?P<d><day_month>),? (?:<each> (?:kalender)?år|årlig|årleg|kvart år)\b")
_PART = phrase(
    r"(?<!hvert\s)(?<!kvart\s)(?P<n><ordinal>|\bsiste)"
    r" (?P<part>kvartal|halvår|tertial)(?:,? (?P<year><year>))?"
)
_PARTS = {"kvartal": 4, "halvår": 2, "tertial": 3}
SEASON = phrase(
    r"(?:<each>|\bom|\bi løpet av|\bpå|\btidlig|\btidleg|\bpå seint|\bsein|\bsen|\bårlig,?"
    r"|\bårleg,?) (?P<s><season>|\b(?:vår|høst|haust)(?=møte))"
)


_AND_ANOTHER = phrase(
    r",? og (?=(?:\w+ ){0,3}?(?:revider\w*|revisjon\w*|rulleres|rullerast|oppdater\w*|evaluer\w*)\b)"
)
_SAYS_WHEN = phrase(
    r"<each>|\bårl[ie]g|\b(?:ved|etter) behov|\bom nødvendig|\bom naudsynt|\bløp[ea]nde|\bfortløp[ea]nde"
    r"|<dur>|<date>"
    r"|\bannethvert|\bannakvart|<num> (?:gang|gong)|\b(?:innen|innan|ved) (?:utgang|utløp|års)|<season>"
)
_BARE = phrase(
    r"\A(?:(?:skjer|gjøres|gjerast|foretas|gjennomføres|gjennomførast|finner sted|avholdes|skal skje"
    r"|skal gjøres)"
    r" )?(?:<each>|årlig|årleg|annethvert|annakvart|innen|innan|ved|minst|minimum|løpende|løpande|fortløpende"
    r"|<num> (?:gang|gong)|senest|seinast)\b"
)
_SHORT = 120


def own_part(words: str, verb: re.Pattern[str]) -> str:
    """The part of "evalueres årlig og revideres ved behov" with ``verb``; the whole if they share a time."""
    parts = _AND_ANOTHER.split(words)
    if len(parts) < 2 or not all(_SAYS_WHEN.search(part) for part in parts):
        return words
    return next((part for part in parts if verb.search(part)), words)


def under_heading(s: Sentence, matter: str, own: str, other: str) -> str:
    """The sentence with its matter put before it where only the heading names it: "Hvert år i november." """
    bare = own in s.heading and other not in s.heading and len(s.flat) < _SHORT and _BARE.match(s.flat)
    return f"{matter}: {s.flat}" if bare else s.flat


# The last months of the seasons as the deadlines count them; a winter lies in two years.
_SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11}


def last_day_of_season(season: str, year: str) -> str | None:
    """The last day of "hausten" of a year, None for a winter."""
    month = _SEASON_ENDS.get(lexicon.SEASONS[fold(season)])
    return f"{year}-{month:02}-{last_day(month)}" if month else None


def is_past(words: str) -> bool:
    """Whether the review spoken of is done, and none is spoken of after it."""
    past = _PAST.search(words)
    return past is not None and re.search(r"\b(?:skal|bør|må|kan|revideres)\b", words[past.end() :]) is None


def day_of_year(words: str) -> tuple[int, int, tuple[str, ...]] | None:
    """(month, day, assumptions) of a day of every year that the clause names."""
    for pattern in (_ON_DAY, _DAY_THEN):
        found = pattern.search(words)
        if found and (parts := day_and_month(found["d"])):
            return (*parts, ())
    found = _BY_MONTH.search(words)
    if found and (month := month_of(found["m"])):
        assumed = () if re.search(r"utgang|utløp|slutt", found[0], re.I) else (wording.END_OF_MONTH,)
        return month, last_day(month), assumed
    found = _PART.search(words)
    last = _last_month(found) if found else None
    return (last, last_day(last), (wording.END_OF_PART,)) if last else None


def last_day_of_part(words: str) -> str | None:
    """The last day of "3. kvartal 2024", None where no part of a named year is named."""
    found = _PART.search(words)
    last = _last_month(found) if found and found["year"] else None
    return f"{found['year']}-{last:02}-{last_day(last)}" if found and last else None


def _last_month(found: re.Match[str]) -> int | None:
    parts_a_year = _PARTS[found["part"].lower()]
    nth = parts_a_year if found["n"].lower() == "siste" else ordinal(found["n"]) or 0
    return 12 // parts_a_year * nth if 1 <= nth <= parts_a_year else None

"""From when and to when: what the words of a validity clause say of its ends."""

from __future__ import annotations

import re
from calendar import monthrange
from itertools import pairwise

from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.subjects import other_document
from workflow_app.domain.reading.times import day_and_month, iso_date, month_of, parse_date

_DIGITS = re.compile(r"\d+")
YEARS = phrase(
    r"(?P<a><year>) ?(?:-|–|—|/|til|t\.?o\.?m\.?|til og med"
    r"|og) ?(?:og med )?(?:utgangen av |ut )?(?P<b><year>)(?!\d|[.-]\d)"
)
_ONE_WHOLE_YEAR = phrase(
    r"\b(?:(?:gjelder|gjeld|inngås|gyldig)(?: bare| kun| berre)? (?:for|i)|inngått for) (?:hele |heile )?"
    r"(?:(?:kalender|budsjett)?året )?(?P<year><year>)(?= ?[.;]?\Z| ?[,;]| og (?!<year>))"
)
_LISTED = re.compile(r"(?:(?:19|20)\d\d,\s+){1,8}\Z")
_SIGNED = (
    r"(?:signert|signerte|underskreve[nt]|underskrive[nt]|undertegnet|undertegna|underteikna"
    r"|skrive under|skrivi under|skrevet under|skriv under"
    r"|(?:sin |si )?(?:underskrift|signatur))"
)
_START = rf"(?:<date>|<month_year>|<signing>|{_SIGNED}\b|dags dato|d\.d\.|<day_month> ?<blank>)"
# What may stand between "from" or "in force" and the day or the signing.
_FILLERS = (
    r"(?: (?:og|med|den|det|ho|han|dato|datoen|dagen|dag|tidspunkt|tidspunktet|for|som|da|då|når|straks"
    r"|så|snart|snarest|partene|partane|partenes|si|begge|begges|alle|parter|partar|parters|part"
    r"|siste|sist|er|har|hev|blir|vert|blei|ble|vart|at|avtalen|avtala|denne|dagsett|datert|ved|per|pr\.?"
    r"|fra|frå|regnes|reknast|verknadsdato|partane|kontrakten|skrivedato"
    r"|verknad|virkning|verkning|av|på)){0,9}"
)
_FROM = phrase(rf"<from>{_FILLERS} (?P<from>{_START})")
_STARTS = phrase(
    rf"\b(?:i kraft|i verk|gjeldende|gjeldande|gyldig|virkning|verknad|verkning|gjelde|gjelda|gjelder"
    rf"|gjeld|iverksettes|iverksettast"
    rf"|tar til|tek til|startar|starter|begynner|byrjar|ikrafttre\w*|iverkset(?:telse|jing|ting|t)\w*"
    rf"|oppstart\w*|virkningstidspunkt\w*|verknadstidspunkt\w*|virkningsdato\w*|verknadsdato\w*"
    rf"|startdato\w*|start|starter opp|startar opp|virksom|verksam)\b ?:?{_FILLERS} (?P<from>{_START})"
)
# "Når begge partar har skrive under, …": the signing goes before what it begins.
_AHEAD = phrase(
    rf"\A(?:når|etter at|så snart|straks|fra|frå|med det same|idet|i det) [^,.\d]{{0,50}}?(?P<from>{_SIGNED}"
    r"|<signing>)\b[^,.\d]{0,20}?(?:,| (?=gjeld|trer|trår|er|vert|blir))"
)
_COUNTED = phrase(rf"<dur>,? (?:regnet |rekna |regna )?(?:etter|frå|fra|ved){_FILLERS} (?P<from>{_START})")
# "The agreement of 2015" and "an agreement from 1.1.2012" are others than this.
_OF_ANOTHER = phrase(
    r"\b(?:erstatt\w*|avløs\w*|avløys\w*|tillegg|supple\w*|utfyll\w*|tidligere|tidlegare|bygger på|bygg på"
    r"|vidareføring av|videreføring av|jf\.?|vise?r til)\b[^.;]{0,80}?<agreement>[^,;]{0,40}\Z"
)
_TO = phrase(
    r"(?<!tar\s)(?<!tek\s)(?P<until><until>)(?: og med)? (?:dato(?:en)? |utgangen av |utløpet av "
    r"|utgangen av året )?(?P<to><date>)"
)
_TILL = r"(?:-|–|—|(?:og )?til og med|t\.?o\.?m\.?|(?:og )?til)"
_RANGE = phrase(rf"(?P<from><date>) ?{_TILL} ?(?:den )?(?P<to><date>)")
# "From 1 March to 31 December 2022", "from 1 January 2023 to 31 December the same year"
_ONE_YEAR = phrase(
    rf"(?P<from><day_month>|(?<![\d./])\d{{1,2}}\s?[./]\s?\d{{1,2}}\.?) ?{_TILL} ?(?:den )?(?P<to><date>)"
    rf"|(?P<from2><date>) ?{_TILL} ?(?:den )?(?P<to2><day_month>),? (?:samme|same) (?:kalender)?år"
)
_MONTHS = phrase(
    r"(?P<until><until>)(?: og med)? (?:utgangen av |utløpet av |slutten av |ut )?(?P<to><month_year>)"
    r"|(?P<out>\but) (?P<to2><month_year>)"
)
_ENDS = phrase(
    r"\b(?:opphører|utløper|går ut|avsluttes|opphøyrer|løper ut|bortfaller|faller bort|fell bort|opphør"
    r"|opphøyr|sluttdato|utløpsdato|avslutta|avsluttet|opphevet|oppheva|slutt"
    r"|utløp|slutter|sluttar|slutter å gjelde|sluttar å gjelde"
    r"|sluttar å gjelda)\b(?: (?:uten|utan)[^.]{0,40}?)?"
    r"(?: ?(?:den|per|pr\.?|er|ved utgangen av|med virkning fra|automatisk|:)){0,3} ?(?P<to><date>)"
)
_TO_YEAR_END = phrase(
    r"(?:<until>|\bved|\binnen) (?:og med )?(?:utgangen av|ut|utløpet av"
    r"|slutten av) (?:år |året )?(?P<b><year>)|\but (?:år |året |inneværende år, "
    r"|inneverande år, )?(?P<c><year>)\b"
    r"|\bt\.?o\.?m\.? (?P<d><year>)\b(?![.-])|\btil og med (?P<e><year>)\b(?![.-])"
)
_REVIEWED = phrase(r"\b(?:evaluer\w*|revider\w*|gjennomgå\w*|vurder\w*|forhandl\w*|reforhandl\w*)\b")
UNTIL_ENDED = phrase(
    r"\bså lenge ingen [^.;]{0,40}?\b(?:sagt|sagd|seier|sier) (?:\w+ ){0,2}opp\b"
    r"|\b(?:inntil|til|fram til|frem til|så lenge)\b (?:den|ho|avtalen|avtala|en av partene|ein av partane"
    r"|partene|noen|en part)? ?(?:\w+ ){0,4}?(?:si(?:er|es) (?:\w+ )?opp|seiast opp|seier (?:\w+ )?opp"
    r"|sagt opp|oppsagt|oppsagd|sagd opp|oppseiing|oppsigelse|ikke sies opp|ikkje)"
    r"|\b(?:inntil|til) (?:en|ein) av part(?:ene|ane) (?:\w+ ){1,8}?(?:sier opp|seier opp)\b"
    r"|\binntil videre\b|\binntil vidare\b|\binntil anna\b|\binntil annet\b|\btil vidare\b"
    r"|\bpå (?:ubestemt|uviss|ubunden) tid\b|\btidsubegrenset\b|\b(?:ikke|ikkje) tids(?:be|av)grens(?:et|a)\b"
    r"|\b(?:først|ikke|ikkje) (?:opphører |opphøyrer )?(?:når|før) (?:den|ho|han|avtalen"
    r"|avtala) (?:blir |vert )?"
    r"(?:sies|seiast|sagt|sagd) opp\b"
    r"|\btidsuavgrensa\b|\btidsubestemt\b|\b(?:i|for|på) (?:ubegrenset|ubegrensa|uavgrensa"
    r"|uavgrenset) tid\b|\b(?:uten|utan|ingen|inga|ikke noen|ikkje nokon"
    r"|ikkje noka) (?:tidsavgrensing|tidsavgrensning"
    r"|tidsbegrensning|sluttdato|utløpsdato)\b|<agreement> (?:er|løper) (?:løpende|løpande|fortløpende)\b"
    r"|\b(?:løpende|løpande|fortløpende) (?:inn)?til\b"
)
_FROM_YEAR = phrase(
    r"\b(?:gjelder|gjeld|gjeldende|gjeldande|gyldig|virkning|verknad|kraft|varer|varar|løper)"
    r" (?:\w+ ){0,4}?<from> (?:og med )?(?:året |år )?(?P<year><year>)(?! ?[-–/]|\d)"
)


def years_of(words: str) -> tuple[str, str] | None:
    """The first and the last year of a period in years; not those that a plan's name carries."""
    alone = _ONE_WHOLE_YEAR.search(words)
    if alone:
        return alone["year"], alone["year"]
    for found in YEARS.finditer(words):
        first = _first_listed(words, found)
        if first is None:
            continue
        near = words[max(0, found.start() - 45) : found.start()]
        if int(first) <= int(found["b"]) and not other_document(re.split(r"\bavtal\w*", near)[-1]):
            return first, found["b"]
    return None


def _first_listed(words: str, found: re.Match[str]) -> str | None:
    """The first year of "2022, 2023 og 2024"; None where "og" joins years that do not follow each other."""
    listed = _LISTED.search(words[: found.start()])
    years = [*(_DIGITS.findall(listed[0]) if listed else ()), found["a"], found["b"]]
    if re.search(r"\bog\b(?!\s+med)", found[0]) is None:
        return found["a"]
    follow = all(int(b) - int(a) == 1 for a, b in pairwise(years))
    return years[0] if follow else None


def first_day(words: str) -> str | None:
    """The ISO date the words begin from, "signing", or None when they name no beginning."""
    if (both := _one_year(words)) is not None:
        return both[0]
    for pattern in (_RANGE, _FROM, _STARTS, _COUNTED, _AHEAD):
        for found in pattern.finditer(words):
            if pattern is _FROM and _OF_ANOTHER.search(words[: found.start()]):
                continue
            return _day_or_month(found["from"]) if re.search(r"\d", found["from"]) else "signing"
    year = _FROM_YEAR.search(words)
    return f"{year['year']}-01-01" if year else None


def begins_with_year(words: str) -> bool:
    """Whether the beginning is named by its year alone."""
    start = _FROM_YEAR.search(words)
    return start is not None and first_day(words) == f"{start['year']}-01-01"


def _day_or_month(words: str) -> str | None:
    """A day, or the month where no day is given ("februar 2025"); None for a day that no calendar has."""
    month = month_of(words)
    if month is not None and len(_DIGITS.findall(words)) == 1:
        return f"{_DIGITS.findall(words)[0]}-{month:02}"
    return parse_date(words)


def _one_year(words: str) -> tuple[str | None, str | None] | None:
    """The first and the last day where only one of them carries the year that both have."""
    found = _ONE_YEAR.search(words)
    if found is None:
        return None
    whole, part = found["to"] or found["from2"], found["from"] or found["to2"]
    known, other = parse_date(whole), day_and_month(part)
    if known is None or other is None:
        return None
    made = iso_date(int(known[:4]), *other)
    first, last = (made, known) if found["to"] else (known, made)
    return (first, last) if first and last and first <= last else None


def last_day_named(words: str) -> tuple[str | None, bool]:
    """The last day, and whether the words leave open that it is counted in ("fram til")."""
    if (both := _one_year(words)) is not None:
        return both[1], False
    found = _RANGE.search(words)
    if found:
        return parse_date(found["to"]), False
    found = _TO.search(words)
    if found:
        day = parse_date(found["to"])
        # "Til 1. januar" may well mean the last day of the year before.
        first_of_month = day is not None and day.endswith("-01")
        towards = re.match(r"fr[ea]m|inntil", found["until"], re.I) is not None
        return day, (towards or first_of_month) and not _counted_in(found)
    found = _MONTHS.search(words)
    if found:
        return _last_of_month(found)
    found = _ENDS.search(words)
    if found:
        return parse_date(found["to"]), False
    found = _TO_YEAR_END.search(words)
    # "To be evaluated by the end of 2023" is the evaluation's day.
    if found and not (found["b"] and _REVIEWED.search(words[: found.start()])):
        year = next(year for year in found.groupdict().values() if year and re.fullmatch(r"\d{4}", year))
        return f"{year}-12-31", False
    return None, False


def _counted_in(found: re.Match[str]) -> bool:
    """Whether the words themselves count the day in: "til og med", "t.o.m.", "ut", "utgangen av"."""
    return re.search(r"med\b|t\.?\s?o\.?\s?m\b|utgang|utløp|slutt|\but\b", found[0], re.I) is not None


def _last_of_month(found: re.Match[str]) -> tuple[str, bool]:
    words = found["to"] or found["to2"]
    year, month = int(words[-4:]), month_of(words) or 12
    if _counted_in(found):
        return f"{year}-{month:02}-{monthrange(year, month)[1]}", False
    return f"{year}-{month:02}", True

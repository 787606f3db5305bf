"""From when, to when and how long: what the words of a validity clause say of its ends."""

from __future__ import annotations

import re

from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.times import months_of, parse_date

YEARS = phrase(
    r"(?P<a><year>) ?(?:-|–|—|/|til|t\.o\.m\.|til og med"
    r"|og) ?(?:og med )?(?:utgangen av )?(?P<b><year>)(?!\d|[.-]\d)"
)
_START = r"(?:<date>|<signing>|dags dato|d\.d\.|<day_month> ?<blank>)"
_FROM = phrase(
    rf"<from>(?: (?:og med )?(?:den )?(?:dato(?:en)? for |dagsett |datert )?(?:partenes |partane si "
    rf"|begge parters )?(?:det |den )?(?:(?:tidspunkt|dato)(?:et|en)?(?: som| da| då)? (?:den|ho"
    rf"|avtal\w+) )?)?"
    rf"(?P<from>{_START})"
)
_STARTS = phrase(
    rf"\b(?:i kraft|i verk|virkning|verknad|gjelde|gjelder|gjeld|iverksettes)\b(?: (?:ved|når|den|f?r[aå]"
    rf"|per|pr\.?|straks|den er|ho er|avtalen er|avtala er|begge parter har|den|med verknad|med virkning"
    rf"|fra)){{0,4}} (?P<from>{_START}|signert|underskrevet|underskriven)"
)
_TO = phrase(r"(?P<until><until>)(?: og med)? (?:utgangen av |utløpet av |utgangen av året )?(?P<to><date>)")
_RANGE = phrase(r"(?P<from><date>) ?(?:-|–|—|til) ?(?P<to><date>)")
_ENDS = phrase(
    r"\b(?:opphører|utløper|går ut|gjekk ut|avsluttes|opphøyrer|løper ut"
    r"|utløp)\b(?: uten[^.]{0,40}?)? ?(?:den|per|pr\.?|ved utgangen av|automatisk)? ?(?P<to><date>)"
)
_TO_YEAR_END = phrase(
    r"(?:<until>|\bved|\binnen) (?:og med )?(?:utgangen av|ut|utløpet av"
    r"|slutten av) (?:året )?(?P<b><year>)|\but (?:året )?(?P<c><year>)\b"
    r"|\bt\.?o\.?m\.? (?P<d><year>)\b(?![.-])|\btil og med (?P<e><year>)\b(?![.-])"
)
_DURATION = phrase(
    r"(?P<lead>\b(?:periode(?:n)? på|varighet(?:en)?(?: er)?(?: satt til| på)?"
    r"|varigheit(?:a)?(?: er)?(?: sett til| på)?"
    r"|løpetid(?:en)?(?: er)?(?: på)?|virketid(?: er)?(?: på)?"
    r"|avtaleperiode(?:n)?(?: er| på)?|avtaletid(?:en|a)?(?: er)?(?: på)?|gjelder(?: i| for)?|gjeld(?: i"
    r"| for)?|gyldig(?: i| for)?|inngås for|inngått for|varer(?: i)?|varar(?: i)?|løper(?: i| over)?|og i"
    r"|i kraft i|for|i)) ?:? ?"
    r"(?:inntil |en periode på |ein periode på |et tidsrom på )?(?P<dur><dur>)(?! (?:om|av|ad) gang| om gong"
    r"| før| varsel| siden| skriftlig| oppsig)"
)
_YEARLING = phrase(
    r"\b(?P<dur><yearling>)e? (?:\w+ )?<agreement>|<agreement> er (?:en "
    r"|ei )?(?P<dur2><yearling>)"
)
UNTIL_ENDED = phrase(
    r"\b(?:inntil|til|fram til|frem til|så lenge)\b (?:den|ho|avtalen|avtala|en av partene|ein av partane"
    r"|partene|noen|en part)? ?(?:\w+ ){0,4}?(?:si(?:er|es) (?:\w+ )?opp|seiast opp|seier (?:\w+ )?opp"
    r"|sagt opp|oppsagt|sagd opp|oppseiing|oppsigelse|ikke sies opp|ikkje)"
    r"|\binntil videre\b|\binntil vidare\b|\binntil anna\b|\binntil annet\b|\btil vidare\b"
    r"|\bpå ubestemt tid\b|\btidsubegrenset\b|\bikke tidsbegrenset\b|\bikkje tidsavgrensa\b"
    r"|\btidsuavgrensa\b|\btidsubestemt\b|\b(?:løpende|løpande|fortløpende) (?:inn)?til\b"
)
_BINDING = phrase(
    r"\b(?:bindingstid|minstetid|minimumstid|minimum|minst)\b(?: (?:er|på|i|en periode på|ein periode på"
    r"|for)){0,3} (?P<min><dur>)"
    r"|\btidligst (?:sies opp|seiast opp|oppheves)?(?: \w+){0,3}? ?etter (?P<min2><dur>)"
    r"|\bkan ikke sies opp (?:de|i de|før|dei) (?:første )?(?P<min3><dur>)"
)
_NOTICE_NEAR = phrase(r"\b(?:før|varsel|frist|oppsigelse\w*|oppseiing\w*)\b")
_AUTO = phrase(r"\b(?:deretter|forny|forleng|opsjon)")


def first_day(words: str) -> str | None:
    """The ISO date the words begin from, "signing", or None when they name no beginning."""
    for pattern in (_RANGE, _FROM, _STARTS):
        found = pattern.search(words)
        if found:
            return parse_date(found["from"]) if re.search(r"\d", found["from"]) else "signing"
    return None


def last_day_named(words: str) -> tuple[str | None, bool]:
    """The last day, and whether the words leave open that it is counted in ("fram til")."""
    found = _RANGE.search(words)
    if found:
        return parse_date(found["to"]), False
    found = _TO.search(words)
    if found:
        inclusive = (
            "med" in found[0].lower()
            or re.search(r"t\.?\s?o\.?\s?m", found["until"], re.I)
            or "utgang" in found[0]
        )
        towards = re.match(r"fr[ea]m|inntil", found["until"], re.I) is not None
        return parse_date(found["to"]), towards and not inclusive
    found = _ENDS.search(words)
    if found:
        return parse_date(found["to"]), False
    found = _TO_YEAR_END.search(words)
    if found:
        year = next(year for year in found.groupdict().values() if year and re.fullmatch(r"\d{4}", year))
        return f"{year}-12-31", False
    return None, False


def term_length(words: str) -> int | None:
    """The months the agreement lasts, None when the words give no length or only that of a notice."""
    if _AUTO.search(words[:25]):
        return None
    found = _YEARLING.search(words)
    if found:
        return months_of(found["dur"] or found["dur2"])
    for found in _DURATION.finditer(words):
        if not _NOTICE_NEAR.search(words[found.end() : found.end() + 12]) and not _NOTICE_NEAR.search(
            words[max(0, found.start() - 25) : found.start()]
        ):
            return months_of(found["dur"])
    return None


def least_term(words: str) -> int | None:
    """The months before which nobody may end it, or None."""
    found = _BINDING.search(words)
    if not found or _NOTICE_NEAR.search(words[found.end() : found.end() + 12]):
        return None
    return months_of(found["min"] or found["min2"] or found["min3"])

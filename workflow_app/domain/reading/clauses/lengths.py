"""How long: what the words of a validity clause say of the length of its term."""

from __future__ import annotations

import re

from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.times import months_of

_MEASURE = (
    r"(?:(?: blir| vert)? (?:settes|setjast|sett|satt|fastsatt|fastsett) til| regnes| reknast"
    r"| er| på| av| er sett til| er satt til| satt til| sett til| er på| i)?"
)
_DURATION = phrase(
    rf"(?P<lead>\b(?:\w*periode(?:n)? på|(?:tids(?:be|av)gren[sz](?:et|a)|avgrensa|begrenset|tidfestet"
    rf"|tidfesta) til"
    rf"|(?:(?:tids)?ramme|tidshorisont|prøvetid) på"
    rf"|lengd(?:a|e)? er|lengde(?:n)?{_MEASURE}|bindande i|bindende i|tidsrom(?:met)? på"
    rf"|varighet(?:en)?(?: av (?:denne )?<agreement>)?{_MEASURE}"
    rf"|varigheit(?:a)?(?: av (?:denne )?<agreement>)?{_MEASURE}"
    rf"|løpetid(?:en|a)?{_MEASURE}|virketid(?:en)?{_MEASURE}|verketid(?:a)?{_MEASURE}"
    rf"|(?:avtale|kontrakts?)periode(?:n)?{_MEASURE}|avtaletid(?:en|a)?{_MEASURE}"
    rf"|gyldighet(?:en)?{_MEASURE}|gyldigheit(?:a)?{_MEASURE}|gyldighetstid(?:en)?{_MEASURE}"
    r"|(?:gjelder|gjeld|gjelde|gjelda|gyldig)(?: i| for)?|(?:inngås|inngått|inngåtte|inngåast) for"
    r"|(?:varer|varar|vare|vara|løper|løpe|løpa)(?: i| over)?|og i|i kraft i|for|i)) ?[:|]? ?"
    r"(?:inntil |en periode på |ein periode på |et tidsrom på |eit tidsrom på |et tidsrom av "
    r"|eit tidsrom av )?(?P<dur><dur>)"
    r"(?! (?:om|av|ad|i) (?:gang|gong)| <before>| varsel| siden| sidan| skriftlig| skriftleg| oppsig| oppsei)"
)
_LASTING = phrase(
    r"\A(?P<first><dur>)(?= (?:fra|frå|etter|regnet|rekna|med)\b| ?[.,]? ?\Z)|"
    r"(?P<ahead><dur>) (?:fremover|framover)\b|(?:utløper|går ut|opphører|opphøyrer|løper ut"
    r"|avsluttes) (?:automatisk )?(?P<ends><dur>) etter\b"
    r"(?![^.]{0,80}\b(?:opp|oppsig\w*|oppsei\w*|varsel)\b)"
    r"|(?P<dur><dur>)s? (?:varighet|varigheit|løpetid|gyldighet"
    r"|gyldigheit|virketid|verketid|avtaleperiode"
    r"|avtaletid)"
)
_AT_A_TIME = phrase(
    r"<agreement> (?:\w+ ){0,2}?(?:gjelder|gjeld|løper|varer|varar|inngås|er inngått|vert inngått|er gyldig)"
    r" (?:for |i |kun for |berre for )?(?P<dur><dur>) (?:om|av|ad|i) (?:gangen|gongen|gang|gong)\b"
)
_YEARLING = phrase(
    r"\b(?P<dur><yearling>)e? (?:\w+ )?<agreement>|\bavtale for (?:en|ein|ei) (?P<dur3><years_long>)"
    r"|<agreement> er (?:en "
    r"|ei )?(?P<dur2><yearling>)"
)
_BINDING = phrase(
    r"\b(?:bindingstid|minstetid|minimumstid|minimum|minst)\b(?: (?:er|på|i|en periode på|ein periode på"
    r"|for)){0,3} (?P<min><dur>)"
    r"|\b(?:tidligst|tidlegast)(?: \w+){0,6}? etter (?P<min2><dur>)"
    r"|\bkan (?:ikke|ikkje) (?:sies opp|seiast opp) (?:de|i de|før|dei|i dei|i) (?:første |fyrste )?"
    r"(?:etter )?(?P<min3><dur>)"
    r"|\b(?:uoppsigelig|uoppseieleg|bindende|bindande) (?:i )?(?:de|dei) (?:første|fyrste) (?P<min4><dur>)"
    r"|\b(?:uoppsigelig|uoppseieleg) i (?P<min5><dur>)"
)
_NOTICE_NEAR = phrase(r"\b(?:<before>|varsel|frist|oppsigelse\w*|oppseiing\w*)\b")
_AUTO = phrase(
    r"\b(?:deretter|derpå|forny|forleng|opsjon"
    r"|(?:gjeld(?:er)?|løper|varer|varar|går) (?:\w+ )?(?:videre|vidare)\b|held (?:\w+ )?fram)"
)
# "For to nye år" is what comes after the term.
_ANEW = phrase(r"\bnye\b")


def term_length(words: str) -> int | None:
    """The months the agreement lasts, None when the words give no length or only that of a notice."""
    if _AUTO.search(words[:25]):
        return None
    found = _YEARLING.search(words)
    if found:
        return months_of(found["dur"] or found["dur2"] or found["dur3"])
    found = _LASTING.search(words)
    if found:
        return months_of(found["first"] or found["ahead"] or found["ends"] or found["dur"])
    found = _AT_A_TIME.search(words)
    if found:
        return months_of(found["dur"])
    for found in _DURATION.finditer(words):
        before = re.split(r"[:;]", words[: found.start()])[-1]
        if _AUTO.search(before) or _ANEW.search(found["dur"]):
            return None
        if not _NOTICE_NEAR.search(words[found.end() : found.end() + 12]) and not _NOTICE_NEAR.search(
            words[max(0, found.start() - 25) : found.start()]
        ):
            return months_of(found["dur"])
    return None


def is_at_a_time(words: str) -> bool:
    """Whether the term is said to be so long *at a time*, which leaves open what comes after."""
    return _AT_A_TIME.search(words) is not None


def least_term(words: str) -> int | None:
    """The months before which nobody may end it, or None."""
    found = _BINDING.search(words)
    if not found or _NOTICE_NEAR.search(words[found.end() : found.end() + 24]):
        return None
    if _NOTICE_NEAR.search(words[max(0, found.start() - 12) : found.start()]):
        return None
    return months_of(next(words for words in found.groupdict().values() if words))

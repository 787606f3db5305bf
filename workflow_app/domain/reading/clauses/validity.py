"""How long the agreement is valid: a period, a duration, from a day on, until somebody ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import wording
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import of_agreement, other_document
from workflow_app.domain.reading.times import months_of, parse_date
from workflow_app.domain.rules import Rule

VALID = phrase(
    r"\b(?:gjelder|gjelde|gjeld|gjeldende|gjeldande|gyldig\w*|varer|vare|varar|varighet\w*|varigheit\w*"
    r"|løper|løpe|løpetid\w*"
    r"|virketid\w*|verketid\w*|avtaleperiode\w*|avtaletid\w*|trer i kraft|trår i kraft|tre i kraft"
    r"|trer i verk|tek til å gjelde"
    r"|har virkning|har verknad|iverksettes|inngås|inngåtts?|inngått|opphører|utløper|går ut|gjort gjeldande"
    r"|avsluttes)\b"
    r"|\b<yearling>\b"
)
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
_UNTIL_ENDED = phrase(
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
_PARENT = phrase(
    r"\b(?:like lenge som|lik lenge som|like lenge|så lenge|same (?:varigheit|gyldigheit|periode|tid)"
    r"|samme (?:varighet|gyldighet|periode|tid)|følger|følgjer|fylgjer|parallelt med)\b"
    r"[^.]{0,60}(?:hoved|hovud|overordn|samarbeids|ramme|tjeneste|teneste"
    r"|over-?ordna)\w* ?(?:samarbeids)?avtal|\b(?:hoved|hovud"
    r"|ramme)avtal\w*\b[^.]{0,30}\bgjeld\w* (?:tilsvarende|tilsvarande)"
)
_SCOPE = phrase(
    r"\A(?P<scope>(?:vedlegg|punkt|pkt\.?|kapittel|kap\.?|§|del|bilag|tillegg) ?\d{0,2}(?:\.\d)?)\b"
)
_BLANK_YEAR = phrase(r"<day_month> ?<blank>|<year> ?[-–] ?<blank>|\b20(?:xx|__|\.\.|…)")
# What follows speaks of the agreement that was before.
_REPLACES = phrase(r"\b(?:erstatter|erstattar|avløser|avløyser|til erstatning for)\b")
_COUNCIL_TERM = phrase(
    r"\b(?:ut|i|for|inneværende|inneverande|denne|hele|heile) (?:hele |heile |inneværende |inneverande "
    r"|denne )?"
    r"(?:kommunestyre|valg|val)perioden?\b(?! ?<year>)"
)
_NEGATED = phrase(r"\b(?:gjelder|gjeld) (?:ikke|ikkje)\b")
_AUTO = phrase(r"\b(?:deretter|forny|forleng|opsjon)")


@only_where((
    # that it is valid, begins or ends
    "gjeld", "gyldig", "vare", "varar", "varig", "løp", "virketid", "verketid", "avtaleperiode", "avtaletid",
    "kraft", "verk", "virkning", "verknad", "iverksett", "inngå", "går", "avsluttes", "opphør",
    "årig",
    # until somebody ends it
    "sier", "sies", "seia", "seie", "sagt", "sagd", "oppsi", "oppsei", "ikkje", "inntil", "vidare",
    "ubestemt", "tids",
    # under a heading
    "periode",
))  # fmt: skip
def read_validity(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``validity`` in one sentence."""
    words = _REPLACES.split(s.flat)[0]
    scope = _SCOPE.match(words)
    if _NEGATED.search(words) or not _speaks(s, words) or not (scope or of_agreement(s)):
        return
    extra: dict[str, Any] = {"scope": scope["scope"]} if scope else {}
    if _PARENT.search(words):
        yield page.rule(s, "validity", "as_parent", extra, reason=wording.AS_PARENT)
        return
    if _BLANK_YEAR.search(words):
        yield page.question(
            s, "blank_date", msg("A date in the clause is not filled in. Which date is meant?")
        )
        return
    if _COUNCIL_TERM.search(words):
        yield page.question(
            s,
            "council_term",
            msg("The agreement lasts as long as the kommunestyre's term. On which day does it end?"),
        )
        return
    yield from _spans(page, s, words, extra)


def _speaks(s: Sentence, words: str) -> bool:
    if VALID.search(words) or _UNTIL_ENDED.search(words):
        return True
    short = len(words) < 60 and not other_document(words)
    return short and re.search(r"gyldig|varig|periode|avtaletid", s.heading) is not None


def _spans(page: Page, s: Sentence, words: str, extra: dict[str, Any]) -> Iterator[Rule | Question]:
    start = _start(words)
    to, open_end = _end(words)
    ended = _UNTIL_ENDED.search(words) is not None
    years = YEARS.search(words)
    duration = _duration(words)
    if (
        years
        and to is None
        and (start is None or start[:4] != years["a"])
        and int(years["a"]) <= int(years["b"])
    ):
        values = {"from": f"{years['a']}-01-01", "to": f"{years['b']}-12-31"}
        yield page.rule(s, "validity", "period", extra | values, assumptions=(wording.WHOLE_YEARS,))
    elif to is not None:
        assumed: tuple[str, ...] = () if start else (wording.FROM_SIGNING,)
        if open_end:
            assumed += (wording.INCLUSIVE,)
            yield page.question(
                s,
                "inclusive_end",
                msg("Is the last day named part of the agreement's time?"),
                (msg("yes, to the end of that day"), msg("no, to the day before")),
            )
        if start and start != "signing" and start > to:
            yield page.question(
                s, "period_backwards", msg("The period ends before it begins. What is meant?")
            )
            return
        yield page.rule(
            s, "validity", "period", extra | {"from": start or "signing", "to": to}, assumptions=assumed
        )
    elif duration is not None and not ended:
        assumed = () if start else (wording.FROM_SIGNING,)
        length: dict[str, Any] = {"months": duration, "from": start}
        yield page.rule(s, "validity", "duration", extra | length, assumptions=assumed)
    elif ended or _binding(words) is not None:
        term: dict[str, Any] = {"from": start} if start else {}
        if (least := _binding(words)) is not None:
            term["min_months"] = least
        yield page.rule(s, "validity", "until_terminated", extra | term)
    elif start is not None:
        yield page.rule(s, "validity", "open", extra | {"from": start})


def _start(words: str) -> str | None:
    for pattern in (_RANGE, _FROM, _STARTS):
        found = pattern.search(words)
        if found:
            return parse_date(found["from"]) if re.search(r"\d", found["from"]) else "signing"
    return None


def _end(words: str) -> tuple[str | None, bool]:
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


def _duration(words: str) -> int | None:
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


def _binding(words: str) -> int | None:
    found = _BINDING.search(words)
    if not found or _NOTICE_NEAR.search(words[found.end() : found.end() + 12]):
        return None
    return months_of(found["min"] or found["min2"] or found["min3"])

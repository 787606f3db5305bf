"""How long the agreement is valid: a period, a duration, from a day on, until somebody ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import wording
from workflow_app.domain.reading.answers import OTHER_DAY, inclusive_end
from workflow_app.domain.reading.clauses.blanks import BLANK_DATE
from workflow_app.domain.reading.clauses.lengths import is_at_a_time, least_term, term_length
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.clauses.parent import follows_parent
from workflow_app.domain.reading.clauses.spans import (
    UNTIL_ENDED,
    begins_with_year,
    first_day,
    last_day_named,
    years_of,
)
from workflow_app.domain.reading.clauses.told import anothers, over
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import of_agreement, other_document
from workflow_app.domain.rules import Rule

VALID = phrase(
    r"\b(?:gjelder|gjelde|gjelda|gjeld|gjeldende|gjeldande|gyldig\w*|varer|vare|vara|varar|varighet\w*"
    r"|varigheit\w*|løper|løpe|løpa|løpetid\w*|virketid\w*|verketid\w*|(?:avtale|kontrakts?)periode\w*"
    r"|avtaletid\w*|(?:trer|trår|tre|trå|treng|er|sett) i kraft|(?:trer|tre|trår|settes|setjast|sett) i verk"
    r"|tek til|tar til|har oppstart|starter|startar|oppstart|ikrafttre\w*|(?:har|får|gis|få|med) (?:virkning"
    r"|verknad|verkning)|iverksett(?:es|ast|else|ing)?|inngås|inngåast|inngåtte?s?|inngått|opphører|opphøyrer"
    r"|opphør|opphøyr|utløper|går ut|løper ut|gjort gjeldande|gjort gjeldende|gjøres gjeldende"
    r"|gjerast gjeldande|avsluttes|bortfaller|faller bort|fell bort|bindende|bindande|inngår|bundet av"
    r"|bundne av|binder|stå(?:r)? ved lag|tidsavgrens(?:et|a|ast)"
    r"|tidsbegrens(?:et|a)|avtalen?s? lengd\w*|(?:kontrakten|avtal[ea]n)s lengde|(?:tids)?ramme på"
    r"|tidshorisont"
    r"|prøvetid|tidfest(?:et"
    r"|a)|virkningstidspunkt"
    r"|verknadstidspunkt|avslutta|avsluttet|starter opp|startar opp|virksom|verksam)\b"
    r"|\b<yearling>\b|\Autløp\b|<agreement> for (?:en|ein|ei) <years_long>|\A(?:start|slutt"
    r"|startdato|sluttdato|(?:fra|frå|til) dato|iverkset\w+) ?(?=\d)"
    r"|\b(?:dekker|dekkjer|omfatter|omfattar) (?:\w*år(?:et|ene|a)|perioden|tidsrommet)\b"
    r"|\b(?:trer|trår|er) (?:denne )?<agreement> i (?:kraft|verk)\b"
    r"|\b(?:skal|skulle) \w+ (?:\w+ ){0,6}(?:følge|følgje|fylgje|bygge på|byggje på) denne <agreement>"
)
_SCOPE = phrase(
    r"\A(?P<scope>(?:vedlegg|punkt|pkt\.?|kapittel|kap\.?|§|del|bilag|tillegg) ?\d{0,2}(?:\.\d)?)\b"
)
# What follows speaks of the agreement that was before.
_REPLACES = phrase(
    r"\b(?:erstatter|erstattar|avløser|avløyser|til erstatning for|i staden for|i stedet for)\b.*?"
    r"(?=(?: og|,) (?:gjeld|gjelder|trer|trår|tek|tar|er|har|skal|løper|varer|varar)\b|\Z)"
)
_COUNCIL_TERM = phrase(
    r"\b(?:ut|i|for|med|følger|følgjer|fylgjer|inneværende|inneverande|denne|hele|heile) (?:hele |heile "
    r"|inneværende |inneverande |denne )?"
    r"(?:kommunestyre|valg|val)perioden?\b(?! ?\(?<year>)"
    r"|<num> (?:hele |heile )?(?:kommunestyre|valg|val)period(?:er|ar|e)\b"
    r"|<until> (?:neste|nytt|nye?) (?:kommune(?:styre)?|lokal)?val(?:g|get|et)?\b"
)
_SEASON_BOUND = phrase(r"(?:<from>|<until>|\bi kraft|\but) <season>,? <year>")
_SCHOOL_YEAR = phrase(r"\b(?:skole|skule)året? (?P<a><year>) ?[/–-] ?(?P<b><year>|\d\d)\b")
_DUTY_OF_SILENCE = phrase(
    r"\A(?:\w+ )?(?:taushetsplikt|taushetserklæring|teieplikt|tagnadsplikt|konfidensialitet|garanti|fullmakt"
    r"|forsikring)\w*"
)
# A label and its value, in a line or the cells of a table: "Gyldig fra | 1.3.2024".
_LABEL = phrase(
    r"(\b(?:fra|frå|til|dato|start|slutt|sluttdato|startdato|iverkset\w+|avtaleperiode\w*|avtaletid\w*"
    r"|varighe\w+"
    r"|varighei\w+|løpetid\w*|kontraktsperiode\w*|gyldighet\w*|oppstart|ikrafttre\w+|utløp|opphør)) ?[:|] ?"
    r"(?=[\w–-])"
)
# What is only pointed to: "fire år, jf. kommunestyreperioden 2019–2023".
_SEE = phrase(r",? ?\(?\b(?:jf|jfr|jmf|cf)\b\.? [^,;()]{1,90}\)?")
_NEGATED = phrase(r"\b(?:gjelder|gjeld) (?:ikke|ikkje)\b")


@only_where((
    # that it is valid, begins or ends
    "gjeld", "gyldig", "vare", "vara", "varig", "løp", "virketid", "verketid", "avtaletid", "kraft", "verk",
    "virkning", "verknad", "inngå", "går", "avsluttes", "opphør", "opphøyr", "årig", "tek", "tar",
    "start", "bund", "bind", "lag", "fall", "fell", "slutt", "iverks", "lengd", "tidsramme", "verksam",
    "virksom", "tidfest", "ramme på", "tidshor", "prøvetid", "dekk", "omfatt", "dato",
    "følg", "fylg", "skjebne", "lagnad", "ubegr", "avgrens", "avslutt", "års", "bygg",
    # until somebody ends it
    "sier", "sies", "seia", "seie", "sagt", "sagd", "oppsi", "oppsei", "ikkje", "inntil", "vidare",
    "ubestemt", "uviss", "ubunden", "uavgrens", "tids", "sluttdato",
    # under a heading
    "periode",
))  # fmt: skip
def read_validity(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``validity`` in one sentence."""
    words = _REPLACES.sub("", s.flat)
    if ":" in words or "|" in words:
        words = _LABEL.sub(r"\1 ", words)
    scope = _SCOPE.match(words)
    if (
        _NEGATED.search(words)
        or _DUTY_OF_SILENCE.match(words)
        or not (scope or of_agreement(s))
        # The dearest looks come last.
        or not _speaks(s, words)
        or over(words)
        or anothers(words)
    ):
        return
    extra: dict[str, Any] = {"scope": scope["scope"]} if scope else {}
    if follows_parent(words):
        yield page.rule(s, "validity", "as_parent", extra, reason=wording.AS_PARENT)
        return
    if BLANK_DATE.search(words):
        sentence = msg("A date in the clause is not filled in. Which date is meant?")
        yield page.question(s, "blank_date", sentence, "validity:period")
        if UNTIL_ENDED.search(words):
            yield page.rule(s, "validity", "until_terminated", extra)
        return
    if _COUNCIL_TERM.search(words):
        yield page.question(
            s,
            "council_term",
            msg("The agreement lasts as long as the kommunestyre's term. On which day does it end?"),
            "validity:period",
        )
        return
    if _SEASON_BOUND.search(words):
        sentence = msg("The clause names a season, and no day. From which day to which day is it?")
        yield page.question(s, "season", sentence, "validity:period")
        return
    if (school_year := _SCHOOL_YEAR.search(words)) is not None:
        yield _school_year(page, s, school_year)
        return
    yield from _spans(page, s, words, extra)


_SHORT = 120
# "Tre år, deretter til den sies opp": the length is the least.
_THEREAFTER = phrase(r"<dur>[^.;]{0,60}\b(?:deretter|derpå|og så|og siden|og sidan)\b")


def _speaks(s: Sentence, words: str) -> bool:
    if VALID.search(words) or UNTIL_ENDED.search(words) or _COUNCIL_TERM.search(words):
        return True
    short = len(words) < _SHORT and not other_document(words)
    return short and re.search(r"gyldig|varig|periode|avtaletid", s.heading) is not None


def _spans(page: Page, s: Sentence, words: str, extra: dict[str, Any]) -> Iterator[Rule | Question]:
    words = _SEE.sub("", words)
    start = first_day(words)
    to, open_end = last_day_named(words)
    until = UNTIL_ENDED.search(words)
    # "It renews itself until it is ended" is the renewal's.
    ended = until is not None and not re.search(r"forny|forleng|lengd", words[: until.start() or None], re.I)
    years = years_of(words)
    duration = term_length(words)
    if years and to in {None, f"{years[1]}-12-31"} and (start is None or start[:4] != years[0]):
        values = {"from": f"{years[0]}-01-01", "to": f"{years[1]}-12-31"}
        yield page.rule(s, "validity", "period", extra | values, assumptions=(wording.WHOLE_YEARS,))
    elif to is not None:
        assumed: tuple[str, ...] = () if start else (wording.FROM_SIGNING,)
        if start and start != "signing" and start > to:
            sentence = msg("The period ends before it begins. What is meant?")
            yield page.question(s, "period_backwards", sentence, "validity:period")
            return
        if open_end:
            assumed += (wording.INCLUSIVE,)
        period = extra | {"from": start or "signing", "to": to}
        rule = page.rule(s, "validity", "period", period, assumptions=assumed)
        yield rule
        if open_end:
            yield _is_last_day_in(page, s, rule)
    elif duration is not None and not ended:
        assumed = () if start else (wording.FROM_SIGNING,)
        assumed += (wording.AT_A_TIME,) if is_at_a_time(words) else ()
        length: dict[str, Any] = {"months": duration, "from": start}
        yield page.rule(s, "validity", "duration", extra | length, assumptions=assumed)
    elif ended or least_term(words) is not None:
        term: dict[str, Any] = {"from": start} if start else {}
        least = least_term(words) or (duration if _THEREAFTER.search(words) else None)
        if least is not None:
            term["min_months"] = least
        yield page.rule(s, "validity", "until_terminated", extra | term)
    elif start is not None:
        assumed = (wording.WHOLE_YEARS,) if begins_with_year(words) else ()
        yield page.rule(s, "validity", "open", extra | {"from": start}, assumptions=assumed)


def _school_year(page: Page, s: Sentence, found: re.Match[str]) -> Question:
    first, last = int(found["a"]), int(found["a"]) // 100 * 100 + int(found["b"][-2:])
    period = page.rule(s, "validity", "period", {"from": f"{first}-08-01", "to": f"{last}-07-31"})
    return page.question(
        s,
        "school_year",
        msg("The clause names a school year. From which day to which day is it?"),
        "validity:period",
        (msg("1 August ${first} to 31 July ${last}", first=first, last=last), (period,)),
        (OTHER_DAY, None),
    )


def _is_last_day_in(page: Page, s: Sentence, rule: Rule) -> Question:
    within, before = inclusive_end(rule)
    return page.question(
        s,
        "inclusive_end",
        msg("Is the last day named part of the agreement's time?"),
        "validity:period",
        (msg("yes, to the end of that day"), within),
        (msg("no, to the day before"), before),
    )

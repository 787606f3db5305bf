"""How the agreement goes on beyond its term: by itself, by an option, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.clauses.not_the_agreement import of_something_else
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.clauses.option_steps import NOTE, steps
from workflow_app.domain.reading.clauses.termination import END, another_contract
from workflow_app.domain.reading.frequencies import find_frequencies
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import fold, mentions
from workflow_app.domain.reading.times import months_of
from workflow_app.domain.rules import Rule

_RENEWAL = r"\w*(?:forny|forleng|prolonger|videreføring|vidareføring)\w*|lengd|lengjast|lengast|videreføres"
_BY_ITSELF = (
    r"\b(?:automatisk|(?:selv|sjølv)forny\w+|stilltiende|stillteiande|(?:av )?seg selv|(?:av )?seg sjølve?"
    r"|uten videre|utan vidare)\b"
)
_NOT_RENEWED = phrase(
    # no automatic renewal; without being renewed
    rf"\b(?:ikke|ikkje|ingen|inga|(?:uten|utan)(?! opps)) (?:\w+ ){{0,4}}?(?:{_BY_ITSELF[2:-2]}|{_RENEWAL})\b"
    # is not renewed; a renewal does not take place
    rf"|\b(?:{_RENEWAL}) (?:(?!hvis|viss|dersom|om|med)\w+ ){{0,4}}?(?:ikke|ikkje)\b"
    # "Automatisk forlengelse: nei"
    rf"|\b(?:{_RENEWAL}) ?[:|] ?(?:nei|ingen|inga)\b"
    r"|\b(?:opphører|opphøyrer|utløper|går ut|løper ut|bortfaller|faller bort|fell bort)\b.{0,40}?\b(?:uten"
    r"|utan) (?:\w+ ){0,2}(?:oppsigelse|oppseiing|varsel)"
)
# An "if", a ceiling or an offer makes a "not" something else than a clause against renewal.
_NOT_A_NOT = phrase(
    r"\b(?:dersom|hvis|viss|om|med mindre|utover|ut over|mer enn|meir enn|lenger enn|lengre enn|motsette seg"
    r"|inntil|ønsk\w+) (?:\w+ ){0,3}?\Z|(?:\A|, )(?:blir|vert|er) (?:\w+ ){0,3}?\Z"
)
_BEYOND = phrase(r"\A[^.,;]{0,30}\b(?:utover|ut over|mer enn|meir enn|lenger enn|lengre enn)\b")
_RENEWED = phrase(
    r"\b(?:forny(?:es|et|ast|a|ar|er|s|t|r seg|ar seg)|forleng(?:es|et|er|ast|jast|a|t|d|de)|lengd|lengjast"
    r"|videreført|vidareført"
    r"|videreføres|vidareførast|prolonger(?:es|ast|t|er)|(?:løper|gjelder|gjeld|går|varer|varar|held fram)"
    r"(?: (?:den|han|ho|avtalen|avtala|deretter|automatisk))? (?:videre|vidare)|held (?:\w+ )?fram"
    r"|(?:fortsatt|framleis) (?:gjeldende|gjeldande|gyldig)"
    r"|(?:løper|går|gjelder|gjeld) (?:(?:den|han|ho|avtalen|avtala) )?automatisk(?= (?:i|for|med)\b)"
    r"|gjeld(?:er)? (?:den|han|ho) for(?= <num> nye\b)"
    r"|fortsetter|fortset)\b"
)
_ITSELF = phrase(_BY_ITSELF)
_A_RENEWAL = phrase(
    r"\b(?:forny(?:else|ing)|forleng(?:else|ing)|videreføring|vidareføring)\w*|\b(?:selv"
    r"|sjølv)fornyande\b|\bselvfornyende\b"
)
# "Fornyelse: automatisk, 24 mnd."
_LABELLED = phrase(r"\b(?:forny|forleng|videref|vidaref)\w* ?[:|] ?(?:automatisk)? ?[,|]? ?(?P<dur><dur>)")
_AT_A_TIME = phrase(r"(?P<dur><dur>) (?:om|av|ad|i|à) (?:gangen|gongen|gang|gong)\b")
_YEAR_BY_YEAR = phrase(
    r"\b(?:år for år|(?:fra|frå) år til år|(?:<each>|ett|eitt|et|eit) (?:kalender)?år om (?:gangen|gongen)"
    r"|<each> (?:kalender)?år(?! <ordinal>)|årlig|årleg)\b"
)
_AT_AN_INTERVAL = phrase(
    r"<agreement> (?:\w+ ){0,2}?(?:fornyes|fornyast|fornyes|forlenges|forlengjast|forlengast|vert fornya"
    r"|blir fornyet)"
    r" (?:\w+ ){0,2}?(?:<each> (?:<ordinal> )?år|årlig|årleg|annethvert år|annakvart år)"
)
_THEREAFTER = phrase(
    r"\b(?:deretter|derpå|siden|sidan|etter dette|dersom ikke|dersom ikkje|hvis ikke|hvis ikkje|med mindre"
    r"|uten|utan|om ikke|om ikkje|om ingen|om ingen av|dersom ingen|hvis ingen|viss ingen|viss ikkje"
    r"|dersom (?:den|ho|han|avtalen|avtala) (?:ikke|ikkje)|hvis (?:den|avtalen) ikke"
    r"|manglende|manglande|sier ingen|seier ingen|(?:er|blir|vert|sies|seiast|bli|blei|er) (?:\w+ "
    r"){0,3}?(?:ikke|ikkje)|så "
    r"lenge (?:ingen|ikke|ikkje)"
    r"|etter (?:første|fyrste|denne|den|avtale|utløp)\w*)\b"
)
_REGARDED = phrase(r"\b(?:anses|anses å være|ansees|reknast|reknes|regnes|blir å rekne|betraktes)\b")
_ENDED_OR_TOLD = phrase(
    r"\b(?:melder (?:fra|frå)|gir beskjed|gjev beskjed|gir melding|gjev melding|varsl\w*|krever|krev"
    r"|motset\w*)\b"
)
_LENGTH = phrase(
    r"\b(?:med|for|i|på|ytterligere|nye|nytt|ein ny periode på|en ny periode på)(?: (?:inntil|nye|nytt"
    r"|ny|en ny|ein ny"
    r"|ytterligere|ytterlegare|en periode på|ein periode på|en ny periode på|ein ny periode på|perioder på"
    r"|periodar på|nye perioder à|à|a|nok)){0,3} (?P<dur><dur>|<years_long>)"
)
_OPTION = phrase(
    r"\b(?:\w*opsjon\w*|mulighet(?:en)? (?:for|til) (?:å |<dur> )?forleng\w*|mulighet(?:en)? (?:for|til) "
    r"fornyelse"
    r"|høve til (?:å )?(?:forlengj?\w*|leng\w*|forny\w*)|moglegheit (?:til|for) (?:å )?(?:forleng|leng"
    r"|forny)\w*"
    r"|rett (?:for \w+ )?til (?:å )?(?:(?:påberope seg|påberopa seg|kreve|krevje) )?(?:forleng\w*"
    r"|leng\w*|forny\w*)"
    r"|adgang til (?:å )?(?:forleng\w*|leng\w*|forny\w*)"
    r"|(?:åpne[ts]?|åpnes|opna|opnast) for (?:å )?(?:\w+ )?(?:forleng|forny)\w*|forlengelsesadgang\w*"
    r"|forleng(?:els|ing)sesrett\w*"
    r"|kan (?:samarbeidet|avtalen|avtala|ordningen|ordninga|partnerskapet) (?:\w+ )?(?:fortsette"
    r"|fortsetje|halde fram)"
    r"|(?:samarbeidet|avtalen|avtala|ordningen|ordninga|partnerskapet) kan (?:\w+ ){0,3}?(?:fortsette"
    r"|fortsetje|halde fram)"
    r"|(?:mulig|mogleg) (?:forleng|forny)\w*"
    r"|(?:forlengelse|forlenging|fornyelse|fornying)(?: av \w+)? kan (?:skje|avtales|avtalast|gis"
    r"|gjevast|gjøres)"
    r"|anledning til (?:å )?(?:forleng\w*|forny\w*)"
    r"|(?:kan|kunne) (?:\w+ ){0,6}?(?:forleng(?:et|t|d|a|es|ast|jast|je|ja|e)|lengje|lengja|lengjast|lengast"
    r"|forny(?:es|ast|e"
    r"|a)|prolongeres|videreføres?|vidareføra?(?:st)?e?)"
    r"|(?:dersom|hvis|viss|om|er) (?:begge )?part(?:ene|ane|er|ar) (?:er )?(?:enige|samde|einige)[^.]{0,20}"
    r" (?:forleng(?:es|ast|jast)|forny(?:es|ast)|videreføres|vidareførast)"
    r"|kan (?:\w+ ){0,3}?(?:avtale|avtal(?:es|ast)|søkes|søkjast|søkast) (?:\w+ ){0,2}?(?:\w*forleng"
    r"|forny)\w+"
    r"|kan (?:\w+ ){0,3}?(?:avtaleperioden|perioden|avtaletiden|avtaletida) (?:\w+ ){0,3}?(?:utvides"
    r"|utvidast)"
    r"|(?:avtaleperioden|avtaletiden|avtaletida|varighet(?:en)?|varigheit(?:a)?) kan (?:\w+ "
    r"){0,4}?(?:utvides|utvidast))\b"
)
_STEMS = (
    "forny", "framleis", "leng", "videre", "vidare", "prolonger", "held", "hald", "fortse", "utvid", "gjeld",
    "opsjon", "gang", "gong", "fortsatt",
    # that it does not
    "automatisk", "oppsi", "oppsei", "varsel", "stillt", "seg", "uten", "utan",
)  # fmt: skip


@only_where(_STEMS)
def read_renewal(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``renewal`` in one sentence."""
    words = s.flat
    if another_contract(words) or phrase(r"<blank>").search(words) or of_something_else(words):
        return
    option, at_a_time = _OPTION.search(words), _AT_A_TIME.search(words)
    if _is_not_renewed(words) and not at_a_time:
        yield page.rule(s, "renewal", "not_automatic")
        if option and (months := steps(words[option.start() :])) and not _is_denied(words, option):
            yield page.rule(s, "renewal", "option", {"months": months})
    elif option and not _ITSELF.search(words):
        if not _is_denied(words, option):
            yield from _option(page, s, words, option)
    elif _speaks_of_renewal(words, at_a_time):
        yield from _automatic(page, s, words, at_a_time)
    elif (interval := _at_an_interval(words)) is not None:
        anew = page.rule(s, "renewal", "automatic", {"months": interval})
        yield page.question(
            s,
            "renews_by_itself",
            msg("The agreement is renewed at an interval. Does it renew itself?"),
            "renewal:automatic",
            (msg("yes, for as long again each time"), (anew,)),
            (msg("no, the parties renew it"), ()),
        )


def _is_not_renewed(words: str) -> bool:
    for found in _NOT_RENEWED.finditer(words):
        if "motset" not in found[0].lower() and not (
            _NOT_A_NOT.search(words[: found.start()]) or _BEYOND.match(words[found.end() :])
        ):
            return True
    return False


def _is_denied(words: str, option: re.Match[str]) -> bool:
    return (
        re.search(r"\b(?:ikke|ikkje|ingen|inga)\b", option[0] + words[: option.start()][-20:], re.I)
        is not None
    )


def _at_an_interval(words: str) -> int | None:
    """The months of "fornyes hvert fjerde år", which does not say by whom."""
    found = _AT_AN_INTERVAL.search(words)
    return next((f.months or 12 for f in find_frequencies(found[0])), None) if found else None


def _automatic(
    page: Page, s: Sentence, words: str, at_a_time: re.Match[str] | None
) -> Iterator[Rule | Question]:
    verb = _RENEWED.search(words) or _A_RENEWAL.search(words)
    length = at_a_time or _LENGTH.search(words, verb.start() if verb else 0) or _LABELLED.search(words)
    months = months_of(length["dur"]) if length else None
    if months is None and verb and _YEAR_BY_YEAR.search(words, verb.start()):
        months = 12
    if months:
        yield page.rule(s, "renewal", "automatic", {"months": months})
    else:
        sentence = msg("The agreement renews itself. For how long each time?")
        yield page.question(s, "renewal_length", sentence, "renewal:automatic")


def _speaks_of_renewal(words: str, at_a_time: re.Match[str] | None) -> bool:
    verb = _RENEWED.search(words) or (_ITSELF.search(words) and _A_RENEWAL.search(words))
    if at_a_time and "plan" in words[: at_a_time.start()].lower():
        return False
    if verb and (_ITSELF.search(words) or at_a_time or _REGARDED.search(words)):
        return True
    unless = _THEREAFTER.search(words) is not None
    if verb and unless and (END.search(words) or _ENDED_OR_TOLD.search(words)):
        return True
    return at_a_time is not None and unless and re.search(r"gjeld|løp|varer|varar", words) is not None


def _option(page: Page, s: Sentence, words: str, option: re.Match[str]) -> Iterator[Rule | Question]:
    rest = words[option.start() :]
    months = steps(rest)
    if not months:
        if (
            phrase(r"\bopsjon").search(rest)
            and re.search(r"forleng|forny|lengj", rest, re.I)
            and not NOTE.search(rest)
        ):
            sentence = msg("There is an option to extend. For how long?")
            yield page.question(s, "option_length", sentence, "renewal:option")
        return
    values: dict[str, Any] = {"months": months}
    if _UP_TO.search(rest[: unit.start() if (unit := _YEARS.search(rest)) else 80]):
        values["up_to"] = True
    note = NOTE.search(rest)
    if note and (least := months_of(note["dur"] or note["dur2"])):
        values["notice_months"] = least
    yield page.rule(s, "renewal", "option", values)


_YEARS = phrase(r"(?:\b|\d)år")
_UP_TO = phrase(r"\b(?:inntil|opptil|opp til|maksimalt|maks|høyst|høgst)\b")
_OPTION_NOTE = phrase(
    r"\b(?:melding|varsel|beskjed|opsjon(?:en|a|ane|ene)?|utløs\w*|gjør\w* gjeldende|gjer\w* gjeldande"
    r"|forleng\w*|bruk av)\b"
)
_OF_THAT = phrase(
    r"(?:skriftlig |skriftleg )?(?:melding|varsel|beskjed) om dette\b|dette (?:skal|må) (?:varsl|meld)\w*"
)
_OPTION_STEMS = ("forleng", "opsjon", "forny")


def option_notice(s: Sentence) -> int | None:
    """The months before the end by which an option must be used, from a sentence that only says that."""
    told = mentions(s.folded, _OPTION_STEMS) or (
        _OF_THAT.match(s.flat) is not None and mentions(fold(s.previous), _OPTION_STEMS)
    )
    if told and _OPTION_NOTE.search(s.flat) and not END.search(s.flat):
        note = NOTE.search(s.flat)
        if note:
            return months_of(note["dur"] or note["dur2"])
    return None

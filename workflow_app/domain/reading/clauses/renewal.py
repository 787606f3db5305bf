"""How the agreement goes on beyond its term: by itself, by an option, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.clauses.termination import END
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import mentions
from workflow_app.domain.reading.subjects import other_document
from workflow_app.domain.reading.times import months_of, number
from workflow_app.domain.rules import Rule

_NOT_RENEWED = phrase(
    r"\b(?:ikke|ikkje|ingen|inga) (?:\w+ )?(?:automatisk\w*|fornye\w*|forleng\w*)|\b(?:fornyes|forlenges"
    r"|fornyast|forlengjast|forlengast) (?:ikke|ikkje)\b"
    r"|\b(?:opphører|opphøyrer|utløper|går ut|løper ut)\b.{0,40}?\b(?:uten"
    r"|utan) (?:\w+ ){0,2}(?:oppsigelse|oppseiing|varsel)"
)
_RENEWED = phrase(
    r"\b(?:fornye(?:s|r|t|ast|r seg|s)|forny(?:ast|es|a|r)|forleng(?:es|et|er|ast|jast|a|t|d|de|de)"
    r"|videreføres"
    r"|vidareførast|prolongeres|løper videre|løper vidare|går videre|går vidare|held fram)\b"
)
_BY_ITSELF = phrase(r"\b(?:automatisk|stilltiende|stillteiande|av seg selv|av seg sjølv|uten videre)\b")
_AT_A_TIME = phrase(r"(?P<dur><dur>) (?:om|av|ad|i) (?:gangen|gongen|gang|gong)\b")
_THEREAFTER = phrase(
    r"\b(?:deretter|derpå|siden|sidan|etter dette|dersom ikke|dersom ikkje|hvis ikke|hvis ikkje|med mindre"
    r"|uten|om ikke|om ikkje|er den ikke|er ho ikkje|blir den ikke|vert ho ikkje)\b"
)
_LENGTH = phrase(
    r"\b(?:med|for|i|på|ytterligere|nye|nytt|ein ny periode på|en ny periode på)(?: (?:inntil|nye|nytt"
    r"|ytterligere|ytterlegare|en periode på|ein periode på|nok)){0,3} (?P<dur><dur>)"
)
_OPTION = phrase(
    r"\b(?:opsjon\w*|mulighet(?:en)? (?:for|til) (?:å )?forleng\w*|mulighet(?:en)? (?:for|til) fornyelse"
    r"|høve til (?:å )?(?:forlengj?\w*|leng\w*|forny\w*)|moglegheit til (?:å )?forleng\w*"
    r"|rett til (?:å )?(?:forleng\w*|forny\w*)|adgang til (?:å )?forleng\w*|kan (?:\w+ ){0,4}(?:forleng(?:es"
    r"|ast|jast|e)|fornyes|fornyast))\b"
)
_STEP = r"(?:<num>)"
_PLUS = phrase(
    rf"(?P<steps>{_STEP}(?: ?(?:år)? ?(?:\+|pluss) ?{_STEP}){{1,4}}) ?(?P<unit>år|måned|månad|mnd)"
)
_TIMES = phrase(rf"(?P<n>{_STEP}) ?(?:x|×|ganger|gonger) ?(?P<dur><dur>)")
_REPEATED = phrase(
    r"(?P<dur><dur>) (?:om|av|ad|i) (?:gangen|gongen|gang|gong),? (?:og )?(?:maksimalt|maks|inntil|opptil"
    r"|høyst|høgst"
    r"|men ikke mer enn|totalt) (?P<n><num>) (?:ganger|gonger|gang)"
)
_UP_TO = phrase(r"\b(?:inntil|opptil|opp til|maksimalt|maks|høyst|høgst)\b")
_NOTE = phrase(
    r"(?P<dur><dur>) (?:skriftlig |skriftleg )?(?:før|varsel|frist|i forkant)|\bvarsel på (?P<dur2><dur>)"
)
_OPTION_NOTE = phrase(
    r"\b(?:melding|varsel|beskjed|opsjon(?:en|a|ane|ene)?|utløs\w*|gjør\w* gjeldende|gjer\w* gjeldande"
    r"|forleng\w*|bruk av)\b"
)


@only_where((
    "forny", "leng", "videre", "vidare", "prolonger", "held", "opsjon", "gang", "gong",
    # that it does not
    "automatisk", "oppsi", "oppsei", "varsel",
))  # fmt: skip
def read_renewal(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``renewal`` in one sentence."""
    words = s.flat
    if other_document(words) or not (
        _RENEWED.search(words)
        or _OPTION.search(words)
        or _AT_A_TIME.search(words)
        or _NOT_RENEWED.search(words)
    ):
        return
    if phrase(r"<blank>").search(words):
        return
    if _NOT_RENEWED.search(words) and not _AT_A_TIME.search(words):
        yield page.rule(s, "renewal", "not_automatic")
        return
    option = _OPTION.search(words)
    at_a_time = _AT_A_TIME.search(words)
    if option and not _BY_ITSELF.search(words):
        yield from _option(page, s, words[option.start() :])
    elif _speaks_of_renewal(words, at_a_time):
        length = at_a_time or _LENGTH.search(words, _renewal_verb(words))
        months = months_of(length["dur"]) if length else None
        if months:
            yield page.rule(s, "renewal", "automatic", {"months": months})
        else:
            yield page.question(
                s,
                "renewal_length",
                msg("The agreement renews itself. For how long each time?"),
                "renewal:automatic",
            )


def _renewal_verb(words: str) -> int:
    found = _RENEWED.search(words)
    return found.start() if found else 0


def _speaks_of_renewal(words: str, at_a_time: re.Match[str] | None) -> bool:
    verb = _RENEWED.search(words)
    if at_a_time and "plan" in words[: at_a_time.start()].lower():
        return False
    if verb and (_BY_ITSELF.search(words) or at_a_time):
        return True
    if verb and _THEREAFTER.search(words) and END.search(words):
        return True
    return (
        at_a_time is not None
        and _THEREAFTER.search(words) is not None
        and re.search(r"gjeld|løp|varer", words) is not None
    )


def _option(page: Page, s: Sentence, words: str) -> Iterator[Rule | Question]:
    months = _steps(words)
    if not months:
        if (
            phrase(r"\bopsjon").search(words)
            and re.search(r"forleng|forny", words, re.I)
            and not _NOTE.search(words)
        ):
            sentence = msg("There is an option to extend. For how long?")
            yield page.question(s, "option_length", sentence, "renewal:option")
        return
    values: dict[str, Any] = {"months": months}
    if _UP_TO.search(words[: words.find("år") if "år" in words else 80]):
        values["up_to"] = True
    note = _NOTE.search(words)
    if note and (least := months_of(note["dur"] or note["dur2"])):
        values["notice_months"] = least
    yield page.rule(s, "renewal", "option", values)


def _steps(words: str) -> list[int]:
    plus = _PLUS.search(words)
    if plus:
        unit = 12 if plus["unit"].lower() == "år" else 1
        counts = [
            number(part) for part in re.split(r"\s*(?:år)?\s*(?:\+|pluss)\s*", plus["steps"], flags=re.I)
        ]
        return [unit * count for count in counts if count]
    repeated = _REPEATED.search(words)
    if repeated and (count := number(repeated["n"])) and (each := months_of(repeated["dur"])) and count <= 10:
        return [each] * count
    times = _TIMES.search(words)
    if times and (count := number(times["n"])) and (each := months_of(times["dur"])) and count <= 10:
        return [each] * count
    for found in phrase(r"(?P<dur><dur>)").finditer(words):
        before, after = words[: found.start()], words[found.end() : found.end() + 20]
        if re.match(r"\s*(?:skriftlig\s+|skriftleg\s+)?(?:før|varsel|frist|i forkant)", after) or re.search(
            r"(?:til sammen|totalt|samla|samlet|maksimalt|varsel på|senest|minst|innen)\s*$", before, re.I
        ):
            continue
        if single := months_of(found["dur"]):
            return [single]
    return []


_OPTION_STEMS = ("forleng", "opsjon", "forny")


def option_notice(s: Sentence) -> int | None:
    """The months before the end by which an option must be used, from a sentence that only says that."""
    if (
        mentions(s.folded, _OPTION_STEMS)
        and _OPTION_NOTE.search(s.flat)
        and re.search(r"forleng|opsjon|forny", s.flat, re.I)
        and not END.search(s.flat)
    ):
        note = _NOTE.search(s.flat)
        if note:
            return months_of(note["dur"] or note["dur2"])
    return None

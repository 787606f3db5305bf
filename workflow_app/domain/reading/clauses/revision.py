"""When the agreement is revised: at an interval, when asked for, by consent, after an election."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import wording
from workflow_app.domain.reading.answers import OTHER_DAY
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.clauses.yearly import PAST, SEASON, YEAR_END, day_of_year
from workflow_app.domain.reading.frequencies import find_frequencies
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import of_agreement
from workflow_app.domain.reading.times import parse_date
from workflow_app.domain.rules import Rule

_REVISE = phrase(
    r"\b(?:revider(?:es|ast|e|t|ing|er)|revisjon(?:en|ar|er)?|reviderast|rulleres|rullerast|oppdateres"
    r"|oppdaterast|reforhandl\w*"
    r"|(?:tas|takast|tas opp|tek\w*) opp til (?:ny )?(?:vurdering|revisjon|drøfting)|fornyes og revideres)\b"
)
_CHANGE = phrase(
    r"\b(?:endring(?:er|ar|en)?|endres|endrast|revisjon|revideres|reviderast|justering(?:er|ar)?)\b"
)
_ALL_AGREE = phrase(
    r"\b(?:partene|partane|begge parter|alle parter) i (?:fellesskap|fellesskap)|\b(?:enighet|semje"
    r"|einigheit|enige|einige|samde|samtykke|samtykkje)\b"
    r"|\bskriftlig(?:e)? avtale mellom partene|\b(?:begge|alle) part(?:er|ar|ene|ane)(?:s"
    r"|nes)? (?:samtykk\w*|godkjenn\w*|er eni\w*|er samde)|\bgodkjen\w* av (?:begge|alle) part"
    r"|\bi fellesskap\b"
)
_ASKED = phrase(
    r"\b(?:ved behov|etter behov|når som helst|når som helst|kva tid som helst|dersom|hvis|om (?:en|ein|noen"
    r"|nokon) av|når (?:en|ein) av|etter ønske|på anmodning|etter anmodning|på oppmoding|etter oppmoding"
    r"|på initiativ|ved endr\w+|be om|krev(?:e|er|ja|jast|es)|ved vesentlig\w*|ved vesentleg\w*|ønsker det"
    r"|ønskjer det|nødvendig|naudsynt|trengs|trengst)\b"
)
_ELECTION = phrase(
    r"\b(?:kommune(?:styre)?|lokal)?valg(?:et|ene)?\b|\b(?:kommune(?:styre)?)?val(?:et)?\b|\b(?:nytt|nye"
    r"|nyvalgt\w*|nyvalde) <council>|\b(?:ny |nye |hver |kvar )?(?:valgperiode|valperiode"
    r"|kommunestyreperiode)\w*"
)
_ONCE_A_TERM = phrase(
    r"\b(?:gang|gong|gangar)\b (?:\w+ ){0,2}(?:kommunestyre|valg|val)?periode\w*|<each> (?:kommunestyre|valg"
    r"|val)periode\b"
)
_HANDLED = phrase(
    r"\b(?:saksbehandl\w*|saksbehandles|leggj?es f\w*m|leggjast f\w*m|legges fr[ea]m|behandles|handsamast"
    r"|tas opp|takast opp|forny\w*|ny behandling|revider\w*|gjennomgås|gjennomgåast|opp til)\b"
)


@only_where((
    "revi", "rulle", "oppdater", "reforhandl", "vurdering", "drøfting", "val", "styr", "endr", "juster",
))  # fmt: skip
def read_revision(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``revision`` in one sentence."""
    words = s.flat
    if PAST.search(words) or not of_agreement(s):
        return
    if _ONCE_A_TERM.search(words) and _REVISE.search(words):
        yield page.question(
            s,
            "revision_interval",
            msg("The revision comes once each term of the kommunestyre. When is it due?"),
            "revision:every",
            (
                msg("every four years from signing"),
                (page.rule(s, "revision", "every", {"months": 48, "anchor": "signing"}),),
            ),
            (
                msg("after each election"),
                (page.rule(s, "revision", "after_election", reason=wording.AFTER_ELECTION),),
            ),
            (OTHER_DAY, None),
        )
        return
    if _ELECTION.search(words) and _HANDLED.search(words):
        yield page.rule(s, "revision", "after_election", reason=wording.AFTER_ELECTION)
        return
    if _CHANGE.search(words) and _ALL_AGREE.search(words):
        yield page.rule(s, "revision", "by_agreement", reason=wording.BY_AGREEMENT)
        return
    revise = _REVISE.search(words)
    if revise is None:
        return
    season = SEASON.search(words)
    if season and _belongs(words, season.start(), revise.start()):
        yield page.rule(
            s, "revision", "every", {"months": 12, "anchor": "signing"}, assumptions=(wording.SEASON_ONLY,)
        )
        return
    near = [f for f in find_frequencies(words) if _belongs(words, f.start, revise.start())]
    if near and (months := near[0].months or (12 // near[0].per_year if near[0].per_year else None)):
        yield from _every(page, s, words, months)
    elif (end := YEAR_END.search(words)) and _belongs(words, end.start(), revise.start()):
        yield from _every(page, s, words, 12)
    elif _ASKED.search(words):
        yield page.rule(s, "revision", "on_request", reason=wording.ON_REQUEST)


def _belongs(words: str, frequency: int, verb: int) -> bool:
    """Whether a frequency is the verb's own: no other verb of review stands between them."""
    between = words[min(frequency, verb) : max(frequency, verb)]
    return not re.search(r"møte|evaluer|(?<!en)\boppsig|[;]", between[5:], re.I)


def _every(page: Page, s: Sentence, words: str, months: int) -> Iterator[Rule]:
    values: dict[str, Any] = {"months": months}
    assumed: tuple[str, ...] = ()
    dated = phrase(
        r"\bførste gang(?:en)? (?:innen |den |i )?(?P<d><date>)"
        r"|\bfyrste gong(?:en)? (?:innan |den |i )?(?P<d2><date>)|\b(?:regnet|rekna"
        r"|gjeldende) (?:fra|frå) (?P<d3><date>)"
    ).search(words)
    stated = phrase(r"\b(?:etter|fra|frå|siden|sidan) (?:\w+ )?<signing>").search(words)
    if dated and (iso := parse_date(dated["d"] or dated["d2"] or dated["d3"])):
        values["anchor"] = iso
    elif YEAR_END.search(words):
        values["anchor"] = "year_end"
    elif (day := day_of_year(words)) is not None:
        values |= {"anchor": "month_day", "month": day[0], "day": day[1]}
        values.pop("anchor")
        assumed = day[2]
    else:
        values["anchor"] = "signing"
        assumed = () if stated else (wording.FROM_SIGNING,)
    yield page.rule(s, "revision", "every", values, assumptions=assumed)

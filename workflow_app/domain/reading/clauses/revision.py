"""When the agreement is revised: at an interval, when asked for, by consent, after an election."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import wording
from workflow_app.domain.reading.answers import OTHER_DAY
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.clauses.revised import to_be_revised
from workflow_app.domain.reading.clauses.yearly import (
    SEASON,
    YEAR_END,
    day_of_year,
    last_day_of_season,
    own_part,
    under_heading,
)
from workflow_app.domain.reading.frequencies import Frequency, find_frequencies
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.times import months_of, parse_date
from workflow_app.domain.rules import Rule

_REVISE = phrase(
    r"\b(?:revider(?:es|ast|e|a|t|ing|er|ar)|revisjon(?:en|ar|er)?|rulleres|rullerast|oppdater(?:es|ast|e"
    r"|a|t)|rullere|rullera|rullering(?:en|a)?|revidering(?:en|a)?|revisjonsfrekvens|revisjonsintervall"
    r"|revurder(?:es|ast|ing)|gjennomgå(?:s"
    r"|ast|tt) på nytt|juster(?:es|ast)"
    r"|reforhandl\w*|ajourfør(?:es|ast)|opp til (?:ny |nytt |full )?(?:vurdering|revisjon|drøfting"
    r"|gjennomgang)"
    r"|fornyes og revideres|gjennomgås og (?:oppdateres|justeres))\b"
)
_CHANGE = phrase(
    r"\b(?:endring(?:er|ar|en|ane|ene)?|endre[st]?|endrast|endra|revisjon|revideres|reviderast|revidere"
    r"|revidera"
    r"|justering(?:er|ar)?|justere[st]?|justerast|tilføyelser|tillegg)\b"
)
_ALL_AGREE = phrase(
    r"\b(?:partene|partane|begge parter|alle parter) i (?:fellesskap|fellesskap)|\b(?:enighet|semje|samtykke"
    r"|einigheit|enige|einige|samde|samtykkje|samrøystes|enstemmig)\b|\b(?:ingen|ikke"
    r"|ikkje)\b[^.;]{0,50}\b(?:ensidig|einsidig)"
    r"|\bskriftlig(?:e)? avtale mellom partene|\bskriftleg(?:e)? avtale mellom partane"
    r"|\b(?:begge|alle|samtlige|samtlege) part(?:er|ar|ene|ane)(?:s|nes)? (?:samtykk\w*|godkjenn\w*|er eni\w*"
    r"|er samde|skriftlig\w* (?:samtykk|godkjen)\w*)|\bgodkjen\w* av (?:begge|alle|samtlige|samtlege) part"
    r"|\bi fellesskap\b|\b(?:undertegnet|underteikna|signert|underskreve[nt]|underskrive[nt]"
    r"|vedtatt|signeres|signerast|undertegnes|underteiknast|underskrives|underskrivast"
    r"|skriftlig avtalt|skriftleg avtalt|skriftleg avtala) (?:av|mellom) (?:partene|partane|begge"
    r"|alle|samtlige)"
)
_ASKED = phrase(
    r"\b(?:ved behov|etter behov|ved trong|etter trong|på oppfordring|etter oppfordring|på forespørsel"
    r"|på førespurnad|initiativ til|etter initiativ|spørsmål\w* om|når (?:\w+ ){1,3}(?:endres|endrar"
    r"|endrer|endrast)"
    r"|når som helst"
    r"|kva tid som helst|til enhver tid|til ei kvar tid|dersom"
    r"|hvis|viss"
    r"|om (?:en|ein|noen|nokon|det|partene|partane) |når (?:en|ein|minst en|minst ein|én|noen|nokon) av"
    r"|når (?:\w+ ){1,3}(?:ønsker|ønskjer|ber|krever|krev)|etter ønske|på anmodning|etter anmodning"
    r"|på oppmoding"
    r"|etter oppmoding|på initiativ|ved endr\w+|be om|ber om|krev(?:e|er|ja|je|jast|es)|ved vesentlig\w*"
    r"|ved vesentleg\w*|ved større|krav om|ta initiativ|forlang(?:e|er|ar|a|es|ast)|behovsstyrt"
    r"|behovsstyrd|ønsker det|ønskjer det|nødvendig|naudsynt|trengs|trengst|tilsier det"
    r"|tilseier det)"
    r"(?!\w)"
)
_ELECTION = phrase(
    r"\b(?:ny|kommune(?:styre)?|lokal|fylkestings?|stortings|sametings)?valg(?:et|ene)?\b"
    r"|\b(?:ny|kommune(?:styre)?|lokal|fylkestings?|stortings|sametings)?val(?:et)?\b|\b(?:nytt|nye"
    r"|nyvalgt\w*|nyvalde|nyvalt\w*) <council>|\b(?:ny |nye |hver |kvar )?(?:valgperiode|valperiode"
    r"|kommunestyreperiode)\w*"
)
_ONCE_A_TERM = phrase(
    r"\b(?:gang|gong|gangar)\b (?:\w+ ){0,2}(?:kommunestyre|valg|val)periode\w*|<each> (?:kommunestyre|valg"
    r"|val)periode\b"
)
_AT_ITS_START = phrase(
    r"\b(?:i starten av|ved starten av|i begynnelsen av|ved begynnelsen av|tidlig i|tidleg i"
    r"|ved oppstart\w* av"
    r"|først i|i byrjinga av|ved inngangen til) <each> "
)
# An interval in years stands, also where the words place it after the election.
_EVERY_YEARS = phrase(r"<each> (?:<ordinal>|<num>) år,")
_HANDLED = phrase(
    r"\b(?:saksbehandl\w*|saksbehandles|leggj?es f\w*m|leggjast f\w*m|legges fr[ea]m|behandl\w*|handsam\w*"
    r"|tas opp|takast opp|forny\w*|rull\w*|ny behandling|revider\w*|gjennomgås|gjennomgåast|gjennomgang"
    r"|opp til|t[ae]k?r? stilling til|utløser revisjon|utløyser revisjon)\b"
)
# A day or a term for it, not counted from the agreement's end.
_ONCE = phrase(
    r"\b(?:innen|innan|senest|seinast|den|i|før|etter|gang|gong) (?:utgangen av |utløpet av |løpet av "
    r"|<latest> |den )?"
    r"(?:<date>|<month_year>|<year>|<dur>(?! <before>))"
)
_WHETHER = phrase(r"\bvurder\w* (?:\w+ ){0,3}?(?:om|behov\w*|trong\w*)\b")
_JOINT = phrase(
    r";|,? (?:og|men|mens|medan) (?=(?:kan|skal|bør|må|vil|den kan|ho kan|han kan|avtalen|avtala)\b)"
)
_AND_AT_LEAST = phrase(r"(?:ved|etter) behov,? (?:og|men|eller) (?:minst|seinast|senest|elles|ellers)")
_MAY = phrase(r"\b(?:kan|endres|endrast|justeres|justerast)\b")
_FIRST_YEAR = phrase(
    r"\b(?:første|fyrste|neste) (?:gang|gong)(?:en)?(?: i| i løpet av| innen utgangen av"
    r"| innan utgangen av)? "
    r"(?:(?P<season><season>) )?(?P<year><year>)"
)
_MAY_BE = phrase(r"\bkan (?:\w+ ){0,3}?(?:revider\w*|oppdater\w*|rullerast|rulleres)\Z")
_ALSO = phrase(
    r"\b(?:eller|men|ellers|elles|utover|i tillegg|samt|likevel|dessuten|dessutan|og (?:kan|skal|ved))\b"
)
_APART = phrase(
    r"\b(?:med|etter|minst|på|hver|kvar) (?P<dur><dur>)s? (?:mellomrom|intervall\w*)"
    r"|(?P<most><dur>) (?:\w+ ){0,7}mellom (?:hver|kvar) revisjon|mellom (?:hver|kvar) revisjon[^.;]{0,50}?"
    r"(?P<most2><dur>)"
)


@only_where((
    "revi", "revur", "gjennomgå", "rulle", "oppdater", "reforhandl", "ajour", "vurdering", "drøfting", "val",
    "styr", "endr", "juster", "tillegg", "tilføy", "gjennomgang",
))  # fmt: skip
def read_revision(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``revision`` in one sentence."""
    s = replace(s, flat=under_heading(s, "Revisjon av avtalen", "revi", "evaluer"))
    if not to_be_revised(s):
        return
    words = own_part(s.flat, _REVISE)
    s = replace(s, flat=words)
    if _ONCE_A_TERM.search(words) and _REVISE.search(words) and not _AT_ITS_START.search(words):
        yield _once_a_term(page, s)
        return
    if _ELECTION.search(words) and _HANDLED.search(words) and not _EVERY_YEARS.search(words):
        yield page.rule(s, "revision", "after_election", reason=wording.AFTER_ELECTION)
        return
    interval = next(_intervals(page, s), None)
    if interval is not None:
        yield interval
    elif _CHANGE.search(words) and _ALL_AGREE.search(words):
        yield page.rule(s, "revision", "by_agreement", reason=wording.BY_AGREEMENT)
        return
    if _on_request(words, alone=interval is None):
        yield page.rule(s, "revision", "on_request", reason=wording.ON_REQUEST)
    elif interval is None and _ONCE.search(words) and _REVISE.search(words):
        sentence = msg("The clause says when the agreement is to be revised, but not how often. How often?")
        yield page.question(s, "revision_once", sentence, "revision:every")


def _once_a_term(page: Page, s: Sentence) -> Question:
    return page.question(
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


def _on_request(words: str, *, alone: bool) -> bool:
    """Whether it is revised when somebody asks; beside an interval only where the words say so too."""
    parts = _JOINT.split(words)
    for part in parts:
        asked = _ASKED.search(part)
        may_change = _MAY.search(part) and _CHANGE.search(part)
        if asked and (_REVISE.search(part) or may_change):
            apart = len(parts) > 1 and _REVISE.search(words) is not None
            place = words.find(asked[0])
            besides = _ALSO.search(words[:place]) or _AND_AT_LEAST.match(words, place)
            return alone or apart or besides is not None
    return False


def _intervals(page: Page, s: Sentence) -> Iterator[Rule]:
    """The intervals of the part of the sentence that speaks of revising."""
    parts = [(part, found) for part in _JOINT.split(s.flat) if (found := _REVISE.search(part))]
    for words, revise in parts:
        season = SEASON.search(words)
        if season and _belongs(words, season.start(), revise.start()):
            values = {"months": 12, "anchor": "signing"}
            yield page.rule(s, "revision", "every", values, assumptions=(wording.SEASON_ONLY,))
            continue
        if _WHETHER.search(words) or (_MAY_BE.search(words[: revise.end()]) and _ASKED.search(words)):
            continue
        near = [f for f in find_frequencies(words) if _belongs(words, f.start, revise.start())]
        months = _months_apart(words) or (_months(near[0]) if near else None)
        if months:
            yield from _every(page, s, words, months)
        elif (end := YEAR_END.search(words)) and _belongs(words, end.start(), revise.start()):
            yield from _every(page, s, words, 12)


def _months_apart(words: str) -> int | None:
    found = _APART.search(words)
    return months_of(found["dur"] or found["most"] or found["most2"]) if found else None


def _months(often: Frequency) -> int | None:
    if often.months:
        return often.months
    times = often.per_year or often.per_year_min
    return 12 // times if times and 12 % times == 0 else None


def _belongs(words: str, frequency: int, verb: int) -> bool:
    """Whether a frequency is the verb's own: no other verb of review stands between them."""
    if frequency < verb and re.search(r"\bog\b", words[frequency:verb]) and _ASKED.search(words, verb):
        # "Gjennomgås årlig og revideres ved behov."
        return False
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
    elif first := _FIRST_YEAR.search(words):
        season = last_day_of_season(first["season"], first["year"]) if first["season"] else None
        values["anchor"] = season or f"{first['year']}-12-31"
        assumed = (wording.END_OF_PART if season else wording.WHOLE_YEARS,)
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

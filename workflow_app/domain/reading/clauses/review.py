"""When the agreement is looked at again: revised, evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import lexicon, wording
from workflow_app.domain.reading.frequencies import find_frequencies
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import first, of_agreement, other_document
from workflow_app.domain.reading.times import day_and_month, iso_date, last_day, parse_date
from workflow_app.domain.rules import Rule

_REVISE = phrase(
    r"\b(?:revider(?:es|ast|e|t|ing|er)|revisjon(?:en|ar|er)?|reviderast|rulleres|rullerast|oppdateres"
    r"|oppdaterast|reforhandl\w*"
    r"|(?:tas|takast|tas opp|tek\w*) opp til (?:ny )?(?:vurdering|revisjon|drøfting)|fornyes og revideres)\b"
)
_CHANGE = phrase(
    r"\b(?:endring(?:er|ar|en)?|endres|endrast|revisjon|revideres|reviderast|justering(?:er|ar)?)\b"
)
_PAST = phrase(
    r"\A(?:sist )?(?:revidert|oppdatert|evaluert)\b|\b(?:ble|vart|blei|er|var"
    r"|har blitt) (?:sist )?(?:revidert|oppdatert|evaluert|reviderte)\b"
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
_HANDLED = phrase(
    r"\b(?:saksbehandl\w*|saksbehandles|leggj?es f\w*m|leggjast f\w*m|legges fr[ea]m|behandles|handsamast"
    r"|tas opp|takast opp|forny\w*|ny behandling|revider\w*|gjennomgås|gjennomgåast|opp til)\b"
)

_EVALUATE = phrase(r"\b\w*evaluer\w*\b")
_EVAL_DECOY = phrase(
    r"\b(?:veileder|rettleiar|mal|skjema|resultat\w* av|læring av)\b[^.]{0,50}evaluering"
    r"|\bevalueringen (?:gjennomgås|drøftes|legges|sendes|presenteres|skal (?:legges|gjennomgås))"
    r"|\bevalueringa (?:vert|blir|skal)"
)
_YEAR_END = phrase(
    r"\b(?:ved|innen|innan|mot|i|før|på) (?:utgangen av|utløpet av|slutten av) (?:hvert|kvart|året|hver|kvar"
    r"|kalenderåret|det enkelte)(?: \w+)?"
    r"|\bved (?:årets slutt|årsslutt|årsskiftet|årsskifte|årsslutten|årets utgang|årets utløp"
    r"|hvert årsskifte|kvart årsskifte|(?:hvert|kvart) års slutt|slutten av året|utgangen av året"
    r"|års?ende)\b|\binnen årets slutt\b|\binnan årets slutt\b|\binnen utgangen av året\b|\bved årsslutt\b"
    r"|\bi slutten av året\b|\binnen årsskiftet\b|\bpå slutten av (?:året|hvert år|kvart år)\b"
    r"|\bi desember (?:hvert|kvart) år\b|\bfør årsskiftet\b"
)
_BY_MONTH = phrase(
    r"\b(?:(?:innen|innan|ved|i) (?:utgangen av|utløpet av|slutten av)|i løpet av|innen|innan"
    r"|i) (?P<m><month>)(?!\s?\d)"
)
_ON_DAY = phrase(
    r"\b(?:til|innen|innan|den|per|pr\.?|senest|seinast|hvert år|kvart år|før"
    r"|dato) (?:den )?(?P<d><day_month>)"
)
_BY_DATE = phrase(
    r"\b(?:innen|innan|senest|seinast|seinest|før|den|per|pr\.?|i|utgangen av) (?:den "
    r"|utgangen av )?(?P<full><date>)|\binnen (?:utgangen av )?(?P<my><month_year>)"
    r"|\binnan (?:utgangen av )?(?P<my2><month_year>)|\b(?:innen|innan|ved) (?:utgangen av"
    r"|utløpet av) (?P<y><year>)"
)
_SEASON = phrase(
    r"(?:<each>|\bom|\bi løpet av|\bpå|\btidlig|\btidleg|\bpå seint|\bsein|\bsen|\bårlig,?"
    r"|\bårleg,?) (?P<s><season>)"
)
_CONTINUOUS = phrase(
    r"\b(?:løpende|løpande|fortløpende|fortløpande|kontinuerlig|kontinuerleg|jevnlig|jamleg|jamnleg"
    r"|regelmessig|undervegs|underveis|med jevne mellomrom|med jamne mellomrom|til enhver tid"
    r"|til ei kvar tid)\b"
)
_EVENT = phrase(
    r"\b(?P<e>(?:etter (?:at )?|før |ved |når |i forbindelse med |i samband med |i etterkant av "
    r"|i forkant av |halvveis |midtveis )(?!at\b)[^.,]{3,120})"
)
_NEED = phrase(r"\b(?:ved behov|etter behov|ved ønske|dersom|hvis)\b")
_WRITTEN = phrase(r"\bskriftlig\w*|\bskriftleg\w*")
_BY = (
    ("slt_coordinator", phrase(r"\bSLT[- ]*koordinator\w*")),
    ("politikontakt", phrase(r"\bpolitikontakt(?:en|ane|ene|er|ar)?\b")),
    ("mayor", phrase(r"\bav ordfør\w*")),
    (
        "politiråd",
        phrase(
            r"\b(?:skal|bør|må) politirådet\b|\bpolitirådet (?:skal|bør|må|evaluerer)|\bav politirådet\b"
            r"|\bi politirådet\b"
        ),
    ),
    ("parties", phrase(r"\b(?:partene|partane) (?:skal|bør|må|evaluerer)|\bskal (?:partene|partane)\b")),
)
_ORDINAL_YEAR = phrase(r"<each> (?:<num>) år\b")


def read_revision(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``revision`` in one sentence."""
    words = s.flat
    if _PAST.search(words) or not of_agreement(s):
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
    near = [f for f in find_frequencies(words) if _belongs(words, f.start, revise.start())]
    if near and (months := near[0].months or (12 // near[0].per_year if near[0].per_year else None)):
        yield from _every(page, s, words, months)
    elif (end := _YEAR_END.search(words)) and _belongs(words, end.start(), revise.start()):
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
    elif _YEAR_END.search(words):
        values["anchor"] = "year_end"
    elif (day := _day(words)) is not None:
        values |= {"anchor": "month_day", "month": day[0], "day": day[1]}
        values.pop("anchor")
        assumed = day[2]
    else:
        values["anchor"] = "signing"
        assumed = () if stated else (wording.FROM_SIGNING,)
    yield page.rule(s, "revision", "every", values, assumptions=assumed)


def _day(words: str) -> tuple[int, int, tuple[str, ...]] | None:
    """(month, day, assumptions) of a day of every year that the clause names."""
    found = _ON_DAY.search(words)
    if found and (parts := day_and_month(found["d"])):
        return (*parts, ())
    found = _BY_MONTH.search(words)
    if found:
        month = lexicon.MONTHS[found["m"].rstrip(".").lower()]
        assumed = () if re.search(r"utgang|utløp|slutt", found[0], re.I) else (wording.END_OF_MONTH,)
        return month, last_day(month), assumed
    return None


def read_evaluation(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``evaluation`` in one sentence. Each half of "evalueres løpende …, og … evalueres årlig" counts."""
    if not _EVALUATE.search(s.flat) or _EVAL_DECOY.search(s.flat):
        return
    if _PAST.search(s.flat) or (other_document(s.flat) and first(_EVALUATE, s.flat) > 40):
        return
    for clause in _halves(s.flat):
        yield from _evaluation(page, s, clause)


def _halves(words: str) -> list[str]:
    """A sentence with two evaluations is two clauses, parted at the second's "og"."""
    hits = [m.start() for m in _EVALUATE.finditer(words)]
    if len(hits) < 2:
        return [words]
    cut = words.rfind(", og ", 0, hits[1])
    cut = cut if cut > hits[0] else words.rfind(" og ", hits[0], hits[1])
    return [words[:cut], words[cut:]] if cut > hits[0] + 12 else [words]


def _evaluation(page: Page, s: Sentence, words: str) -> Iterator[Rule | Question]:
    values: dict[str, Any] = {"written": True} if _WRITTEN.search(words) else {}
    if by := [name for name, pattern in _BY if pattern.search(words)]:
        values["by"] = by
    frequencies = find_frequencies(words)
    often = next((f for f in frequencies if f.months or (f.per_year or f.per_year_min or 1) != 1), None)
    season, once = _SEASON.search(words), _BY_DATE.search(words)
    yearly = bool(frequencies) or re.search(r"\bårl[ie]g", words, re.I) is not None
    if _YEAR_END.search(words):
        yield page.rule(s, "evaluation", "yearly", {"month": 12, "day": 31} | values)
    elif once and (by_date := _once(once)):
        yield page.rule(s, "evaluation", "once", {"by": by_date} | values)
    elif (yearly or "settes til" in words) and (day := _day(words)):
        yield page.rule(
            s, "evaluation", "yearly", {"month": day[0], "day": day[1]} | values, assumptions=day[2]
        )
    elif season:
        yield page.rule(s, "evaluation", "yearly", {"season": lexicon.SEASONS[season["s"].lower()]} | values)
    elif often is not None:
        yield page.question(
            s,
            "evaluation_interval",
            msg("The evaluation is not yearly. When is it due?"),
            (msg("every year"), msg("another day, to be filled in")),
        )
    elif yearly:
        yield page.rule(s, "evaluation", "yearly", values, reason=wording.YEARLY_UNDATED)
    elif _CONTINUOUS.search(words):
        yield page.rule(s, "evaluation", "continuous", values, reason=wording.CONTINUOUS)
    elif (event := _EVENT.search(words)) or (event := _NEED.search(words)):
        if phrase(r"\b(?:skal|bør|må|evalueres|evaluerast|gjennomføres|gjennomførast|blir|vert)\b").search(
            words
        ):
            yield page.rule(
                s, "evaluation", "event", {"event": event[0].strip()} | values, reason=wording.ON_EVENT
            )


def _once(found: re.Match[str]) -> str | None:
    if found["full"]:
        return parse_date(found["full"])
    if found["y"]:
        return iso_date(int(found["y"]), 12, 31)
    words = found["my"] or found["my2"]
    month = lexicon.MONTHS[re.split(r"[\s.,]", words.lower())[0]]
    return iso_date(int(words[-4:]), month, last_day(month))

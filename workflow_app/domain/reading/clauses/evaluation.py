"""When the agreement, its measures or the cooperation are evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import lexicon, wording
from workflow_app.domain.reading.answers import OTHER_DAY
from workflow_app.domain.reading.clauses.evaluated import EVALUATE, of_evaluation
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.clauses.yearly import (
    SEASON,
    YEAR_END,
    day_of_year,
    last_day_of_part,
    last_day_of_season,
    own_part,
    under_heading,
)
from workflow_app.domain.reading.frequencies import find_frequencies
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import fold
from workflow_app.domain.reading.times import iso_date, last_day, month_of, parse_date
from workflow_app.domain.rules import Rule

_BY_DATE = phrase(
    r"(?:\b(?:innen|innan|senest|seinast|seinest|før|den|per|pr\.?|i|utgangen av)"
    r"|\Aevalueringsfrist ?:|\bfrist\w* for (?:\w+ )?evaluering\w*(?: av \w+)? er(?: satt til"
    r"| sett til)?) (?:den "
    r"|utgangen av )?(?P<full><date>)"
    r"|(?:\b(?:innen|innan|i|i løpet av|seinast|senest|ved) (?:utgangen av )?"
    r"|\bfør utgangen av )(?P<my><month_year>)"
    r"|(?:\b(?:innen|innan|ved|i|i løpet av|senest|seinast) (?:utgangen av |utløpet av |slutten av |året )?"
    r"|\bfør (?:utgangen|utløpet|slutten) av (?:året )?)(?P<y><year>)(?! ?[-–/]|\d)"
)
_SEASON_OF_YEAR = phrase(r"(?P<season><season>),? (?P<year><year>)")
_CONTINUOUS = phrase(
    r"\b(?:løpende|løpande|fortløpende|fortløpande|kontinuerlig|kontinuerleg|jevnlig|jamleg|jamnleg"
    r"|regelmessig|undervegs|underveis|med jevne mellomrom|med jamne mellomrom|til enhver tid"
    r"|til ei kvar tid|hele tiden|heile tida|heile tidi)\b"
)
_EVENT = phrase(
    r"\b(?:innen|innan) <dur> (?:fra|frå|etter) [^.,]{3,120}|(?:<latest> )?(?:<dur> )?\b(?:etter (?:at )?"
    r"|før |ved |når |straks |så snart |i forbindelse med |i samband med "
    r"|i etterkant av "
    r"|i forkant av |i god tid før |halvveis |midtveis |midtvegs |(?:innen|innan) (?:utgangen|utløpet) av "
    r"(?=\w*perioden|denne)|i løpet av (?=\w*perioden|prøve))(?!at\b)[^.,]{3,120}"
)
_THEREAFTER = phrase(r",? (?:og )?(?:deretter|derpå|siden|sidan|så)\b")
_FIRST_DAY = phrase(r"(?P<day><date>)")
_LISTED_YEARS = phrase(r"<year>(?:, <year>){0,8} og <year>")
_LOOSE = phrase(r"(?:i|den) ")
_EVENT_AHEAD = phrase(r"\b(?:etter|før|ved|når|i forbindelse med|i samband med) [^.,]{3,60}\Z")
_AND_BEFORE = phrase(r"\bog (?:dessuten )?(?P<event><latest> <dur> (?:før|etter) [^.,]{3,80})")
_EARLIEST = phrase(
    r"\b(?:tidligst|tidlegast|ikke før|ikkje før|etter)(?: den| i)? (?:(?P<day><date>)"
    r"|(?P<month><month_year>))"
)
_FIRST_TIME = phrase(
    r"\b(?:første|fyrste) (?:gang|gong)(?:en)?(?: i| den| innen| innan| senest| seinast| ved utgangen av"
    r"| våren| hausten| høsten){0,2} (?:(?P<day><date>)|<month_year>|<year>)"
)
# "The evaluation" goes on with the one just spoken of.
_SAME = phrase(r"evaluering(?:en|a)\b")
_EACH_YEAR = phrase(
    r"\bårl[ie]g|\b(?:hver|kvar) <month>|\bårets (?:siste|første|fyrste|fyrst) \w*møte|\bpå (?:vår|høst"
    r"|haust)møtet\b"
)
_NEED = phrase(r"\b(?:ved behov|etter behov|ved ønske|dersom|hvis)\b")
_OBLIGES = phrase(
    r"\b(?:skal|bør|må|evalueres|evaluerast|gjennomføres|gjennomførast|blir|vert"
    r"|foretas|føretas|gjøres|gjerast|(?:partene|partane|rådet|politirådet) evaluerer"
    r"|evaluerer (?:partene|partane|politirådet))\b"
    r"|\Aevaluering ?[:|] ?(?:ved (?:utløp|avslutning|slutten|\w*perioden)|før|etter|når|i forkant)"
)
_WRITTEN = phrase(r"\bskriftlig\w*|\bskriftleg\w*")
_BY_THEM = r"\bav (?:[\w-]+(?:,| og) ){0,4}"
_BY = (
    ("slt_coordinator", phrase(r"\bSLT[- ]*koordinator\w*")),
    ("politikontakt", phrase(r"\bpolitikontakt(?:en|ane|ene|er|ar)?\b")),
    ("mayor", phrase(rf"{_BY_THEM}ordfør\w*")),
    (
        "politiråd",
        phrase(
            r"\b(?:skal|bør|må) politirådet\b|\bpolitirådet (?:skal|bør|må|evaluerer)|\bi politirådet\b"
            rf"|{_BY_THEM}politirådet\b"
        ),
    ),
    (
        "parties",
        phrase(
            r"\b(?:partene|partane) (?:skal|bør|må|evaluerer)|\bskal (?:partene|partane)\b"
            rf"|{_BY_THEM}(?:partene|partane)\b"
        ),
    ),
)


@only_where(("evaluer", "vurder", "gjennom", "oppsummer", "måloppnå"))
def read_evaluation(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``evaluation`` in one sentence; "evalueres løpende, og … evalueres årlig" gives two."""
    s = replace(s, flat=under_heading(s, "Evaluering", "evaluer", "revi"))
    if not of_evaluation(s):
        return
    for clause in _halves(own_part(s.flat, EVALUATE)):
        yield from _evaluation(page, s, clause)


def _halves(words: str) -> list[str]:
    """A sentence with two evaluations is two clauses, parted at the second's "og"."""
    hits = [m.start() for m in EVALUATE.finditer(words) if not _SAME.match(m[0])]
    if len(hits) < 2:
        return [words]
    cut = words.rfind("; ", 0, hits[1])
    cut = cut if cut > hits[0] else words.rfind(", og ", 0, hits[1])
    cut = cut if cut > hits[0] else words.rfind(" og ", hits[0], hits[1])
    return [words[:cut], words[cut:]] if cut > hits[0] + 12 else [words]


def _evaluation(page: Page, s: Sentence, words: str) -> Iterator[Rule | Question]:
    values: dict[str, Any] = {"written": True} if _WRITTEN.search(words) else {}
    if by := [name for name, pattern in _BY if pattern.search(words)]:
        values["by"] = by
    frequencies = find_frequencies(words)
    often = next((f for f in frequencies if f.months or (f.per_year or f.per_year_min or 1) != 1), None)
    season, once = SEASON.search(words), _BY_DATE.search(words)
    yearly = bool(frequencies) or _EACH_YEAR.search(words) is not None or _goes_on(s, words)
    if once and _LOOSE.match(once[0]) and _EVENT_AHEAD.search(words[: once.start()]):
        # "After the election in 2027" names the event's year, not the evaluation's.
        once = None
    first_time = _FIRST_TIME.search(words) if yearly or season else None
    if first_time is None and yearly and once and _THEREAFTER.match(words, once.end()):
        first_time = _FIRST_DAY.match(words, once.start("full")) if once["full"] else None
    if first_time and (once is None or first_time.start() < once.end()):
        once = None
    if often is not None and often.months:
        yield _when(page, s, values)
    elif first_time and first_time["day"] and (iso := parse_date(first_time["day"])):
        day_of = {"month": int(iso[5:7]), "day": int(iso[8:])}
        yield page.rule(s, "evaluation", "yearly", day_of | values, assumptions=(wording.AS_THE_FIRST,))
    elif YEAR_END.search(words):
        yield page.rule(s, "evaluation", "yearly", {"month": 12, "day": 31} | values)
    elif (part := last_day_of_part(words)) is not None:
        yield page.rule(s, "evaluation", "once", values | {"by": part}, assumptions=(wording.END_OF_PART,))
    elif once and once["y"] and (years := _LISTED_YEARS.match(words, once.start("y"))):
        for year in re.findall(r"\d{4}", years[0]):
            yield page.rule(s, "evaluation", "once", values | {"by": f"{year}-12-31"})
    elif once and (by_date := _once(once)):
        # Here "by" is the day: the contract has no room for whom as well.
        yield page.rule(s, "evaluation", "once", values | {"by": by_date})
    elif (yearly or "settes til" in words) and (day := day_of_year(words)):
        yield page.rule(
            s, "evaluation", "yearly", {"month": day[0], "day": day[1]} | values, assumptions=day[2]
        )
    elif not first_time and (named := _SEASON_OF_YEAR.search(words)) is not None:
        yield _in_season(page, s, named, values)
    elif season:
        yield page.rule(s, "evaluation", "yearly", {"season": lexicon.SEASONS[fold(season["s"])]} | values)
    elif often is not None:
        yield _when(page, s, values)
    elif yearly:
        yield page.rule(s, "evaluation", "yearly", values, reason=wording.YEARLY_UNDATED)
    elif _CONTINUOUS.search(words):
        yield page.rule(s, "evaluation", "continuous", values, reason=wording.CONTINUOUS)
        if (once_more := _AND_BEFORE.search(words)) is not None:
            tied = {"event": once_more["event"]} | values
            yield page.rule(s, "evaluation", "event", tied, reason=wording.ON_EVENT)
    elif (event := _EVENT.search(words) or _NEED.search(words)) and _OBLIGES.search(words):
        tied = {"event": event[0].strip()} | _earliest(words) | values
        yield page.rule(s, "evaluation", "event", tied, reason=wording.ON_EVENT)


def _goes_on(s: Sentence, words: str) -> bool:
    """Whether the words say more of the yearly evaluation of the sentence before: "Evalueringa skal …"."""
    yearly = EVALUATE.search(s.previous) and _EACH_YEAR.search(s.previous)
    return yearly is not None and _SAME.match(words) is not None


def _in_season(page: Page, s: Sentence, named: re.Match[str], values: dict[str, Any]) -> Question:
    day = last_day_of_season(named["season"], named["year"])
    last = page.rule(s, "evaluation", "once", values | {"by": day}, assumptions=(wording.END_OF_PART,))
    return page.question(
        s,
        "evaluation_season",
        msg("The evaluation is due in a season. By which day?"),
        "evaluation:once",
        *([(msg("${day}", day=day), (last,))] if day else []),
        (OTHER_DAY, None),
    )


def _when(page: Page, s: Sentence, values: dict[str, Any]) -> Question:
    yearly = page.rule(s, "evaluation", "yearly", values, reason=wording.YEARLY_UNDATED)
    return page.question(
        s,
        "evaluation_interval",
        msg("The evaluation is not yearly. When is it due?"),
        "evaluation:once",
        (msg("every year"), (yearly,)),
        (OTHER_DAY, None),
    )


def _earliest(words: str) -> dict[str, str]:
    found = _EARLIEST.search(words)
    if found is None:
        return {}
    day = parse_date(found["day"]) if found["day"] else f"{found['month'][-4:]}-{month_of(found['month']):02}"
    return {"earliest": day} if day else {}


def _once(found: re.Match[str]) -> str | None:
    if found["full"]:
        return parse_date(found["full"])
    if found["y"]:
        return iso_date(int(found["y"]), 12, 31)
    words = found["my"]
    month = month_of(words)
    return iso_date(int(words[-4:]), month, last_day(month)) if month else None

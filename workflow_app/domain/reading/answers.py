"""What each answer to a question makes of the rules, where that is only known when all clauses are read.

A table asks about its own sentence. That the start stands in another sentence,
or that the period bounds the years a Wednesday 25 June can be in, is known
first when the whole is settled; so the answers are worked out then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from workflow_app.domain.dates import Interval, add_days
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reading import lexicon, wording
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.stems import mentions
from workflow_app.domain.rules import Rule

OTHER_DAY = msg("another day, to be filled in")
_YEARS_AROUND = 1

# What a day is most likely of, by the stems around it; the first row that fits.
_FORM_BY_STEMS = (
    ("signed:date", ("signer", "underskr", "undert", "skrev under", "skreiv under")),
    ("evaluation:once", ("evaluer",)),
    ("revision:every", ("revi", "rulle")),
    ("validity:period", ("gjeld", "gyldig", "kraft", "varer", "varar", "løp", "opphør", "periode", "varig")),
)


def answered(questions: Iterable[Question], rules: list[Rule]) -> list[Question]:
    """``questions`` with the answers that the settled ``rules`` allow."""
    return [_answered(question, rules) for question in questions]


def form_of_date(folded: str) -> str | None:
    """The form that a day in these words (see ``stems.fold``) is to be written into; None when unsure."""
    return next((form for form, stems in _FORM_BY_STEMS if mentions(folded, stems)), None)


def inclusive_end(rule: Rule) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """A period to the end of the day it names, and the same to the day before."""
    said = tuple(a for a in rule.assumptions if a != wording.INCLUSIVE)
    within = replace(rule, assumptions=said)
    named = Interval.parse(rule.values["to"])
    before = add_days(named.earliest, -1)
    return (_with(within, {"to": named.latest.isoformat()}),), (_with(within, {"to": before.isoformat()}),)


def duration_start(rule: Rule) -> Question:
    """The question from when a duration is counted whose clause does not say."""
    counted = replace(
        _with(rule, {"from": "signing"}),
        assumptions=tuple(a for a in rule.assumptions if a != wording.FROM_SIGNING),
    )
    return Question(
        "duration_start",
        msg("The clause says how long, but not from when. From which day is it counted?"),
        rule.quote,
        rule.start,
        rule.end,
        (msg("the day of signing"), OTHER_DAY),
        ((counted,), None),
        "validity:duration",
    )


def renews_itself(rule: Rule) -> Question:
    """The question whether a term of so long *at a time* begins anew by itself."""
    anew = replace(
        rule,
        kind="renewal",
        form="automatic",
        values=MappingProxyType({"months": rule.values["months"]}),
        assumptions=(),
    )
    return Question(
        "renews_itself",
        msg("The agreement lasts so long at a time. Does it renew itself when the time is over?"),
        rule.quote,
        rule.start,
        rule.end,
        (msg("yes, for as long again each time"), msg("no, it ends")),
        ((anew,), ()),
        "renewal:automatic",
    )


def one_of(code: str, sentence: Message, rules: list[Rule], choices: tuple[Message, ...]) -> Question:
    """The question which of several rules that contradict each other holds; it quotes the first."""
    first = rules[0]
    outcomes = tuple((rule,) for rule in rules)
    form = f"{first.kind}:{first.form}"
    return Question(code, sentence, first.quote, first.start, first.end, choices, outcomes, form)


def _answered(question: Question, rules: list[Rule]) -> Question:
    if question.code == "inclusive_end":
        rule = _of(question, rules, "validity", "period")
        return question if rule is None else replace(question, outcomes=inclusive_end(rule))
    if question.code == "signing_year":
        rule = _of(question, rules, "signed", "partial")
        return question if rule is None else _with_years(question, rule, rules)
    return question


def _of(question: Question, rules: list[Rule], kind: str, form: str) -> Rule | None:
    """The rule of that form read from the words the question quotes."""
    place = (kind, form, question.start, question.end)
    return next((rule for rule in rules if (rule.kind, rule.form, rule.start, rule.end) == place), None)


def _with_years(question: Question, rule: Rule, rules: list[Rule]) -> Question:
    """Offer the days that fit the weekday in the years around the beginning of the agreement's period."""
    days = [] if "weekday" not in rule.values else _days(rule, _first_years(rules))
    if not days:
        return question
    outcomes = tuple(
        (
            replace(
                rule,
                form="date",
                values=MappingProxyType({"date": day.isoformat(), "precision": "day"}),
                reason=None,
            ),
        )
        for day in days
    )
    choices = tuple(msg("${day}", day=day.isoformat()) for day in days)
    return replace(question, choices=(*choices, OTHER_DAY), outcomes=(*outcomes, None))


def _first_years(rules: list[Rule]) -> list[int]:
    starts = [rule.values.get("from") for rule in rules if rule.kind == "validity"]
    years = {int(start[:4]) for start in starts if start and start != "signing"}
    around = {year + step for year in years for step in range(-_YEARS_AROUND, _YEARS_AROUND + 1)}
    return sorted(year for year in around if date.min.year <= year <= date.max.year)


def _days(rule: Rule, years: list[int]) -> list[date]:
    month, day = int(rule.values["date"][2:4]), int(rule.values["date"][5:7])
    wanted = lexicon.WEEKDAY_NAMES.index(rule.values["weekday"])
    found = []
    for year in years:
        try:
            one = date(year, month, day)
        except ValueError:
            # 29 February in a year without one.
            continue
        if one.weekday() == wanted:
            found.append(one)
    return found


def _with(rule: Rule, values: dict[str, Any]) -> Rule:
    return replace(rule, values=MappingProxyType({**rule.values, **values}))

"""What clauses mean together: a start here and a notice there, a title and a clause that differ.

Each reader sees one sentence. Here what they found is made one: doubles go, a
yearly evaluation without a day gives way to one with a day, a start joins the
duration that lacks one. Where two clauses contradict each other nothing is
chosen: a person is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import wording
from workflow_app.domain.reading.answers import answered, duration_start, one_of, renews_itself
from workflow_app.domain.reading.earliest import with_earliest
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.sound import sound, sound_answers
from workflow_app.domain.rules import Rule


@dataclass(frozen=True)
class Settled:
    """Rules in the order of the text, and the questions that remain."""

    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]


def settle(rules: list[Rule], questions: list[Question], titled: list[Rule], notice: int | None) -> Settled:
    """Make one reading of what the clauses gave.

    ``titled`` is the period read from the title; it serves only where no clause
    gives a validity. ``notice`` is the months before which an option is to be
    used, when another sentence than the option's says so.
    """
    asked = list(questions)
    found = _without_doubles(rules)
    if not any(_main_validity(rule) for rule in found):
        found += titled
    found = _validity(found, asked)
    found = _signing(found, asked)
    found = with_earliest(_evaluations(found))
    found = sound([_with_notice(rule, notice) for rule in found], asked)
    return Settled(
        tuple(sorted(found, key=lambda rule: (rule.start, rule.end))),
        tuple(sound_answers(answered(asked, found))),
    )


def _without_doubles(rules: list[Rule]) -> list[Rule]:
    """One of each where two sentences say the same; meetings stay, since two sentences are two rules."""
    seen: dict[object, Rule] = {}
    for rule in rules:
        key: object = (rule.kind, rule.form, repr(sorted(rule.values.items())))
        if rule.kind in {"meetings", "attendance", "task"}:
            key = (key, rule.start)
        elif rule.kind == "deputies" or (rule.kind == "evaluation" and rule.form == "continuous"):
            key = (rule.kind, rule.form)
        seen.setdefault(key, rule)
    return list(seen.values())


def _main_validity(rule: Rule) -> bool:
    return rule.kind == "validity" and "scope" not in rule.values


def _validity(rules: list[Rule], asked: list[Question]) -> list[Rule]:
    main = [rule for rule in rules if _main_validity(rule)]
    others = [rule for rule in rules if not _main_validity(rule)]
    main = _joined(_one_term(main))
    if len({(r.form, repr(sorted(r.values.items()))) for r in main if r.form == "period"}) > 1:
        periods = [rule for rule in main if rule.form == "period"]
        choices = tuple(
            msg("${from_day} to ${to_day}", from_day=r.values["from"], to_day=r.values["to"]) for r in periods
        )
        sentence = msg("The text gives more than one period. Which is the agreement's?")
        asked.append(one_of("two_periods", sentence, periods, choices))
        main = [rule for rule in main if rule.form != "period"]
    has_notice = any(rule.kind == "termination" for rule in rules)
    main = [
        replace(rule, form="until_terminated") if rule.form == "open" and has_notice else rule
        for rule in main
    ]
    if len(main) > 1:
        # "For a year at a time" tells how it goes on after the term that another clause gives.
        main = [rule for rule in main if wording.AT_A_TIME not in rule.assumptions]
    renewed = any(rule.kind == "renewal" for rule in rules)
    asked += [renews_itself(r) for r in main if wording.AT_A_TIME in r.assumptions and not renewed]
    for rule in main:
        if rule.form == "duration" and rule.values["from"] is None:
            asked.append(duration_start(rule))
    return others + main


def _one_term(main: list[Rule]) -> list[Rule]:
    """ "For at least five years. Thereafter until it is ended": the first with what the second adds."""
    ends = [rule for rule in main if rule.form == "until_terminated"]
    if len(ends) < 2 or any(set(ends[0].values) & set(rule.values) for rule in ends[1:]):
        return main
    values: dict[str, Any] = {}
    for rule in ends:
        values |= rule.values
    whole = replace(ends[0], values=MappingProxyType(values))
    return [whole if rule is ends[0] else rule for rule in main if rule is ends[0] or rule not in ends]


def _joined(main: list[Rule]) -> list[Rule]:
    """Give a start that stands in a sentence of its own to the period or duration that has none."""
    opens = [rule for rule in main if rule.form == "open"]
    lacking = [
        rule
        for rule in main
        if (rule.form in {"duration", "period"} and wording.FROM_SIGNING in rule.assumptions)
        or (rule.form == "until_terminated" and "from" not in rule.values)
    ]
    closed = [rule for rule in main if rule.form in {"period", "duration", "until_terminated", "as_parent"}]
    if len(opens) == 1 and len(lacking) == 1:
        target = lacking[0]
        values = MappingProxyType({**target.values, "from": opens[0].values["from"]})
        kept = tuple(a for a in target.assumptions if a != wording.FROM_SIGNING)
        return [
            replace(rule, values=values, assumptions=kept) if rule is target else rule
            for rule in main
            if rule is not opens[0]
        ]
    return [rule for rule in main if rule.form != "open"] if closed else main


def _signing(rules: list[Rule], asked: list[Question]) -> list[Rule]:
    """One signing. A blank date line beside a date is the other party's; two dates are a question."""
    signed = [rule for rule in rules if rule.kind == "signed"]
    dated = [rule for rule in signed if rule.form == "date"]
    if len({rule.values["date"] for rule in dated}) > 1:
        choices = tuple(msg("${day}", day=rule.values["date"]) for rule in dated)
        sentence = msg("The text gives more than one date of signing. Which one counts?")
        asked.append(one_of("two_signing_dates", sentence, dated, choices))
        keep: list[Rule] = []
    else:
        partial = [rule for rule in signed if rule.form == "partial"]
        keep = dated[:1] or partial[:1] or [rule for rule in signed if rule.form == "blank"][:1]
    if dated:
        asked[:] = [question for question in asked if question.code not in {"signing_year", "signing_date"}]
    return [rule for rule in rules if rule.kind != "signed"] + keep


def _evaluations(rules: list[Rule]) -> list[Rule]:
    """ "Evalueres årlig" without a day says nothing more where another clause gives the day."""
    dated = any(rule.kind == "evaluation" and rule.form == "yearly" and rule.dated for rule in rules)
    return [r for r in rules if not (dated and r.kind == "evaluation" and r.form == "yearly" and not r.dated)]


def _with_notice(rule: Rule, months: int | None) -> Rule:
    if rule.kind != "renewal" or rule.form != "option" or months is None or "notice_months" in rule.values:
        return rule
    return replace(rule, values=MappingProxyType({**rule.values, "notice_months": months}))

"""What must hold of the reading of any text whatever; shared by the properties and the fuzzer.

:func:`complaints` says what is wrong as sentences instead of asserting, so that
a runner of a hundred thousand texts can go on, count, and keep what failed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from workflow_app.domain.reading import Reading
from workflow_app.domain.rule_checking import WrongRule, checked
from workflow_app.domain.rules import Rule

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_DIGITS = re.compile(r"\d+")
# Days that a clause names without their number: the year, a month, "the end of June".
_ENDS = frozenset({"01", "28", "29", "30", "31"})
_MONTH_STEMS = (
    "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug",
    "september sep", "oktober okt", "november nov", "desember des",
)  # fmt: skip


def said(reading: Reading, *, without: frozenset[str] = frozenset()) -> list[tuple[str, str, dict[str, Any]]]:
    """Kind, form and values of every rule, in order, without places, which move with the text."""
    return [
        (rule.kind, rule.form, dict(rule.values))
        for rule in (*reading.rules, *reading.undated)
        if rule.kind not in without
    ]


def complaints(text: str, reading: Reading) -> list[str]:
    """Everything about the reading that cannot be right; empty when all is well."""
    rules = (*reading.rules, *reading.undated)
    wrong = [*_misplaced(text, reading)]
    for rule in rules:
        wrong += _unlawful(rule)
    wrong += _invented(text, [_written_days(rule) for rule in rules])
    wrong += _counted_from_nothing(rules)
    wrong += _invented(text, [{"reference": r.date} for r in reading.references])
    if any(rule.reason for rule in reading.rules) or not all(rule.reason for rule in reading.undated):
        wrong.append("a rule without a date stands among those with one, or the other way round")
    # A lone surrogate has no UTF-8; as JSON it is an escape.
    json.dumps(reading.to_json("fuzz.txt", "0", "0"))
    return wrong


def _misplaced(text: str, reading: Reading) -> Iterator[str]:
    outcomes = [
        rule for q in reading.questions for rules in q.outcomes if rules is not None for rule in rules
    ]
    because = [reading.suggested_because] if reading.suggested_because else []
    for one in (
        *reading.rules,
        *reading.undated,
        *reading.questions,
        *outcomes,
        *reading.references,
        *reading.unread,
        *because,
    ):
        if not 0 <= one.start <= one.end <= len(text) or text[one.start : one.end] != one.quote:
            yield f"{type(one).__name__} {one.start}:{one.end} does not quote the text: {one.quote!r}"
        if not one.quote.strip():
            yield f"{type(one).__name__} at {one.start} quotes nothing"
    for question in reading.questions:
        if question.outcomes and len(question.outcomes) != len(question.choices):
            yield f"{question.code}: {len(question.choices)} choices, {len(question.outcomes)} outcomes"
        for rules in question.outcomes:
            for rule in rules or ():
                yield from _unlawful(rule)
    for section in reading.sections:
        if not 0 <= section.start <= section.heading_end <= section.end <= len(text):
            yield f"section {section.heading!r} does not lie in the text"


def _unlawful(rule: Rule) -> Iterator[str]:
    """A rule that a person could not have entered: the forms would refuse it."""
    try:
        _, dated = checked(rule.kind, rule.form, rule.values)
    except WrongRule as wrong:
        said = "; ".join(f"{name}: {message}" for name, message in wrong.errors.items())
        yield f"{rule.kind}.{rule.form} {dict(rule.values)} is no rule: {said}"
        return
    if dated != rule.dated:
        yield f"{rule.kind}.{rule.form} {dict(rule.values)} gives a date: {dated}, but says {rule.reason!r}"


def _written_days(rule: Rule) -> dict[str, Any]:
    """The values without the one day that is counted and not written: "two years after it begins"."""
    return {name: value for name, value in rule.values.items() if name != "earliest"}


def _counted_from_nothing(rules: Sequence[Rule]) -> Iterator[str]:
    """Days counted from a day that no rule gives."""
    given = [
        value
        for rule in rules
        for value in _written_days(rule).values()
        if isinstance(value, str) and _ISO.fullmatch(value)
    ]
    for rule in rules:
        earliest = rule.values.get("earliest")
        if earliest is not None and not any(day <= earliest for day in given):
            yield f"{earliest}: there is no earlier day that it could be counted from"


def _invented(text: str, held: list[dict[str, Any]]) -> Iterator[str]:
    """Dates of which a number stands nowhere in the text."""
    words = [value for values in held for value in values.values() if isinstance(value, str)]
    dates = [found for value in words if (found := _ISO.fullmatch(value))]
    if not dates:
        return
    runs = _DIGITS.findall("".join(_ascii(c) for c in text))
    years = {run[n : n + 4] for run in runs for n in range(len(run) - 3)}
    short = {run[n : n + 2] for run in runs for n in range(len(run) - 1)}
    numbers = {run[n : n + size].zfill(2) for run in runs for size in (1, 2) for n in range(len(run))}
    folded = text.casefold()
    for found in dates:
        year, month, day = found["year"], found["month"], found["day"]
        if year not in years and year[2:] not in short:
            yield f"{found[0]}: the year is not written in the text"
        if month and month not in numbers | {"01", "12"} and not _named(int(month), folded):
            yield f"{found[0]}: the month is not written in the text"
        if day and day not in numbers | _ENDS:
            yield f"{found[0]}: the day is not written in the text"


def _ascii(character: str) -> str:
    """A digit of any script as one of 0 to 9, since the reader takes them so; anything else as it is."""
    return str(unicodedata.digit(character)) if character.isdecimal() else character


_PARTS_OF_A_YEAR = {"halvår": (6, 12), "tertial": (4, 8, 12), "kvartal": (3, 6, 9, 12)}


def _named(month: int, words: str) -> bool:
    # "JULİ" folds to an i with a dot of its own.
    plain = words.replace("i̇", "i").replace("ı", "i")
    # "første halvår 2017" ends in June without naming it.
    parts = [word for word, ends in _PARTS_OF_A_YEAR.items() if month in ends]
    return any(stem in plain for stem in (*_MONTH_STEMS[month - 1].split(), *parts))

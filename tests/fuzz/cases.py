"""From a seed to an input, and from an input to what is wrong with how it was taken."""

from __future__ import annotations

import atexit
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from tests.fuzz.corpus import AGREEMENTS, CLAUSES, HEADINGS
from tests.fuzz.mutators import mutated
from tests.support.office_files import mutated_files
from tests.support.reading_checks import complaints
from workflow_app.domain.clause_writing import as_clause
from workflow_app.domain.deadlines import compute, silences
from workflow_app.domain.history import History
from workflow_app.domain.reading import UnreadableFile, decode, read
from workflow_app.domain.rules_in_words import in_words
from workflow_app.services.files.kinds import TEXT, kind_of
from workflow_app.services.files.pool import Pool

ENCODINGS = ("utf-8", "utf-8", "cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
FIRST, LAST = date(2019, 1, 1), date(2040, 12, 31)


EVERY = 20
"""One seed in so many is a Word, OpenDocument or PDF file."""


@dataclass(frozen=True)
class Case:
    """One input. ``text`` is read as it is; ``content`` is a file's bytes, taken apart first."""

    seed: int
    text: str | None = None
    content: bytes | None = None
    name: str = "avtale.txt"

    @property
    def saved(self) -> bytes:
        """The input as bytes to keep."""
        return (
            self.content if self.content is not None else (self.text or "").encode("utf-8", "surrogatepass")
        )


def case_of(seed: int) -> Case:
    """The input of a seed, always the same."""
    if seed % EVERY == EVERY - 1:
        name, office = mutated_files(seed)
        return Case(seed, content=office, name=name)
    rng = Random(seed)
    text = mutated(rng, _base(rng))
    if rng.random() < 0.7:
        return Case(seed, text=text)
    content = bytearray(text.encode(rng.choice(ENCODINGS), "replace"))
    for _ in range(rng.choice([0, 0, 1, 3, 30])):
        if content:
            content[rng.randrange(len(content))] = rng.randrange(256)
    return Case(
        seed, content=bytes(content[: rng.randint(0, len(content))] if rng.random() < 0.2 else content)
    )


def _base(rng: Random) -> str:
    """An agreement, or some clauses, under headings or not."""
    if rng.random() < 0.25:
        return rng.choice(AGREEMENTS)
    parts: list[str] = []
    for _ in range(rng.randint(1, 8)):
        if rng.random() < 0.4:
            parts.append(rng.choice(HEADINGS))
        parts.append(rng.choice(CLAUSES))
    return rng.choice(["\n\n", "\n", " "]).join(parts)


@cache
def _pool() -> Pool:
    """One process, ended a little before this one would be for being late."""
    pool = Pool(seconds=25, most=1)
    atexit.register(pool.close)
    return pool


def _extracted(name: str, content: bytes) -> str:
    kind = kind_of(name, content)
    return decode(content) if kind == TEXT else _pool().read(kind, content).text


def wrong_with(case: Case) -> list[str]:
    """What cannot be right about how the input is taken; empty when all is well. Any error is let through."""
    text = case.text
    if case.content is not None:
        try:
            text = _extracted(case.name, case.content)
        except UnreadableFile as refused:
            sentence = str(refused)
            return (
                [] if sentence and "\n" not in sentence else [f"refused without one sentence: {sentence!r}"]
            )
    assert text is not None
    reading = read(text)
    wrong = complaints(text, reading)
    rules = (*reading.rules, *reading.undated)
    for rule in rules:
        if not str(in_words(rule)):
            wrong.append(f"{rule.kind}.{rule.form} {dict(rule.values)} has no sentence")
        if (rule.kind, rule.form) != ("signed", "blank") and (
            rule.form != "partial" or "date" in rule.values
        ):
            as_clause(rule, reading.language)
    history = History()
    for deadline in compute(rules, history, today=FIRST, until=LAST):
        if deadline.quote not in text or deadline.earliest > deadline.latest:
            wrong.append(f"the deadline {deadline.kind} of {deadline.earliest} does not stand on the text")
    silences(rules, history)
    return wrong

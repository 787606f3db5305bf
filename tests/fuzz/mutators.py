"""The ways to spoil a text, each a function of chance and the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzz.corpus import CLAUSES, DATES, HEADINGS, ODDITIES, WORDS

Mutator = Callable[[Random, str], str]

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_DATE = re.compile(r"\d{1,2}[./]\s?\d{1,2}(?:[./]|\s-\s)\d{2,4}|\d{4}\s?[-–]\s?\d{4}|\d{1,2}\.\s\w+\s\d{4}")
LONGEST = 20_000
"""Mutated texts stay short, so that there can be many of them; the long ones are the benchmark's."""


def _put(text: str, at: int, to: int, new: str) -> str:
    return f"{text[:at]}{new}{text[to:]}"


def _span(rng: Random, text: str, most: int) -> tuple[int, int]:
    start = rng.randint(0, len(text))
    return start, min(len(text), start + rng.randint(1, most))


def _other(rng: Random, text: str, pattern: re.Pattern[str], new: str) -> str:
    """One match of the pattern, by chance, replaced."""
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = rng.choice(found)
    return _put(text, one.start(), one.end(), new)


def number(rng: Random, text: str) -> str:
    """Another number: small, absurd, with leading zeros."""
    big = rng.choice(
        ["0", "00", "13", "31", "32", "99", "1900", "2069", "2070", "999999", "9" * rng.randint(20, 400)]
    )
    return _other(
        rng, text, _NUMBER, rng.choice([str(rng.randint(0, 40)), str(rng.randint(1990, 2060)), big])
    )


def date(rng: Random, text: str) -> str:
    """Another date, often one that no calendar has."""
    return _other(rng, text, _DATE, rng.choice(DATES))


def word(rng: Random, text: str) -> str:
    """A word that means something, in the place of another."""
    return _other(rng, text, _WORD, rng.choice(WORDS))


def case(rng: Random, text: str) -> str:
    """A stretch in capitals, small letters, or the other way round."""
    at, to = _span(rng, text, 200)
    part = text[at:to]
    return _put(text, at, to, rng.choice([part.upper(), part.lower(), part.swapcase(), part.title()]))


def lines(rng: Random, text: str) -> str:
    """Lines dropped, doubled or in another order."""
    rows = text.split("\n")
    n = rng.randrange(len(rows))
    match rng.randrange(4):
        case 0:
            del rows[n]
        case 1:
            rows[n:n] = [rows[n]] * rng.randint(1, 20)
        case 2:
            rng.shuffle(rows)
        case _:
            rows.reverse()
    return "\n".join(rows)


def characters(rng: Random, text: str) -> str:
    """A stretch dropped, doubled, moved or turned about."""
    at, to = _span(rng, text, rng.choice([1, 1, 2, 8, 60]))
    part = text[at:to]
    match rng.randrange(4):
        case 0:
            return _put(text, at, to, "")
        case 1:
            return _put(text, at, to, part * rng.choice([2, 3, 50]))
        case 2:
            return _put(text, at, to, part[::-1])
        case _:
            rest = _put(text, at, to, "")
            place = rng.randint(0, len(rest))
            return _put(rest, place, place, part)


def oddity(rng: Random, text: str) -> str:
    """Signs that look like others or like nothing."""
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, len(text))
        text = _put(text, at, at, rng.choice(ODDITIES) * rng.choice([1, 1, 1, 40]))
    return text


def nested(rng: Random, text: str) -> str:
    """Brackets within brackets, dashes, dots and spaces in long rows."""
    depth = rng.choice([3, 30, 600])
    at, to = _span(rng, text, 40)
    left, right = rng.choice(
        [("(", ")"), ("«", "»"), ("[", "]"), ("- ", ""), (" ", ""), (".", ""), ("_", ""), ("1.", "")]
    )
    return _put(text, at, to, left * depth + text[at:to] + right * depth)


def line_ends(rng: Random, text: str) -> str:
    """Other line breaks, or none."""
    return text.replace("\n", rng.choice(["\r\n", "\r", "\n\n", "\u2028", "\u0085", "\x0c", "\n\t", " ", ""]))


def cut(rng: Random, text: str) -> str:
    """Cut off at the front or at the end."""
    at = rng.randint(0, len(text))
    return rng.choice([text[:at], text[at:]])


def splice(rng: Random, text: str) -> str:
    """The half of another clause, in the middle of this one."""
    other = rng.choice(CLAUSES)
    at, to = _span(rng, text, 80)
    half = rng.randint(0, len(other))
    return _put(text, at, to, rng.choice([other[:half], other[half:], other]))


def heading(rng: Random, text: str) -> str:
    """A heading where none was."""
    rows = text.split("\n")
    rows.insert(rng.randint(0, len(rows)), rng.choice(HEADINGS))
    return "\n".join(rows)


def one_line(rng: Random, text: str) -> str:
    """One very long line of it all, over and over."""
    flat = " ".join(text.split())
    return " ".join([flat] * rng.randint(2, 8))


MUTATORS: tuple[Mutator, ...] = (
    number, number, date, date, word, word, word, case, lines, characters, characters, oddity, nested,
    line_ends, cut, splice, splice, heading, one_line,
)  # fmt: skip


def mutated(rng: Random, text: str) -> str:
    """The text spoilt in one to eight ways."""
    for _ in range(rng.randint(1, 8)):
        text = rng.choice(MUTATORS)(rng, text)[:LONGEST]
    return text

"""Clauses with what each gives, written by people who had not seen the reader; and the judging of a reading.

A row is ``{"text", "lang", "wanted": ["kind.form key=value", …]}`` and, where
they are needed, ``asked`` (a person must be asked), ``optional`` (two careful
readers would differ) and ``pair`` (the same clause in bokmål and nynorsk).
The sets lie in ``tests/data/clauses``: ``seen`` has been mended against,
``held_out`` has never been looked at row by row, so it alone measures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflow_app.domain.reading import read
from workflow_app.domain.rules import Rule

FOLDER = Path(__file__).resolve().parents[1] / "data" / "clauses"
FREELY = frozenset({"who", "what", "by", "titles"})
"""Values that are words of the clause: compared freely, as the contract says."""

_VALUE = re.compile(r'(\w+)=("[^"]*"|\[[^\]]*\]|\S+)')
_YEAR = re.compile(r"\d{4}\b")


def parsed(spec: str) -> tuple[str, str, dict[str, Any]]:
    """Kind, form and values of "kind.form key=value"."""
    head, _, rest = spec.partition(" ")
    kind, form = head.split(".")
    return kind, form, {m[1]: _value(m[2]) for m in _VALUE.finditer(rest)}


def _value(word: str) -> Any:
    try:
        return json.loads(word)
    except ValueError:
        return word


def fits(rule: Rule, kind: str, form: str, values: dict[str, Any]) -> bool:
    """Whether a rule is what a spec says, in the values the spec names."""
    if (rule.kind, rule.form) != (kind, form):
        return False
    return all(
        set(rule.values[name]) == set(value) if name == "roles" else rule.values.get(name, ...) == value
        for name, value in values.items()
    )


@dataclass(frozen=True)
class Verdict:
    """What a reading of one row lacks and what it has too much."""

    wanted: int
    missed: tuple[str, ...]
    extra: tuple[Rule, ...]
    unasked: bool

    @property
    def right(self) -> bool:
        """Nothing missed, nothing added, and asked where it must."""
        return not (self.missed or self.extra or self.unasked)

    @property
    def invented(self) -> tuple[Rule, ...]:
        """The rules nobody wanted that would give a day."""
        return tuple(
            rule
            for rule in self.extra
            if rule.dated and any(isinstance(v, str) and _YEAR.match(v) for v in rule.values.values())
        )


def rows(name: str) -> list[dict[str, Any]]:
    """A set by its name, without the rows its writer was not sure of."""
    found = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [row for row in found if not row.get("unsure")]


def judged(row: dict[str, Any]) -> Verdict:
    """Read a row and compare."""
    reading = read(row["text"])
    left = [*reading.rules, *reading.undated]
    missed = tuple(spec for spec in row["wanted"] if not _taken(left, spec, freely=True))
    for spec in row.get("optional", ()):
        _taken(left, spec, freely=True)
    unasked = bool(row.get("asked")) and not reading.questions
    return Verdict(len(row["wanted"]), missed, tuple(left), unasked)


def _taken(left: list[Rule], spec: str, *, freely: bool) -> bool:
    kind, form, values = parsed(spec)
    named = {k: v for k, v in values.items() if not (freely and k in FREELY)}
    # An evaluation's "by" may be the day it is due.
    if (kind, form) == ("evaluation", "once"):
        named = values
    match = next((rule for rule in left if fits(rule, kind, form, named)), None)
    if match is not None:
        left.remove(match)
    return match is not None


def summed(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """Recall, and what was added, over many rows."""
    every = list(verdicts)
    wanted = sum(v.wanted for v in every)
    read_ = wanted - sum(len(v.missed) for v in every)
    return {
        "texts": len(every),
        "wholly_right": sum(v.right for v in every),
        "rules": wanted,
        "read": read_,
        "recall": round(read_ / max(wanted, 1), 3),
        "rules_nobody_wanted": sum(len(v.extra) for v in every),
        "invented_dates": sum(len(v.invented) for v in every),
        "not_asked": sum(v.unasked for v in every),
    }

"""Minutes of a meeting: public or closed by the clause, and their text point by point.

A secretary writes one text under the headings of the agenda, as she would in
any editor; the paper finds the headings again and sets each point with what was
decided under it. A heading nobody kept is no error: its words stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow_app.domain.rules import Rule

LEGAL_BASIS = "offl. § 13 jf. fvl. § 13"
"""What closed minutes name as their hjemmel until somebody writes another: the law may change."""


def minutes_rule(rules: Iterable[Rule]) -> Rule | None:
    """The clause about minutes: the one that says whether they are public, else the first."""
    own = sorted((r for r in rules if r.kind == "minutes"), key=lambda r: r.start)
    return next((r for r in own if "public" in r.values), own[0] if own else None)


def public_by_clause(rules: Iterable[Rule]) -> bool | None:
    """Whether the minutes are public; None where no clause says, so that a person has to."""
    rule = minutes_rule(rules)
    value = rule.values.get("public") if rule is not None else None
    return value if isinstance(value, bool) else None


@dataclass(frozen=True)
class Written:
    """One point of the agenda as the minutes have it, its lines in order."""

    number: int
    title: str
    lines: tuple[str, ...]


def outline(titles: Sequence[str]) -> str:
    """The headings of the agenda's points, to write under."""
    return "\n\n".join(f"{number}. {title}\n" for number, title in enumerate(titles, 1))


def split(text: str, titles: Sequence[str]) -> tuple[tuple[str, ...], tuple[Written, ...]]:
    """What stands before the first heading, and each point that has a heading in the text.

    A point is found once, by its number and title in a line of their own. Points
    without a heading are given with no lines, so that the paper shows the whole agenda.
    """
    wanted = {_plain(f"{number}. {title}"): number for number, title in enumerate(titles, 1)}
    found: dict[int, list[str]] = {}
    before: list[str] = []
    here = before
    for line in text.splitlines():
        number = wanted.get(_plain(line))
        if number is not None and number not in found:
            here = found[number] = []
        else:
            here.append(line.rstrip())
    points = (Written(n, title, _lines(found.get(n, []))) for n, title in enumerate(titles, 1))
    return _lines(before), tuple(points)


def _plain(line: str) -> str:
    return " ".join(line.split()).casefold()


def _lines(raw: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in raw if line.strip())

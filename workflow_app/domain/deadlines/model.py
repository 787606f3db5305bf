"""What a deadline is, and the other answers this package gives.

A deadline carries its own defence: the quoted clause, the rule read from it,
the sentence that tells how it was counted and what was assumed on the way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, Self

from workflow_app.domain.dates import Interval
from workflow_app.domain.history import Occasion
from workflow_app.domain.messages import Message
from workflow_app.domain.rules import Rule

Kind = Literal[
    "revision", "evaluation", "expiry", "renewal", "notice", "option",
    "report", "agenda", "meeting", "task", "attendance",
]  # fmt: skip
Source = Literal["clause", "house_rule"]
Half = Literal["spring", "autumn"]
Status = Literal["open", "met", "missed", "moot"]
HouseRuleKind = Literal[
    "report_within_days", "review_after_months", "council_evaluation", "council_termination", "council_lapse",
]  # fmt: skip


YEARLY = frozenset({"task", "attendance"})
"""The kinds that are done so many times a year, and recorded as done each time."""

WINDOWS = YEARLY | {"meeting"}
"""The kinds whose two days are the first and the last of the time they are to be done in."""


@dataclass(frozen=True)
class HouseRule:
    """A kommune's own rule where an agreement names no date; never taken for a clause.

    ``report_within_days`` needs ``days`` (from signing to the council meeting),
    ``review_after_months`` needs ``months`` (from signing or the last review).
    The ``council_…`` rules need ``days``, from the approval of an evaluation,
    from notice or from the lapse to the council meeting; what happened before
    ``since`` they do not ask for, since no rule reaches back before it was made.
    Raises ``ValueError`` when its number is missing or not positive.
    """

    kind: HouseRuleKind
    party: str
    days: int | None = None
    months: int | None = None
    since: date | None = None

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"house rule {self.kind} of {self.party} needs a number of at least 1")

    @property
    def number(self) -> int:
        """The days or months of the rule, 0 where none was given."""
        return (self.months if self.kind == "review_after_months" else self.days) or 0


@dataclass(frozen=True)
class Deadline:
    """One deadline, due on a day between ``earliest`` and ``latest``, both included.

    ``year`` is the year an evaluation must name to meet it. ``party`` is set
    where the deadline is one party's alone, ``occasion`` where it is a matter
    before the kommunestyre for another reason than the agreement itself. ``met_by`` is the number of the
    trail entry that met it (None for a deadline met by a fact without an entry).
    ``undocumented`` marks a missed cycle that no longer reminds anyone: a newer
    one is missed too, or met, or the agreement is over ("ikke dokumentert").
    ``settled_by`` says what would make an interval one day. ``progress`` is how
    much of what a year asks for is done, and how much that is; ``floor`` is how
    much of it must be done, where the clause names both a number and a least one.
    ``half`` is set where the obligation is for half of the year.
    ``meeting`` is the number of the meeting an agenda is for. ``place`` tells
    apart those that are otherwise the same, by their order; :func:`compute` sets it.
    """

    kind: Kind
    source: Source
    earliest: date
    latest: date
    quote: str
    rule_sentence: Message
    rule: Rule | None = None
    party: str | None = None
    year: int | None = None
    assumptions: tuple[str, ...] = ()
    status: Status = "open"
    met_by: int | None = None
    undocumented: bool = False
    settled_by: Message | None = None
    occasion: Occasion = "agreement"
    progress: tuple[int, int] | None = None
    floor: int | None = None
    half: Half | None = None
    meeting: int | None = None
    place: int = 0

    @classmethod
    def of(cls, kind: Kind, span: Interval, rule: Rule, sentence: Message, **more: Any) -> Self:
        """A deadline drawn from the clause of ``rule``, its assumptions before any in ``more``."""
        assumptions = merged(rule.assumptions, more.pop("assumptions", ()))
        return cls(
            kind, more.pop("source", "clause"), span.earliest, span.latest, rule.quote, sentence, rule,
            assumptions=assumptions, **more,
        )  # fmt: skip

    @property
    def reminds(self) -> bool:
        """Whether somebody still has to do something about it; what was done late is done."""
        return self.status in ("open", "missed") and not self.undocumented and self.met_by is None

    @property
    def window(self) -> bool:
        """Whether the two days are a time to do something in, not a day that is only half known."""
        return self.kind in WINDOWS

    @property
    def about(self) -> str | None:
        """What a task is, or who comes and where, in the words of the clause; None for other kinds."""
        return subject(self.rule) if self.rule is not None and self.kind in YEARLY else None

    @property
    def key(self) -> str:
        """What this deadline is, whenever it falls: the same before and after its day moves.

        A calendar's events and a reminder's rungs hang on it. It holds through
        a new day of signing, a moved meeting or a longer house rule, and changes
        with the words of the clause.
        """
        which = f"{self.year or ''}{self.half or ''}" if self.meeting is None else f"m{self.meeting}"
        place = f".{self.place}" if self.place else ""
        about = "" if self.rule is None else clause_key(self.rule)
        of = "" if self.occasion == "agreement" else f"{self.occasion}/"
        return f"{self.kind}/{self.source}/{self.party or ''}/{of}{which}{place}/{about}"

    @property
    def reminder_key(self) -> str:
        """The key with the day: a deadline that moves reminds anew."""
        return f"{self.key}/{self.latest.isoformat()}"

    def to_json(self) -> dict[str, Any]:
        """The contract's keys and, after them, where the deadline stands."""
        return {
            "kind": self.kind,
            "source": self.source,
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat(),
            "quote": self.quote,
            "assumptions": list(self.assumptions),
            "status": self.status,
            "undocumented": self.undocumented,
            "met_by": self.met_by,
            "party": self.party,
            "year": self.year,
            "progress": list(self.progress) if self.progress else None,
            "floor": self.floor,
            "half": self.half,
            "about": self.about,
            "meeting": self.meeting,
            "key": self.key,
            "occasion": self.occasion,
        }


@dataclass(frozen=True)
class End:
    """When an agreement ends, and why that is the answer.

    ``interval`` is None where there is no end to name: the text is silent, or
    the agreement ``renews`` itself (then ``renews_on`` is the next day it does).
    """

    interval: Interval | None
    reason: Message
    renews: bool = False
    renews_on: date | None = None

    @property
    def date(self) -> date | None:
        """The last day it can still be in force: what may lapse, lapses the day after."""
        return None if self.interval is None else self.interval.latest


@dataclass(frozen=True)
class Silence:
    """Where the text gives no date, said in words.

    ``rule`` is the clause that speaks without dating, None where none does;
    ``house_rule`` is the kind of house rule a kommune may set instead, and
    ``settled_by`` says what would date it.
    """

    kind: str
    sentence: Message
    rule: Rule | None = None
    house_rule: HouseRuleKind | None = None
    settled_by: Message | None = None


@dataclass(frozen=True)
class Move:
    """A deadline before and after a correction; None where it comes or goes."""

    kind: Kind
    before: Deadline | None
    after: Deadline | None


def clause_key(rule: Rule) -> str:
    """A short name for a clause: of its words, and of whom or what it speaks where it names several.

    Twelve hexadecimal digits of SHA-256. Line breaks and wider spaces do not count,
    so that the same words read from another file are the same clause.
    """
    return _digest(rule.quote, rule.values.get("who", ""), rule.values.get("what", ""))


@lru_cache(maxsize=1024)
def _digest(*parts: object) -> str:
    words = "\n".join(" ".join(str(part).split()) for part in parts)
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def subject(rule: Rule) -> str | None:
    """What the clause speaks of: what a task is, or who comes and where; None where it names nothing."""
    parts = (rule.values.get(name) for name in ("what", "who", "where"))
    return " – ".join(part for part in parts if part) or None


def merged(*groups: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences of all groups in order, each once."""
    return tuple(dict.fromkeys(sentence for group in groups for sentence in group))

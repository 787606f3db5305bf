"""Where a day stands on a line of years, and how wide words are at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]/- "), frozenset("mwMW@%—ÆŒ")


@dataclass(frozen=True)
class Scale:
    """A stretch of whole years on ``width`` units from ``left``; days outside stand at its ends."""

    first_year: int
    last_year: int
    left: float
    width: float

    @property
    def right(self) -> float:
        """The end of the last year."""
        return self.left + self.width

    @property
    def years(self) -> range:
        """Every year shown."""
        return range(self.first_year, self.last_year + 1)

    def x(self, day: date, *, end: bool = False) -> float:
        """Where a day begins, or (``end``) is over."""
        start = date(self.first_year, 1, 1).toordinal()
        total = date(self.last_year, 12, 31).toordinal() + 1 - start
        passed = min(total, max(0, day.toordinal() - start + end))
        return self.left + self.width * passed / total


def text_width(words: str, size: float) -> float:
    """At most so wide in a sans-serif face of ``size``: a little more than Inter and Liberation Sans need."""
    wide = sum(0.38 if c in _NARROW else 1.02 if c in _WIDE else 0.74 if c.isupper() else 0.62 for c in words)
    return size * wide


def shortened(words: str, size: float, room: float) -> str:
    """The words, or as many letters of them as there is room for and an ellipsis."""
    if text_width(words, size) <= room:
        return words
    kept = words
    while kept and text_width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"

"""A cheap look before the expensive one: which stems stand in the words at all.

A clause pattern tries dozens of spellings at every letter, and nine sentences of
ten hold none of them. ``stem in words`` is a search for bytes, a hundred times
faster, so each table declares stems of which every match must hold one, and
runs its patterns only where one stands. A stem may be too short and let a
sentence through for nothing; it must never be so long that a match lacks it.
"""

from __future__ import annotations

# One unit of time at least stands in whatever the piece <dur> matches.
DURATION = ("år", "måned", "månad", "mnd", "uke", "veke", "dag", "døgn")

# And one of these in whatever the piece <blank> matches.
BLANK = ("xx", "__", "....", "…")


def fold(words: str) -> str:
    """``words`` in small letters, as long as they were, so that a stem is found where a pattern would be.

    Patterns that ignore case also take ſ for s, and İ and ı for i; a stem must meet them too.
    """
    return words.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")


def mentions(folded: str, stems: tuple[str, ...]) -> bool:
    """Whether one of ``stems`` stands in words that :func:`fold` made."""
    # A loop, since a generator costs more than the search itself.
    for stem in stems:  # noqa: SIM110
        if stem in folded:
            return True
    return False
